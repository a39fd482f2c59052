//! What brings a kiosk back: pages that die or are stuck, a second start, and what systemd is told. The built program's own
//! window and its headless lines; needs what the window's stories need.

#[path = "watchdog/alone.rs"]
mod alone;
#[path = "watchdog/pages.rs"]
mod pages;
#[path = "watchdog/service_manager.rs"]
mod service_manager;

use std::time::Duration;

use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;

const ANA: &str = "04A1B2C3D4E5F6";

/// How long a state of the outside has to reach the screen.
const SOON: Duration = Duration::from_secs(20);

/// A kiosk with its window. The window comes first, so that it ends before what it talks to.
struct Kiosk {
    window: Window,
    display: Display,
    station: Station,
}

impl Kiosk {
    /// One that is signed in and works, with these variables in its environment.
    async fn open(environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        let station = Station::start("").await?;
        station.sign_in().await?;
        let display = Display::start(1024, 600).await?;
        let window = Window::open(&station, &display, environment).await?;
        let kiosk = Self { window, display, station };
        kiosk.window.wait_for_stage("idle", SOON).await?;
        kiosk.window.wait_for_state("reader", "up", SOON).await?;
        kiosk.window.wait_for_state("link", "online", SOON).await?;
        kiosk.window.settle(&kiosk.display).await?;
        Ok(kiosk)
    }

    /// The processes of its pages.
    fn web_processes(&self) -> Vec<i32> {
        let is_page = |pid: &i32| {
            let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            name.starts_with("WebKitWebProc")
        };
        self.window.family().into_iter().filter(is_page).collect()
    }
}
