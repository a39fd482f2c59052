//! Gives the page exactly the commands named here: everything else is refused by Tauri's capability check.

const COMMANDS: [&str; 27] = [
    "current_scene",
    "appearance",
    "accept_offer",
    "speak",
    "enter_pin",
    "find_members",
    "enter_staff_pin",
    "painted",
    "touched",
    "set_up_view",
    "set_up",
    "staff_desk_view",
    "staff_failures",
    "staff_failure",
    "staff_members",
    "staff_prepare",
    "staff_carry_out",
    "staff_undo",
    "staff_audit",
    "staff_charts",
    "staff_health",
    "staff_events",
    "staff_export",
    "staff_touch",
    "staff_lock",
    "staff_set_up",
    "staff_end_kiosk",
];

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are right");
}
