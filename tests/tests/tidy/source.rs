//! What a rule looks at: a file of the house, the paths in its Rust code, the dependencies in its manifest.

/// A file, by its path from the root of the repository.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn below(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    pub(crate) fn is_of_kind(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.is_of_kind("rs")
    }

    pub(crate) fn is_manifest(&self) -> bool {
        self.path.ends_with("Cargo.toml")
    }

    /// The paths that the code names, with their lines: `std::fs::read`, and every leaf of a `use` tree. A single word
    /// counts only after `use` or `extern crate`: elsewhere it is a name of the file's own.
    pub(crate) fn rust_paths(&self) -> Vec<(usize, String)> {
        let code = code(&self.text);
        let tokens = tokens(&code);
        let text = |at: usize| tokens.get(at).map_or("", |token| token.1);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let names_crate = text(at) == "crate" && at > 0 && text(at - 1) == "extern";
            at = if text(at) == "use" || names_crate {
                tree(&tokens, at + 1, "", &mut found)
            } else if is_word(text(at)) && text(at + 1) == "::" {
                tree(&tokens, at, "", &mut found)
            } else {
                at + 1
            };
        }
        found
    }

    /// The dependencies of a manifest, with their lines and their kind: `dependencies`, `dev-dependencies`, ...
    pub(crate) fn dependencies(&self) -> Vec<(usize, String, String)> {
        let mut found = Vec::new();
        let mut kind = None;
        for (index, line) in self.text.lines().enumerate() {
            let line = line.trim();
            if let Some(section) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
                // `[dependencies]`, `[target.'cfg(unix)'.dependencies]` or `[dependencies.chrono]`.
                let (before, last) = section.rsplit_once('.').unwrap_or(("", section));
                kind = last.ends_with("dependencies").then(|| last.to_owned());
                let table = before.rsplit('.').next().unwrap_or_default();
                if kind.is_none() && table.ends_with("dependencies") {
                    found.push((index + 1, table.to_owned(), last.to_owned()));
                }
            } else if let Some(kind) = &kind
                && let Some((name, _)) = line.split_once(['.', '=', ' '])
                && !line.starts_with('#')
            {
                found.push((index + 1, kind.clone(), name.trim_matches('"').to_owned()));
            }
        }
        found
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

/// Words, `::` and single other characters, with their lines.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, mut line) in code.lines().enumerate() {
        loop {
            line = line.trim_start();
            let Some(first) = line.chars().next() else { break };
            let length = if is_word(line) {
                line.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(line.len())
            } else if line.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (token, rest) = line.split_at(length);
            found.push((index + 1, token));
            line = rest;
        }
    }
    found
}

/// Reads one path or `use` tree from `at` on, adds its leaves to `found`, and returns where it ends.
fn tree(tokens: &[(usize, &str)], mut at: usize, prefix: &str, found: &mut Vec<(usize, String)>) -> usize {
    let mut path = prefix.to_owned();
    while let Some(&(line, token)) = tokens.get(at) {
        let next = |at: usize| tokens.get(at).map(|token| token.1);
        match token {
            "::" => at += 1,
            "{" => {
                at += 1;
                while next(at).is_some_and(|token| token != "}") {
                    let end = tree(tokens, at, &path, found);
                    at = if end == at || next(end) == Some(",") { end + 1 } else { end };
                }
                return at + 1;
            }
            word if is_word(word) || word == "*" => {
                if !path.is_empty() {
                    path.push_str("::");
                }
                path.push_str(word);
                at += 1;
                if next(at) != Some("::") {
                    found.push((line, path));
                    return if next(at) == Some("as") { at + 2 } else { at };
                }
            }
            // `Vec::<u8>::new`, or `use<'a>` in a return type.
            _ => {
                if path != prefix {
                    found.push((line, path));
                }
                return at;
            }
        }
    }
    at
}

/// The text with comments and literals blanked, line for line: what the compiler sees as names.
fn code(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let in_word = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_');
        let length = blank(&letters[at..], in_word).min(letters.len() - at);
        if length == 0 {
            code.push(letters[at]);
            at += 1;
        } else {
            code.extend(letters[at..at + length].iter().map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
            at += length;
        }
    }
    code
}

/// How long the comment or literal is that starts here; 0 for code, too much for one without an end.
fn blank(rest: &[char], in_word: bool) -> usize {
    let until = |from: usize, end: &[char]| {
        let tail = rest.get(from..).unwrap_or_default();
        tail.windows(end.len()).position(|window| window == end).map_or(rest.len(), |at| from + at + end.len())
    };
    match rest {
        ['/', '/', ..] => rest.iter().position(|letter| *letter == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => block_comment(rest),
        ['"', ..] => string(rest),
        ['r' | 'b' | 'c', ..] if !in_word => {
            let prefix = if rest[0] == 'r' { 1 } else { 2 };
            let hashes = rest.iter().skip(prefix).take_while(|letter| **letter == '#').count();
            let opens = rest[prefix.min(rest.len()) - 1] == 'r' && rest.get(prefix + hashes) == Some(&'"');
            let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            if opens { until(prefix + hashes + 1, &end) } else { 0 }
        }
        ['\'', '\\', ..] => until(3, &['\'']),
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while let Some(letter) = rest.get(at) {
        match letter {
            '"' => return at + 1,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    rest.len()
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let step = match rest.get(at..at + 2) {
            Some(['/', '*']) => {
                depth += 1;
                2
            }
            Some(['*', '/']) => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

#[test]
fn code_is_what_is_left_of_comments_and_literals() {
    let text = "a /* b /* c */ d */ e \"f \\\" g\" h r#\"i \" j\"# k 'l' '\\'' m // n\n'o, br\"p\" q";
    let words: Vec<_> = code(text).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words, ["a", "e", "h", "k", "m", "'o,", "q"]);
    assert_eq!(code("\"a\nb\"\nc").lines().nth(2), Some("c"), "lines keep their numbers");
}

#[test]
fn paths_are_found_in_use_trees_and_in_expressions() {
    let text = "use std::{fs::{self, File as Paper}, time::*};\nextern crate one;\nuse two;\nlet three = four::five(&::six::seven);\n\
                fn x() -> impl use<'a> { Vec::<u8>::new() }";
    let source = Source { path: String::new(), text: text.to_owned() };
    let found: Vec<String> = source.rust_paths().into_iter().map(|(line, path)| format!("{line} {path}")).collect();
    assert_eq!(
        found,
        [
            "1 std::fs::self",
            "1 std::fs::File",
            "1 std::time::*",
            "2 one",
            "3 two",
            "4 four::five",
            "4 six::seven",
            "5 Vec"
        ]
    );
}

#[test]
fn dependencies_are_found_in_every_kind_of_table() {
    let text = "[package]\nname = \"x\"\n[dependencies]\n# no\none.workspace = true\ntwo = \"1\"\n[dev-dependencies.three]\nversion = \
                \"1\"\n[target.'cfg(unix)'.build-dependencies]\nfour = { path = \"y\" }\n[lints]\nworkspace = true";
    let source = Source { path: String::new(), text: text.to_owned() };
    let found: Vec<String> =
        source.dependencies().into_iter().map(|(line, kind, name)| format!("{line} {kind} {name}")).collect();
    assert_eq!(
        found,
        ["5 dependencies one", "6 dependencies two", "7 dev-dependencies three", "10 build-dependencies four"]
    );
}
