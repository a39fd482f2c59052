//! A desk whose window is really on a screen: each step leaves a screenshot that was judged.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::ensure;
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::pixels::Picture;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::{Seen, Window};
use tapdesk_tests::pn532::Tile;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a state of the outside has to reach the screen.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// What a picture must show to be believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// A colour of the theme.
    pub(crate) colour: &'static str,
    /// How much of the screen it covers at least, 0 to 1.
    pub(crate) covers: f64,
    /// How much of the screen differs at least from the idle screen, 0 to 1.
    pub(crate) differs: f64,
}

/// Nobody is checking in.
pub(crate) const IDLE: Look = Look { colour: "--deep", covers: 0.25, differs: 0.0 };
/// The same with another line at the bottom.
pub(crate) const IDLE_WITH_NEWS: Look = Look { differs: 0.0005, ..IDLE };
/// Something is out of order.
pub(crate) const ALERT: Look = Look { colour: "--alert", covers: 0.25, differs: 0.1 };

/// Two windows draw at a time: more would make each other late on a small machine.
static SCREENS: Semaphore = Semaphore::const_new(2);

/// A desk with its window. The window comes first, so that it ends before what it talks to.
pub(crate) struct Desk {
    pub(crate) window: Window,
    pub(crate) display: Display,
    pub(crate) station: Station,
    folder: PathBuf,
    idle: Option<Picture>,
    _turn: SemaphorePermit<'static>,
}

impl Desk {
    /// A desk that is signed in, with its window open on a screen of this size.
    pub(crate) async fn open((width, height): (usize, usize), configuration: &str) -> anyhow::Result<Self> {
        let station = Station::start(configuration).await?;
        station.sign_in().await?;
        Self::at(station, (width, height), &[]).await
    }

    /// The same at a station of one's own, with these variables in the environment.
    pub(crate) async fn at(
        station: Station,
        (width, height): (usize, usize),
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let turn = SCREENS.acquire().await?;
        let display = Display::start(width, height).await?;
        let window = Window::open(&station, &display, environment).await?;
        let folder = pictures(&format!("screenshots/window/{width}x{height}"))?;
        Ok(Self { window, display, station, folder, idle: None, _turn: turn })
    }

    /// Waits until the desk is ready for a tap, and takes the idle screen's picture.
    pub(crate) async fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        self.window.wait_for_stage("idle", SOON).await?;
        self.window.wait_for_state("reader", "up", SOON).await?;
        self.window.wait_for_state("link", "online", SOON).await?;
        self.window.wait_for_text("location", "Quay House", SOON).await?;
        self.idle = Some(self.show("idle", IDLE).await?);
        Ok(())
    }

    /// Holds the tile with this UID to the reader, and has the picture of its verdict judged.
    pub(crate) async fn tap(&self, uid: &str, kind: &str, name: &str) -> anyhow::Result<Seen> {
        self.tap_tile(Tile::parse(uid)?, kind, name).await
    }

    /// The same with any tile.
    pub(crate) async fn tap_tile(&self, tile: Tile, kind: &str, name: &str) -> anyhow::Result<Seen> {
        let tapped = self.window.tap(&self.station.reader, tile, kind).await?;
        self.show_verdict(kind, name).await?;
        Ok(tapped.verdict)
    }

    /// Takes the picture of the verdict that stands.
    pub(crate) async fn show_verdict(&self, kind: &str, name: &str) -> anyhow::Result<()> {
        self.show(name, verdict(kind)).await.map(drop)
    }

    /// Takes a picture of what stands: it must look as it should, and all of it must fit.
    pub(crate) async fn show(&self, name: &str, look: Look) -> anyhow::Result<Picture> {
        // The page is asked first: what stands on it does not stand for long.
        let colour = self.window.colour(look.colour).await?;
        let overflowing = self.window.overflowing().await?;
        self.window.settle(&self.display).await?;
        let picture = self.display.picture().await?;
        let path = self.folder.join(format!("{name}.png"));
        picture.save(&path).await?;
        let covers = picture.share_of(colour, picture.whole());
        let differs = self.idle.as_ref().map_or(1.0, |idle| picture.difference(idle));
        ensure!(
            !picture.is_blank() && covers >= look.covers && differs >= look.differs,
            "{}: expected {look:?}; {colour:?} covers {covers:.3}, and {differs:.4} differs from the idle screen",
            path.display()
        );
        ensure!(overflowing.is_empty(), "{}: does not fit: {overflowing:?}", path.display());
        Ok(picture)
    }
}

/// How a verdict looks at least: a frame, a bar, half the screen, or all of it.
fn verdict(kind: &str) -> Look {
    let covers = match kind {
        "checked_in" | "checked_out" => 0.3,
        "saved" => 0.7,
        _ => 0.06,
    };
    Look { colour: "--field", covers, differs: 0.1 }
}
