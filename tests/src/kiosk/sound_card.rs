//! A sound card of its own: a private `PulseAudio` with a sink that nobody hears, and a recording of all that reaches it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tempfile::TempDir;

use super::display::end;

/// Samples a second of the recording.
const RATE: u32 = 16_000;
/// What is taken for silence, of 32768: dither and the ends of tones.
const SILENCE: i16 = 60;
/// The length of the recording that is loud or silent.
const WINDOW: Duration = Duration::from_millis(5);
/// How long daemon and recorder have to come up.
const STARTS_WITHIN: Duration = Duration::from_secs(10);
/// Between two looks at the recording.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Who holds it may play: sound is heard as time passes, and cards side by side on a small machine tear each other's.
const ONE_AT_A_TIME: &str = "tapdesk-sound-card.lock";

/// A running sound server with one sink; it ends when dropped, and only one runs at a time.
#[derive(Debug)]
pub struct SoundCard {
    server: Option<Server>,
    folder: TempDir,
    recording: Arc<Mutex<Vec<i16>>>,
    _alone: File,
}

#[derive(Debug)]
struct Server {
    daemon: Child,
    recorder: Child,
}

/// A part of the recording.
#[derive(Debug, Clone)]
pub struct Heard(Vec<i16>);

impl SoundCard {
    /// Starts a server and records its sink.
    pub fn start() -> anyhow::Result<Self> {
        let alone = File::create(std::env::temp_dir().join(ONE_AT_A_TIME))?;
        alone.lock()?;
        let mut card = Self { server: None, folder: TempDir::new()?, recording: Arc::default(), _alone: alone };
        let configuration = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n";
        std::fs::write(card.path("asound.conf"), configuration)?;
        std::fs::create_dir(card.path("run"))?;
        card.plug_in()?;
        Ok(card)
    }

    /// Starts the server again.
    pub fn plug_in(&mut self) -> anyhow::Result<()> {
        let protocol = format!("module-native-protocol-unix auth-anonymous=1 socket={}", self.path("socket").display());
        let daemon = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
            .args(["-L", "module-null-sink sink_name=kiosk", "-L", &protocol])
            .env("HOME", self.folder.path())
            .env("XDG_RUNTIME_DIR", self.path("run"))
            // On a session's bus it claims a name that only one server can have, and ends where another has it.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("pulseaudio does not start; it is in the package pulseaudio")?;
        let began = Instant::now();
        let mut daemon = Some(daemon);
        let recorded_before = self.recorded();
        // A recorder that comes before the server ends at once.
        while began.elapsed() < STARTS_WITHIN {
            let mut recorder = self.record()?;
            while matches!(recorder.try_wait(), Ok(None)) {
                if self.recorded() > recorded_before {
                    self.server = daemon.take().map(|daemon| Server { daemon, recorder });
                    return Ok(());
                }
                if began.elapsed() > STARTS_WITHIN {
                    break;
                }
                std::thread::sleep(LOOK_EVERY);
            }
            end(&mut recorder);
        }
        daemon.iter_mut().for_each(end);
        anyhow::bail!("the private sound server does not come up")
    }

    /// Ends the server, as a device that is pulled.
    pub fn pull_out(&mut self) {
        self.server = None;
    }

