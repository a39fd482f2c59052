//! Takes out of a text what others must not read. Nothing of it should be there in the first place: this is the second lock.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A word of a name that is shorter is in too many texts.
const SHORTEST_NAME: usize = 3;

/// Words that are put in the place of what is found.
pub(crate) struct Masked {
    patterns: Vec<(Regex, &'static str)>,
    words: Regex,
    names: HashSet<String>,
    /// The home folder, which tends to have somebody's name.
    home: Option<String>,
}

/// What knows nobody's name, and this machine's home folder.
static WITHOUT_NAMES: LazyLock<Masked> = LazyLock::new(|| {
    let home = std::env::home_dir().map(|home| home.to_string_lossy().into_owned());
    Masked::new(&[], home)
});

impl Masked {
    /// The one for texts that leave this program where nobody looks for names: made once.
    pub(crate) fn without_names() -> &'static Self {
        &WITHOUT_NAMES
    }

    /// Knows these names, and every word of them.
    pub(crate) fn new(names: &[String], home: Option<String>) -> Self {
        let words = Regex::new(r"[\p{L}\p{M}'’]+").expect("a good pattern");
        let names = names
            .iter()
            .flat_map(|name| words.find_iter(name).map(|word| word.as_str().to_owned()).collect::<Vec<_>>())
            .filter(|word| word.chars().count() >= SHORTEST_NAME)
            .collect();
        let patterns = [
            (r"(?i)\bbearer\s+\S+", "<token>"),
            (r"(?i)\b(?:access|refresh)[-_][0-9a-z]{16,}", "<token>"),
            (r#"(?i)"?(?:access_token|refresh_token|password|totp|client_id)"?\s*[=:]\s*"?[^\s"&,}]+"?"#, "<secret>"),
            (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "<email>"),
        ];
        let patterns =
            patterns.map(|(pattern, word)| (Regex::new(pattern).expect("a good pattern"), word)).into_iter().collect();
        let home = home.filter(|home| home.len() > 1);
        Self { patterns, words, names, home }
    }

    /// The text without them.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut text = self.home.as_ref().map_or_else(|| text.to_owned(), |home| text.replace(home, "~"));
        for (pattern, word) in &self.patterns {
            text = pattern.replace_all(&text, *word).into_owned();
        }
        let text = tiles(&text);
        let known = |word: &Captures<'_>| {
            let word = &word[0];
            if self.names.contains(word) { "<name>".to_owned() } else { word.to_owned() }
        };
        self.words.replace_all(&text, known).into_owned()
    }
}

/// Tiles: 4, 7 or 10 bytes in hex, also with separators between the bytes; and any longer run, which may be a key. The
/// groups of a UUID, such as a tap's id, are none.
fn tiles(text: &str) -> String {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let uuid = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
        let pattern = format!(
            r"(?P<uuid>\b{uuid}\b)|\b[0-9a-fA-F]{{2}}(?:[:\- ][0-9a-fA-F]{{2}}){{3,9}}\b|\b(?:[0-9a-fA-F]{{2}}){{4,}}\b"
        );
        Regex::new(&pattern).expect("a good pattern")
    });
    let mask = |found: &Captures<'_>| {
        let all = &found[0];
        if found.name("uuid").is_some() { all.to_owned() } else { "<tile>".to_owned() }
    };
    PATTERN.replace_all(text, mask).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_must_not_read_is_taken_out() {
        let masked = Masked::new(
            &["Ana Prieto", "李 秀英", "O’Brien Al"].map(str::to_owned),
            Some("/srv/people/ana".to_owned()),
        );
        let cases = [
            ("Ana Prieto was here, and anaconda", "<name> <name> was here, and anaconda"),
            ("O’Brien and Al", "<name> and Al"),
            ("/srv/people/ana/.local/share/tapdesk", "~/.local/share/tapdesk"),
            ("by kiosk@example.org.", "by <email>."),
            ("Authorization: Bearer abc.def-1", "Authorization: <token>"),
            ("access-0123456789abcdef0123456789abcdef", "<token>"),
            (
                "grant_type=password&username=x&password=correct-horse&totp=123456",
                "grant_type=password&username=x&<secret>&<secret>",
            ),
            (r#"{"refresh_token":"opaque","expires_in":7}"#, r#"{<secret>,"expires_in":7}"#),
            ("tile 04A1B2C3D4E5F6 and 04a1b2c3", "tile <tile> and <tile>"),
            ("tile 04:A1:B2:C3:D4:E5:F6", "tile <tile>"),
            ("masked …E5F6 stays", "masked …E5F6 stays"),
            ("entry 0198f7a2-7c1d-7b3e-9c41-0242ac120002", "entry 0198f7a2-7c1d-7b3e-9c41-0242ac120002"),
            ("2026-11-22T14:20:29.123456Z after 1234567 ms", "2026-11-22T14:20:29.123456Z after 1234567 ms"),
            ("number 12345678", "number <tile>"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked.text(text), expected);
        }
    }
}
