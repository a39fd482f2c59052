//! The staff desk's window. The kiosk works on behind it, and stands there again when staff leave, or are gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tapdesk_engine::controller::Handle;
use tapdesk_engine::staff_desk::view::acts::{Act, AuditPage, Done, Preparation};
use tapdesk_engine::staff_desk::view::charts::{Charts, Export, Exported};
use tapdesk_engine::staff_desk::view::detail::{FailureDetail, MemberView};
use tapdesk_engine::staff_desk::view::failures::{FailureBlock, FailureKey, FailureQuery, Span};
use tapdesk_engine::staff_desk::view::health::{Happened, Health};
use tapdesk_engine::staff_desk::view::{DeskProblem, DeskView};
use tapdesk_engine::staff_desk::{Rooms, StaffDesk};
use tauri::{AppHandle, Emitter, Manager, State, WebviewWindow, WindowEvent};
use tokio::sync::{RwLock, watch};
use tokio::time::Instant;

use super::super::{Shared, lock};
use super::{above_the_kiosk, close};

/// The window's label, and the only one that its capability names.
const DESK: &str = "desk";
/// The event that carries the desk's frame.
const FRAME: &str = "staff_desk";

/// How staff left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::window) enum Left {
    /// Back to the kiosk: they locked the desk, or nobody touched it for a while.
    ToKiosk,
    /// To the set-up.
    ToSetUp,
    /// To the machine: the kiosk ends.
    EndKiosk,
}

/// Staff are at the desk.
pub(in crate::window) struct Session {
    desk: Arc<StaffDesk>,
    touched: watch::Sender<Instant>,
    left: watch::Sender<Option<Left>>,
    /// Held by what must come to its end before the desk is left.
    acting: RwLock<()>,
}

impl Session {
    fn touch(&self) {
        self.touched.send_replace(Instant::now());
    }

    fn leave(&self, left: Left) {
        self.left.send_replace(Some(left));
    }

    /// Reads something, for as long as staff are there: a reading that went on would keep the journal from the next desk.
    async fn look<T>(&self, look: impl Future<Output = Result<T, DeskProblem>>) -> Result<T, DeskProblem> {
        let mut left = self.left.subscribe();
        tokio::select! {
            biased;
            _ = left.wait_for(Option::is_some) => Err(DeskProblem::Ended),
            found = look => found,
        }
    }

    /// Carries out what changes something; nobody is shown out meanwhile, and nothing begins when they are.
    async fn act<T>(&self, act: impl Future<Output = Result<T, DeskProblem>>) -> Result<T, DeskProblem> {
        let _acting = self.acting.read().await;
        if self.left.borrow().is_some() {
            return Err(DeskProblem::Ended);
        }
        self.touch();
        let done = act.await;
        self.touch();
        done
    }

    /// Waits until staff leave, or did not touch it for so long.
    async fn ended(&self, idle: Duration) -> Left {
        let (mut left, mut touched) = (self.left.subscribe(), self.touched.subscribe());
        loop {
            let until = *touched.borrow_and_update() + idle;
            let patience = async {
                tokio::time::sleep_until(until).await;
                // Whoever acts is there.
                drop(self.acting.write().await);
            };
            let leaves = tokio::select! {
                biased;
                left = left.wait_for(Option::is_some) => left.map_or(Some(Left::ToKiosk), |left| *left),
                _ = touched.changed() => None,
                () = patience => (self.touched.borrow().elapsed() >= idle).then_some(Left::ToKiosk),
            };
            if let Some(left) = leaves {
                self.leave(left);
                // What is under way comes to its end first.
                drop(self.acting.write().await);
                return left;
            }
        }
    }
}

/// An open desk: when it is dropped, for whatever reason, window and session are gone, and the kiosk is told.
struct Open<'a> {
    window: WebviewWindow,
    shared: &'a Shared,
    session: Arc<Session>,
    handle: Handle,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        *lock(&self.shared.staff_desk) = None;
        self.session.leave(Left::ToKiosk);
        self.handle.staff_are_there(false);
        self.shared.light_for_staff(false);
        close(&self.window);
    }
}

/// Opens the desk, until staff leave it or nobody touches it for so long. What is missing for it is said in a sentence.
pub(in crate::window) async fn run(
    app: &AppHandle,
    shared: &Shared,
    rooms: Rooms,
    idle: Duration,
) -> Result<Left, String> {
    let handle = rooms.handle.clone();
    let desk = StaffDesk::open(rooms);
    let session = Arc::new(Session {
        desk: Arc::clone(&desk),
        touched: watch::Sender::new(Instant::now()),
        left: watch::Sender::new(None),
        acting: RwLock::default(),
    });
    *lock(&shared.staff_desk) = Some(Arc::clone(&session));
    let window = above_the_kiosk(app, DESK, "staff-desk.html").inspect_err(|_| *lock(&shared.staff_desk) = None)?;
    handle.staff_are_there(true);
    shared.light_for_staff(true);
    let closing = Arc::clone(&session);
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            closing.leave(Left::ToKiosk);
        }
    });
    let _open = Open { window, shared, session: Arc::clone(&session), handle };
    tracing::info!("staff are at the desk");
    let mut changes = desk.changes();
    let telling = async {
        while changes.changed().await.is_ok() {
            if let Err(error) = app.emit_to(DESK, FRAME, desk.frame()) {
                tracing::error!(%error, "the staff desk's page could not be told");
            }
        }
        std::future::pending::<()>().await;
    };
    let looking = async {
        desk.look_at_rights().await;
        std::future::pending::<()>().await;
    };
    let left = tokio::select! {
        left = session.ended(idle) => left,
        () = looking => unreachable!("it waits for ever"),
        () = telling => unreachable!("it waits for ever"),
    };
    tracing::info!(?left, "staff left the desk");
    Ok(left)
}

