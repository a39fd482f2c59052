//! Looks at a display's screen whenever something is drawn on it, and tells when it showed what is waited for. What a page
//! believes to have painted is no evidence, and a screenshot takes longer than what is measured.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use x11rb::NONE;
use x11rb::connection::Connection;
use x11rb::protocol::damage::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, Screen};
use x11rb::rust_connection::RustConnection;

use super::display::Display;
use super::pixels::{Colour, same};

/// So many lines of the screen are looked at, evenly spread: all of it would take longer to copy than to draw.
const LINES: u16 = 9;
/// Fewer colours than this are no page: smoothed text alone brings more.
const FEWEST_COLOURS: usize = 16;

/// A look at a screen: its watched lines, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look(Vec<Colour>);

impl Look {
    /// Which share of the watched lines has a colour, 0 to 1.
    pub fn share_of(&self, colour: Colour) -> f64 {
        self.share(self.0.iter().filter(|pixel| same(**pixel, colour)).count())
    }

    /// Which share of the watched lines is as on another look, 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        self.share(self.0.iter().zip(&other.0).filter(|(one, two)| same(**one, **two)).count())
    }

    /// Whether there is next to nothing on them.
    pub fn is_blank(&self) -> bool {
        let mut colours = self.0.clone();
        colours.sort_unstable();
        colours.dedup();
        colours.len() < FEWEST_COLOURS
    }

    #[expect(clippy::cast_precision_loss, reason = "a screen has not that many pixels")]
    fn share(&self, hits: usize) -> f64 {
        hits as f64 / self.0.len().max(1) as f64
    }
}

/// A connection to a display that hears of all that is drawn there.
#[derive(Debug)]
pub struct Eye {
    connection: RustConnection,
    screen: Screen,
    damage: damage::Damage,
}

impl Eye {
    /// Opens an eye on this display's screen.
    pub fn open(display: &Display) -> anyhow::Result<Self> {
        let (connection, number) = x11rb::connect(Some(display.name()))?;
        let screen = connection.setup().roots[number].clone();
        connection.damage_query_version(1, 1)?.reply().context("the X server does not tell what is drawn")?;
        let damage = connection.generate_id()?;
        // One event, and no more before it was taken in.
        connection.damage_create(damage, screen.root, damage::ReportLevel::NON_EMPTY)?.check()?;
        Ok(Self { connection, screen, damage })
    }

    /// What is on the watched lines now.
    pub fn look(&self) -> anyhow::Result<Look> {
        let (width, height) = (self.screen.width_in_pixels, self.screen.height_in_pixels);
        let tops = (0..LINES).map(|line| i16::try_from(height / LINES * line + height / LINES / 2));
        // All are asked for before the first answer is read.
        let asked = tops.map(|top| {
            let image = self.connection.get_image(ImageFormat::Z_PIXMAP, self.screen.root, 0, top?, width, 1, u32::MAX);
            anyhow::Ok(image?)
        });
        let mut pixels = Vec::with_capacity(usize::from(LINES * width));
        for line in asked.collect::<anyhow::Result<Vec<_>>>()? {
            let line = line.reply()?;
            let (found, _) = line.data.as_chunks::<4>();
            anyhow::ensure!(found.len() == usize::from(width), "the screen has no four bytes for a pixel");
            pixels.extend(found.iter().map(|[blue, green, red, _]| [*red, *green, *blue]));
        }
        Ok(Look(pixels))
    }

    /// Waits until the screen fits; when it was seen to, and what was seen.
    pub fn wait_until(&self, within: Duration, mut fits: impl FnMut(&Look) -> bool) -> anyhow::Result<(Instant, Look)> {
        let deadline = Instant::now() + within;
        loop {
            let look = self.take_in()?;
            if fits(&look) {
                return Ok((Instant::now(), look));
            }
            if !self.wait_for_drawing(deadline)? {
                bail!("waited {within:?}, and the screen does not show it");
            }
        }
    }

    /// Waits until a page is on the screen and nothing was drawn for so long; what is there then.
    pub fn wait_for_rest(&self, rest: Duration, within: Duration) -> anyhow::Result<Look> {
        let deadline = Instant::now() + within;
        loop {
            let (_, look) =
                self.wait_until(deadline.saturating_duration_since(Instant::now()), |look| !look.is_blank())?;
            if !self.wait_for_drawing(Instant::now() + rest)? {
                return Ok(look);
            }
            if Instant::now() > deadline {
                bail!("waited {within:?}, and the screen does not come to rest");
            }
        }
    }

    /// A look after which all that is drawn is told anew.
    fn take_in(&self) -> anyhow::Result<Look> {
        while self.connection.poll_for_event()?.is_some() {}
        self.connection.damage_subtract(self.damage, NONE, NONE)?;
        self.look()
    }

    /// Waits until something is drawn; false when nothing was by then.
    fn wait_for_drawing(&self, deadline: Instant) -> anyhow::Result<bool> {
        loop {
            // What came along with an answer lies here already.
            if self.connection.poll_for_event()?.is_some() {
                return Ok(true);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let mut waiting = [PollFd::new(self.connection.stream(), PollFlags::IN)];
            if left.is_zero() || poll(&mut waiting, Some(&Timespec::try_from(left)?))? == 0 {
                return Ok(false);
            }
        }
    }
}
