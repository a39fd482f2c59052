//! PINs: as typed at the kiosk, and as the members' records have them. Neither is printed, logged or stored.
//!
//! What is kept in memory of the records' PINs is a hash under a key that was made for this run and goes with it. That
//! hides them from whoever reads a part of the memory, and it makes finding one a look-up that takes as long whether it
//! is there or not. Whoever has key and hashes can try all PINs that there are: no hash could keep them from it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use tapdesk_core::ids::CoworkerId;
use zeroize::Zeroizing;

use crate::settings::pin::{PinMode, PinSettings};

/// The most digits that a PIN can have at the pad.
const MOST_DIGITS: usize = 12;
/// How many names are shown at once.
const MOST_FOUND: usize = 5;

/// A PIN in the clear, for as short as it can be: wiped when it is dropped, masked when it is printed.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// What was typed, or what stands in a record; blanks around it are no part of it.
    pub fn new(text: String) -> Self {
        let text = Zeroizing::new(text);
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// Whether it can be typed at the pad: so many digits and nothing else.
    fn has_digits(&self, least: usize) -> bool {
        (least..=MOST_DIGITS).contains(&self.0.len()) && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl PartialEq for Pin {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Pin {}

impl fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What is wrong with it is not told: the sentence would hold it.
        String::deserialize(deserializer)
            .map(Self::new)
            .map_err(|_| serde::de::Error::custom("a PIN is a text of digits"))
    }
}

/// A PIN under this run's key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Hashed([u8; 32]);

/// A member who may be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Stands for the member until the next look-up; says nothing of them.
    pub token: String,
    /// What is shown of the name.
    pub name: String,
}

/// The members' PINs, hashed.
pub struct PinBook {
    mode: PinMode,
    least: usize,
    key: Zeroizing<[u8; 32]>,
    by_pin: HashMap<Hashed, Vec<CoworkerId>>,
    by_member: HashMap<CoworkerId, Hashed>,
    /// Who stands behind the tokens of the last look-up: members who are shown alike share one.
    offered: Vec<(String, Vec<CoworkerId>)>,
}

impl fmt::Debug for PinBook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PinBook").field("members", &self.by_member.len()).finish_non_exhaustive()
    }
}

impl PinBook {
    /// An empty book with a key of its own; none where no PIN is accepted. Fails without random numbers.
    pub fn new(settings: &PinSettings) -> Option<Result<Self, getrandom::Error>> {
        if settings.accept == PinMode::Off {
            return None;
        }
        let mut key = Zeroizing::new([0; 32]);
        let made = getrandom::fill(key.as_mut());
        Some(made.map(|()| Self {
            mode: settings.accept,
            least: usize::try_from(settings.least_digits).unwrap_or(MOST_DIGITS),
            key,
            by_pin: HashMap::new(),
            by_member: HashMap::new(),
            offered: Vec::new(),
        }))
    }

    /// Takes in what a member's record says now. What cannot be typed at the pad is no PIN.
    pub fn put(&mut self, member: CoworkerId, pin: Option<&Pin>) {
        self.remove(member);
        let Some(hashed) = pin.filter(|pin| pin.has_digits(self.least)).map(|pin| self.hashed(pin)) else { return };
        self.by_member.insert(member, hashed);
        self.by_pin.entry(hashed).or_default().push(member);
    }

    /// Forgets a member's PIN.
    pub fn remove(&mut self, member: CoworkerId) {
        let Some(hashed) = self.by_member.remove(&member) else { return };
        if let Some(holders) = self.by_pin.get_mut(&hashed) {
            holders.retain(|holder| *holder != member);
            if holders.is_empty() {
                self.by_pin.remove(&hashed);
            }
        }
    }

