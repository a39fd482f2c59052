//! Writes the list, or a chart's table, into a CSV file: whole or not at all, never over another one.

use std::collections::HashSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::StaffDesk;
use super::sheet::sheet;
use super::view::DeskProblem;
use super::view::charts::{EXPORTED, Export, Exported};
use super::view::failures::{FailureKey, FailureKind, FailureQuery, FailureRow};

/// How many records are read at a time.
const BLOCK: u32 = 1000;
/// So many properties has a row, and so many columns its file.
pub const COLUMNS: usize = 15;
/// So many files of one minute are told apart by a number.
const MOST_OF_A_MINUTE: u32 = 99;
/// The most characters of a table's name in a file's.
const LONGEST_NAME: usize = 60;

impl StaffDesk {
    /// Writes what is asked for into a new file in `folder`.
    pub async fn export(&self, export: Export, folder: &Path) -> Result<Exported, DeskProblem> {
        let (name, columns, rows, of) = match export {
            Export::Failures { query, columns } => {
                if columns.len() != COLUMNS {
                    let detail = format!("a row has {COLUMNS} columns, and {} are named", columns.len());
                    return Err(DeskProblem::Invalid { detail });
                }
                let (rows, of) = self.all_rows(&query).await?;
                let cells: Vec<Vec<String>> = rows.iter().map(|row| self.cells(row)).collect();
                ("failures".to_owned(), columns, cells, of)
            }
            Export::Table { name, columns, rows } => {
                let of = rows.len() as u64;
                (file_name(&name), columns, rows, of)
            }
        };
        let count = rows.len() as u64;
        let (folder, at) = (folder.to_owned(), self.zone.local(Utc::now()));
        let written = tokio::task::spawn_blocking(move || {
            let bytes = sheet(&columns, rows).map_err(|error| DeskProblem::Invalid { detail: error.to_string() })?;
            write(&folder, &name, at, &bytes)
        });
        let path = written.await.map_err(|_| DeskProblem::Ended)??;
        Ok(Exported { path: path.display().to_string(), rows: count, of })
    }

    /// The list from its beginning, block by block, and how many rows it has. What moved to the next block meanwhile stands
    /// in the file once.
    async fn all_rows(&self, query: &FailureQuery) -> Result<(Vec<FailureRow>, u64), DeskProblem> {
        let most = usize::try_from(EXPORTED).unwrap_or(usize::MAX);
        let (mut rows, mut seen, mut of) = (Vec::new(), HashSet::new(), 0);
        for block in 0.. {
            let answer = self.block_of(query, block, BLOCK).await;
            if let Some(problem) = answer.problem {
                return Err(problem);
            }
            of = answer.records + answer.local;
            rows.extend(answer.rows.into_iter().filter(|row| seen.insert(row.key.clone())));
            let is_last = (u64::from(block) + 1) * u64::from(BLOCK) >= answer.records;
            if is_last && rows.len() <= most {
                // What does not answer the question was counted by the service, and is not of the list.
                of = rows.len() as u64;
            }
            if is_last || rows.len() >= most {
                break;
            }
        }
        rows.truncate(most);
        Ok((rows, of))
    }

    /// A row's cells, in the order of its properties.
    fn cells(&self, row: &FailureRow) -> Vec<String> {
        let time = |at: Option<DateTime<Utc>>| at.map(|at| self.zone.written(at)).unwrap_or_default();
        let clock =
            |at: Option<NaiveDateTime>| at.map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let key = match &row.key {
            FailureKey::Record { id } => id.to_string(),
            FailureKey::Tap { entry } => entry.clone(),
        };
        let kind = match row.kind {
            FailureKind::FailedCheckin => "failed_checkin",
            FailureKind::NeedsStaff => "needs_staff",
            FailureKind::UnusableTile => "unusable_tile",
        };
        let cells: [String; COLUMNS] = [
            key,
            kind.to_owned(),
            time(row.attempted_at),
            clock(row.attempted_local),
            number(row.coworker),
            text(&row.member),
            text(&row.location),
            number(row.source),
            text(&row.mac_addresses),
            text(&row.teams),
            text(&row.tariff),
            text(&row.description),
            text(&row.tile),
            time(row.created_at),
            time(row.updated_at),
        ];
        cells.into()
    }
}

