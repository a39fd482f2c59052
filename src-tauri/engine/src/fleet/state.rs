//! What a kiosk knows of its fleet's file: which it has, which is in force, which did not work. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fetch::Tags;
use super::file::File;
use super::trial::Trial;

/// So many bad versions are remembered.
const MOST_BAD: usize = 20;

/// A file as it was published, and its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signed {
    pub(crate) text: String,
    pub(crate) signature: String,
}

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// The newest file that was accepted; perhaps it waits for its time.
    pub(crate) newest: Option<Signed>,
    /// By what the server knows it again.
    pub(crate) tags: Tags,
    /// The highest version that was accepted: none below it ever is.
    pub(crate) highest: Option<Highest>,
    /// The file that is a layer of the configuration.
    pub(crate) in_force: Option<Signed>,
    /// The one before it, while it is on trial.
    pub(crate) before: Option<Signed>,
    /// The trial of the one in force.
    pub(crate) trial: Option<Trial>,
    /// Versions that did not work here, oldest first.
    pub(crate) bad: Vec<Bad>,
}

/// A version and its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Highest {
    pub(crate) version: u64,
    /// SHA-256 of the text, in base64.
    pub(crate) digest: String,
}

/// A version that did not work here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bad {
    pub(crate) version: u64,
    /// What was wrong, in English.
    pub(crate) why: String,
    pub(crate) at: DateTime<Utc>,
}

impl State {
    /// Takes a file whose signature fits as the newest; whether it is another than before. Else what is wrong, as the end of
    /// a sentence on the file.
    pub(crate) fn accept(&mut self, signed: Signed, file: &File, tags: Tags) -> Result<bool, String> {
        let (version, digest) = (file.version, digest(&signed.text));
        match &self.highest {
            Some(highest) if version < highest.version => {
                return Err(format!(
                    "has version {version}, and {} was here before: versions only grow, also to go back; publish the old content with a higher one",
                    highest.version
                ));
            }
            Some(highest) if version == highest.version && digest != highest.digest => {
                return Err(format!(
                    "has version {version} like one with other content that was here before; publish it with a higher one"
                ));
            }
            _ => {}
        }
        let is_another = self.newest.as_ref() != Some(&signed);
        self.highest = Some(Highest { version, digest });
        (self.newest, self.tags) = (Some(signed), tags);
        Ok(is_another)
    }

    /// Puts the newest file in force, on trial where something changes with it.
    pub(crate) fn put_in_force(&mut self, trial: Option<Trial>) {
        let before = std::mem::replace(&mut self.in_force, self.newest.clone());
        self.before = before.filter(|_| trial.is_some());
        self.trial = trial;
    }

    /// The trial is over, and went well.
    pub(crate) fn pass(&mut self) {
        (self.trial, self.before) = (None, None);
    }

    /// Puts back what was in force before the one on trial; which that was.
    pub(crate) fn roll_back(&mut self, why: &str, at: DateTime<Utc>) -> Option<u64> {
        let Trial { version, .. } = self.trial.take()?;
        self.in_force = self.before.take();
        self.bad.push(Bad { version, why: why.to_owned(), at });
        let many = self.bad.len().saturating_sub(MOST_BAD);
        self.bad.drain(..many);
        Some(version)
    }

    /// Why this version is not taken again; none where nothing speaks against it.
    pub(crate) fn bad(&self, version: u64) -> Option<&Bad> {
        self.bad.iter().rev().find(|bad| bad.version == version)
    }
}

fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}
