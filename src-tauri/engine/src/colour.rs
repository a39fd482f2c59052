//! The operator's colours, checked when the configuration is read: a kiosk that cannot be read helps nobody.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use palette::Srgb;
use palette::color_difference::Wcag21RelativeContrast;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// WCAG 2.2's least contrast of text (1.4.3) and of graphics (1.4.11).
const TEXT: f32 = 4.5;
const GRAPHICS: f32 = 3.0;

/// A colour, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Srgb<u8>);

/// `[kiosk.colours]`: the field that invites to tap, the text on it, and the drawing's lines. Verdicts keep their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Colours {
    /// The field.
    pub field: Colour,
    /// Text on the field.
    pub field_ink: Colour,
    /// Lines on the field.
    pub accent: Colour,
}

/// As an operator writes them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The field that invites to tap.
    field: Colour,
    /// Text on the field; black or white where it is left out.
    field_ink: Option<Colour>,
    /// Lines on the field; as the text where it is left out.
    accent: Option<Colour>,
}

impl Colour {
    const BLACK: Self = Self(Srgb::new(0, 0, 0));
    const WHITE: Self = Self(Srgb::new(255, 255, 255));

    /// WCAG's contrast ratio with another, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let linear = |colour: Self| colour.0.into_format::<f32>();
        linear(self).relative_contrast(linear(other))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0.red, self.0.green, self.0.blue)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        digits.and_then(|digits| Srgb::from_str(digits).ok()).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format_args!("{text:?} is not a colour; one such as \"#12363d\" is"))
        })
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" })
    }
}

impl JsonSchema for Colours {
    fn schema_name() -> Cow<'static, str> {
        "Colours".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Written::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Colours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { field, field_ink, accent } = Written::deserialize(deserializer)?;
        let readable =
            if field.contrast(Colour::WHITE) >= field.contrast(Colour::BLACK) { Colour::WHITE } else { Colour::BLACK };
        let field_ink = field_ink.unwrap_or(readable);
        let accent = accent.unwrap_or(field_ink);
        for (what, colour, least) in [("field_ink", field_ink, TEXT), ("accent", accent, GRAPHICS)] {
            let contrast = field.contrast(colour);
            if contrast < least {
                return Err(serde::de::Error::custom(format_args!(
                    "{what} {colour} on field {field} has a contrast of {contrast:.1}:1 and cannot be read; at least \
                     {least}:1 is needed: {readable} would do"
                )));
            }
        }
        Ok(Self { field, field_ink, accent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<Colours, String> {
        serde_json::from_str(written).map_err(|error| error.to_string())
    }

    #[test]
    fn contrast_is_wcags() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.01);
        let grey: Colour = serde_json::from_str("\"#767676\"").unwrap();
        // The lightest grey that passes on white, as WCAG's own material says.
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn colours_that_can_be_read_are_taken_and_others_say_why_not() {
        let taken = read(r##"{"field":"#12363D"}"##).unwrap();
        assert_eq!((taken.field_ink.to_string(), taken.accent.to_string()), ("#ffffff".into(), "#ffffff".into()));
        let bright = read(r##"{"field":"#ffe100"}"##).unwrap();
        assert_eq!(bright.field_ink, Colour::BLACK);
        for (written, said) in [
            (r##"{"field":"#ffffff","field_ink":"#cccccc"}"##, "field_ink #cccccc on field #ffffff"),
            (r##"{"field":"#12363d","accent":"#17404a"}"##, "accent #17404a"),
            (r#"{"field":"teal"}"#, "\"teal\" is not a colour"),
            (r##"{"field":"#fff"}"##, "is not a colour"),
            (r##"{"field":"#12363é"}"##, "is not a colour"),
            (r##"{"field_ink":"#ffffff"}"##, "missing field `field`"),
        ] {
            let fault = read(written).unwrap_err();
            assert!(fault.contains(said), "{written}: {fault}");
        }
    }
}