    /// What a program needs in its environment to play on this card.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("PULSE_SERVER", format!("unix:{}", self.path("socket").display())),
            ("ALSA_CONFIG_PATH", self.path("asound.conf").display().to_string()),
        ]
    }

    /// A folder of the card's own, removed with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How much is recorded: a place in the recording.
    pub fn recorded(&self) -> usize {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What was recorded since then.
    pub fn since(&self, start: usize) -> Heard {
        Heard(self.recording.lock().unwrap_or_else(PoisonError::into_inner).get(start..).unwrap_or_default().to_vec())
    }

    /// Waits until what was recorded since then is as wanted.
    pub fn wait_for(
        &self,
        what: &str,
        start: usize,
        within: Duration,
        is_there: impl Fn(&Heard) -> bool,
    ) -> anyhow::Result<Heard> {
        let began = Instant::now();
        loop {
            let heard = self.since(start);
            if is_there(&heard) {
                return Ok(heard);
            }
            ensure!(began.elapsed() < within, "no {what} within {within:?}; heard were {:?} ms", heard.beats());
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until something was heard since then, and after it nothing for so long.
    pub fn wait_for_sound(&self, start: usize, silence: Duration, within: Duration) -> anyhow::Result<Heard> {
        self.wait_for("sound that ends", start, within, |heard| heard.is_over_for(silence))
    }

    /// Waits until so much was recorded since then.
    pub fn listen(&self, start: usize, length: Duration) -> anyhow::Result<Heard> {
        let enough = |heard: &Heard| heard.length() >= length;
        self.wait_for("recording", start, length + STARTS_WITHIN, enough)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn record(&self) -> anyhow::Result<Child> {
        let mut recorder = Command::new("parec")
            .args(["--device=kiosk.monitor", "--format=s16le", "--channels=1", "--raw", "--latency-msec=20"])
            .arg(format!("--rate={RATE}"))
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("parec does not start; it is in the package pulseaudio-utils")?;
        let mut output = recorder.stdout.take().context("no standard output")?;
        let recording = Arc::clone(&self.recording);
        std::thread::spawn(move || {
            let (mut buffer, mut kept) = ([0_u8; 4096], Vec::new());
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                kept.extend_from_slice(&buffer[..count]);
                let (pairs, rest) = kept.as_chunks::<2>();
                let samples = pairs.iter().map(|pair| i16::from_le_bytes(*pair));
                recording.lock().unwrap_or_else(PoisonError::into_inner).extend(samples);
                kept = rest.to_vec();
            }
        });
        Ok(recorder)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.recorder);
        end(&mut self.daemon);
    }
}

impl Heard {
    /// The lengths, in milliseconds, of what was heard and of the silences between, in turn. What is shorter than two
    /// windows belongs to what it is in.
    pub fn beats(&self) -> Vec<u32> {
        let mut runs: Vec<(bool, u32)> = Vec::new();
        for run in self.loud().chunk_by(|one, next| one == next) {
            let length = u32::try_from(run.len()).unwrap_or(u32::MAX) * millis(WINDOW);
            let is_short = length < 2 * millis(WINDOW);
            match runs.last_mut() {
                Some((kind, last)) if *kind == run[0] || is_short => *last += length,
                _ => runs.push((run[0], length)),
            }
        }
        let first = runs.iter().position(|(loud, _)| *loud).unwrap_or(runs.len());
        let end = runs.iter().rposition(|(loud, _)| *loud).map_or(first, |last| last + 1);
        runs[first..end].iter().map(|(_, length)| *length).collect()
    }

    /// The largest amplitude, of 32768.
    pub fn peak(&self) -> u16 {
        self.0.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or_default()
    }

    /// Whether something was heard.
    pub fn has_sound(&self) -> bool {
        self.loud().contains(&true)
    }

    /// From the beginning until the first sound.
    pub fn lead(&self) -> Duration {
        let windows = self.loud().iter().take_while(|loud| !**loud).count();
        WINDOW * u32::try_from(windows).unwrap_or(u32::MAX)
    }

    fn is_over_for(&self, silence: Duration) -> bool {
        let loud = self.loud();
        let silent = loud.iter().rev().take_while(|loud| !**loud).count();
        loud.contains(&true) && WINDOW * u32::try_from(silent).unwrap_or(u32::MAX) >= silence
    }

    fn length(&self) -> Duration {
        Duration::from_secs(1) * u32::try_from(self.0.len()).unwrap_or(u32::MAX) / RATE
    }

    /// For each window whether it is loud.
    fn loud(&self) -> Vec<bool> {
        let window = (RATE * millis(WINDOW) / 1000) as usize;
        self.0
            .chunks(window)
            .map(|part| part.iter().any(|sample| sample.unsigned_abs() > SILENCE.unsigned_abs()))
            .collect()
    }
}

fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
