//! The control commands, one line each, and the Unix socket that takes them. Each gets one line of JSON back.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Map, Value, json};

use super::{
    fault::Fault,
    handle::Handle,
    tile::{Kind, Tile},
};

/// The commands and what they do.
const COMMANDS: [(&str, &str); 11] = [
    (
        "present UID [TYPE [URI]]",
        "put a tile on the reader; TYPE by the UID's length if left out; URI as its NDEF content",
    ),
    ("present phone", "put a phone with a random UID on the reader"),
    ("remove [UID]", "take the tile away; without a UID, all"),
    ("unplug", "pull the cable: hosts get EIO, the link goes away"),
    ("replug", "plug it in again, on a new pty behind the same link"),
    ("status", "line, chip, tiles and faults"),
    ("log [N]", "the last N frames (20 if left out), with microseconds since the start"),
    ("fault KIND [COUNT]", "misbehave COUNT times; without COUNT, until \"fault none\""),
    ("fault none", "behave"),
    ("help", "this list"),
    ("quit", "end the simulator"),
];

/// How long a client may leave a reply unread before it is given up.
const WRITE_PATIENCE: Duration = Duration::from_secs(1);

/// Frames that `log` shows if no number is given.
const USUAL_LOG: usize = 20;

/// The control commands, tile types and faults, as text for people.
pub fn help_text() -> String {
    let row = |(name, does): (&str, &str)| format!("  {name:<26}{does}\n");
    let commands: String = COMMANDS.into_iter().map(row).collect();
    let faults: String = Fault::ALL.into_iter().map(|fault| row((fault.name(), fault.effect()))).collect();
    let kinds = Kind::ALL.map(Kind::name).join(", ");
    format!(
        "Control commands (socket and stdin, one a line, one line of JSON back):\n{commands}\nTypes of tiles: {kinds}\n\nFaults:\n{faults}"
    )
}

/// Runs one command line; the reply always has `ok`, and `error` when that is false.
pub(super) fn execute(handle: &Handle, line: &str) -> Value {
    match run(handle, line.trim()) {
        Ok(reply) => {
            let mut whole = Map::from_iter([("ok".to_owned(), Value::Bool(true))]);
            if let Value::Object(fields) = reply {
                whole.extend(fields);
            }
            Value::Object(whole)
        }
        Err(error) => {
            let names = COMMANDS.map(|(name, _)| name);
            json!({"ok": false, "error": format!("{error:#}"), "commands": names})
        }
    }
}

fn run(handle: &Handle, line: &str) -> anyhow::Result<Value> {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let alone = || ensure_alone(name, rest);
    match name {
        "present" => {
            let tile = Tile::parse(rest)?;
            let (uid, kind) = (tile.uid_hex(), tile.kind().name());
            let presence = handle.present(tile)?;
            Ok(json!({"uid": uid, "type": kind, "presence": presence.0}))
        }
        "remove" if rest.is_empty() => Ok(json!({"removed": handle.remove_all()})),
        "remove" => handle.remove_named(rest).map(|()| json!({"removed": 1})),
        "unplug" => {
            alone()?;
            handle.unplug();
            Ok(json!({"plugged": false}))
        }
        "replug" => {
            alone()?;
            Ok(json!({"plugged": true, "pty": handle.replug()?}))
        }
        "status" => alone().map(|()| status(handle)),
        "log" => {
            let most = if rest.is_empty() {
                USUAL_LOG
            } else {
                rest.parse().with_context(|| format!("\"{rest}\" is not a number of frames"))?
            };
            let frames: Vec<Value> = handle.log(most).iter().map(super::LoggedFrame::to_json).collect();
            Ok(json!({"frames": frames}))
        }
        "fault" => fault(handle, rest),
        "help" => alone().map(|()| help()),
        "quit" => {
            alone()?;
            handle.request_quit();
            Ok(json!({"quit": true}))
        }
        "" => bail!("an empty line is no command"),
        other => bail!("unknown command \"{other}\""),
    }
}

fn ensure_alone(name: &str, rest: &str) -> anyhow::Result<()> {
    ensure!(rest.is_empty(), "nothing may follow \"{name}\"");
    Ok(())
}

fn fault(handle: &Handle, rest: &str) -> anyhow::Result<Value> {
    let mut words = rest.split_whitespace();
    match words.next() {
        None => bail!("a fault's name is missing"),
        Some("none") => handle.clear_faults(),
        Some(name) => {
            let fault: Fault = name.parse().map_err(anyhow::Error::msg)?;
            let count = words
                .next()
                .map(|count| count.parse().with_context(|| format!("\"{count}\" is not a number of times")))
                .transpose()?;
            handle.fault(fault, count);
        }
    }
    ensure!(words.next().is_none(), "too many words: a fault and a count are all");
    Ok(json!({"faults": faults(handle)}))
}

