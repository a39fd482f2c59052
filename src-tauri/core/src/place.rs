//! Tiles that stand for a place and not for a person.

/// Whether this address is what the service writes into an automation tile: a sticker on a wall, to be touched with a phone
/// (`nexudus-api.md` section 10: `https://spaces.nexudus.com/tiles/{GUID}`; a location may have a subdomain of that).
pub fn is_automation_tile(address: &str) -> bool {
    const SERVICE: &str = "spaces.nexudus.com";
    let address = address.to_ascii_lowercase();
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else { return false };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let is_service = host == SERVICE || host.strip_suffix(SERVICE).is_some_and(|sub| sub.ends_with('.'));
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let number = path[..end].trim_end_matches('/').strip_prefix("tiles/");
    is_service && number.is_some_and(is_guid)
}

/// 32 hexadecimal digits, alone or in the five groups of a GUID.
fn is_guid(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups: Vec<&str> = text.split('-').collect();
    match groups.as_slice() {
        [one] => one.len() == 32 && digits(one),
        _ => groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(|group| digits(group)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_places_and_others() {
        let guid = "0b1f7a52-9c34-4d8e-a1b2-c3d4e5f60718";
        let place = |address: &str| is_automation_tile(&address.replace("GUID", guid));
        for address in [
            "https://spaces.nexudus.com/tiles/GUID",
            "HTTPS://Spaces.Nexudus.com/tiles/GUID/",
            "http://spaces.nexudus.com/tiles/GUID?from=qr#top",
            "https://coworking.spaces.nexudus.com/tiles/GUID",
            "https://spaces.nexudus.com/tiles/0b1f7a529c344d8ea1b2c3d4e5f60718",
        ] {
            assert!(place(address), "{address}");
        }
        for address in [
            "",
            "https://spaces.nexudus.com",
            "https://spaces.nexudus.com/tiles/",
            "https://spaces.nexudus.com/tiles/17",
            "https://spaces.nexudus.com/tiles/GUID/more",
            "https://spaces.nexudus.com/members/GUID",
            "https://spaces.nexudus.com.example.org/tiles/GUID",
            "https://notspaces.nexudus.com/tiles/GUID",
            "https://example.org/tiles/GUID?https://spaces.nexudus.com/tiles/GUID",
            "ftp://spaces.nexudus.com/tiles/GUID",
            "https://spaces.nexudus.com/tiles/éb1f7a52-9c34-4d8e-a1b2-c3d4e5f60718",
        ] {
            assert!(!place(address), "{address}");
        }
    }
}
