//! A name for a simulated line where nfcpy looks for serial lines.

use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// A name under /dev; it goes away with its owner.
#[derive(Debug)]
pub struct DeviceName(PathBuf);

impl DeviceName {
    /// Names the line that this leads to. Only root can.
    pub fn new(link: &Path) -> anyhow::Result<Self> {
        for number in 91..=99 {
            let name = PathBuf::from(format!("/dev/ttyUSB{number}"));
            if name.is_symlink() && !name.exists() {
                let _ = std::fs::remove_file(&name);
            }
            match symlink(link, &name) {
                Ok(()) => return Ok(Self(name)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).context("nfcpy needs a link in /dev, which only root can make"),
            }
        }
        bail!("/dev/ttyUSB91 to /dev/ttyUSB99 are all taken")
    }

    /// nfcpy's name of the reader, such as `tty:USB91:pn532`.
    pub fn nfcpy_path(&self) -> String {
        format!("{}:pn532", self.0.display().to_string().replace("/dev/tty", "tty:"))
    }
}

impl Drop for DeviceName {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
