//! The PN532 simulator as a program: a reader on a pty, driven by commands on a Unix socket and on stdin.

use std::{
    io::{self, BufRead as _, Write},
    path::PathBuf,
    thread,
    time::Duration,
};

use anyhow::Context as _;
use clap::{CommandFactory as _, FromArgMatches as _, Parser};
use serde_json::json;
use tapdesk_tests::pn532::{Handle, Options, Simulator, Timing, help_text};
use tokio::signal::unix::{SignalKind, signal};

/// A PN532 NFC reader on a pty, for tests. Unmodified hosts take it for the real chip:
/// `LIBNFC_DEVICE=pn532_uart:PATH:115200 nfc-list`
///
/// When it is ready it prints one line of JSON on stdout: {"ready":true,"line":PATH,"pty":"/dev/pts/N","control":PATH}.
/// It ends on the command quit, SIGTERM or SIGINT, and not when stdin ends.
#[derive(Debug, Parser)]
#[command(name = "pn532-simulator", version)]
struct Arguments {
    /// Link to the line, for hosts to open; stays the same when the reader is unplugged and plugged in again
    #[arg(long, value_name = "PATH")]
    link: PathBuf,
    /// Unix stream socket for control commands
    #[arg(long, value_name = "PATH")]
    control: PathBuf,
    /// File that gets each frame as one line of JSON
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Milliseconds that one attempt to find a tile takes
    #[arg(long, value_name = "MS", default_value_t = 5)]
    attempt_ms: u64,
}

fn main() -> anyhow::Result<()> {
    let mut program = Arguments::command().after_help(help_text());
    let arguments = Arguments::from_arg_matches(&program.get_matches_mut()).unwrap_or_else(|error| error.exit());
    // Before anybody is told that it is ready, so that no signal finds it unprepared.
    let signals = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut terminate, mut interrupt) = {
        let _inside = signals.enter();
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
    };
    let attempt = Duration::from_millis(arguments.attempt_ms);
    let simulator = Simulator::start(Options {
        link: Some(arguments.link),
        control: Some(arguments.control),
        log: arguments.log,
        timing: Timing { attempt, ..Timing::default() },
    })?;
    let status = simulator.execute("status");
    let ready = json!({
        "ready": true,
        "line": simulator.link(),
        "pty": status["pty"],
        "control": simulator.control(),
    });
    say(&mut io::stdout(), &ready)?;

    let handle = simulator.handle();
    thread::spawn(move || listen(&handle));
    let handle = simulator.handle();
    thread::spawn(move || {
        signals.block_on(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        });
        handle.request_quit();
    });
    simulator.wait_for_quit();
    let _all_is_said = io::stdout().lock();
    Ok(())
}

/// Commands from stdin, until it ends; the simulator goes on without it.
fn listen(handle: &Handle) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        // Held from the command to its reply, so that the end waits for the reply to quit.
        let mut out = io::stdout().lock();
        let reply = handle.execute(&line);
        if say(&mut out, &reply).is_err() {
            return;
        }
    }
}

fn say(out: &mut impl Write, line: &serde_json::Value) -> anyhow::Result<()> {
    writeln!(out, "{line}").and_then(|()| out.flush()).context("stdout is closed")
}
