//! Watches the pages: asks each whether it answers, and loads again what is stuck or whose process died.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{AppHandle, Manager, Url, WebviewWindow, Wry};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::MissedTickBehavior;

use super::pages::{ASK_EVERY, Act, Pages};
use super::{lock, web_view};

/// Asks a page whether it runs. It is answered in the page's own thread, and by the one call that asks: an event to the page
/// and a command back cost twice the processor's time, at rest as well.
const QUESTION: &str = "window.tapdeskRuns === true";
/// What a page answers that does.
const YES: &str = "true";

/// A page whose process died by itself.
pub(super) struct Died {
    label: String,
    why: &'static str,
}

/// Keeps the windows' pages in reach.
pub(super) struct Watch {
    pages: Mutex<Pages>,
    deaths: UnboundedSender<Died>,
}

impl Watch {
    /// A watch, and what it hears of processes that died.
    pub(super) fn new() -> (Arc<Self>, UnboundedReceiver<Died>) {
        let (deaths, heard) = unbounded_channel();
        (Arc::new(Self { pages: Mutex::default(), deaths }), heard)
    }

    /// The page of this window answered.
    fn answered(&self, label: &str) {
        if let Some(took) = lock(&self.pages).answered(label, Instant::now()) {
            tracing::info!(window = label, milliseconds = took.as_millis(), "the page is there again");
        }
    }

    /// Whether each page answered lately, or is being loaded and still may be.
    pub(super) fn is_well(&self) -> bool {
        lock(&self.pages).are_well(Instant::now())
    }

    /// What every web view gets when it is made: an ear for its end, and no way to another page.
    pub(super) fn plugin(self: &Arc<Self>) -> TauriPlugin<Wry> {
        let watch = Arc::clone(self);
        Builder::new("watch")
            .on_webview_ready(move |webview| {
                let (label, deaths) = (webview.label().to_owned(), watch.deaths.clone());
                lock(&watch.pages).opened(&label, Instant::now());
                web_view::harden(&webview, move |why| {
                    // At the program's end nobody listens.
                    drop(deaths.send(Died { label: label.clone(), why }));
                });
            })
            .on_navigation(|webview, url| {
                let own = is_own(url);
                if !own {
                    tracing::warn!(window = webview.label(), "the page may not be left");
                }
                own
            })
            .build()
    }

    /// Watches for ever.
    pub(super) async fn keep(self: &Arc<Self>, app: &AppHandle, mut deaths: UnboundedReceiver<Died>) {
        let mut looks = tokio::time::interval(ASK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = looks.tick() => self.look(app),
                Some(Died { label, why }) = deaths.recv() => {
                    let pause = lock(&self.pages).gone(&label, Instant::now());
                    if let (Some(pause), Some(webview)) = (pause, app.get_webview_window(&label)) {
                        self.load_again(webview, why, pause);
                    }
                }
            }
        }
    }

    fn look(self: &Arc<Self>, app: &AppHandle) {
        let webviews = app.webview_windows();
        let acts = lock(&self.pages).look(Instant::now(), webviews.keys().map(String::as_str));
        for (label, act) in acts {
            let Some(webview) = webviews.get(&label) else { continue };
            match act {
                Act::Ask => self.ask(webview, label),
                Act::End(pause) => {
                    web_view::end(webview.as_ref());
                    self.load_again(webview.clone(), "it did not answer", pause);
                }
                Act::Wait => {}
            }
        }
    }

    fn ask(self: &Arc<Self>, webview: &WebviewWindow, label: String) {
        let watch = Arc::clone(self);
        let hear = move |answer: String| {
            if answer == YES {
                watch.answered(&label);
            }
        };
        if let Err(error) = webview.eval_with_callback(QUESTION, hear) {
            tracing::error!(%error, "the page could not be asked");
        }
    }

    fn load_again(self: &Arc<Self>, webview: WebviewWindow, why: &'static str, pause: Duration) {
        tracing::warn!(window = webview.label(), why, pause_s = pause.as_secs(), "the page is loaded again");
        let watch = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            lock(&watch.pages).loading(webview.label(), Instant::now());
            web_view::load_again(webview.as_ref());
        });
    }
}

/// Whether this is a page of Tapdesk's own: whatever else is dropped on a window, or followed, leads nowhere.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        "about" => url.path() == "blank",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_are_opened() {
        let own = ["tauri://localhost", "tauri://localhost/staff-desk.html", "http://tauri.localhost/", "about:blank"];
        assert!(own.iter().all(|url| is_own(&url.parse().unwrap())));
        let others =
            ["file:///etc/passwd", "https://example.org/tauri.localhost", "tauri://elsewhere/", "data:text/html,x"];
        assert!(others.iter().all(|url| !is_own(&url.parse().unwrap())));
    }
}
