//! The light behind the screen: out in the hours when the screen is off and nobody is there, and back for whoever comes.
//!
//! The page is black then anyway; this saves the panel. Both hold for the same moments: a press must never land on a button
//! that nobody sees. A tap lights it, and so does what the kiosk has to say, and so does a touch, of which the shell tells by
//! [`Waker`]: for a minute after the last sign of anybody. A machine without such a light, or whose light this user may not
//! dim, is none the worse.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tapdesk_core::effect::{Notice, Stage};

use crate::screen::{Location, News, Screen};

/// Where the kernel has the lights of this machine's panels.
const LIGHTS: &str = "/sys/class/backlight";
/// How long it stays light after somebody was there.
const STAYS_LIT: Duration = Duration::from_mins(1);

/// What the light hears of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// The hours in which the screen is off have begun, or ended.
    Off(bool),
    /// Something is on stage for somebody, or nothing is any more.
    OnStage(bool),
    /// Staff are at their desk, or left it.
    Staff(bool),
    /// Somebody touched the screen.
    Touch,
    /// The screen is no more.
    End,
}

/// When it is light.
#[derive(Debug, Default)]
struct Rule {
    off: bool,
    on_stage: bool,
    staff_are_there: bool,
    lit_until: Option<Instant>,
}

impl Rule {
    fn hear(&mut self, now: Instant, heard: Heard) {
        match heard {
            Heard::Off(off) => self.off = off,
            Heard::OnStage(on_stage) => {
                if self.on_stage || on_stage {
                    self.lit_until = Some(now + STAYS_LIT);
                }
                self.on_stage = on_stage;
            }
            Heard::Staff(there) => {
                self.lit_until = Some(now + STAYS_LIT);
                self.staff_are_there = there;
            }
            Heard::Touch => self.lit_until = Some(now + STAYS_LIT),
            Heard::End => self.off = false,
        }
    }

    fn is_lit(&self, now: Instant) -> bool {
        !self.off || self.is_held() || self.lit_until.is_some_and(|until| now < until)
    }

    /// When it changes by itself, where it does.
    fn changes_at(&self) -> Option<Instant> {
        self.lit_until.filter(|_| self.off && !self.is_held())
    }

    /// Whether something is shown that somebody may be about to press.
    fn is_held(&self) -> bool {
        self.on_stage || self.staff_are_there
    }
}

/// The lights of a machine.
#[derive(Debug)]
struct Lights {
    folder: PathBuf,
    /// The brightness before it was put out, by the light's name.
    before: BTreeMap<String, String>,
    is_lit: Option<bool>,
}

impl Lights {
    fn of(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), before: BTreeMap::new(), is_lit: None }
    }

    fn set(&mut self, lit: bool) {
        if self.is_lit == Some(lit) {
            return;
        }
        self.is_lit = Some(lit);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path().join("brightness");
            let read = |path: &Path| fs::read_to_string(path).map(|text| text.trim().to_owned());
            let Ok(now) = read(&path) else { continue };
            let wanted = if !lit {
                "0".to_owned()
            } else if now == "0" {
                // A run that was killed in the dark left it so; in full light at least everything can be read.
                let before = self.before.remove(&name);
                before.or_else(|| read(&entry.path().join("max_brightness")).ok()).unwrap_or_default()
            } else {
                continue;
            };
            match fs::write(&path, &wanted) {
                Ok(()) if !lit && now != "0" => drop(self.before.insert(name, now)),
                Ok(()) => {}
                Err(error) => tracing::info!(light = name, %error, "the screen's light cannot be set"),
            }
        }
    }
}

/// Tells the light that somebody is there.
#[derive(Debug, Clone)]
pub struct Waker(Sender<Heard>);

impl Waker {
    /// Somebody did: a minute of light.
    pub fn wake(&self) {
        // A light that has ended is on.
        let _ = self.0.send(Heard::Touch);
    }

    /// Staff are at their desk, where they may read for longer, or left it.
    pub fn staff_are_there(&self, there: bool) {
        let _ = self.0.send(Heard::Staff(there));
    }
}

/// A screen whose light goes out in the hours when the screen is off. It is on again when this is dropped.
#[derive(Debug)]
pub struct Backlit<S> {
    screen: S,
    tell: Sender<Heard>,
    keeper: Option<JoinHandle<()>>,
}

impl<S: Screen> Backlit<S> {
    /// Gives `screen` this machine's lights.
    pub fn new(screen: S) -> Self {
        Self::with(screen, Path::new(LIGHTS))
    }

    fn with(screen: S, folder: &Path) -> Self {
        let (tell, heard) = mpsc::channel();
        let mut lights = Lights::of(folder);
        // Written to by a thread of its own: a panel may take its time.
        let keeper = std::thread::Builder::new().name("backlight".to_owned()).spawn(move || keep(&mut lights, &heard));
        if let Err(error) = &keeper {
            tracing::warn!(%error, "the screen's light stays on");
        }
        Self { screen, tell, keeper: keeper.ok() }
    }

    /// For whoever hears of touches.
    pub fn waker(&self) -> Waker {
        Waker(self.tell.clone())
    }

    fn tell(&self, heard: Heard) {
        // Without a keeper the light stays on.
        let _ = self.tell.send(heard);
    }
}

