//! The serial line: a pty whose slave side hosts open, behind a link of a stable name.

use std::{
    ffi::OsStr,
    fs, io,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::{ffi::OsStrExt as _, fs::symlink},
    },
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use rustix::{
    fs::{Mode, OFlags},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};

use super::chip::START_BAUD;

/// One plugged-in line. Dropping it is unplugging: hosts get EIO, the link goes away.
#[derive(Debug)]
pub(super) struct Line {
    master: OwnedFd,
    /// Held open so that hosts can come and go without the master seeing the line end.
    slave: OwnedFd,
    pty: PathBuf,
    link: PathBuf,
}

impl Line {
    /// Makes a pty in raw mode and points `link` at it. A link left by an earlier run is replaced, a file is not.
    pub(super) fn open(link: &Path) -> anyhow::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).context("no pty")?;
        grantpt(&master).context("no access to the pty")?;
        unlockpt(&master).context("the pty stays locked")?;
        let name = ptsname(&master, Vec::new()).context("the pty has no name")?;
        let pty = PathBuf::from(OsStr::from_bytes(name.as_bytes()));
        let slave = rustix::fs::open(&pty, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())
            .with_context(|| format!("cannot open {}", pty.display()))?;
        let mut settings = tcgetattr(&slave).context("the pty has no settings")?;
        settings.make_raw();
        settings.set_speed(START_BAUD).context("the pty takes no speed")?;
        tcsetattr(&slave, OptionalActions::Now, &settings).context("the pty takes no settings")?;
        // A host that does not read must not stop the chip: like a UART, it goes on and the bytes are lost.
        rustix::io::ioctl_fionbio(&master, true).context("the pty cannot be made non-blocking")?;
        point(link, &pty)?;
        Ok(Self { master, slave, pty, link: link.to_path_buf() })
    }

    /// The slave side's name, such as `/dev/pts/7`.
    pub(super) fn pty(&self) -> &Path {
        &self.pty
    }

    /// What to wait on for bytes from hosts.
    pub(super) fn readable(&self) -> BorrowedFd<'_> {
        self.master.as_fd()
    }

    /// Bytes that a host has written, as many as are there and fit.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.master, buffer) {
            Ok(count) => Ok(count),
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Gives bytes to the host; what does not fit into the line's buffer is lost.
    pub(super) fn write(&self, bytes: &[u8]) {
        let _ = rustix::io::write(&self.master, bytes);
    }

    /// The speed in baud that the host has set, if it can be known.
    pub(super) fn host_baud(&self) -> Option<u32> {
        tcgetattr(&self.slave).ok().map(|settings| settings.output_speed())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if fs::read_link(&self.link).is_ok_and(|target| target == self.pty) {
            let _ = fs::remove_file(&self.link);
        }
    }
}

/// Points `link` at `pty` in one step, so that no host ever sees it half made.
fn point(link: &Path, pty: &Path) -> anyhow::Result<()> {
    let refused = || format!("cannot make the link {}", link.display());
    if let Ok(existing) = fs::symlink_metadata(link) {
        ensure!(existing.is_symlink(), "{} exists and is not a link", link.display());
    }
    let mut draft = link.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let _ = fs::remove_file(&draft);
    symlink(pty, &draft).with_context(refused)?;
    fs::rename(&draft, link).with_context(refused)
}
