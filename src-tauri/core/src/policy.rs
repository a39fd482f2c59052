//! The operator's choices that the core must know.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::member::Member;

/// Which taps are accepted while the service cannot be reached (`offline.accept`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfflineAccept {
    /// None: the member is told that nothing was recorded.
    None,
    /// Those of members in the local directory.
    #[default]
    Known,
    /// All, also of tiles that nobody here knows; they are identified at upload.
    All,
}

/// How much of a member's name the screen shows (`kiosk.names`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameDisplay {
    /// The name the member is called by.
    #[default]
    First,
    /// The full name.
    Full,
    /// No name.
    None,
}

impl NameDisplay {
    /// What may be shown of this member's name.
    pub fn shown(self, member: &Member) -> Option<String> {
        let full = member.full_name.trim();
        let name = match self {
            Self::None => "",
            Self::Full => full,
            Self::First => {
                let called = member.called.as_deref().map(str::trim).filter(|called| !called.is_empty());
                called.or_else(|| full.split_whitespace().next()).unwrap_or_default()
            }
        };
        Some(name.to_owned()).filter(|name| !name.is_empty())
    }
}

/// The operator's choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// How long after a verdict the same member's tap repeats it (`tap.repeat_window_s`).
    pub repeat_window: Duration,
    /// Which taps are accepted while the service cannot be reached.
    pub offline: OfflineAccept,
    /// How many entries may wait at most (`offline.max_entries`).
    pub max_entries: usize,
    /// How old a waiting entry may become before staff must look at it (`offline.max_age_h`).
    pub max_age: Duration,
    /// How much of a name is shown.
    pub names: NameDisplay,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            repeat_window: Duration::from_mins(1),
            offline: OfflineAccept::default(),
            max_entries: 5000,
            max_age: Duration::from_hours(72),
            names: NameDisplay::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CoworkerId;

    #[test]
    fn names_as_privacy_allows() {
        let member = |full_name: &str, called: Option<&str>| Member {
            id: CoworkerId(1),
            full_name: full_name.to_owned(),
            called: called.map(str::to_owned),
            active: true,
            archived: false,
        };
        let cases = [
            (NameDisplay::First, member("Ana Prieto", None), Some("Ana")),
            (NameDisplay::First, member("Ana Prieto", Some("Anita")), Some("Anita")),
            (NameDisplay::First, member("Ana Prieto", Some("  ")), Some("Ana")),
            (NameDisplay::First, member("山田太郎", None), Some("山田太郎")),
            (NameDisplay::Full, member(" Ana Prieto ", Some("Anita")), Some("Ana Prieto")),
            (NameDisplay::Full, member("", None), None),
            (NameDisplay::None, member("Ana Prieto", Some("Anita")), None),
        ];
        for (display, member, expected) in cases {
            assert_eq!(display.shown(&member).as_deref(), expected, "{display:?} {member:?}");
        }
    }
}
