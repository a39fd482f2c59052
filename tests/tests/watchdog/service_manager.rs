//! What systemd is told: ready before any tap, alive only while loop and page are, ending.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;

use crate::{ANA, Kiosk, SOON};

/// What systemd would wait for a sign of life: one comes twice in that time.
const WATCHDOG: Duration = Duration::from_secs(2);

/// The socket of a service manager, and what came in on it.
struct Manager {
    path: PathBuf,
    came: Receiver<(Instant, String)>,
    _folder: tempfile::TempDir,
}

impl Manager {
    fn start() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path)?;
        let (told, came) = channel();
        std::thread::spawn(move || {
            let mut message = [0; 4096];
            while let Ok(length) = socket.recv(&mut message) {
                let text = String::from_utf8_lossy(&message[..length]).into_owned();
                if told.send((Instant::now(), text)).is_err() {
                    return;
                }
            }
        });
        Ok(Self { path, came, _folder: folder })
    }

    fn environment(&self) -> anyhow::Result<[(&'static str, String); 2]> {
        let path = self.path.to_str().context("a path in UTF-8")?.to_owned();
        Ok([("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", WATCHDOG.as_micros().to_string())])
    }

    /// The next message with this line, and when it came; what comes before it is passed over.
    fn wait_for(&self, line: &str, within: Duration) -> anyhow::Result<(Instant, String)> {
        let until = Instant::now() + within;
        let mut before = Vec::new();
        loop {
            match self.came.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok((at, message)) if message.lines().any(|one| one.starts_with(line)) => return Ok((at, message)),
                Ok((_, message)) => before.push(message),
                Err(error) => bail!("no {line} within {within:?} ({error}); but {before:?}"),
            }
        }
    }

    /// Waits until no sign of life came for twice the time in which systemd expects one; fails when they go on and on.
    fn wait_for_silence(&self, within: Duration) -> anyhow::Result<()> {
        let until = Instant::now() + within;
        let mut last = Instant::now();
        while last.elapsed() < 2 * WATCHDOG {
            ensure!(Instant::now() < until, "it is still told to be alive");
            match self.came.recv_timeout(Duration::from_millis(100)) {
                Ok((at, message)) if message.contains("WATCHDOG=1") => last = at,
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ready_comes_before_the_first_tap_and_signs_of_life_end_with_the_loop() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let manager = Manager::start()?;
    // A tile that lies there from the beginning.
    let stay = station.reader.present(Tile::parse(ANA)?)?;
    let mut command = station.command(&["headless"])?.into_std();
    // As the compositor of a kiosk session hands it on.
    command.envs(manager.environment()?).env("WATCHDOG_PID", "1");
    let headless = Headless::spawn(command)?;
    let ack = headless.wait_for_line(0, SOON, |line| line["event"] == "ack").await;
    let (ready, message) = manager.wait_for("READY=1", Duration::from_secs(1))?;
    ensure!(ready < ack.at && message.contains("STATUS="), "{message}");
    manager.wait_for("STATUS=online; reader up", SOON)?;
    manager.wait_for("WATCHDOG=1", SOON)?;
    for reader in headless.readers()? {
        let environment = std::fs::read_to_string(format!("/proc/{reader}/environ"))?;
        ensure!(
            !environment.contains("NOTIFY_SOCKET") && !environment.contains("WATCHDOG"),
            "the reader process has it"
        );
    }
    station.reader.remove_presence(stay);
    kill_process(Pid::from_raw(headless.pid()).context("a process")?, Signal::STOP)?;
    manager.wait_for_silence(SOON)?;
    kill_process(Pid::from_raw(headless.pid()).context("a process")?, Signal::CONT)?;
    manager.wait_for("WATCHDOG=1", SOON)?;
    let (code, _) = headless.terminate().await?;
    ensure!(code == Some(0), "{}", headless.story());
    manager.wait_for("STOPPING=1", Duration::from_secs(1)).map(drop)
}

/// The loop waits for whoever reads its lines: nobody does, and the pipe is full.
#[tokio::test(flavor = "multi_thread")]
async fn no_sign_of_life_while_the_loop_is_stuck() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let manager = Manager::start()?;
    let (mut lines, output) = std::io::pipe()?;
    let mut command = station.command(&["headless"])?;
    let (own, mut filler) = (output.as_raw_fd(), File::options());
    let mut filler = filler
        .write(true)
        .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
        .open(format!("/proc/self/fd/{own}"))?;
    let mut program = command.envs(manager.environment()?).stdout(Stdio::from(output)).stderr(Stdio::null()).spawn()?;
    manager.wait_for("STATUS=online; reader up", SOON)?;
    manager.wait_for("WATCHDOG=1", SOON)?;
    // Full to the last byte.
    while filler.write(&[b' '; 4096]).is_ok() {}
    while filler.write(b" ").is_ok() {}
    let stay = station.reader.present(Tile::parse(ANA)?)?;
    manager.wait_for_silence(SOON)?;
    drop(filler);
    let reading = std::thread::spawn(move || {
        let mut said = Vec::new();
        drop(lines.read_to_end(&mut said));
        said
    });
    manager.wait_for("WATCHDOG=1", SOON)?;
    station.reader.remove_presence(stay);
    let pid = program.id().and_then(|pid| Pid::from_raw(pid.cast_signed())).context("a process")?;
    kill_process(pid, Signal::TERM)?;
    ensure!(tokio::time::timeout(SOON, program.wait()).await??.success());
    drop(command);
    let said = String::from_utf8_lossy(&reading.join().expect("it only reads")).into_owned();
    ensure!(said.contains("\"event\":\"ack\""), "the tap that it was stuck with is told: {said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sign_of_life_while_the_page_does_not_come_back() -> anyhow::Result<()> {
    let manager = Manager::start()?;
    let environment = manager.environment()?;
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let kiosk = Kiosk::open(&environment).await?;
    manager.wait_for("READY=1", SOON)?;
    // By the last of these the page has answered a question: before that it has the longer time of a first load.
    for _ in 0..4 {
        manager.wait_for("WATCHDOG=1", SOON)?;
    }
    // Whatever page it starts, none ever runs.
    let begun = Instant::now();
    let mut silent_since = Instant::now();
    while silent_since.elapsed() < 2 * WATCHDOG {
        ensure!(begun.elapsed() < 2 * SOON, "it is still told to be alive: {}", kiosk.window.said());
        for pid in kiosk.web_processes().into_iter().filter_map(Pid::from_raw) {
            // It may be gone already.
            let _ = kill_process(pid, Signal::STOP);
        }
        while let Ok((at, message)) = manager.came.try_recv() {
            if message.contains("WATCHDOG=1") {
                silent_since = at;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    eprintln!("measured: the last sign of life {:?} after the page stopped", silent_since - begun);
    ensure!(silent_since - begun > Duration::from_secs(8), "a page that is being loaded again has its time");
    kiosk.window.terminate().await?;
    manager.wait_for("STOPPING=1", Duration::from_secs(1)).map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_out_of_order_that_no_restart_mends_is_ready_too() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let manager = Manager::start()?;
    let mut environment: Vec<(&str, String)> = manager.environment()?.into();
    environment.push(("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus".to_owned()));
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let display = tapdesk_tests::kiosk::display::Display::start(800, 600).await?;
    let window = tapdesk_tests::kiosk::window::Window::open(&station, &display, &environment).await?;
    let (_, message) = manager.wait_for("READY=1", SOON)?;
    ensure!(message.contains("STATUS=out of order: the key store cannot be used"), "{message}");
    window.terminate().await.map(drop)
}

/// What a session's program writes when it ends nobody reads, before a black screen.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_says_what_is_wrong_with_its_configuration_and_goes_on_once_it_is_corrected() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.sign_in().await?;
    let good = std::fs::read_to_string(station.configuration())?;
    std::fs::write(station.configuration(), good.replacen("business_id = 9", "business_id = \"nine\"", 1))?;
    let elsewhere = station.run(&["headless"], "").await?;
    ensure!(elsewhere.status.code() == Some(78), "no other kiosk runs with it: {elsewhere:?}");

    let manager = Manager::start()?;
    let mut environment: Vec<(&str, String)> = manager.environment()?.into();
    // The defaults are those of this test.
    environment.push(("XDG_DATA_HOME", station.folder().join("defaults").display().to_string()));
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let display = tapdesk_tests::kiosk::display::Display::start(800, 600).await?;
    let window = tapdesk_tests::kiosk::window::Window::open_session(&station, &display, &environment).await?;
    window.wait_for_stage("out_of_order", SOON).await?;
    let detail = window.text("detail").await?;
    ensure!(detail.contains("tapdesk.toml") && detail.contains("`spaces.business_id`"), "{detail}");
    ensure!(detail.contains("whole number"), "what is allowed: {detail}");
    let (_, message) = manager.wait_for("STATUS=out of order: ", SOON)?;
    ensure!(!message.contains("READY=1"), "an update that refuses what it finds would be kept: {message}");
    manager.wait_for("EXTEND_TIMEOUT_USEC=", SOON)?;

    std::fs::write(station.configuration(), good)?;
    manager.wait_for("READY=1", SOON)?;
    window.wait_for_stage("idle", SOON).await?;
    window.wait_for_state("link", "online", SOON).await?;
    let second = station.run(&["headless"], "").await?;
    let said = String::from_utf8_lossy(&second.stderr);
    ensure!(said.contains("another Tapdesk is running"), "the right data folder is claimed by now: {said}");
    window.tap(&station.reader, Tile::parse(ANA)?, "checked_in").await?;
    window.terminate().await.map(drop)
}
