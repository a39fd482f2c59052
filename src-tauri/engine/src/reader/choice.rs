//! Which of the readers that the smart-card service lists is meant.

use std::fmt::Write;

/// What a reader of cards that are held to it says of itself, as a word of its name.
const CONTACTLESS: [&str; 6] = ["picc", "cl", "contactless", "nfc", "rfid", "rf"];
/// What a slot says that cards are put into.
const CONTACT: [&str; 4] = ["icc", "contact", "contacted", "sim"];
/// What a slot inside a reader says, for a module that stays in it: nobody holds a card to that.
const MODULE: &str = "sam";

/// How likely it is that tiles are held to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Contactless,
    Unknown,
    Contact,
}

/// The reader with this name, or with a name that this is a part of; the letters' case does not matter.
pub(super) fn named<'a>(listed: &'a [String], wanted: &str) -> Result<&'a str, String> {
    if let Some(exact) = listed.iter().find(|name| *name == wanted) {
        return Ok(exact);
    }
    let part = wanted.trim().to_lowercase();
    let fitting: Vec<&String> = listed.iter().filter(|name| name.to_lowercase().contains(&part)).collect();
    match fitting.as_slice() {
        [one] => Ok(one),
        [] if listed.is_empty() => Err(format!("no reader is plugged in, and so none called {wanted:?}; plug it in")),
        [] => Err(format!(
            "no reader called {wanted:?} is plugged in, but {}; plug it in, or correct `reader.connection`",
            quoted(listed)
        )),
        several => Err(format!(
            "{wanted:?} may be any of {}; set `reader.connection` to more of the name of the one that is meant",
            quoted(several)
        )),
    }
}

/// The first reader whose name says that cards are held to it.
pub(super) fn contactless(listed: &[String]) -> Option<&str> {
    first(listed, |fit| fit == Fit::Contactless)
}

/// The reader that tiles are most likely held to; never a slot for a module.
pub(super) fn likeliest(listed: &[String]) -> Option<&str> {
    let best = listed.iter().filter_map(|name| fit(name)).min()?;
    first(listed, |fit| fit == best)
}

/// Whether cards can be brought to this reader; no to a slot for a module.
pub(super) fn is_for_cards(name: &str) -> bool {
    fit(name).is_some()
}

fn first(listed: &[String], is_it: impl Fn(Fit) -> bool) -> Option<&str> {
    listed.iter().find(|name| fit(name).is_some_and(&is_it)).map(String::as_str)
}

/// None of a slot for a module.
fn fit(name: &str) -> Option<Fit> {
    let name = name.to_lowercase();
    let says = |words: &[&str]| {
        // As in "5422CL".
        let bare = |word: &str| word.trim_start_matches(|letter: char| letter.is_ascii_digit()).to_owned();
        name.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&bare(word).as_str()))
    };
    if says(&[MODULE]) {
        None
    } else if says(&CONTACTLESS) {
        Some(Fit::Contactless)
    } else if says(&CONTACT) {
        Some(Fit::Contact)
    } else {
        Some(Fit::Unknown)
    }
}

/// As much of a reader's name as tells it from the others: without the numbers at its end, which depend on what was plugged
/// in before it.
pub(super) fn lasting<'a>(name: &'a str, listed: &[String]) -> &'a str {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut short = name;
    while let Some((before, number)) = short.rsplit_once(' ')
        && is_number(number)
    {
        short = before;
    }
    if named(listed, short).is_ok_and(|found| found == name) { short } else { name }
}

fn quoted(names: &[impl AsRef<str>]) -> String {
    names.iter().fold(String::new(), |mut text, name| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{:?}", if text.is_empty() { "" } else { ", " }, name.as_ref());
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUAL: [&str; 3] =
        ["ACS ACR1252 1S CL Reader SAM 0", "ACS ACR1252 1S CL Reader PICC 0", "Alcor Micro AU9540 00 00"];

    fn listed(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_name_is_taken_whole_or_in_part() {
        let dual = listed(&DUAL);
        for (wanted, found) in
            [("ACS ACR1252 1S CL Reader PICC 0", DUAL[1]), ("picc", DUAL[1]), (" AU9540 ", DUAL[2]), (DUAL[0], DUAL[0])]
        {
            assert_eq!(named(&dual, wanted), Ok(found));
        }
        let several = named(&dual, "ACR1252").unwrap_err();
        assert!(several.contains(DUAL[0]) && several.contains(DUAL[1]) && !several.contains(DUAL[2]), "{several}");
        let none = named(&dual, "OMNIKEY").unwrap_err();
        assert!(none.contains("OMNIKEY") && none.contains(DUAL[2]) && none.contains("reader.connection"), "{none}");
        assert!(named(&[], "picc").unwrap_err().contains("no reader is plugged in"));
        let prefixed = listed(&["Virtual PCD 00 01", "Virtual PCD 00 0"]);
        assert_eq!(named(&prefixed, "Virtual PCD 00 0"), Ok("Virtual PCD 00 0"), "a whole name is no part of another");
    }

    #[test]
    fn tiles_are_held_to_what_is_contactless() {
        for (names, sure, likely) in [
            (&DUAL[..], Some(DUAL[1]), Some(DUAL[1])),
            (&DUAL[2..], None, Some(DUAL[2])),
            (&DUAL[..1], None, None),
            (&["Broadcom 58200 [Contacted SmartCard]", "Virtual PCD 00 00"], None, Some("Virtual PCD 00 00")),
            (&["Broadcom 58200 [Contacted SmartCard]"], None, Some("Broadcom 58200 [Contacted SmartCard]")),
            (
                &["OMNIKEY 5422 Smartcard", "OMNIKEY 5422CL Smartcard"],
                Some("OMNIKEY 5422CL Smartcard"),
                Some("OMNIKEY 5422CL Smartcard"),
            ),
            (&["SCM SCL3711-NFC&RW 00 00"], Some("SCM SCL3711-NFC&RW 00 00"), Some("SCM SCL3711-NFC&RW 00 00")),
            (&[], None, None),
        ] {
            let listed = listed(names);
            assert_eq!((contactless(&listed), likeliest(&listed)), (sure, likely), "{names:?}");
        }
    }

    #[test]
    fn a_name_lasts_without_its_numbers_where_that_is_enough() {
        let dual = listed(&DUAL);
        assert_eq!(lasting(DUAL[1], &dual), "ACS ACR1252 1S CL Reader PICC");
        assert_eq!(lasting(DUAL[2], &dual), "Alcor Micro AU9540");
        let two = listed(&["Virtual PCD 00 00", "Virtual PCD 00 01"]);
        assert_eq!(lasting(&two[1], &two), "Virtual PCD 00 01");
    }
}
