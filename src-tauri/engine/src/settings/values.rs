//! The values that a key may have: how each is read, written and described, in one place, so that reading and schema
//! agree. What is not allowed is refused with what is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::PathBuf;

use chrono::NaiveTime;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tapdesk_core::ids::BusinessId;
use url::Url;

use super::kiosk::IdleText;
use super::words::Words;

/// A form in which a value is written in the configuration.
pub(super) trait Form {
    /// What it is in the program.
    type Value;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error>;
    fn write<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error>;
    /// What a reader of files that knows nothing of Tapdesk can check.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// A key of this form: for `#[serde(with)]`, which schemars follows too.
pub(super) struct As<F>(PhantomData<F>);

/// A key of this form that may be left out.
pub(super) struct Maybe<F>(PhantomData<F>);

impl<F: Form> As<F> {
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<F::Value, D::Error> {
        F::read(deserializer)
    }

    pub(super) fn serialize<S: Serializer>(value: &F::Value, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(value, serializer)
    }
}

impl<F: Form> Maybe<F> {
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<F::Value>, D::Error> {
        struct Present<F: Form>(F::Value);
        impl<'de, F: Form> Deserialize<'de> for Present<F> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                F::read(deserializer).map(Self)
            }
        }
        // As an option, so that what was written from none is read as none.
        Ok(Option::<Present<F>>::deserialize(deserializer)?.map(|present| present.0))
    }

    #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
    pub(super) fn serialize<S: Serializer>(value: &Option<F::Value>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => F::write(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<F: Form> JsonSchema for As<F> {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        F::schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

impl<F: Form> JsonSchema for Maybe<F> {
    fn schema_name() -> Cow<'static, str> {
        As::<F>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        F::schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// A whole number in this range.
pub(super) struct Within<const LEAST: u64, const MOST: u64>;

impl<const LEAST: u64, const MOST: u64> Form for Within<LEAST, MOST> {
    type Value = u64;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let value = i64::deserialize(deserializer)?;
        let in_range = u64::try_from(value).ok().filter(|value| (LEAST..=MOST).contains(value));
        in_range.ok_or_else(|| {
            D::Error::custom(format_args!("{value} is not allowed: a whole number from {LEAST} to {MOST} is"))
        })
    }

    fn write<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": LEAST, "maximum": MOST })
    }
}

/// The largest whole number of TOML.
pub(super) const LARGEST: u64 = i64::MAX as u64;

/// The `Id` of a location.
pub(super) struct Location;

impl Form for Location {
    type Value = BusinessId;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BusinessId, D::Error> {
        let id = Within::<1, LARGEST>::read(deserializer)?;
        Ok(BusinessId(i64::try_from(id).unwrap_or(i64::MAX)))
    }

    fn write<S: Serializer>(value: &BusinessId, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Within::<1, LARGEST>::schema(generator)
    }
}

/// One of a closed list of words.
pub(super) struct Word<T>(PhantomData<T>);

impl<T: Words> Form for Word<T> {
    type Value = T;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = T::of_word(&text);
        known.ok_or_else(|| {
            let allowed = T::WORDS.iter().map(|(word, _)| format!("{word:?}")).collect::<Vec<_>>().join(", ");
            let of_these = if T::WORDS.len() > 1 { "one of " } else { "" };
            D::Error::custom(format_args!("{text:?} is not allowed: {of_these}{allowed} is"))
        })
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.word().serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        json_schema!({ "type": "string", "enum": words })
    }
}

/// A file or a folder.
pub(super) struct FilePath;

impl Form for FilePath {
    type Value = PathBuf;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        PathBuf::deserialize(deserializer)
    }

    fn write<S: Serializer>(value: &PathBuf, serializer: S) -> Result<S::Ok, S::Error> {
        value.to_string_lossy().serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// The address of the service.
pub(super) struct BaseUrl;

impl Form for BaseUrl {
    type Value = Url;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        let text = String::deserialize(deserializer)?;
        let allowed = "an https address without user, query or fragment, such as https://spaces.nexudus.com/api";
        let fault = |what: &str| D::Error::custom(format_args!("{text:?} {what}; allowed is {allowed}"));
        safe_address(text.trim_end_matches('/'), "would send the sign-in unencrypted").map_err(|what| fault(&what))
    }

    fn write<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_str().trim_end_matches('/').serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let pattern =
            r"^(https://[^/?#@]+|http://(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]+)?)(/[^?#]*)?$".to_owned();
        json_schema!({ "type": "string", "format": "uri", "pattern": pattern })
    }
}

