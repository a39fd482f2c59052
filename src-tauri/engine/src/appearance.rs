//! What the operator's configuration makes of the screen: read once at start, pictures and QR code included.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use qrcode::{Color, EcLevel, QrCode};
use url::Url;

use crate::settings::Settings;

/// The largest picture file that is shown, in bytes: the page holds it in memory for months.
const LARGEST_PICTURE: u64 = 2 << 20;

/// The pictures and codes that the screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures {
    /// The logo, as a `data:` address.
    pub logo: Option<String>,
    /// The banner, as a `data:` address.
    pub banner: Option<String>,
    /// The renewal page as a QR code.
    pub renewal: Option<Renewal>,
}

/// The page where a member renews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Its address.
    pub address: String,
    /// The QR code's rows, a `1` for each dark module; without the quiet zone.
    pub modules: Vec<String>,
}

/// The pictures of this configuration. One that cannot be shown is left out, and the log says why: a kiosk without its
/// logo still checks people in.
pub fn pictures(settings: &Settings) -> Pictures {
    let shown = |key: &str, path: &Option<std::path::PathBuf>| {
        let path = path.as_deref()?;
        picture(path).inspect_err(|error| tracing::warn!(key, path = %path.display(), %error, "is not shown")).ok()
    };
    Pictures {
        logo: shown("kiosk.logo", &settings.kiosk.logo),
        banner: shown("kiosk.banner", &settings.kiosk.banner),
        renewal: settings.kiosk.renewal_page.as_ref().and_then(renewal),
    }
}

/// A picture file as a `data:` address.
pub fn picture(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        // A device or a pipe could be read for ever.
        return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no file"));
    }
    let length = metadata.len();
    if length > LARGEST_PICTURE {
        let sentence = format!("{length} bytes are too many: a file of at most {LARGEST_PICTURE} bytes is needed");
        return Err(io::Error::new(io::ErrorKind::InvalidData, sentence));
    }
    let bytes = fs::read(path)?;
    let Some(kind) = picture_type(&bytes) else {
        let sentence = "this is no SVG, PNG, JPEG, WebP or GIF picture";
        return Err(io::Error::new(io::ErrorKind::InvalidData, sentence));
    };
    Ok(format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes)))
}

/// The media type of a picture, by its first bytes: a file's name proves nothing.
pub(crate) fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    let text_begins = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes[text_begins..]);
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => {
            let start = std::str::from_utf8(&bytes[..bytes.len().min(1024)])
                .unwrap_or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default());
            let is_svg = start.starts_with("<svg")
                || (start.starts_with("<?xml") || start.starts_with("<!")) && start.contains("<svg");
            is_svg.then_some("image/svg+xml")
        }
    }
}

fn renewal(page: &Url) -> Option<Renewal> {
    let code = QrCode::with_error_correction_level(page.as_str(), EcLevel::M)
        .inspect_err(|error| tracing::warn!(%error, "kiosk.renewal_page is not shown"))
        .ok()?;
    let row = |row: &[Color]| row.iter().map(|module| if *module == Color::Dark { '1' } else { '0' }).collect();
    let modules = code.to_colors().chunks(code.width()).map(row).collect();
    Some(Renewal { address: page.to_string(), modules })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        let cases: [(&[u8], Option<&str>); 9] = [
            (b"\x89PNG\r\n\x1a\n", Some("image/png")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Some("image/webp")),
            (b"<svg xmlns=\"x\"/>", Some("image/svg+xml")),
            (b"\n<?xml version=\"1.0\"?>\n<!-- a --><svg/>", Some("image/svg+xml")),
            (b"<html><svg/></html>", None),
            (b"null", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(picture_type(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_file_that_is_no_picture_says_what_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logo.png");
        assert!(picture(&path).is_err());
        for endless in [Path::new("/dev/zero"), folder.path()] {
            assert!(picture(endless).unwrap_err().to_string().contains("no file"), "{}", endless.display());
        }
        fs::write(&path, "a text").unwrap();
        assert!(picture(&path).unwrap_err().to_string().contains("SVG, PNG"));
        fs::write(&path, [b"<svg>".as_slice(), &vec![b' '; 3 << 20]].concat()).unwrap();
        assert!(picture(&path).unwrap_err().to_string().contains("too many"));
        fs::write(&path, "<svg/>").unwrap();
        assert_eq!(picture(&path).unwrap(), "data:image/svg+xml;base64,PHN2Zy8+");
    }

    #[test]
    fn a_qr_code_is_square_with_its_three_finders() {
        let renewal = renewal(&Url::parse("https://quayhouse.example.org/renew").unwrap()).unwrap();
        let side = renewal.modules.len();
        assert!(renewal.modules.iter().all(|row| row.len() == side));
        let finder = "1111111";
        assert!(renewal.modules[0].starts_with(finder) && renewal.modules[0].ends_with(finder));
        assert!(renewal.modules[side - 1].starts_with(finder) && !renewal.modules[side - 1].ends_with(finder));
    }
}
