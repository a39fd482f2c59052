//! The values that a key may have; what is not allowed is refused with what is.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveTime;
use serde::{Deserialize, Deserializer};
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{NameDisplay, OfflineAccept};
use url::Url;

use super::ReaderKind;
use super::kiosk::{IdleText, Reasons, Theme};
use super::pin::PinMode;

pub(super) fn base_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    let text = String::deserialize(deserializer)?;
    let allowed = "an https address without user, query or fragment, such as https://spaces.nexudus.com/api";
    let fault = |what: &str| serde::de::Error::custom(format_args!("{text:?} {what}; allowed is {allowed}"));
    let url = Url::parse(text.trim_end_matches('/')).map_err(|error| fault(&format!("is not an address ({error})")))?;
    let host_is_loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        _ if !url.username().is_empty() || url.password().is_some() => Err(fault("holds a user or a password")),
        _ if url.query().is_some() || url.fragment().is_some() => Err(fault("has a query or a fragment")),
        "https" => Ok(url),
        "http" if host_is_loopback => Ok(url),
        "http" => Err(fault("would send the sign-in unencrypted: http is for this machine only")),
        _ => Err(fault("is not a web address")),
    }
}

pub(super) fn business_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BusinessId, D::Error> {
    within::<1, { i64::MAX as u64 }, D>(deserializer).map(|id| BusinessId(i64::try_from(id).unwrap_or(i64::MAX)))
}

pub(super) fn within<'de, const LEAST: u64, const MOST: u64, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<u64, D::Error> {
    let value = i64::deserialize(deserializer)?;
    let in_range = u64::try_from(value).ok().filter(|value| (LEAST..=MOST).contains(value));
    in_range.ok_or_else(|| {
        serde::de::Error::custom(format_args!("{value} is not allowed: a whole number from {LEAST} to {MOST} is"))
    })
}

/// One of a closed list of words.
pub(super) fn word<'de, T: Copy, D: Deserializer<'de>>(deserializer: D, words: &[(&str, T)]) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    known.ok_or_else(|| {
        let allowed = words.iter().map(|(word, _)| format!("{word:?}")).collect::<Vec<_>>().join(", ");
        serde::de::Error::custom(format_args!("{text:?} is not allowed: one of {allowed} is"))
    })
}

pub(super) fn reader_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ReaderKind, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.as_str() {
        "libnfc" => Ok(ReaderKind::Libnfc),
        "pcsc" | "keyboard" => Err(serde::de::Error::custom(format_args!(
            "{text:?} readers come with a later version; this one drives \"libnfc\""
        ))),
        _ => Err(serde::de::Error::custom(Unlisted { text: &text, allowed: "\"libnfc\"" })),
    }
}

pub(super) fn offline_accept<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OfflineAccept, D::Error> {
    word(deserializer, &[("none", OfflineAccept::None), ("known", OfflineAccept::Known), ("all", OfflineAccept::All)])
}

pub(super) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NameDisplay, D::Error> {
    word(deserializer, &[("first", NameDisplay::First), ("full", NameDisplay::Full), ("none", NameDisplay::None)])
}

/// The languages that the page has a catalogue for.
pub(super) const LANGUAGES: [&str; 12] = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"];

pub(super) fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    listed(String::deserialize(deserializer)?)
}

pub(super) fn languages<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Vec::<String>::deserialize(deserializer)?.into_iter().map(listed).collect()
}

/// A tag of a language on the list, with or without a region: "de-AT" is German.
fn listed<E: serde::de::Error>(tag: String) -> Result<String, E> {
    let language = tag.split('-').next().unwrap_or_default();
    let known = LANGUAGES.iter().any(|known| known.split('-').next() == Some(language));
    let is_tag = tag.len() <= 35
        && tag.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if known && is_tag {
        return Ok(tag);
    }
    let allowed = LANGUAGES.map(|language| format!("{language:?}")).join(", ");
    Err(E::custom(format_args!("{tag:?} is not allowed: one of {allowed} is, also with a region such as \"en-US\"")))
}

pub(super) fn idle_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, IdleText>, D::Error> {
    let texts = BTreeMap::<String, IdleText>::deserialize(deserializer)?;
    texts.into_iter().map(|(tag, text)| Ok((listed(tag)?, text))).collect()
}

pub(super) fn reasons<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Reasons, D::Error> {
    word(deserializer, &[("full", Reasons::Full), ("short", Reasons::Short)])
}

pub(super) fn pin_mode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PinMode, D::Error> {
    word(deserializer, &[("off", PinMode::Off), ("pin", PinMode::Pin), ("name_and_pin", PinMode::NameAndPin)])
}

pub(super) fn theme<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Theme, D::Error> {
    let themes = [
        ("light", Theme::Light),
        ("dark", Theme::Dark),
        ("high_contrast", Theme::HighContrast),
        ("system", Theme::System),
    ];
    word(deserializer, &themes)
}

pub(super) fn time_of_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    NaiveTime::parse_from_str(&text, "%H:%M")
        .map_err(|_| serde::de::Error::custom(format_args!("{text:?} is not a time of day; one such as \"07:30\" is")))
}

/// A QR code opens it on the member's own phone.
pub(super) fn renewal_page<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let url = Url::parse(&text).ok().filter(|url| url.scheme() == "https" && text.len() <= 300);
    url.map(Some).ok_or_else(|| {
        serde::de::Error::custom(format_args!("{text:?} is not allowed: an https address of at most 300 characters is"))
    })
}

struct Unlisted<'a> {
    text: &'a str,
    allowed: &'a str,
}

impl fmt::Display for Unlisted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is not allowed: {} is", self.text, self.allowed)
    }
}