fn faults(handle: &Handle) -> Vec<Value> {
    let world = handle.0.lock();
    world.faults.list().iter().map(|(fault, left)| json!({"kind": fault.name(), "left": left})).collect()
}

fn status(handle: &Handle) -> Value {
    let faults = faults(handle);
    let world = handle.0.lock();
    let tiles: Vec<Value> = world
        .field
        .tiles
        .iter()
        .map(|placed| {
            let (uid, kind) = (placed.tile.uid_hex(), placed.tile.kind().name());
            json!({"uid": uid, "type": kind, "state": placed.state.name(), "presence": placed.presence.0})
        })
        .collect();
    json!({
        "plugged": world.pty.is_some(),
        "line": handle.link(),
        "pty": world.pty,
        "connection": handle.connection_string(),
        "baud": world.chip.baud,
        "asleep": world.chip.is_asleep(),
        "field": world.field.is_on(),
        "tiles": tiles,
        "faults": faults,
        "frames": world.record.count,
    })
}

fn help() -> Value {
    let commands: Vec<Value> = COMMANDS.iter().map(|(name, does)| json!({"command": name, "does": does})).collect();
    let faults: Vec<Value> =
        Fault::ALL.iter().map(|fault| json!({"kind": fault.name(), "does": fault.effect()})).collect();
    json!({"commands": commands, "types": Kind::ALL.map(Kind::name), "faults": faults})
}

/// The socket's threads. Dropping it closes all connections, ends the threads and removes the socket.
#[derive(Debug)]
pub(super) struct Server {
    path: PathBuf,
    ending: Arc<AtomicBool>,
    clients: Arc<Mutex<Vec<UnixStream>>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens at `path`. A socket left by an earlier run is replaced, one that is in use is not.
    pub(super) fn start(path: &Path, handle: Handle) -> anyhow::Result<Self> {
        ensure!(UnixStream::connect(path).is_err(), "{} is in use by another program", path.display());
        if fs::symlink_metadata(path).is_ok_and(|found| std::os::unix::fs::FileTypeExt::is_socket(&found.file_type())) {
            let _ = fs::remove_file(path);
        }
        let listener = UnixListener::bind(path).with_context(|| format!("cannot listen at {}", path.display()))?;
        let ending = Arc::new(AtomicBool::new(false));
        let clients = Arc::new(Mutex::new(Vec::new()));
        let thread = thread::Builder::new().name("pn532-control".into()).spawn({
            let (ending, clients) = (Arc::clone(&ending), Arc::clone(&clients));
            move || accept(&listener, &handle, &ending, &clients)
        })?;
        Ok(Self { path: path.to_path_buf(), ending, clients, thread: Some(thread) })
    }
}

fn accept(listener: &UnixListener, handle: &Handle, ending: &AtomicBool, clients: &Mutex<Vec<UnixStream>>) {
    let mut talks = Vec::new();
    for stream in listener.incoming() {
        if ending.load(Ordering::Acquire) {
            break;
        }
        let Ok(stream) = stream else { continue };
        let Ok(copy) = stream.try_clone() else { continue };
        let mut open = clients.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that have ended no longer have a peer.
        open.retain(|client| client.peer_addr().is_ok());
        open.push(copy);
        drop(open);
        let handle = handle.clone();
        talks.retain(|talk: &JoinHandle<()>| !talk.is_finished());
        talks.push(thread::spawn(move || {
            // A client that goes away in the middle of a reply is no trouble of ours.
            let _ = talk(&stream, &handle);
            let _ = stream.shutdown(Shutdown::Both);
        }));
    }
    for talk in talks {
        let _ = talk.join();
    }
}

fn talk(mut stream: &UnixStream, handle: &Handle) -> io::Result<()> {
    stream.set_write_timeout(Some(WRITE_PATIENCE))?;
    for line in BufReader::new(stream).lines() {
        let reply = format!("{}\n", execute(handle, &line?));
        stream.write_all(reply.as_bytes())?;
    }
    Ok(())
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Release);
        // This ends the wait for the next client.
        let _ = UnixStream::connect(&self.path);
        for client in self.clients.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Only commands end here: a reply that is being written, such as the one to quit, still goes out.
            let _ = client.shutdown(Shutdown::Read);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let _ = fs::remove_file(&self.path);
    }
}
