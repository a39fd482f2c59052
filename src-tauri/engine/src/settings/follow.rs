//! A running kiosk and its configuration files: what changes there is taken over, or is said not to be.

use std::time::Duration;

use super::source::{Configuration, ConfigurationFile, Source};
use crate::controller::Handle;
use crate::screen::{ConfigurationState, News};

/// Between two looks at the files.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Looks at the files again and again, and tells the desk of every change that has an effect; `running` is what the desk
/// runs with.
pub(crate) async fn follow(source: Source, running: Configuration, handle: Handle) {
    handle.news(News::Configuration(running.state()));
    let mut follower = Follower::new(running);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let source = source.clone();
        let Ok(files) = tokio::task::spawn_blocking(move || source.look()).await else { continue };
        match follower.look(files) {
            None => {}
            Some(Outcome::Running(state)) => {
                handle.reconfigure(None);
                handle.news(News::Configuration(state));
            }
            Some(Outcome::New(configuration)) => handle.reconfigure(Some(configuration)),
        }
    }
}

/// What a look at the files led to.
#[derive(Debug)]
enum Outcome {
    /// The desk goes on with what it runs with.
    Running(ConfigurationState),
    /// The desk is to take this over.
    New(Box<Replacement>),
}

/// A configuration that a running desk is to take over.
#[derive(Debug)]
pub(crate) struct Replacement {
    /// It.
    pub(crate) configuration: Configuration,
    /// Whether taps go elsewhere with it: those that wait must go first.
    pub(crate) moves: bool,
    /// The version of the running one.
    pub(crate) instead_of: Option<u64>,
}

struct Follower {
    running: Configuration,
    /// The version that the files have, where they change nothing else.
    version: Option<u64>,
    /// What was acted upon.
    settled: Vec<ConfigurationFile>,
    /// What was seen last.
    seen: Vec<ConfigurationFile>,
}

impl Follower {
    fn new(running: Configuration) -> Self {
        let (version, files) = (running.version, running.files.clone());
        Self { running, version, settled: files.clone(), seen: files }
    }

    /// Acts on what two looks in a row found the same: a file may be half written at one.
    fn look(&mut self, files: Vec<ConfigurationFile>) -> Option<Outcome> {
        let at_rest = files == self.seen;
        self.seen.clone_from(&files);
        if !at_rest || files == self.settled {
            return None;
        }
        self.settled.clone_from(&files);
        let new = match Source::read_from(files) {
            Ok(new) => new,
            Err(error) => return Some(self.not_taken(&error.to_string())),
        };
        if new.does_the_same_as(&self.running) && !new.reloads(&self.running) {
            self.version = new.version;
            tracing::info!(version = new.version, fingerprint = new.fingerprint, "configuration: nothing else changed");
            return Some(Outcome::Running(new.state()));
        }
        let (old, wanted) = (&self.running.settings, &new.settings);
        if old.data_dir != wanted.data_dir {
            return Some(self.not_taken(
                "`data_dir` cannot change while the kiosk runs, since its journal lies there; restart Tapdesk to take this configuration, or set it back",
            ));
        }
        if old.secrets.store != wanted.secrets.store {
            return Some(self.not_taken(
                "`secrets.store` cannot change while the kiosk runs, since its sign-in and its journal's key lie there; restart Tapdesk to take this configuration, or set it back",
            ));
        }
        let (old, wanted) = (&old.spaces, &wanted.spaces);
        let moves = old.business_id != wanted.business_id || old.base_url != wanted.base_url;
        tracing::info!(version = new.version, fingerprint = new.fingerprint, "configuration: changed");
        Some(Outcome::New(Box::new(Replacement { configuration: new, moves, instead_of: self.version })))
    }

    fn not_taken(&self, why: &str) -> Outcome {
        tracing::error!(why, running = self.version, "configuration: not taken, the kiosk goes on with the one it has");
        Outcome::Running(ConfigurationState::NotTaken { why: why.to_owned(), version: self.version })
    }
}

