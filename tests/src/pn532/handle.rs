//! What tests, benchmarks and the control commands do with a running simulator.

use std::{
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use super::{
    chip::{Chip, START_BAUD},
    fault::{Fault, Faults},
    field::{Field, Presence},
    line::Line,
    record::{LoggedFrame, Record, Sighting},
    tile::{Tile, parse_uid},
};

/// Everything that the line's thread and its callers share.
#[derive(Debug)]
pub(super) struct World {
    pub(super) chip: Chip,
    pub(super) field: Field,
    pub(super) faults: Faults,
    pub(super) record: Record,
    /// Whether a line is wanted.
    pub(super) plugged: bool,
    /// A line that waits to be taken over by the thread.
    pub(super) incoming: Option<Line>,
    /// The slave side's name while there is a line.
    pub(super) pty: Option<PathBuf>,
    pub(super) quit: bool,
    pub(super) stop: bool,
}

/// The world behind its lock.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) world: Mutex<World>,
    /// Anything changed.
    pub(super) changed: Condvar,
    /// Interrupts the thread's wait (an eventfd).
    pub(super) wake: OwnedFd,
    pub(super) link: PathBuf,
    pub(super) control: Option<PathBuf>,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        // A panic elsewhere leaves nothing half done in here that a later look could not bear.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn wake(&self) {
        let _ = rustix::io::write(&self.wake, &1_u64.to_ne_bytes());
        self.changed.notify_all();
    }

    /// Waits until `look` finds something, at most for `timeout` (`None`: for ever).
    fn wait<T>(&self, timeout: Option<Duration>, mut look: impl FnMut(&mut World) -> Option<T>) -> Option<T> {
        let begun = Instant::now();
        let mut world = self.lock();
        loop {
            if let Some(found) = look(&mut world) {
                return Some(found);
            }
            world = match timeout {
                None => self.changed.wait(world).unwrap_or_else(PoisonError::into_inner),
                Some(timeout) => {
                    let left = timeout.checked_sub(begun.elapsed())?;
                    self.changed.wait_timeout(world, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

/// A hand on a running simulator. It may be cloned and used from any thread; it does not keep the simulator alive.
#[derive(Clone, Debug)]
pub struct Handle(pub(super) Arc<Shared>);

impl Handle {
    /// The link that hosts open. It is there while the reader is plugged in.
    pub fn link(&self) -> &Path {
        &self.0.link
    }

    /// The control socket, if there is one.
    pub fn control(&self) -> Option<&Path> {
        self.0.control.as_deref()
    }

    /// libnfc's name of this reader, such as `pn532_uart:/tmp/reader:115200` (nfc.md section 2).
    pub fn connection_string(&self) -> String {
        format!("pn532_uart:{}:{START_BAUD}", self.0.link.display())
    }

    /// Puts a tile on the reader. Fails when one with the same UID lies there.
    pub fn present(&self, tile: Tile) -> anyhow::Result<Presence> {
        let mut world = self.0.lock();
        let uid = tile.uid().to_vec();
        let twin = world.field.tiles.iter().any(|placed| placed.tile.uid() == uid);
        ensure!(!twin, "the tile {} is already there", tile.uid_hex());
        let now = Instant::now();
        let presence = world.field.present(tile, now);
        world.record.entered(presence, &uid, now);
        self.0.changed.notify_all();
        Ok(presence)
    }

    /// Takes the tile with this UID away. Fails when it is not there.
    pub fn remove(&self, uid: &[u8]) -> anyhow::Result<()> {
        ensure!(self.take_away(Some(uid)) > 0, "no tile with that UID is there");
        Ok(())
    }

    /// Takes away the tile of this stay, whatever its UID is by now. True if it still lay there.
    pub fn remove_presence(&self, presence: Presence) -> bool {
        let mut world = self.0.lock();
        let uid = world.field.get(presence).map(|placed| placed.tile.uid().to_vec());
        drop(world);
        uid.is_some_and(|uid| self.take_away(Some(&uid)) > 0)
    }

    /// Takes all tiles away and tells how many there were.
    pub fn remove_all(&self) -> usize {
        self.take_away(None)
    }

    fn take_away(&self, uid: Option<&[u8]>) -> usize {
        let mut world = self.0.lock();
        let gone = world.field.remove(uid);
        let now = Instant::now();
        for presence in &gone {
            world.record.left(*presence, now);
        }
        self.0.changed.notify_all();
        gone.len()
    }

    /// Pulls the cable: hosts get EIO, the link goes away, the chip loses its power. Done when it returns.
    pub fn unplug(&self) {
        self.0.lock().plugged = false;
        self.0.wake();
        self.0.wait(None, |world| (world.pty.is_none() || world.plugged || world.stop).then_some(()));
    }

    /// Plugs the reader in again, on a new pty behind the same link. Done when it returns; gives the pty's name.
    pub fn replug(&self) -> anyhow::Result<PathBuf> {
        ensure!(!self.0.lock().plugged, "the reader is plugged in");
        let line = Line::open(&self.0.link)?;
        {
            let mut world = self.0.lock();
            if world.stop {
                bail!("the simulator has ended");
            }
            world.incoming = Some(line);
            world.plugged = true;
        }
        self.0.wake();
        self.0
            .wait(None, |world| (world.pty.is_some() || world.stop).then(|| world.pty.clone()))
            .flatten()
            .context("the simulator has ended")
    }

    /// Turns a fault on, for `count` times or (`None`) until cleared.
    pub fn fault(&self, fault: Fault, count: Option<u32>) {
        self.0.lock().faults.set(fault, count);
    }

    /// Turns all faults off.
    pub fn clear_faults(&self) {
        self.0.lock().faults.clear();
    }

    /// The last `most` frames on the line, oldest first; the last 10 000 are kept.
    pub fn log(&self, most: usize) -> Vec<LoggedFrame> {
        self.0.lock().record.last(most)
    }

    /// How many frames went over the line so far: a place in the log to wait from.
    pub fn frames_so_far(&self) -> u64 {
        self.0.lock().record.count
    }

    /// Waits for a frame that fits, after the first `since` ones (see [`Self::frames_so_far`]), at most for `timeout`.
    pub fn wait_for_frame(
        &self,
        since: u64,
        timeout: Duration,
        mut fits: impl FnMut(&LoggedFrame) -> bool,
    ) -> Option<LoggedFrame> {
        let mut seen = since;
        self.0.wait(Some(timeout), |world| {
            let found = world.record.since(seen).find(|frame| fits(frame)).cloned();
            seen = world.record.count;
            found
        })
    }

    /// What is known of one stay of a tile.
    pub fn sighting(&self, presence: Presence) -> Option<Sighting> {
        self.0.lock().record.sighting(presence).cloned()
    }

    /// What is known of all stays, in the order in which the tiles came.
    pub fn sightings(&self) -> Vec<Sighting> {
        self.0.lock().record.sightings().to_vec()
    }

    /// Waits until a sound reply with the tile's UID has been written to the host, at most for `timeout`.
    pub fn wait_for_reply(&self, presence: Presence, timeout: Duration) -> Option<Sighting> {
        self.0.wait(Some(timeout), |world| {
            world.record.sighting(presence).filter(|sighting| sighting.first_reply.is_some()).cloned()
        })
    }

    /// Asks the simulator's owner to end it, as the command `quit` does.
    pub fn request_quit(&self) {
        self.0.lock().quit = true;
        self.0.changed.notify_all();
    }

    /// Waits until somebody asks for the end.
    pub fn wait_for_quit(&self) {
        self.0.wait(None, |world| world.quit.then_some(()));
    }

    /// Runs one control command and gives its JSON reply, the same as over the control socket.
    pub fn execute(&self, command: &str) -> serde_json::Value {
        super::control::execute(self, command)
    }

    /// Takes away the tile with this UID in hex.
    pub(super) fn remove_named(&self, uid: &str) -> anyhow::Result<()> {
        self.remove(&parse_uid(uid)?)
    }
}
