//! How the page looks: what the operator's configuration says of it, asked once after loading.

use std::collections::BTreeMap;

use serde::Serialize;
use tapdesk_engine::appearance::Pictures;
use tapdesk_engine::colour::Colours;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::settings::kiosk::Theme;
use ts_rs::TS;

/// How the page looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct Appearance {
    #[ts(type = r#""light" | "dark" | "high_contrast" | "system""#)]
    pub(crate) theme: &'static str,
    /// The text's size in percent, 100 to 200.
    #[ts(type = "number")]
    pub(crate) text_percent: u64,
    /// BCP 47 tags of the languages that may be chosen at the kiosk.
    pub(crate) languages: Vec<String>,
    /// The operator's own colours, readable together.
    pub(crate) colours: Option<ColoursView>,
    /// A `data:` address.
    pub(crate) logo: Option<String>,
    /// A `data:` address.
    pub(crate) banner: Option<String>,
    /// The operator's own idle texts, by BCP 47 tag.
    #[ts(type = "{ [language in string]: IdleText }")]
    pub(crate) idle: BTreeMap<String, IdleText>,
    /// The page where a member renews.
    pub(crate) renewal: Option<RenewalView>,
    /// Whether verdicts are spoken: the page says the words.
    pub(crate) speech: bool,
}

/// The operator's own colours, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct ColoursView {
    pub(crate) field: String,
    pub(crate) field_ink: String,
    pub(crate) accent: String,
}

/// What the idle screen says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct IdleText {
    pub(crate) headline: String,
    pub(crate) hint: Option<String>,
}

/// The page where a member renews, as a QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/door.ts")]
pub(crate) struct RenewalView {
    pub(crate) address: String,
    /// The code's rows, a "1" for each dark module.
    pub(crate) modules: Vec<String>,
}

impl Appearance {
    /// As the configuration says, with its pictures.
    pub(crate) fn new(settings: &Settings, pictures: Pictures) -> Self {
        let kiosk = &settings.kiosk;
        Self {
            theme: match kiosk.theme {
                Theme::Light => "light",
                Theme::Dark => "dark",
                Theme::HighContrast => "high_contrast",
                Theme::System => "system",
            },
            text_percent: kiosk.text_percent,
            languages: kiosk.languages.clone(),
            colours: kiosk.colours.as_ref().map(ColoursView::from),
            logo: pictures.logo,
            banner: pictures.banner,
            idle: kiosk
                .idle
                .iter()
                .map(|(language, text)| {
                    (language.clone(), IdleText { headline: text.headline.clone(), hint: text.hint.clone() })
                })
                .collect(),
            renewal: pictures.renewal.map(|renewal| RenewalView { address: renewal.address, modules: renewal.modules }),
            speech: kiosk.speech,
        }
    }
}

impl From<&Colours> for ColoursView {
    fn from(colours: &Colours) -> Self {
        Self {
            field: colours.field.to_string(),
            field_ink: colours.field_ink.to_string(),
            accent: colours.accent.to_string(),
        }
    }
}
