//! The way in for staff, and their windows above the kiosk: the staff desk, beside which the kiosk works on, and the set-up.

pub(super) mod desk;
pub(super) mod set_up;

use std::sync::Arc;

use secrecy::SecretString;
use tapdesk_engine::keys::{GateAnswer, StaffGate};
use tauri::window::Color;
use tauri::{AppHandle, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use super::{Shared, fill_the_screen, lock, show};
use crate::door::PinResult;

/// What is seen before the page is: the page's own colour.
const PAPER: Color = Color(0xf7, 0xf4, 0xee, 0xff);

/// A window of this label with this page, over the whole screen.
fn above_the_kiosk(app: &AppHandle, label: &str, page: &str) -> Result<WebviewWindow, String> {
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title("Tapdesk")
        .background_color(PAPER)
        .fullscreen(true)
        .decorations(false)
        .focused(true)
        .build()
        .map_err(|error| format!("the staff window cannot be opened: {error}"))?;
    fill_the_screen(app, label);
    Ok(window)
}

/// Takes such a window away; the next one of its label can be opened then.
fn close(window: &WebviewWindow) {
    if let Err(error) = window.destroy() {
        tracing::info!(%error, window = window.label(), "the window does not close");
    }
}

/// Staff typed their PIN at the kiosk.
#[tauri::command]
pub(super) async fn enter_staff_pin(
    pin: SecretString,
    app: AppHandle,
    shared: State<'_, Arc<Shared>>,
) -> Result<PinResult, String> {
    let gate: StaffGate = lock(&shared.gate).clone().ok_or("staff have no PIN here")?;
    let answer = gate.enter(pin, shared.now()).await.map_err(|error| error.to_string())?;
    let locked_until = gate.locked_until(shared.now()).await;
    show(&app, &shared, |scene| scene.staff.locked_until = locked_until.map(|until| until.to_rfc3339()));
    Ok(match answer {
        GateAnswer::Accepted => {
            tracing::info!("staff PIN accepted");
            if !shared.let_staff_in() {
                return Err("not at this moment; try again".to_owned());
            }
            PinResult::Accepted
        }
        GateAnswer::Wrong => PinResult::Wrong,
        GateAnswer::Locked { .. } => PinResult::Locked,
    })
}