fn current(shared: &Shared) -> Result<Arc<Session>, DeskProblem> {
    lock(&shared.staff_desk).clone().ok_or(DeskProblem::Ended)
}

/// The frame as it is, for a page that was just loaded.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_desk_view(shared: State<'_, Arc<Shared>>) -> Result<DeskView, DeskProblem> {
    Ok(current(&shared)?.desk.frame())
}

/// A block of the list of failures.
#[tauri::command]
pub(in crate::window) async fn staff_failures(
    query: FailureQuery,
    block: u32,
    shared: State<'_, Arc<Shared>>,
) -> Result<FailureBlock, DeskProblem> {
    let session = current(&shared)?;
    session.look(async { Ok(session.desk.failures(query, block).await) }).await
}

/// One failure with all that is known of it.
#[tauri::command]
pub(in crate::window) async fn staff_failure(
    key: FailureKey,
    shared: State<'_, Arc<Shared>>,
) -> Result<FailureDetail, DeskProblem> {
    let session = current(&shared)?;
    session.look(session.desk.failure(key)).await
}

/// The members who may be meant by a part of a name, or a number.
#[tauri::command]
pub(in crate::window) async fn staff_members(
    text: String,
    shared: State<'_, Arc<Shared>>,
) -> Result<Vec<MemberView>, DeskProblem> {
    let session = current(&shared)?;
    session.look(session.desk.members(&text)).await
}

/// What an act would do.
#[tauri::command]
pub(in crate::window) async fn staff_prepare(
    act: Act,
    shared: State<'_, Arc<Shared>>,
) -> Result<Preparation, DeskProblem> {
    let session = current(&shared)?;
    session.touch();
    session.look(session.desk.prepare(act)).await
}

/// Carries out what was prepared, once.
#[tauri::command]
pub(in crate::window) async fn staff_carry_out(plan: u64, shared: State<'_, Arc<Shared>>) -> Result<Done, DeskProblem> {
    let session = current(&shared)?;
    session.act(session.desk.carry_out(plan)).await
}

/// Takes back what was done.
#[tauri::command]
pub(in crate::window) async fn staff_undo(number: u64, shared: State<'_, Arc<Shared>>) -> Result<Done, DeskProblem> {
    let session = current(&shared)?;
    session.act(session.desk.undo(number)).await
}

/// What was done, newest first; the lines before this number.
#[tauri::command]
pub(in crate::window) async fn staff_audit(
    before: Option<u64>,
    shared: State<'_, Arc<Shared>>,
) -> Result<AuditPage, DeskProblem> {
    let session = current(&shared)?;
    session.look(session.desk.audit(before)).await
}

/// The counts of a span.
#[tauri::command]
pub(in crate::window) async fn staff_charts(span: Span, shared: State<'_, Arc<Shared>>) -> Result<Charts, DeskProblem> {
    let session = current(&shared)?;
    session.look(session.desk.charts(span)).await
}

/// How the kiosk is.
#[tauri::command]
pub(in crate::window) async fn staff_health(shared: State<'_, Arc<Shared>>) -> Result<Health, DeskProblem> {
    let session = current(&shared)?;
    session.look(async { Ok(session.desk.health().await) }).await
}

/// What happened last, newest first; what is older than this number.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_events(
    before: Option<u64>,
    shared: State<'_, Arc<Shared>>,
) -> Result<Vec<Happened>, DeskProblem> {
    Ok(current(&shared)?.desk.events(before))
}

/// Writes a CSV file where the user keeps downloads.
#[tauri::command]
pub(in crate::window) async fn staff_export(
    export: Export,
    app: AppHandle,
    shared: State<'_, Arc<Shared>>,
) -> Result<Exported, DeskProblem> {
    let session = current(&shared)?;
    session.act(session.desk.export(export, &exports(&app))).await
}

/// Where files are put that staff ask for.
fn exports(app: &AppHandle) -> PathBuf {
    let path = app.path();
    let folder = path.download_dir().ok().filter(|folder| folder.is_dir());
    folder.or_else(|| path.home_dir().ok()).unwrap_or_else(std::env::temp_dir)
}

/// Staff are there.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_touch(shared: State<'_, Arc<Shared>>) -> Result<(), DeskProblem> {
    current(&shared)?.touch();
    shared.wake();
    Ok(())
}

/// Back to the kiosk.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_lock(shared: State<'_, Arc<Shared>>) -> Result<(), DeskProblem> {
    current(&shared)?.leave(Left::ToKiosk);
    Ok(())
}

/// On to the set-up; the desk ends.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_set_up(shared: State<'_, Arc<Shared>>) -> Result<(), DeskProblem> {
    current(&shared)?.leave(Left::ToSetUp);
    Ok(())
}

/// Ends the kiosk: staff come to the machine behind it.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands its state over by value")]
pub(in crate::window) fn staff_end_kiosk(shared: State<'_, Arc<Shared>>) -> Result<(), DeskProblem> {
    let session = current(&shared)?;
    if !session.desk.frame().ends_kiosk {
        return Err(DeskProblem::Invalid { detail: "this is no kiosk session".to_owned() });
    }
    session.leave(Left::EndKiosk);
    Ok(())
}
