//! Changes keys in a configuration file and leaves all else as a person wrote it: comments, order, spaces.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike};

use super::fault::BadConfiguration;
use super::source::{Configuration, Content, Origin, Source};

/// The mode of a file that was not there: all may read it, since no secret stands in it.
const NEW_FILE: u32 = 0o644;
/// A link is followed so often.
const MOST_LINKS: u8 = 40;

/// A key that is to be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The key with its section: `kiosk.theme`.
    pub key: String,
    /// Its new value; none to take the key out.
    pub value: Option<Value>,
}

/// A key that was changed in the file, and has another value all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The key.
    pub key: String,
    /// What overrides it, in a person's words: `environment variable TAPDESK_…`.
    pub by: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file cannot be read or written.
    #[error("{path}: {cause}; let this user write the file and its folder, or name another file", path = .path.display())]
    File {
        /// The file, or its folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// What stands in the file is no TOML.
    #[error("{path}: {what}; correct the file first", path = .path.display())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        what: String,
    },
    /// Something that is no section stands where a section is needed.
    #[error("{path}: `{key}` is no section; make it one, or take it out", path = .path.display())]
    NoSection {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// The value has no form in TOML.
    #[error("`{key}`: {what}")]
    NoValue {
        /// The key.
        key: String,
        /// What is wrong.
        what: String,
    },
    /// The configuration would be refused with these changes.
    #[error(transparent)]
    Refused(#[from] BadConfiguration),
    /// The file is none of those that the configuration comes from.
    #[error("{path} is not a file that the configuration is read from; it is read from {read}", path = .path.display())]
    NotRead {
        /// The file.
        path: PathBuf,
        /// The others.
        read: String,
    },
}

impl Change {
    /// Gives `key` this value.
    pub fn set(key: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { key: key.into(), value: Some(value.into()) }
    }

    /// Takes `key` out, so that a lower layer or the default has effect.
    pub fn remove(key: impl Into<String>) -> Self {
        Self { key: key.into(), value: None }
    }
}

/// Changes keys in the file at `path`, one of those of `source`; makes it, and its folder, where it is missing. Either
/// all changes are in the file and durable when this answers, or none: what would be refused is not written. Answers
/// with the keys that another layer overrides. Blocks.
pub fn write(path: &Path, changes: &[Change], source: &Source) -> Result<Vec<Overridden>, WriteError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |cause| WriteError::File { path, cause }
    };
    // A link stays one: whoever made it wants the file behind it changed.
    let target = behind_links(path).map_err(failed(path))?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let opened = fs::File::open(folder).map_err(failed(folder))?;
    // Two that change the file at the same moment must not lose each other's changes.
    opened.lock().map_err(failed(folder))?;

    let old = match fs::read_to_string(&target) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(cause) => return Err(failed(&target)(cause)),
    };
    let new = changed(&old, changes, path)?;
    let configuration = as_it_would_be(path, &new, source)?;
    if new != old || !target.exists() {
        put(&target, folder, &new).map_err(failed(&target))?;
        opened.sync_all().map_err(failed(folder))?;
    }
    Ok(overridden(path, changes, &configuration))
}

/// What a change would make of the configuration.
#[derive(Debug)]
pub struct Plan {
    /// The file that would be written.
    pub path: PathBuf,
    /// The configuration with it.
    pub configuration: Configuration,
    /// Whether the file would be another.
    pub is_change: bool,
    /// The keys that would have another value all the same.
    pub overridden: Vec<Overridden>,
}

/// What [`write`] would do with the user's file; nothing is written. Blocks.
pub fn plan(changes: &[Change], source: &Source) -> Result<Plan, WriteError> {
    let path = source.user_file().ok_or_else(|| WriteError::NotRead { path: PathBuf::new(), read: String::new() })?;
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(cause) => return Err(WriteError::File { path, cause }),
    };
    let new = changed(&old, changes, &path)?;
    let configuration = as_it_would_be(&path, &new, source)?;
    let overridden = overridden(&path, changes, &configuration);
    Ok(Plan { is_change: new != old, path, configuration, overridden })
}