/// An address whose connection is encrypted, or stays on this machine; else what is wrong with it.
pub(super) fn safe_address(text: &str, in_the_clear: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is not an address ({error})"))?;
    let host_is_loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        _ if !url.username().is_empty() || url.password().is_some() => Err("holds a user or a password".to_owned()),
        _ if url.query().is_some() || url.fragment().is_some() => Err("has a query or a fragment".to_owned()),
        "https" => Ok(url),
        "http" if host_is_loopback => Ok(url),
        "http" => Err(format!("{in_the_clear}: http is for this machine only")),
        _ => Err("is not a web address".to_owned()),
    }
}

/// The languages that the page has a catalogue for.
pub(super) const LANGUAGES: [&str; 12] = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"];
/// The longest tag of a language, in characters.
const LONGEST_TAG: usize = 35;

/// A tag of a language on the list, with or without a region: "de-AT" is German.
pub(super) struct Language;

impl Language {
    fn listed<E: Error>(tag: String) -> Result<String, E> {
        let language = tag.split('-').next().unwrap_or_default();
        let known = LANGUAGES.iter().any(|known| known.split('-').next() == Some(language));
        let is_tag = tag.len() <= LONGEST_TAG
            && tag.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if known && is_tag {
            return Ok(tag);
        }
        let allowed = LANGUAGES.map(|language| format!("{language:?}")).join(", ");
        Err(E::custom(format_args!(
            "{tag:?} is not allowed: one of {allowed} is, also with a region such as \"en-US\""
        )))
    }
}

impl Form for Language {
    type Value = String;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Self::listed(String::deserialize(deserializer)?)
    }

    fn write<S: Serializer>(value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let known = LANGUAGES.map(|language| language.split('-').next().unwrap_or_default()).join("|");
        let pattern = format!("^({known})(-[0-9A-Za-z]+)*$");
        json_schema!({ "type": "string", "pattern": pattern, "maxLength": LONGEST_TAG })
    }
}

/// A list of languages.
pub(super) struct Languages;

impl Form for Languages {
    type Value = Vec<String>;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Vec::<String>::deserialize(deserializer)?.into_iter().map(Language::listed).collect()
    }

    fn write<S: Serializer>(value: &Vec<String>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": Language::schema(generator) })
    }
}

/// Idle texts by language.
pub(super) struct IdleTexts;

impl Form for IdleTexts {
    type Value = BTreeMap<String, IdleText>;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error> {
        let texts = BTreeMap::<String, IdleText>::deserialize(deserializer)?;
        texts.into_iter().map(|(tag, text)| Ok((Language::listed(tag)?, text))).collect()
    }

    fn write<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (names, texts) = (Language::schema(generator), generator.subschema_for::<IdleText>());
        json_schema!({ "type": "object", "propertyNames": names, "additionalProperties": texts })
    }
}

/// A time of day, to the minute.
pub(super) struct TimeOfDay;

impl Form for TimeOfDay {
    type Value = NaiveTime;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map_err(|_| D::Error::custom(format_args!("{text:?} is not a time of day; one such as \"07:30\" is")))
    }

    fn write<S: Serializer>(value: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&value.format("%H:%M"))
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5]?[0-9]$" })
    }
}

/// The longest address of a renewal page, in bytes: a QR code of it must still be read from a step away.
const LONGEST_PAGE: usize = 300;

/// A page that a QR code opens on the member's own phone.
pub(super) struct RenewalPage;

impl Form for RenewalPage {
    type Value = Url;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        let text = String::deserialize(deserializer)?;
        let url = Url::parse(&text).ok().filter(|url| url.scheme() == "https" && text.len() <= LONGEST_PAGE);
        url.ok_or_else(|| {
            D::Error::custom(format_args!(
                "{text:?} is not allowed: an https address of at most {LONGEST_PAGE} characters is"
            ))
        })
    }

    fn write<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_str().serialize(serializer)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri", "pattern": "^https:", "maxLength": LONGEST_PAGE })
    }
}
