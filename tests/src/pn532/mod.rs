//! A PN532 reader for tests: an honest peer on a serial line, which unmodified hosts (libnfc, nfcpy) take for the real
//! chip. Tiles are put on it and taken away, its cable is pulled, and faults are turned on, from the program
//! `pn532-simulator` or from this library. Its behaviour follows the PN532 user manual (UM0701) and what nfc.md measured.
//!
//! ```no_run
//! use tapdesk_tests::pn532::{Options, Simulator, Tile};
//! # fn main() -> anyhow::Result<()> {
//! let reader = Simulator::start(Options::default())?;
//! println!("LIBNFC_DEVICE={} nfc-list", reader.connection_string());
//! let stay = reader.present(Tile::parse("04A1B2C3D4E5F6")?)?;
//! let sighting = reader.wait_for_reply(stay, std::time::Duration::from_secs(5));
//! println!("{:?}", sighting.and_then(|sighting| sighting.latency()));
//! # Ok(())
//! # }
//! ```

mod chip;
mod commands;
mod control;
mod device_name;
mod fault;
mod field;
mod frames;
mod handle;
mod line;
mod memory;
mod record;
mod search;
mod tile;
mod wire;

use std::{
    fs::File,
    ops::Deref,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use rustix::event::{EventfdFlags, eventfd};

pub use control::help_text;
pub use device_name::DeviceName;
pub use fault::Fault;
pub use field::Presence;
pub use handle::Handle;
pub use record::{LoggedFrame, Side, Sighting};
pub use tile::{Kind, Tile};

use control::Server;
use handle::{Shared, World};

/// How long the chip takes for things. Bytes on the line take 10 bits at the line's speed besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// From the end of the ACK until a command is digested. Default 1 ms (nfc.md section 5).
    pub command: Duration,
    /// One attempt to find a tile, answered or not. Default 5 ms (nfc.md section 5; its pessimistic case has 12 ms).
    pub attempt: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self { command: Duration::from_millis(1), attempt: Duration::from_millis(5) }
    }
}

/// What a simulator is started with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the link to the line goes. Default: a name of its own in the folder for temporary files. libnfc splits its
    /// device names at colons, so there can be none in it.
    pub link: Option<PathBuf>,
    /// Where the control socket goes; without it there is none.
    pub control: Option<PathBuf>,
    /// A file that gets each frame as one line of JSON.
    pub log: Option<PathBuf>,
    /// How long the chip takes for things.
    pub timing: Timing,
}

/// A running simulator, on threads of its own. Dropping it ends the threads and removes link and socket.
#[derive(Debug)]
pub struct Simulator {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
    server: Option<Server>,
}

impl Simulator {
    /// Starts a simulator, plugged in and with an empty field. Hosts can open the link when this returns.
    pub fn start(options: Options) -> anyhow::Result<Self> {
        let link = options
            .link
            .unwrap_or_else(|| std::env::temp_dir().join(format!("pn532-{}", uuid::Uuid::new_v4().simple())));
        let colon = link.as_os_str().as_encoded_bytes().contains(&b':');
        ensure!(!colon, "{} has a colon in it, at which libnfc would split it", link.display());
        let file =
            options.log.map(|path| File::create(&path).with_context(|| format!("cannot write {}", path.display())));
        let world = World {
            chip: chip::Chip::new(options.timing),
            field: field::Field::default(),
            faults: fault::Faults::default(),
            record: record::Record::new(file.transpose()?),
            plugged: false,
            incoming: None,
            pty: None,
            quit: false,
            stop: false,
        };
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            changed: Condvar::new(),
            wake: eventfd(0, EventfdFlags::CLOEXEC).context("no eventfd")?,
            link,
            control: options.control,
        });
        let handle = Handle(Arc::clone(&shared));
        let thread = thread::Builder::new().name("pn532".into()).spawn(move || wire::run(&shared))?;
        let mut simulator = Self { handle, thread: Some(thread), server: None };
        simulator.replug()?;
        if let Some(path) = simulator.control() {
            simulator.server = Some(Server::start(path, simulator.handle())?);
        }
        Ok(simulator)
    }

    /// A hand on the simulator for other threads.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }
}

impl Deref for Simulator {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.server = None;
        self.handle.0.lock().stop = true;
        self.handle.0.wake();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