/// The file's text with these changes.
fn changed(old: &str, changes: &[Change], path: &Path) -> Result<String, WriteError> {
    let mut document: DocumentMut = old.parse().map_err(|error: toml_edit::TomlError| WriteError::NotToml {
        path: path.to_path_buf(),
        what: error.to_string(),
    })?;
    for Change { key, value } in changes {
        let parts: Vec<&str> = key.split('.').collect();
        let Some((name, sections)) = parts.split_last() else { continue };
        let no_section = |key: &str| WriteError::NoSection { path: path.to_path_buf(), key: key.to_owned() };
        match value {
            Some(value) => {
                let value = value.serialize(toml_edit::ser::ValueSerializer::new());
                let no_value = |error: toml_edit::ser::Error| error.to_string();
                let value = value.map_err(no_value).map_err(|what| WriteError::NoValue { key: key.clone(), what })?;
                let section = section(document.as_table_mut(), sections, true).map_err(no_section)?;
                if let Some(section) = section {
                    set(section, name, value);
                }
            }
            None => {
                if let Some(section) = section(document.as_table_mut(), sections, false).map_err(no_section)? {
                    remove(section, name);
                }
            }
        }
    }
    Ok(document.to_string())
}

/// The section under these names; made where it is missing, if asked for. Fails with the name of what is no section.
fn section<'a, 'n>(
    mut section: &'a mut dyn TableLike,
    names: &[&'n str],
    make: bool,
) -> Result<Option<&'a mut dyn TableLike>, &'n str> {
    let mut inline = false;
    for name in names {
        if !section.contains_key(name) {
            if !make {
                return Ok(None);
            }
            let new = if inline { Item::Value(InlineTable::new().into()) } else { Item::Table(Table::new()) };
            section.insert(name, new);
        }
        let Some(item) = section.get_mut(name) else { return Ok(None) };
        inline = item.is_inline_table();
        section = item.as_table_like_mut().ok_or(*name)?;
    }
    Ok(Some(section))
}

fn set(section: &mut dyn TableLike, name: &str, mut value: toml_edit::Value) {
    match section.get_mut(name) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                // The spaces before it and the comment behind it.
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            section.insert(name, Item::Value(value));
        }
    }
}

/// Takes a key out, with the comment right above it; what stands further up, behind an empty line, stays.
fn remove(section: &mut dyn TableLike, name: &str) {
    let above = section.key(name).and_then(|key| key.leaf_decor().prefix()?.as_str().map(str::to_owned));
    let kept = above.as_deref().and_then(|above| above.rfind("\n\n").map(|end| above[..end + 2].to_owned()));
    let next = section.iter().map(|(name, _)| name.to_owned()).skip_while(|other| other != name).nth(1);
    section.remove(name);
    if let (Some(kept), Some(next)) = (kept, next)
        && let Some(mut key) = section.key_mut(&next)
    {
        let own = key.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
        key.leaf_decor_mut().set_prefix(format!("{kept}{own}"));
    }
}

/// The configuration with this text in the file's place.
fn as_it_would_be(path: &Path, text: &str, source: &Source) -> Result<Configuration, WriteError> {
    let mut files = source.look();
    let Some(file) = files.iter_mut().find(|file| file.path == path) else {
        let read: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
        return Err(WriteError::NotRead { path: path.to_path_buf(), read: read.join(" and ") });
    };
    file.content = Content::Text(text.to_owned());
    Ok(Source::read_from(files)?)
}

/// Which of the changed keys have their value from a layer above the file.
fn overridden(path: &Path, changes: &[Change], configuration: &Configuration) -> Vec<Overridden> {
    let layer = |origin: &Origin| match origin {
        Origin::Default => None,
        Origin::File(file) => configuration.files.iter().position(|other| other.path == *file),
        Origin::Fleet(_) => configuration.files.iter().position(|other| other.fleet.is_some()),
        Origin::Variable(_) => Some(configuration.files.len()),
    };
    let own = layer(&Origin::File(path.to_path_buf()));
    let above = |change: &Change| {
        let mut origins = configuration.items.iter().filter_map(|item| item.origin_of(&change.key));
        let by = origins.find(|origin| layer(origin) > own)?;
        Some(Overridden { key: change.key.clone(), by: by.to_string() })
    };
    changes.iter().filter_map(above).collect()
}

/// The file that a chain of links ends at; it may be missing.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            // No link, or nothing at all.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => return Ok(path),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links, one to the other"))
}

/// Replaces the file at once: whoever reads it sees the old text or the new one.
fn put(target: &Path, folder: &Path, text: &str) -> io::Result<()> {
    let old = fs::metadata(target).ok();
    let mut file = tempfile::Builder::new().prefix(".tapdesk-").suffix(".new").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    let mode = old.as_ref().map_or(NEW_FILE, |old| old.mode() & 0o7777);
    if let Some(old) = old {
        let new = file.as_file().metadata()?;
        if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
            // An administrator who changes a user's file leaves it theirs; others may not, and write it all the same.
            drop(std::os::unix::fs::fchown(file.as_file(), Some(old.uid()), Some(old.gid())));
        }
    }
    file.as_file().set_permissions(Permissions::from_mode(mode))?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}
