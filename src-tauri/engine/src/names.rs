//! Finding a member by what they type of their name, and what is shown of it.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use tapdesk_core::member::Member;
use tapdesk_core::policy::NameDisplay;

/// How many letters tell a member from others; fewer have to be the whole name.
const ENOUGH_LETTERS: usize = 3;

/// Whether what was typed means this member: each word of it begins a word of the name, whatever the case and accents.
/// Fewer than three letters mean only a member whose whole name they are.
pub fn means(typed: &str, member: &Member) -> bool {
    let typed = folded(typed);
    let full_name = folded(&member.full_name);
    if typed.chars().filter(|letter| letter.is_alphabetic()).count() < ENOUGH_LETTERS {
        return !typed.trim().is_empty() && typed.split_whitespace().eq(full_name.split_whitespace());
    }
    let called = member.called.as_deref().map(folded).unwrap_or_default();
    let begins_one = |word: &str| words(&full_name).chain(words(&called)).any(|known| known.starts_with(word));
    words(&typed).all(begins_one)
}

/// The name the member is called by, and the initial of the last one.
pub fn short(member: &Member) -> String {
    let first = NameDisplay::First.shown(member).unwrap_or_default();
    let mut words = member.full_name.split_whitespace();
    let last = words.next().and(words.next_back()).and_then(|last| last.chars().next());
    match last {
        Some(initial) => format!("{first} {}.", initial.to_uppercase()),
        None => first,
    }
}

/// The parts of a name that people know as its words: "O'Neill-Smith" has three.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Without case and accents.
pub(crate) fn folded(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut folded = String::with_capacity(decomposed.len());
    for letter in decomposed.chars().filter(|letter| classes.get_u8(*letter) == 0).flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            // The capital İ leaves a dot of its own when it is made small.
            None if classes.get_u8(letter) != 0 => {}
            None => folded.push(letter),
        }
    }
    folded
}

/// How people write the letters that Unicode does not take apart where their keyboard has none.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use tapdesk_core::ids::CoworkerId;

    use super::*;

    fn member(full_name: &str, called: Option<&str>) -> Member {
        let called = called.map(str::to_owned);
        Member { id: CoworkerId(1), full_name: full_name.to_owned(), called, active: true, archived: false }
    }

    #[test]
    fn names_are_found_by_the_beginnings_of_their_words() {
        let cases = [
            ("ana", "Ana Prieto", true),
            ("ANA", "Ana Prieto", true),
            ("pri", "Ana Prieto", true),
            ("ana pri", "Ana Prieto", true),
            ("prieto ana", "Ana Prieto", true),
            ("a prie", "Ana Prieto", true),
            ("rie", "Ana Prieto", false),
            ("ana pro", "Ana Prieto", false),
            ("an", "Ana Prieto", false),
            ("a p", "Ana Prieto", false),
            ("", "Ana Prieto", false),
            ("   ", "Ana Prieto", false),
            ("...", "Ana Prieto", false),
            ("", "", false),
            ("123", "Ana Prieto", false),
            ("lukasz", "Łukasz Żółw", true),
            ("zolw", "Łukasz Żółw", true),
            ("Łukasz", "Lukasz Zolw", true),
            ("muller", "Jörg Müller", true),
            ("strass", "Ida Straße", true),
            ("soren", "Søren Ærø", true),
            ("istanbul", "İstanbul Yılmaz", true),
            ("yilmaz", "İstanbul Yılmaz", true),
            ("neill", "Siân O'Neill-Smith", true),
            ("smith", "Siân O\u{2019}Neill-Smith", true),
            ("o'neill", "Siân O'Neill-Smith", true),
            ("山田太", "山田太郎", true),
            ("李明", "李明", true),
            ("李明", "李明明", false),
            ("Bo Li", "Bo Li", true),
            ("bo", "Bo Li", false),
            ("محم", "مُحَمَّد علي", true),
            ("ﾔﾏﾀﾞ", "ヤマダ タロウ", true),
        ];
        for (typed, full_name, expected) in cases {
            assert_eq!(means(typed, &member(full_name, None)), expected, "{typed} {full_name}");
        }
        assert!(means("anita", &member("Ana Prieto", Some("Anita"))));
    }

    #[test]
    fn a_name_is_shown_with_one_letter_of_its_end() {
        let cases = [
            ("Ana Prieto", None, "Ana P."),
            ("Ana Prieto Ruiz", Some("Anita"), "Anita R."),
            ("Ana", None, "Ana"),
            ("山田太郎", None, "山田太郎"),
            ("jo öström", None, "jo Ö."),
            ("", None, ""),
        ];
        for (full_name, called, expected) in cases {
            assert_eq!(short(&member(full_name, called)), expected, "{full_name}");
        }
    }
}
