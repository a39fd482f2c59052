//! Tests that cannot be run everywhere. To the harness one that is left out is one that passed: so each is noted, for
//! `./dev test`, which counts them apart.

use std::fs::OpenOptions;
use std::io::Write;

/// Names the file that they are noted in, a line for each.
const LIST: &str = "TAPDESK_LEFT_OUT";

/// Says that a test is left out, and why.
pub fn left_out(why: &str) {
    eprintln!("left out: {why}");
    let Some(list) = std::env::var_os(LIST) else { return };
    let noted = OpenOptions::new().create(true).append(true).open(list).and_then(|mut list| writeln!(list, "{why}"));
    if let Err(error) = noted {
        eprintln!("{LIST}: {error}");
    }
}
