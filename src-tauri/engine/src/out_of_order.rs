//! "Out of order", as staff set it: a file in the data folder, so that it survives a restart and a running kiosk sees it;
//! and as the fleet's file has it. Each of them ends only its own.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::watch;

use crate::controller::Handle;
use crate::durable;

/// Between two looks at the file.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So many characters of a note are shown.
const LONGEST_NOTE: usize = 300;

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("out_of_order")
}

/// Puts the kiosk out of order, with a note for who stands before it, or in order again (none). Durable when it answers.
pub(crate) fn set(data_dir: &Path, note: Option<&str>) -> io::Result<()> {
    let file = file(data_dir);
    let Some(note) = note else {
        return durable::remove(&file);
    };
    fs::create_dir_all(data_dir)?;
    // A running kiosk must never read half of it.
    let unfinished = data_dir.join("out_of_order.new");
    let mut written = fs::File::create(&unfinished)?;
    written.write_all(note.as_bytes())?;
    written.sync_all()?;
    fs::rename(&unfinished, &file)?;
    fs::File::open(data_dir)?.sync_all()
}

/// What staff have to say of a kiosk that is out of order; none for one that is not.
pub(crate) fn note(data_dir: &Path) -> Option<String> {
    match fs::read(file(data_dir)) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).trim().chars().take(LONGEST_NOTE).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        // Somebody put it there: better closed than open against their will.
        Err(_) => Some(String::new()),
    }
}

/// Tells the desk at every change. What staff say stands before what is said from afar: they are there.
pub(crate) async fn follow(data_dir: PathBuf, mut from_afar: watch::Receiver<Option<String>>, handle: Handle) {
    let mut told = None;
    loop {
        let data_dir = data_dir.clone();
        if let Ok(staff) = tokio::task::spawn_blocking(move || note(&data_dir)).await {
            let by_staff = staff.is_some();
            let from_afar = from_afar.borrow_and_update().clone();
            let note = staff.or(from_afar);
            if note != told {
                tracing::info!(out_of_order = note.is_some(), note, by_staff, "out of order");
                handle.out_of_order(note.clone());
                told = note;
            }
        }
        let changed = async {
            // Nobody will say anything from afar any more.
            if from_afar.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        // It ends with its time, or with what is said from afar.
        drop(tokio::time::timeout(LOOK_EVERY, changed).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_until_it_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("not there yet");
        assert_eq!(note(&data_dir), None);
        set(&data_dir, None).unwrap();
        set(&data_dir, Some(" Back at noon\n")).unwrap();
        assert_eq!(note(&data_dir).as_deref(), Some("Back at noon"));
        set(&data_dir, Some("")).unwrap();
        assert_eq!(note(&data_dir).as_deref(), Some(""));
        set(&data_dir, None).unwrap();
        set(&data_dir, None).unwrap();
        assert_eq!(note(&data_dir), None);
        fs::create_dir(data_dir.join("out_of_order")).unwrap();
        assert_eq!(note(&data_dir).as_deref(), Some(""), "what cannot be read was put there all the same");
        fs::remove_dir(data_dir.join("out_of_order")).unwrap();
        fs::write(data_dir.join("out_of_order"), [0xff; 2000]).unwrap();
        assert_eq!(note(&data_dir).unwrap().chars().count(), LONGEST_NOTE);
    }
}
