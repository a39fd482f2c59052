//! All that a run leaves behind, and the search for what must not be in it.

use std::path::Path;

use anyhow::{Context, ensure};
use tapdesk_tests::kiosk::window::Window;

/// How the simulator's tokens begin; 32 hex digits follow.
const TOKENS: [&str; 2] = ["access-", "refresh-"];

/// Texts, and where each was found.
#[derive(Debug, Default)]
pub(crate) struct Traces(Vec<(String, Vec<u8>)>);

impl Traces {
    pub(crate) fn add(&mut self, place: &str, text: impl Into<Vec<u8>>) {
        self.0.push((place.to_owned(), text.into()));
    }

    /// What each process of the program shows of itself to everybody.
    pub(crate) fn of_processes(&mut self, window: &Window) -> anyhow::Result<()> {
        let family = window.family();
        ensure!(family.len() >= 3, "program, page and reader: {family:?}");
        for process in family {
            for file in ["cmdline", "environ"] {
                // It may have ended.
                if let Ok(bytes) = std::fs::read(format!("/proc/{process}/{file}")) {
                    self.add(&format!("{file} of {process}"), bytes);
                }
            }
        }
        Ok(())
    }

    /// Every file, databases and what the page's engine keeps included.
    pub(crate) fn of_folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let metadata = path.symlink_metadata()?;
            if metadata.is_dir() {
                self.of_folder(&path)?;
            } else if metadata.is_file() {
                self.add(&path.display().to_string(), std::fs::read(&path)?);
            }
        }
        Ok(())
    }

    /// The folders of this session in which a program may keep things, but for the key store's own.
    pub(crate) fn of_session(&mut self) -> anyhow::Result<()> {
        for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            let Some(folder) = std::env::var_os(variable) else { continue };
            for name in ["tapdesk", "org.tapdesk.kiosk"] {
                let folder = Path::new(&folder).join(name);
                if folder.is_dir() {
                    self.of_folder(&folder)?;
                }
            }
        }
        Ok(())
    }

    /// Fails where one of these, or a token, is in any of it.
    pub(crate) fn hold_no(&self, secrets: &[&str]) -> anyhow::Result<()> {
        ensure!(self.0.len() > 20, "only {} places were looked at", self.0.len());
        let journal = self.0.iter().any(|(place, _)| place.ends_with("journal.sqlite"));
        ensure!(journal, "the journal is among them");
        for (place, bytes) in &self.0 {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for secret in secrets {
                let found = text.find(&secret.to_lowercase()).map(|at| around(&text, at));
                ensure!(found.is_none(), "{secret} is in {place}: {}", found.context("found")?);
            }
            for token in TOKENS {
                let is_token = |at: &usize| {
                    let rest = text[at + token.len()..].bytes().take(32);
                    rest.filter(u8::is_ascii_hexdigit).count() == 32
                };
                let found = text.match_indices(token).map(|(at, _)| at).find(is_token);
                ensure!(found.is_none(), "a token is in {place}: {}", around(&text, found.unwrap_or_default()));
            }
        }
        Ok(())
    }
}

fn around(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(60).map_or(0, |(start, _)| start);
    text[start..].chars().take(140).collect()
}

#[test]
fn what_must_not_be_there_is_found() {
    let mut traces = Traces((0..30).map(|number| (number.to_string(), Vec::new())).collect());
    traces.add("data/journal.sqlite", "nothing");
    traces.hold_no(&["482913"]).expect("nothing is there");
    traces.add("a log", format!("x refresh-{}", "0a".repeat(16)));
    assert!(traces.hold_no(&[]).is_err());
    traces.0.pop();
    traces.add("a page", "PIN 482913");
    assert!(traces.hold_no(&["482913"]).is_err());
}
