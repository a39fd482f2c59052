//! `[kiosk]`: what the screen shows, and what it sounds like.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tapdesk_core::policy::NameDisplay;
use url::Url;

use super::hours::{DailyHours, hold_at};
use super::values::{As, FilePath, IdleTexts, Language, Languages, Maybe, RenewalPage, TimeOfDay, Within, Word};
use crate::colour::Colours;

/// `[kiosk]`
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own, as the operator writes it")]
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KioskSettings {
    /// BCP 47 tag of the screen's language.
    #[serde(with = "As::<Language>")]
    pub language: String,
    /// Languages that a member may choose at the kiosk, beside `language`.
    #[serde(with = "As::<Languages>")]
    pub languages: Vec<String>,
    /// How much of a name is shown.
    #[serde(with = "As::<Word<NameDisplay>>")]
    pub names: NameDisplay,
    /// Whether a member's photo is shown to them.
    pub photos: bool,
    /// How much of a refusal's reason is shown.
    #[serde(with = "As::<Word<Reasons>>")]
    pub reasons: Reasons,
    /// Whether passes left and minutes used are shown after a check-in.
    pub allowance: bool,
    /// Whether the idle screen says how many are in.
    pub present: bool,
    /// The look.
    #[serde(with = "As::<Word<Theme>>")]
    pub theme: Theme,
    /// The text's size, in percent of the usual.
    #[serde(with = "As::<Within<100, 200>>")]
    pub text_percent: u64,
    /// The operator's own colours.
    pub colours: Option<Colours>,
    /// A picture file shown on the idle screen.
    #[serde(with = "Maybe::<FilePath>")]
    pub logo: Option<PathBuf>,
    /// A wide picture file shown on the idle screen.
    #[serde(with = "Maybe::<FilePath>")]
    pub banner: Option<PathBuf>,
    /// The operator's own idle texts, by language.
    #[serde(with = "As::<IdleTexts>")]
    pub idle: BTreeMap<String, IdleText>,
    /// The page where a member renews; refusals show it as a QR code.
    #[serde(with = "Maybe::<RenewalPage>")]
    pub renewal_page: Option<Url>,
    /// Whether the screen says "closed" outside the location's opening hours. Taps work all the same.
    pub closed_screen: bool,
    /// A daily time of quiet.
    pub quiet_hours: Option<QuietHours>,
    /// A daily time in which the screen is off until somebody comes. Taps work all the same.
    pub screen_off: Option<DailyHours>,
    /// Whether verdicts are heard.
    pub sounds: bool,
    /// How loud, in percent.
    #[serde(with = "As::<Within<0, 100>>")]
    pub volume: u64,
    /// Whether verdicts are spoken.
    pub speech: bool,
}

/// How the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
    /// Black, white and thick lines.
    HighContrast,
    /// As the system asks for.
    System,
}

/// How much of a refusal's reason is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reasons {
    /// The service's own words.
    #[default]
    Full,
    /// Only that the desk knows more: others can read the screen.
    Short,
}

/// What the idle screen says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdleText {
    /// The large line.
    pub headline: String,
    /// The small line.
    #[serde(default)]
    pub hint: Option<String>,
}

/// A daily time in which the kiosk is quieter and darker; it may span midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Their beginning, in the location's zone.
    #[serde(with = "As::<TimeOfDay>")]
    pub from: NaiveTime,
    /// Their end.
    #[serde(with = "As::<TimeOfDay>")]
    pub to: NaiveTime,
    /// How loud the kiosk is meanwhile, in percent.
    #[serde(default, with = "As::<Within<0, 100>>")]
    pub volume: u64,
}

impl QuietHours {
    /// Whether `time`, of the location's clock, is one of them.
    pub fn hold_at(&self, time: NaiveTime) -> bool {
        hold_at(self.from, self.to, time)
    }
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            languages: super::values::LANGUAGES.iter().map(|&language| language.to_owned()).collect(),
            names: NameDisplay::First,
            photos: false,
            reasons: Reasons::Full,
            allowance: true,
            present: false,
            theme: Theme::Light,
            text_percent: 100,
            colours: None,
            logo: None,
            banner: None,
            idle: BTreeMap::new(),
            renewal_page: None,
            closed_screen: false,
            quiet_hours: None,
            screen_off: None,
            sounds: true,
            volume: 70,
            speech: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_span_midnight() {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let night = QuietHours { from: time(20, 0), to: time(7, 30), volume: 20 };
        let lunch = QuietHours { from: time(12, 0), to: time(13, 0), volume: 0 };
        let cases = [
            (&night, time(19, 59), false),
            (&night, time(20, 0), true),
            (&night, time(0, 0), true),
            (&night, time(7, 29), true),
            (&night, time(7, 30), false),
            (&lunch, time(11, 59), false),
            (&lunch, time(12, 0), true),
            (&lunch, time(13, 0), false),
        ];
        for (hours, at, expected) in cases {
            assert_eq!(hours.hold_at(at), expected, "{hours:?} {at}");
        }
    }
}
