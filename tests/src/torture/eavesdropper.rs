//! What tortured kiosks tell their operator's systems and write down: none of it may say whose tap it was, or how to sign in.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

use crate::collector::Collector;
use crate::kiosk::place::Place;
use crate::prometheus::free_address;
use crate::spaces::{Entity, State, seed};

/// The beginnings of the simulated service's tokens.
const TOKENS: [&str; 2] = ["access-", "refresh-"];
/// The beginning of a masked tile: it may stand in what stays on the kiosk, and nowhere else.
const MASKED: &str = "…";
/// A word of a name that is shorter is in too many texts.
const SHORTEST_NAME: usize = 4;

/// Who listens to all that kiosks tell.
pub(super) struct Eavesdropper {
    collector: Collector,
}

impl Eavesdropper {
    pub(super) async fn begin() -> anyhow::Result<Self> {
        Ok(Self { collector: Collector::start().await? })
    }

    /// TOML that lets a kiosk tell all that it can, and the address at which it is asked for its figures.
    pub(super) fn configuration(&self) -> anyhow::Result<(String, SocketAddr)> {
        let address = free_address()?;
        let otlp = self.collector.url();
        Ok((format!("[telemetry]\nprometheus = \"{address}\"\notlp = \"{otlp}\"\nexport_every_s = 5\n"), address))
    }

    /// What is wrong with what these kiosks told and wrote; the kiosks run.
    pub(super) async fn faults<'a>(
        &self,
        service: &State,
        kiosks: impl Iterator<Item = (&'a Place, SocketAddr)>,
    ) -> anyhow::Result<Vec<String>> {
        let private = Private::of(service);
        let mut faults = Vec::new();
        let mut told = 0;
        for (place, address) in kiosks {
            let figures = reqwest::get(format!("http://{address}/metrics")).await?.text().await?;
            if !figures.contains("tapdesk_verdicts_total{") {
                faults.push(format!("the figures at {address} are none: {figures:.200}"));
            }
            faults.extend(private.find("figures", figures.as_bytes(), true));
            for folder in ["logs", "crashes"] {
                for file in std::fs::read_dir(place.data_dir().join(folder)).into_iter().flatten().flatten() {
                    let name = format!("{folder}/{}", Path::new(&file.file_name()).display());
                    faults.extend(private.find(&name, &std::fs::read(file.path())?, false));
                }
            }
        }
        for push in self.collector.pushes() {
            told += 1;
            faults.extend(private.find(&push.path, &push.body, true));
        }
        if self.collector.spans().is_empty() || self.collector.lines().is_empty() {
            faults.push(format!("the collector was told neither taps nor lines, in {told} pushes"));
        }
        Ok(faults)
    }
}

/// What nobody may be told, in all its spellings, in lower case.
struct Private {
    words: BTreeSet<String>,
}

impl Private {
    fn of(service: &State) -> Self {
        let mut words: BTreeSet<String> = TOKENS.map(str::to_owned).into();
        words.extend([seed::USERNAME, seed::PASSWORD].map(str::to_lowercase));
        for member in service.records(Entity::Coworker) {
            let text = |key: &str| member[key].as_str().unwrap_or_default().to_lowercase();
            words.extend([text("FullName"), text("Email")].into_iter().filter(|word| word.len() >= SHORTEST_NAME));
            words.extend([text("AccessCardId"), text("KeyFobNumber")].iter().flat_map(|tile| spellings(tile)));
        }
        Self { words }
    }

    /// Each of them that stands in this; `elsewhere` where it left the kiosk.
    fn find(&self, place: &str, bytes: &[u8], elsewhere: bool) -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let masked = (elsewhere && text.contains(MASKED)).then_some(MASKED);
        let found = self.words.iter().map(String::as_str).filter(|word| text.contains(word));
        found.chain(masked).map(|word| format!("{place} tells {word}")).collect()
    }
}

/// A tile's hexadecimal digits with and without separators, forwards and backwards; none where it has none.
fn spellings(tile: &str) -> Vec<String> {
    let digits: Vec<char> = tile.chars().filter(char::is_ascii_hexdigit).collect();
    if digits.len() < 8 || digits.len() % 2 == 1 {
        return Vec::new();
    }
    let mut bytes: Vec<String> = digits.chunks(2).map(|byte| byte.iter().collect()).collect();
    let mut all = Vec::new();
    for _ in 0..2 {
        all.extend(["", ":", "-", " "].map(|separator| bytes.join(separator)));
        bytes.reverse();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_heard() {
        let words = spellings("04a1b2c3").into_iter().collect();
        let private = Private { words };
        for text in ["tile 04A1B2C3.", "04:A1:B2:C3", "c3b2a104", "04 a1 b2 c3"] {
            assert_eq!(private.find("log", text.as_bytes(), false).len(), 1, "{text}");
        }
        assert!(private.find("log", "tile …B2C3, 04A1B2".as_bytes(), false).is_empty());
        assert_eq!(private.find("push", "tile …B2C3".as_bytes(), true), ["push tells …"]);
        assert!(spellings("4711").is_empty(), "no tile that one could tell from a number");
    }
}