fn keep(lights: &mut Lights, heard: &Receiver<Heard>) {
    let mut rule = Rule::default();
    loop {
        let now = Instant::now();
        lights.set(rule.is_lit(now));
        let next = match rule.changes_at().filter(|at| now < *at) {
            Some(at) => heard.recv_timeout(at - now),
            None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => return lights.set(true),
            Ok(heard) => rule.hear(Instant::now(), heard),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

impl<S> Drop for Backlit<S> {
    fn drop(&mut self) {
        let _ = self.tell.send(Heard::End);
        // The next screen finds the light as it was.
        drop(self.keeper.take().map(JoinHandle::join));
    }
}

impl<S: Screen> Screen for Backlit<S> {
    fn notice(&mut self, notice: &Notice) {
        self.screen.notice(notice);
    }

    fn stage(&mut self, stage: &Stage) {
        let on_stage = match stage {
            Stage::Acknowledged { .. } | Stage::Verdict(_) | Stage::OutOfOrder { .. } => true,
            Stage::Idle => false,
        };
        self.tell(Heard::OnStage(on_stage));
        self.screen.stage(stage);
    }

    fn location(&mut self, location: &Location) {
        self.screen.location(location);
    }

    fn news(&mut self, news: &News) {
        if let News::ScreenOff(off) = news {
            self.tell(Heard::Off(*off));
        }
        self.screen.news(news);
    }

    fn is_seen(&self) -> bool {
        self.screen.is_seen()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    struct Dumb;

    impl Screen for Dumb {
        fn notice(&mut self, _notice: &Notice) {}

        fn stage(&mut self, _stage: &Stage) {}

        fn location(&mut self, _location: &Location) {}

        fn is_seen(&self) -> bool {
            true
        }
    }

    fn acknowledged() -> Stage {
        let entry = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        Stage::Acknowledged { entry, tile: None, at: DateTime::UNIX_EPOCH }
    }

    fn light(folder: &Path, name: &str, brightness: &str) -> PathBuf {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("max_brightness"), "900\n").unwrap();
        fs::write(folder.join("brightness"), format!("{brightness}\n")).unwrap();
        folder.join("brightness")
    }

    fn becomes(path: &Path, wanted: &str) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while fs::read_to_string(path).unwrap().trim() != wanted {
            assert!(Instant::now() < deadline, "{:?} is not {wanted}", fs::read_to_string(path));
            std::thread::yield_now();
        }
    }

    #[test]
    fn it_is_dark_only_in_those_hours_and_while_nobody_is_there() {
        let begin = Instant::now();
        let at = |seconds| begin + Duration::from_secs(seconds);
        let mut rule = Rule::default();
        assert!(rule.is_lit(at(0)));
        rule.hear(at(0), Heard::Touch);
        assert_eq!(rule.changes_at(), None, "by day nothing changes by itself");
        rule.hear(at(100), Heard::Off(true));
        assert!(!rule.is_lit(at(100)));

        rule.hear(at(200), Heard::OnStage(true));
        assert!(rule.is_lit(at(900)), "however long it takes");
        rule.hear(at(900), Heard::OnStage(false));
        assert_eq!(rule.changes_at(), Some(at(960)));
        assert!(rule.is_lit(at(959)) && !rule.is_lit(at(960)));
        rule.hear(at(1000), Heard::OnStage(false));
        assert!(!rule.is_lit(at(1000)), "nobody was there");

        rule.hear(at(1100), Heard::Touch);
        rule.hear(at(1130), Heard::Touch);
        assert!(rule.is_lit(at(1189)) && !rule.is_lit(at(1190)));

        rule.hear(at(1200), Heard::Staff(true));
        rule.hear(at(1201), Heard::Touch);
        assert!(rule.is_lit(at(1900)), "staff read on, and press what they see");
        rule.hear(at(1900), Heard::Staff(false));
        assert!(rule.is_lit(at(1959)) && !rule.is_lit(at(1960)));
        rule.hear(at(2000), Heard::Off(false));
        assert!(rule.is_lit(at(2000)));
    }

    #[test]
    fn the_light_goes_out_and_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (panel, other) = (light(folder.path(), "panel", "340"), light(folder.path(), "other", "0"));
        let mut screen = Backlit::with(Dumb, folder.path());
        assert!(screen.is_seen());
        becomes(&other, "900");
        screen.news(&News::ScreenOff(true));
        becomes(&panel, "0");
        becomes(&other, "0");
        screen.stage(&acknowledged());
        becomes(&panel, "340");
        becomes(&other, "900");

        screen.news(&News::ScreenOff(false));
        screen.stage(&Stage::Idle);
        drop(screen);
        assert_eq!(fs::read_to_string(&panel).unwrap().trim(), "340");
        let mut screen = Backlit::with(Dumb, folder.path());
        screen.news(&News::ScreenOff(true));
        becomes(&panel, "0");
        let waker = screen.waker();
        waker.wake();
        becomes(&panel, "340");
        drop(screen);
        let mut screen = Backlit::with(Dumb, folder.path());
        screen.news(&News::ScreenOff(true));
        becomes(&panel, "0");
        drop(screen);
        assert_eq!(fs::read_to_string(&panel).unwrap().trim(), "340", "no kiosk leaves a dark screen");
        // Of a screen that is no more.
        waker.wake();
    }

    #[test]
    fn it_stays_lit_while_the_kiosk_is_out_of_order() {
        let folder = tempfile::tempdir().unwrap();
        let panel = light(folder.path(), "panel", "340");
        let mut screen = Backlit::with(Dumb, folder.path());
        screen.news(&News::ScreenOff(true));
        becomes(&panel, "0");
        // The page draws it, with the button behind which staff are let in.
        screen.stage(&Stage::OutOfOrder { note: String::new() });
        becomes(&panel, "340");
    }

    #[test]
    fn a_machine_without_a_light_is_none_the_worse() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("odd")).unwrap();
        for folder in [folder.path().to_path_buf(), folder.path().join("none")] {
            let mut lights = Lights::of(&folder);
            lights.set(true);
            lights.set(false);
            lights.set(true);
        }
    }
}
