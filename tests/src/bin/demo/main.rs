//! Shows Tapdesk with a simulated reader and a simulated service: on this screen with a menu, or as a story in pictures.
//! Started by `./dev demo`, which brings a session with an unlocked key store.

mod cast;
mod menu;
mod story;

use std::time::Duration;

use anyhow::{Context, bail};
use clap::Parser;
use tapdesk_tests::kiosk::station::Station;

/// How long the story may take.
const STORY_WITHIN: Duration = Duration::from_mins(1);
/// Seconds in which a member's second tap repeats the first verdict: in the story it is waited out, at the menu it leaves
/// time to try both.
const REPEAT_WINDOW_S: (u32, u32) = (3, 15);

/// Shows Tapdesk with a simulated reader and a simulated service, in a temporary folder.
///
/// With a display, the window opens there, and a menu holds tiles to the reader. Without one, or with --screenshots, a
/// story is played on a display in memory: each verdict is checked and its picture kept.
#[derive(Debug, Parser)]
#[command(name = "demo", version)]
struct Arguments {
    /// Play the story on a display in memory even where there is a display
    #[arg(long)]
    screenshots: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let at_menu = has_display && !arguments.screenshots;
    let shown = async {
        if at_menu {
            return menu::offer(&station(REPEAT_WINDOW_S.1).await?).await;
        }
        let story = async { story::play(&station(REPEAT_WINDOW_S.0).await?).await };
        tokio::time::timeout(STORY_WITHIN, story).await.context("the story takes too long")?
    };
    // Not left to the signal's default, which would leave the window and its display behind.
    tokio::select! {
        outcome = shown => outcome,
        _ = tokio::signal::ctrl_c() => if at_menu { Ok(()) } else { bail!("the story was broken off") },
    }
}

/// Reader, service and a device that is signed in.
async fn station(repeat_window_s: u32) -> anyhow::Result<Station> {
    let station = Station::start(&format!("[tap]\nrepeat_window_s = {repeat_window_s}")).await?;
    station.sign_in().await?;
    Ok(station)
}
