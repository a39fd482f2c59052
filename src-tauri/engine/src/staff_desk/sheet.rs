//! Rows as CSV that a spreadsheet program opens and that runs nothing there.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// By it spreadsheet programs know UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file's bytes: columns' names, then rows.
pub(super) fn sheet(columns: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    // Every cell is quoted: a program that separates cells by another character still sees where each begins.
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(columns.iter().map(|name| harmless(name)))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that is no formula (OWASP, "CSV Injection"): what could begin one stands behind an apostrophe. Numbers stay.
fn harmless(cell: &str) -> String {
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let first = cell.trim_start_matches(unseen).chars().next();
    let begins_one = first.is_some_and(|first| {
        matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−' | '﹦' | '﹢' | '﹣' | '﹫')
    });
    let begins_with_control = cell.starts_with(['\t', '\r', '\n']);
    if (begins_one || begins_with_control) && !is_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Digits, with a sign, and with decimals.
fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    match unsigned.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_cell(cell: &str) -> String {
        let bytes = sheet(&["a".to_owned()], [vec![cell.to_owned()]]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.strip_prefix("\u{feff}\"a\"\r\n\"").unwrap().strip_suffix("\"\r\n").unwrap().to_owned()
    }

    #[test]
    fn what_could_be_a_formula_is_none() {
        for cell in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            " =1+1",
            "\u{feff}=1",
            "\u{200b}=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "=cmd|' /C calc'!A0",
            "-inf",
            "+1",
            "--1",
            "-",
            "-1.",
            "-.5",
            "\t=1",
        ] {
            assert_eq!(one_cell(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "-1", "12", "-1.5", "0.25", "2026-11-22", "a=b", "José", "'=1", "…E5F6", "1,5; x"] {
            assert_eq!(one_cell(cell), cell, "{cell:?}");
        }
    }

    #[test]
    fn a_sheet_to_the_byte() {
        let columns = ["Name".to_owned(), "=Reason".to_owned()];
        let rows = [vec!["Ana \"A\"".to_owned(), "one,\r\ntwo".to_owned()], vec!["Zoë".to_owned(), String::new()]];
        let expected = "\u{feff}\"Name\",\"'=Reason\"\r\n\"Ana \"\"A\"\"\",\"one,\r\ntwo\"\r\n\"Zoë\",\"\"\r\n";
        assert_eq!(String::from_utf8(sheet(&columns, rows).unwrap()).unwrap(), expected);
    }

    proptest! {
        /// A reader of CSV gets every cell back, but for the apostrophe.
        #[test]
        fn no_cell_is_lost(rows in prop::collection::vec(prop::collection::vec(".*|[=+@\\-\t][ -~]*", 3), 0..6)) {
            let columns = ["a", "b", "c"].map(str::to_owned);
            let bytes = sheet(&columns, rows.clone()).unwrap();
            let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[BYTE_ORDER_MARK.len()..]);
            let read: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read.len(), rows.len());
            for (read, row) in read.iter().flatten().zip(rows.iter().flatten()) {
                let behind_an_apostrophe = format!("'{row}");
                prop_assert!(read == row || *read == behind_an_apostrophe);
                prop_assert!(is_number(read) || !read.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
            }
        }
    }
}
