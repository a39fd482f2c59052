//! This kiosk's own id: the `client_id` of its sign-in and the name of its key-store entries.

use std::io::{self, Write};
use std::path::Path;

use uuid::Uuid;

use crate::durable;

/// A GUID made once and kept in the data folder, so that several kiosks can run under one user and one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceId(String);

impl DeviceId {
    /// Reads the id from `data_dir`, or makes one there.
    pub fn of(data_dir: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(data_dir)?;
        let path = data_dir.join("device_id");
        match std::fs::read_to_string(&path) {
            Ok(text) => Uuid::parse_str(text.trim()).map(|id| Self(id.to_string())).map_err(|_| {
                let message = format!("{}: not a device id; remove the file and sign in again", path.display());
                io::Error::new(io::ErrorKind::InvalidData, message)
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let id = Uuid::new_v4().to_string();
                let written = data_dir.join(format!("device_id.{id}"));
                let mut file = std::fs::File::create_new(&written)?;
                writeln!(file, "{id}")?;
                file.sync_all()?;
                // Two programs starting at the same moment must agree: the link that is made first wins, whole.
                let linked = std::fs::hard_link(&written, &path);
                std::fs::remove_file(&written)?;
                match linked {
                    Ok(()) => Ok(Self(id)),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::of(data_dir),
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// An id that no device has, and that is not kept.
    pub fn random() -> Self {
        Self(Uuid::new_v4().to_string())
    }

    /// Forgets the id kept in `data_dir`; the next start makes another.
    pub fn forget(data_dir: &Path) -> io::Result<()> {
        durable::remove(&data_dir.join("device_id"))
    }

    /// The GUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_once_and_a_damaged_one_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let first = DeviceId::of(folder.path()).unwrap();
        assert_eq!(DeviceId::of(folder.path()).unwrap(), first);
        std::fs::write(folder.path().join("device_id"), "not a guid").unwrap();
        assert!(DeviceId::of(folder.path()).unwrap_err().to_string().contains("sign in again"));
    }
}