impl Configuration {
    /// What is to be said of it where it is the one that runs.
    fn state(&self) -> ConfigurationState {
        match &self.kept_since {
            Some(why) => ConfigurationState::NotTaken { why: why.clone(), version: self.version },
            None => ConfigurationState::Current { version: self.version, fingerprint: self.fingerprint.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    const GOOD: &str = "version = 1\ndata_dir = \"/x\"\n[spaces]\nbusiness_id = 9\n";

    struct Bench {
        folder: tempfile::TempDir,
        source: Source,
        follower: Follower,
    }

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| Some(folder.path().join(name));
            let source = Source { file: at("tapdesk.toml"), managed: at("managed.toml") };
            fs::write(folder.path().join("tapdesk.toml"), GOOD).unwrap();
            let follower = Follower::new(source.read().unwrap());
            Self { folder, source, follower }
        }

        fn managed(&self) -> PathBuf {
            self.folder.path().join("managed.toml")
        }

        /// One look: in the words of what came of it.
        fn look(&mut self) -> String {
            match self.follower.look(self.source.look()) {
                None => "nothing".to_owned(),
                Some(Outcome::Running(ConfigurationState::Current { version, .. })) => format!("current {version:?}"),
                Some(Outcome::Running(ConfigurationState::NotTaken { why, version })) => {
                    format!("not taken, {version:?} goes on: {why}")
                }
                Some(Outcome::New(new)) => {
                    let volume = new.configuration.settings.kiosk.volume;
                    format!("new: volume {volume}, moves {}", new.moves)
                }
            }
        }

        /// Looks until something comes of it, or nothing can.
        fn settle(&mut self) -> String {
            let first = self.look();
            assert_eq!(first, "nothing", "a file may be half written");
            self.look()
        }
    }

    #[test]
    fn a_change_is_taken_once_it_stands_still() {
        let mut bench = Bench::new();
        assert_eq!(bench.settle(), "nothing");
        for half in ["[kiosk", "[kiosk]\nvol", "[kiosk]\nvolume = 5"] {
            fs::write(bench.managed(), half).unwrap();
            assert_eq!(bench.look(), "nothing", "{half}");
        }
        assert_eq!(bench.look(), "new: volume 5, moves false");
        assert_eq!(bench.settle(), "nothing", "once");
        fs::write(bench.managed(), "[kiosk]\nvolume = 5\n").unwrap();
        assert_eq!(bench.settle(), "new: volume 5, moves false", "instead of the one that may still wait");
        fs::remove_file(bench.managed()).unwrap();
        assert_eq!(bench.settle(), "current Some(1)", "as it was");
    }

    #[test]
    fn a_link_that_points_elsewhere_and_a_file_that_is_renamed_are_seen() {
        let mut bench = Bench::new();
        let at = |name: &str| bench.folder.path().join(name);
        let (one, two, link, managed) = (at("one"), at("two"), at("link"), bench.managed());
        fs::write(&one, "[kiosk]\nvolume = 1").unwrap();
        fs::write(&two, "[kiosk]\nvolume = 2").unwrap();
        std::os::unix::fs::symlink(&one, &managed).unwrap();
        assert_eq!(bench.settle(), "new: volume 1, moves false");
        std::os::unix::fs::symlink(&two, &link).unwrap();
        fs::rename(&link, &managed).unwrap();
        assert_eq!(bench.settle(), "new: volume 2, moves false");
        fs::rename(&one, &managed).unwrap();
        assert_eq!(bench.settle(), "new: volume 1, moves false");
    }

    #[test]
    fn what_is_bad_is_said_once_and_forgotten_when_it_is_gone() {
        let mut bench = Bench::new();
        fs::write(bench.managed(), "[kiosk]\nvolume = 500").unwrap();
        let said = bench.settle();
        assert!(said.starts_with("not taken, Some(1) goes on: ") && said.contains("managed.toml"), "{said}");
        assert_eq!(bench.settle(), "nothing");
        fs::write(bench.managed(), "version = 2").unwrap();
        assert_eq!(bench.settle(), "current Some(1)", "the user's file has the last word");
        let users = bench.folder.path().join("tapdesk.toml");
        fs::remove_file(&users).unwrap();
        assert!(bench.settle().contains("tapdesk.toml"), "a named file that is gone");
        fs::write(&users, GOOD.replace("version = 1", "version = 3")).unwrap();
        assert_eq!(bench.settle(), "current Some(3)", "nothing but the version");
    }

    #[test]
    fn what_cannot_change_is_refused_as_a_whole_and_a_move_is_told_apart() {
        let mut bench = Bench::new();
        let users = bench.folder.path().join("tapdesk.toml");
        for (text, said) in [
            (format!("{GOOD}[kiosk]\nvolume = 1").replace("/x", "/y"), "not taken, Some(1) goes on: `data_dir`"),
            (format!("{GOOD}[secrets]\nstore = \"file\""), "not taken, Some(1) goes on: `secrets.store`"),
            (GOOD.replace('9', "10"), "new: volume 70, moves true"),
            (format!("{GOOD}base_url = \"https://example.org\""), "new: volume 70, moves true"),
        ] {
            fs::write(&users, text).unwrap();
            let outcome = bench.settle();
            assert!(outcome.starts_with(said), "{outcome}");
        }
    }
}
