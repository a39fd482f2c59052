//! The set-up's window: the desk does not run meanwhile.

use std::sync::Arc;
use std::time::Duration;

use tapdesk_engine::set_up::{Action, Beginning, SetUp};
use tauri::{AppHandle, Emitter, State, WebviewWindow, WindowEvent};

use super::super::{Shared, lock, show};
use super::{above_the_kiosk, close};
use crate::door::{SetUpAction, SetUpView, Stage};

/// The window's label, and the only one that its capability names.
const STAFF: &str = "staff";
/// The event that carries a set-up.
const SET_UP: &str = "set_up";
/// What the page is told when there is nothing to set up any more.
const ENDED: &str = "the set-up has ended";

/// An open set-up: when it is dropped, for whatever reason, its window is gone. One that was left would lie above the kiosk
/// for ever, and let no other be opened.
struct Open<'a> {
    window: WebviewWindow,
    shared: &'a Shared,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        *lock(&self.shared.set_up) = None;
        close(&self.window);
    }
}

/// Sets the kiosk up, until it is done or left. What is missing for a beginning is said in a sentence.
pub(in crate::window) async fn run(app: &AppHandle, shared: &Arc<Shared>, beginning: Beginning) -> Result<(), String> {
    let first = beginning.first;
    let idle = (!first).then(|| Duration::from_secs(beginning.configuration.settings.staff.idle_lock_s));
    show(app, shared, |scene| scene.stage = Stage::SetUp);
    let set_up = SetUp::begin(beginning).await.map_err(|error| error.to_string())?;
    *lock(&shared.set_up) = Some(Arc::clone(&set_up));
    let window = open(app, shared, first).inspect_err(|_| *lock(&shared.set_up) = None)?;
    let _open = Open { window, shared };
    shared.manager.ready("set-up");
    let mut changes = set_up.changes();
    let telling = async {
        while changes.changed().await.is_ok() {
            if let Err(error) = app.emit_to(STAFF, SET_UP, view(&set_up)) {
                tracing::error!(%error, "the set-up page could not be told");
            }
        }
        std::future::pending::<()>().await;
    };
    let ended = tokio::select! {
        ended = set_up.ended(idle) => ended,
        () = telling => unreachable!("it waits for ever"),
    };
    tracing::info!(?ended, "set-up");
    Ok(())
}

fn open(app: &AppHandle, shared: &Arc<Shared>, first: bool) -> Result<WebviewWindow, String> {
    let window = above_the_kiosk(app, STAFF, "set-up.html")?;
    let (app, shared) = (app.clone(), Arc::clone(shared));
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            if shared.in_session {
                // The set-up's own buttons lead out of it.
            } else if first {
                // There is no kiosk behind it yet.
                app.exit(0);
            } else if let Some(set_up) = lock(&shared.set_up).clone() {
                tauri::async_runtime::spawn(async move { set_up.act(Action::Leave).await });
            }
        }
    });
    Ok(window)
}

fn view(set_up: &SetUp) -> SetUpView {
    let languages = tapdesk_engine::settings::languages().map(str::to_owned).to_vec();
    SetUpView::new(set_up.view(), languages)
}

fn current(shared: &Shared) -> Result<Arc<SetUp>, &'static str> {
    lock(&shared.set_up).clone().ok_or(ENDED)
}

/// The set-up as it is, for a page that was just loaded.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn set_up_view(shared: State<'_, Arc<Shared>>) -> Result<SetUpView, &'static str> {
    let set_up = current(&shared)?;
    Ok(view(&set_up))
}

/// Carries out what the set-up page asks for. Secrets in it are wiped when they were used.
#[tauri::command]
pub(in crate::window) async fn set_up(
    action: SetUpAction,
    shared: State<'_, Arc<Shared>>,
) -> Result<SetUpView, &'static str> {
    let set_up = current(&shared)?;
    let action = action.understood().ok_or("there is no such choice")?;
    set_up.act(action).await;
    Ok(view(&set_up))
}
