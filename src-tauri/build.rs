//! Gives the page exactly the commands named here: everything else is refused by Tauri's capability check.

const COMMANDS: [&str; 9] = [
    "current_scene",
    "appearance",
    "accept_offer",
    "speak",
    "enter_pin",
    "find_members",
    "enter_staff_pin",
    "set_up_view",
    "set_up",
];

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are right");
}
