//! What is sent to whoever helps: the doctor's findings, the configuration, what waits, the logs. No secret, no name and no
//! tile is in it.

pub(crate) mod masked;

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use self::masked::Masked;
use crate::crashes;
use crate::doctor::Check;
use crate::journal::{self, QueueReport};
use crate::keys::{JournalKeyStore, KeyStore};
use crate::service::{self, StartError};
use crate::settings::Configuration;

/// What the bundle says of itself.
const ABOUT: &str = "Tapdesk: what helps to find a fault.\n\n\
    doctor.json         what `tapdesk doctor` found\n\
    configuration.json  every setting, and where it comes from; secrets never stand there\n\
    queue.json          taps that wait or need staff: when, and how they stand; no tile, no member\n\
    system.json         this machine\n\
    crashes/            what is known of ends that nobody asked for\n\
    logs/               the log files\n\n\
    Names, e-mail addresses, tiles and tokens are not in it: where one was found it was replaced by a word such as <name>.\n";
/// A log file is taken in from its end, so far.
const MOST_OF_A_LOG: u64 = 8 << 20;

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {cause}; name a file in a folder where this user may write", path = .path.display())]
pub struct BundleError {
    path: PathBuf,
    cause: io::Error,
}

/// Writes the bundle, a ZIP archive, to `path`. Whatever cannot be read is left out, and the bundle says so. Blocks.
pub fn write(
    path: &Path,
    configuration: &Configuration,
    checks: &[Check],
    keys: &dyn KeyStore,
) -> Result<(), BundleError> {
    let failed = |cause| BundleError { path: path.to_path_buf(), cause };
    let settings = &configuration.settings;
    let mut left_out = Vec::new();
    let names = names(configuration, keys).unwrap_or_else(|error| {
        left_out.push(format!("the members' names, to look for them in the logs: {error}"));
        Vec::new()
    });
    let masked = Masked::new(&names, std::env::var("HOME").ok());

    let mut files = vec![
        ("doctor.json".to_owned(), pretty(&json!(checks))),
        ("configuration.json".to_owned(), pretty(&json!(configuration.listing()))),
        ("system.json".to_owned(), pretty(&system())),
    ];
    match service::queue(settings, keys) {
        Ok(report) => files.push(("queue.json".to_owned(), pretty(&queue(&report)))),
        Err(error) => left_out.push(format!("queue.json: {error}")),
    }
    for folder in [crashes::FOLDER, "logs"] {
        match texts(&settings.data_dir, folder) {
            Ok(texts) => files.extend(texts),
            // Most kiosks never crashed.
            Err(error) if folder == crashes::FOLDER && error.kind() == ErrorKind::NotFound => {}
            Err(error) => left_out.push(format!("{folder}: {error}")),
        }
    }
    let about = if left_out.is_empty() {
        ABOUT.to_owned()
    } else {
        format!("{ABOUT}\nLeft out, since it could not be read:\n{}\n", left_out.join("\n"))
    };
    files.insert(0, ("README.txt".to_owned(), about));

    let mut archive = ZipWriter::new(File::create(path).map_err(failed)?);
    for (name, text) in files {
        archive.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(error.into()))?;
        archive.write_all(masked.text(&text).as_bytes()).map_err(failed)?;
    }
    let file = archive.finish().map_err(|error| failed(error.into()))?;
    file.sync_all().map_err(failed)
}

/// The members' names, to be found in texts.
fn names(configuration: &Configuration, keys: &dyn KeyStore) -> Result<Vec<String>, StartError> {
    let device = service::device(&configuration.settings)?;
    match JournalKeyStore::new(keys, &device).load()? {
        Some(key) => Ok(journal::members::names(&configuration.settings.data_dir, &key)?),
        None => Ok(Vec::new()),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// When and how, and nothing of whom.
fn queue(report: &QueueReport) -> Value {
    let entries = report.entries.iter();
    let entries: Vec<Value> = entries
        .map(|entry| json!({ "entry": entry.entry, "state": entry.state, "at": entry.at, "reason": entry.reason }))
        .collect();
    json!({ "waiting": report.waiting, "needs_staff": report.needs_staff, "entries": entries })
}

fn system() -> Value {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("not known");
    json!({
        "tapdesk": env!("CARGO_PKG_VERSION"),
        "at": Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "system": name.trim_matches('"'),
        "kernel": rustix::system::uname().release().to_string_lossy(),
        "machine": std::env::consts::ARCH,
    })
}

/// The files of this folder in the data folder, by their names.
fn texts(data_dir: &Path, folder: &str) -> io::Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(data_dir.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() {
            texts.push((format!("{folder}/{name}"), end_of(&entry.path())?));
        }
    }
    texts.sort();
    Ok(texts)
}

fn end_of(path: &Path) -> io::Result<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(MOST_OF_A_LOG)))?;
    let mut bytes = Vec::new();
    file.take(MOST_OF_A_LOG).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
