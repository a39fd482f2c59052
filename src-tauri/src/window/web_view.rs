//! What of the web view Tauri does not reach: its process, and what passers-by could do to it.

#[cfg(not(target_os = "linux"))]
use tauri::Webview;

#[cfg(target_os = "linux")]
pub(super) use self::webkit::{end, harden, load_again};

#[cfg(target_os = "linux")]
mod webkit {
    use tauri::Webview;
    use webkit2gtk::{SettingsExt, WebProcessTerminationReason, WebView, WebViewExt};

    /// Takes from the view what is no part of a kiosk; `died` hears when its process died by itself.
    pub(in crate::window) fn harden(webview: &Webview, died: impl Fn(&'static str) + Send + 'static) {
        with(webview, move |view| {
            if let Some(settings) = view.settings() {
                // Debug builds have an inspector.
                settings.set_enable_developer_extras(false);
                settings.set_enable_back_forward_navigation_gestures(false);
                settings.set_enable_caret_browsing(false);
                settings.set_enable_fullscreen(false);
                settings.set_javascript_can_open_windows_automatically(false);
            }
            // Each is answered here, so that nothing is opened.
            view.connect_context_menu(|_, _, _, _| true);
            view.connect_print(|_, _| true);
            view.connect_web_process_terminated(move |_, reason| match reason {
                WebProcessTerminationReason::Crashed => died("its process died"),
                WebProcessTerminationReason::ExceededMemoryLimit => died("its process used too much memory"),
                // Whoever ended it knows.
                _ => {}
            });
        });
    }

    /// Ends the process of the page, whatever it is at.
    pub(in crate::window) fn end(webview: &Webview) {
        with(webview, WebViewExt::terminate_web_process);
    }

    /// Loads the page again, in a new process where it has none.
    pub(in crate::window) fn load_again(webview: &Webview) {
        with(webview, WebViewExt::reload);
    }

    fn with(webview: &Webview, work: impl FnOnce(&WebView) + Send + 'static) {
        if let Err(error) = webview.with_webview(move |view| work(&view.inner())) {
            tracing::error!(%error, "the web view cannot be reached");
        }
    }
}

/// Elsewhere the system's web view restarts its process by itself.
#[cfg(not(target_os = "linux"))]
pub(super) fn harden(_webview: &Webview, _died: impl Fn(&'static str) + Send + 'static) {}

/// Elsewhere only a page that still listens can be loaded again.
#[cfg(not(target_os = "linux"))]
pub(super) fn end(_webview: &Webview) {}

/// Loads the page again.
#[cfg(not(target_os = "linux"))]
pub(super) fn load_again(webview: &Webview) {
    if let Err(error) = webview.reload() {
        tracing::error!(%error, "the page cannot be loaded again");
    }
}