/// A table's name as a part of a file's: small letters, digits and hyphens.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let plain: String = name.chars().map(plain).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(LONGEST_NAME).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "table".to_owned() } else { name.to_owned() }
}

/// Writes a new file; nothing of it is left where that fails.
fn write(folder: &Path, name: &str, at: NaiveDateTime, bytes: &[u8]) -> Result<PathBuf, DeskProblem> {
    let fault = |error: &std::io::Error| DeskProblem::Storage { detail: sentence(error, folder) };
    // Such a file is for its owner alone.
    let mut file = tempfile::Builder::new().prefix(".tapdesk-").tempfile_in(folder).map_err(|error| fault(&error))?;
    let written = file.write_all(bytes).and_then(|()| file.as_file().sync_all());
    written.map_err(|error| fault(&error))?;
    let stem = format!("tapdesk-{name}-{}", at.format("%Y-%m-%d-%H%M"));
    for number in 1..=MOST_OF_A_MINUTE {
        let name = if number == 1 { format!("{stem}.csv") } else { format!("{stem}-{number}.csv") };
        let path = folder.join(name);
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(fault(&error.error)),
        }
    }
    let detail = format!("{}: there are too many files of this minute; try again in a minute", folder.display());
    Err(DeskProblem::Storage { detail })
}

/// What went wrong, and what to do.
fn sentence(error: &std::io::Error, folder: &Path) -> String {
    let folder = folder.display();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            format!("the folder {folder} is not there; make it, or choose another one")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("there is no room left in {folder}; make room, and export again")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("this user may not write into {folder}; allow it, or choose another folder")
        }
        _ => format!("{folder}: {error}; choose another folder, or try again"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::os::unix::fs::PermissionsExt;

    use rustix::io::Errno;

    use super::*;

    fn quarter_past_nine() -> NaiveDateTime {
        NaiveDateTime::parse_from_str("2026-11-22T09:15", "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn a_file_is_its_owners_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let write = |bytes: &[u8]| write(folder.path(), "failures", quarter_past_nine(), bytes).unwrap();
        let (first, second) = (write(b"one"), write(b"two"));
        assert_eq!(first, folder.path().join("tapdesk-failures-2026-11-22-0915.csv"));
        assert_eq!(second, folder.path().join("tapdesk-failures-2026-11-22-0915-2.csv"));
        assert_eq!(std::fs::read(&first).unwrap(), b"one");
        assert_eq!(std::fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
        for number in 3..=MOST_OF_A_MINUTE {
            std::fs::write(folder.path().join(format!("tapdesk-failures-2026-11-22-0915-{number}.csv")), "").unwrap();
        }
        let full = super::write(folder.path(), "failures", quarter_past_nine(), b"three");
        assert!(matches!(full, Err(DeskProblem::Storage { .. })));
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            MOST_OF_A_MINUTE as usize,
            "nothing else is left"
        );
    }

    #[test]
    fn each_fault_says_what_to_do() {
        let cases = [
            (Errno::NOSPC, "make room"),
            (Errno::DQUOT, "make room"),
            (Errno::NOENT, "is not there"),
            (Errno::NOTDIR, "is not there"),
            (Errno::ACCESS, "may not write"),
            (Errno::ROFS, "may not write"),
            (Errno::IO, "try again"),
        ];
        for (errno, expected) in cases {
            let said = sentence(&io::Error::from(errno), Path::new("/media/stick"));
            assert!(said.contains(expected) && said.contains("/media/stick"), "{said}");
        }
        let nowhere = super::write(Path::new("/nowhere/at/all"), "failures", quarter_past_nine(), b"");
        assert!(matches!(nowhere, Err(DeskProblem::Storage { detail }) if detail.contains("is not there")));
    }

    #[test]
    fn a_tables_name_leads_nowhere_else() {
        let cases = [
            ("arrivals-by-hour", "arrivals-by-hour"),
            ("../../etc/passwd", "etc-passwd"),
            ("Ankünfte je Stunde", "ank-nfte-je-stunde"),
            ("到着", "table"),
            ("", "table"),
        ];
        for (name, expected) in cases {
            assert_eq!(file_name(name), expected, "{name}");
        }
        assert_eq!(file_name(&"a".repeat(300)).len(), LONGEST_NAME);
    }
}
