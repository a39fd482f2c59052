//! The story: each way a tap can end, on a display in memory, with a picture of each.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::{Seen, Window};
use tokio::time::Instant;

use super::REPEAT_WINDOW_S;
use super::cast::{ANA, JOSE, LAYLA, PHONE, STRANGER, TWINS, Visitor};

const SIZE: (usize, usize) = (1280, 800);
/// How long a state of the outside has to reach the screen; a desk that was offline asks again after up to 15 s.
const SOON: Duration = Duration::from_secs(20);

/// Plays it; fails when a verdict is not what it should be.
pub(crate) async fn play(station: &Station) -> anyhow::Result<()> {
    let display = Display::start(SIZE.0, SIZE.1).await?;
    let window = Window::open(station, &display, &[]).await?;
    let mut story = Story { station, window, display, folder: pictures("demo")?, pictures: 0 };
    println!("Tapdesk at {}x{}, tile to verdict in milliseconds (until the page shows it):", SIZE.0, SIZE.1);

    story.wait_until_ready().await?;
    story.tell("nobody", "Hold your tile to the reader", None, "idle").await?;
    story.tap(ANA, "checked_in", "welcome").await?;
    let repeat_window = Duration::from_secs(REPEAT_WINDOW_S.0.into());
    let leave = Instant::now() + repeat_window;
    tokio::time::sleep_until(leave).await;
    story.tap(ANA, "checked_out", "goodbye").await?;
    story.tap(LAYLA, "refused", "refused").await?;
    story.tap(STRANGER, "unknown_tile", "unknown").await?;
    story.tap(TWINS, "ambiguous_tile", "ambiguous").await?;
    story.tap(PHONE, "unusable_tile", "phone").await?;

    let service = station.spaces.state();
    service.take_down();
    story.tap(JOSE, "saved", "offline_saved").await?;
    service.bring_up();
    story.window.wait_for_state("link", "online", SOON).await?;
    story.window.wait_for_state("queue", "empty", SOON).await?;
    if service.open_checkins(1_002).len() != 1 {
        bail!("the saved tap did not reach the service once and only once");
    }
    story.window.wait_for_stage("idle", SOON).await?;
    story.tell("the service", "back, and the saved tap is recorded there", None, "back_online").await?;
    println!("{} pictures in {}", story.pictures, story.folder.display());
    Ok(())
}

struct Story<'a> {
    station: &'a Station,
    window: Window,
    display: Display,
    folder: PathBuf,
    pictures: u32,
}

impl Story<'_> {
    async fn wait_until_ready(&self) -> anyhow::Result<()> {
        self.window.wait_for_state("reader", "up", SOON).await?;
        self.window.wait_for_state("link", "online", SOON).await
    }

    async fn tap(&mut self, visitor: Visitor, kind: &str, picture: &str) -> anyhow::Result<()> {
        let tapped = self.window.tap(&self.station.reader, visitor.tile()?, kind).await;
        let tapped = tapped.with_context(|| format!("{} {}", visitor.name, visitor.expect))?;
        self.tell(visitor.name, &in_words(&tapped.verdict), Some(tapped.took), picture).await
    }

    /// Prints a line, and keeps a picture.
    async fn tell(&mut self, who: &str, what: &str, took: Option<Duration>, picture: &str) -> anyhow::Result<()> {
        self.window.settle(&self.display).await?;
        let shot = self.display.picture().await?;
        if shot.is_blank() {
            bail!("the screen is blank");
        }
        self.pictures += 1;
        let name = format!("{:02}-{picture}.png", self.pictures);
        shot.save(&self.folder.join(&name)).await?;
        let took = took.map_or_else(|| "     -".to_owned(), |took| format!("{:>6}", took.as_millis()));
        println!("{took} ms  {who}: {what}  [{name}]");
        Ok(())
    }
}

/// What the screen says, as one line.
fn in_words(verdict: &Seen) -> String {
    let parts = ["headline", "name", "fact", "reason", "action"].map(|testid| verdict.text(testid));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ")
}
