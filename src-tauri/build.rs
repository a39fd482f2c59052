//! Gives the page exactly the commands named here: everything else is refused by Tauri's capability check.

fn main() {
    let commands =
        tauri_build::AppManifest::new().commands(&["current_scene", "accept_offer", "enter_pin", "find_members"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are right");
}
