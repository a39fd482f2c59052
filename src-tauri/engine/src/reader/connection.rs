//! Connections: the device file in one, and of libnfc's strings whether it can be used, and the lock that keeps two programs
//! from it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Whether the device file of a reader exists; true where there is none to look for.
pub(super) fn is_there(connection: Option<&str>) -> bool {
    connection.and_then(device_file).is_none_or(|file| file.exists())
}

/// The device file in a connection string; none where there is none.
pub(crate) fn device_file(connection: &str) -> Option<PathBuf> {
    if connection.starts_with('/') {
        return Some(PathBuf::from(connection));
    }
    parts(connection).map(|(_, path, _)| PathBuf::from(path))
}

/// Driver, device file and speed; none where there is no device file. A name below /dev/serial may have colons of its own.
fn parts(connection: &str) -> Option<(&str, &str, Option<&str>)> {
    let (driver, rest) = connection.split_once(':').filter(|(_, rest)| rest.starts_with('/'))?;
    let is_speed = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let with_speed = rest.rsplit_once(':').filter(|(_, speed)| is_speed(speed) && !Path::new(rest).exists());
    let (path, speed) = with_speed.map_or((rest, None), |(path, speed)| (path, Some(speed)));
    Some((driver, path, speed))
}

/// A connection string that libnfc can use, and the device file in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) connection: String,
    pub(super) device: Option<PathBuf>,
}

/// libnfc splits its connection string at every colon, so a device path with colons in it (`/dev/serial/by-path/…`) is
/// replaced by the device it points to. A path that does not exist is said here, since libnfc leaks at each failed open
/// and has one error for everything.
pub(super) fn resolve(connection: &str) -> Result<Resolved, String> {
    let Some((driver, path, speed)) = parts(connection) else {
        return Ok(Resolved { connection: connection.to_owned(), device: None });
    };
    let device = Path::new(path).canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{path} is not there; plug the reader in, or correct `reader.connection`"),
        _ => format!("{path}: {error}"),
    })?;
    File::options().read(true).write(true).custom_open(&device).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("{path}: this user may not use it; add the user to the group that owns it (dialout on Debian)")
        }
        _ => format!("{path}: {error}"),
    })?;
    let shown = device.display().to_string();
    if shown.contains(':') {
        return Err(format!("{path}: libnfc cannot use a path with a colon in it; name the device by another link"));
    }
    let connection = speed.map_or_else(|| format!("{driver}:{shown}"), |speed| format!("{driver}:{shown}:{speed}"));
    Ok(Resolved { connection, device: Some(device) })
}

trait OpenWithoutControl {
    fn custom_open(&mut self, path: &Path) -> io::Result<()>;
}

impl OpenWithoutControl for std::fs::OpenOptions {
    /// Opens and closes a terminal device without becoming its owner and without waiting for a carrier.
    #[cfg(unix)]
    fn custom_open(&mut self, path: &Path) -> io::Result<()> {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits();
        self.custom_flags(i32::try_from(flags).unwrap_or_default()).open(path).map(drop)
    }

    #[cfg(not(unix))]
    fn custom_open(&mut self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps other Tapdesks from a reader, known by its device file or by its name, as long as the file is held.
pub(super) fn lock(device: &Path, lock_dir: &Path) -> Result<File, String> {
    let is_safe = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name = device.display().to_string().replace(|letter| !is_safe(letter), "_");
    let path = lock_dir.join(format!("reader{name}.lock"));
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(lock_dir).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    file.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => {
            format!("{}: another Tapdesk uses this reader; stop it, or name another reader", device.display())
        }
        std::fs::TryLockError::Error(error) => failed(error),
    })?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connection_strings() {
        let folder = tempfile::tempdir().unwrap();
        let device = folder.path().canonicalize().unwrap().join("ttyUSB0");
        std::fs::write(&device, "").unwrap();
        let by_path = folder.path().join("pci-0000:00:14.0-usb-0:1:1.0-port0");
        std::os::unix::fs::symlink(&device, &by_path).unwrap();
        let resolved = |connection: String| resolve(&connection).map(|resolved| resolved.connection);
        let plain = format!("pn532_uart:{}", device.display());
        assert_eq!(resolved(format!("{plain}:115200")), Ok(format!("{plain}:115200")));
        assert_eq!(resolved(plain.clone()), Ok(plain.clone()));
        assert_eq!(resolved(format!("pn532_uart:{}:115200", by_path.display())), Ok(format!("{plain}:115200")));
        assert_eq!(resolved(format!("pn532_uart:{}", by_path.display())), Ok(plain));
        assert_eq!(resolved("acr122_usb:001:004".to_owned()), Ok("acr122_usb:001:004".to_owned()));
        assert_eq!(resolved("pn53x_usb".to_owned()), Ok("pn53x_usb".to_owned()));
        assert_eq!(device_file("pn532_uart:/dev/none:115200"), Some("/dev/none".into()));
        assert_eq!(device_file(&format!("pn532_uart:{}", by_path.display())), Some(by_path));
        let keyboard = "/dev/input/by-path/pci-0000:00:14.0-usb-0:1:1.0-event-kbd";
        assert_eq!(device_file(keyboard), Some(keyboard.into()));
        assert_eq!((device_file("acr122_usb:001:004"), device_file("pn53x_usb")), (None, None));
        let missing = resolved(format!("pn532_uart:{}/none:115200", folder.path().display())).unwrap_err();
        assert!(missing.contains("is not there; plug the reader in"), "{missing}");
    }

    #[test]
    fn two_kiosks_do_not_share_a_reader() {
        let folder = tempfile::tempdir().unwrap();
        let device = Path::new("/dev/ttyUSB0");
        let held = lock(device, folder.path()).unwrap();
        assert!(lock(device, folder.path()).unwrap_err().contains("another Tapdesk"));
        drop(held);
        assert!(lock(device, folder.path()).is_ok());
    }
}