    /// Who has this PIN: of all, or of those behind the token where a name is asked for first.
    pub fn holders(&self, pin: &Pin, token: Option<&str>) -> Vec<CoworkerId> {
        let hashed = self.hashed(pin);
        match (self.mode, token) {
            (PinMode::Pin, None) => self.by_pin.get(&hashed).cloned().unwrap_or_default(),
            (PinMode::NameAndPin, Some(token)) => {
                let meant = self.offered.iter().find(|(offered, _)| offered == token);
                let has_it = |member: &CoworkerId| {
                    self.by_member.get(member).is_some_and(|known| known.0.ct_eq(&hashed.0).into())
                };
                meant.map(|(_, members)| members.iter().copied().filter(has_it).collect()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The members whom a name may find: those with a PIN, where names are asked for.
    pub fn found_by_name(&self) -> Vec<CoworkerId> {
        let asked_for = self.mode == PinMode::NameAndPin;
        self.by_member.keys().copied().filter(|_| asked_for).collect()
    }

    /// Offers the first few of these, by what is shown of them; what was offered before is good no more.
    pub fn offer(&mut self, meant: Vec<(String, CoworkerId)>) -> Vec<Found> {
        let mut by_name: BTreeMap<String, Vec<CoworkerId>> = BTreeMap::new();
        for (name, member) in meant {
            by_name.entry(name).or_default().push(member);
        }
        self.offered.clear();
        let mut found = Vec::new();
        for (name, members) in by_name.into_iter().take(MOST_FOUND) {
            let token = uuid::Uuid::new_v4().to_string();
            self.offered.push((token.clone(), members));
            found.push(Found { token, name });
        }
        found
    }

    fn hashed(&self, pin: &Pin) -> Hashed {
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_ref()).expect("a key of any length");
        mac.update(pin.0.as_bytes());
        Hashed(mac.finalize().into_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: CoworkerId = CoworkerId(1);
    const BEN: CoworkerId = CoworkerId(2);
    const CLEO: CoworkerId = CoworkerId(3);

    fn pin(text: &str) -> Pin {
        Pin::new(text.to_owned())
    }

    fn book(accept: PinMode) -> PinBook {
        PinBook::new(&PinSettings { accept, least_digits: 5 }).unwrap().unwrap()
    }

    #[test]
    fn a_pin_is_masked_in_print_and_in_what_goes_wrong() {
        assert_eq!(format!("{:?} {:#?}", pin("482913"), pin("482913")), "Pin(…) Pin(…)");
        let mut book = book(PinMode::Pin);
        book.put(ANA, Some(&pin("482913")));
        assert_eq!(format!("{book:?}"), "PinBook { members: 1, .. }");
        for json in ["482913", "[\"482913\"]", "{\"pin\":\"482913\"}"] {
            let error = serde_json::from_str::<Pin>(json).unwrap_err().to_string();
            assert!(!error.contains("482913"), "{error}");
        }
        assert_eq!(serde_json::from_str::<Pin>("\" 482913 \"").unwrap(), pin("482913"));
    }

    #[test]
    fn what_the_pad_has_keys_for_is_a_pin() {
        let cases = [
            ("48291", true),
            (" 48291\t", true),
            ("004829", true),
            ("482913482913", true),
            ("4829", false),
            ("4829134829134", false),
            ("4829A", false),
            ("48 291", false),
            ("٤٨٢٩١", false),
            ("", false),
        ];
        for (text, expected) in cases {
            let mut book = book(PinMode::Pin);
            book.put(ANA, Some(&pin(text)));
            assert_eq!(!book.holders(&pin(text), None).is_empty(), expected, "{text:?}");
        }
        let mut book = book(PinMode::Pin);
        book.put(ANA, Some(&pin("004829")));
        assert!(book.holders(&pin("4829"), None).is_empty(), "zeros count");
    }

    #[test]
    fn a_pin_is_found_as_long_as_somebody_has_it() {
        let mut book = book(PinMode::Pin);
        book.put(ANA, Some(&pin("48291")));
        book.put(BEN, Some(&pin("48291")));
        book.put(CLEO, None);
        assert_eq!(book.holders(&pin("48291"), None), [ANA, BEN]);
        book.put(ANA, Some(&pin("99999")));
        assert_eq!(book.holders(&pin("48291"), None), [BEN]);
        assert_eq!(book.holders(&pin("99999"), None), [ANA]);
        book.remove(BEN);
        book.put(ANA, None);
        assert!(book.by_pin.is_empty() && book.by_member.is_empty());
    }

    /// Guard: the key is random.
    #[test]
    fn each_run_has_hashes_of_its_own() {
        let pin = pin("48291");
        assert!(book(PinMode::Pin).hashed(&pin) != book(PinMode::Pin).hashed(&pin));
        let book = book(PinMode::Pin);
        assert!(book.hashed(&pin) == book.hashed(&pin));
        assert!(!book.hashed(&pin).0.windows(5).any(|part| part == b"48291"));
    }

    #[test]
    fn where_a_name_is_asked_for_the_name_decides() {
        let mut book = book(PinMode::NameAndPin);
        for member in [ANA, BEN] {
            book.put(member, Some(&pin("48291")));
        }
        book.put(CLEO, Some(&pin("77777")));
        let found = book.offer(vec![("Ana P.".to_owned(), ANA), ("Ben O.".to_owned(), BEN)]);
        let tokens: Vec<&str> = found.iter().map(|found| found.token.as_str()).collect();
        assert_eq!(book.holders(&pin("48291"), Some(tokens[0])), [ANA]);
        assert_eq!(book.holders(&pin("48291"), Some(tokens[1])), [BEN]);
        assert!(book.holders(&pin("77777"), Some(tokens[0])).is_empty(), "another's PIN");
        assert!(book.holders(&pin("48291"), None).is_empty(), "the PIN alone is not enough");
        assert!(book.holders(&pin("48291"), Some("1")).is_empty(), "a member's id is no token");
        let again = book.offer(vec![("Ana P.".to_owned(), ANA)]);
        assert!(again[0].token != found[0].token);
        assert!(book.holders(&pin("48291"), Some(&found[0].token)).is_empty(), "good until the next look-up");

        let alone = self::book(PinMode::Pin);
        assert!(alone.found_by_name().is_empty());
    }

    #[test]
    fn who_is_shown_alike_shares_a_token_and_the_pin_tells_them_apart() {
        let mut book = book(PinMode::NameAndPin);
        book.put(ANA, Some(&pin("48291")));
        book.put(BEN, Some(&pin("77777")));
        let found = book.offer(vec![("Ana P.".to_owned(), ANA), ("Ana P.".to_owned(), BEN)]);
        assert_eq!(found.len(), 1);
        assert_eq!(book.holders(&pin("77777"), Some(&found[0].token)), [BEN]);
        let many = (0..9).map(|number| (format!("Ana {number}."), CoworkerId(number))).collect();
        let names: Vec<String> = book.offer(many).into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["Ana 0.", "Ana 1.", "Ana 2.", "Ana 3.", "Ana 4."]);
    }
}
