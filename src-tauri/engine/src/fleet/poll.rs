//! One look at what is published: the file and its signature, or why they are not to be had.

use std::time::Duration;

use url::Url;

use super::fetch::{Client, Got, Tags};
use super::state::Signed;

/// After failures the pause grows up to this.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// What is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// What was accepted before.
    Unchanged,
    /// Something else.
    Another(Signed, Tags),
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotFound {
    /// The server does not give it: perhaps later.
    NotReached(String),
    /// Something is there, and it cannot be used.
    NoUse(String),
}

/// Looks at what is published at `url`. Both parts are fetched where one of them may have changed: they are accepted
/// together.
pub(super) async fn look(client: &Client, url: &Url, known: &Tags) -> Result<Found, NotFound> {
    let not_reached = |name: &str, why: &str| NotFound::NotReached(format!("{name} cannot be fetched: {why}"));
    let got = client.get(url.clone(), known).await.map_err(|why| not_reached("the file", &why))?;
    let (bytes, tags) = match got {
        Got::Unchanged => return Ok(Found::Unchanged),
        Got::Missing(status) => {
            return Err(NotFound::NotReached(format!("the file is not there: the server answers {status}")));
        }
        Got::File(bytes, tags) => (bytes, tags),
    };
    let got = client.get(beside(url), &Tags::default()).await.map_err(|why| not_reached("its signature", &why))?;
    let signature = match got {
        Got::File(bytes, _) => bytes,
        Got::Missing(_) | Got::Unchanged => {
            return Err(NotFound::NoUse(
                "is not signed: no `.minisig` lies beside it; upload the one that `minisign -S` makes".to_owned(),
            ));
        }
    };
    let text = String::from_utf8(bytes).map_err(|_| NotFound::NoUse("is no text in UTF-8".to_owned()))?;
    // What is no text is no signature either, and is said to be none.
    let signature = String::from_utf8_lossy(&signature).into_owned();
    Ok(Found::Another(Signed { text, signature }, tags))
}

/// Where the signature of a file lies.
fn beside(url: &Url) -> Url {
    let mut beside = url.clone();
    beside.set_path(&format!("{}.minisig", url.path()));
    beside
}

/// How long to wait for the next look, after so many failures in a row; `by` is a random part of one, so that kiosks that
/// were switched on together do not ask together for ever.
pub(super) fn pause(every: Duration, failures: u32, by: f64) -> Duration {
    let longer = every.saturating_mul(2_u32.saturating_pow(failures.min(16)));
    longer.min(every.max(LONGEST_PAUSE)).mul_f64(0.9 + 0.2 * by.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_with_failures_up_to_an_hour_and_is_never_quite_the_same() {
        let (half, minutes) = (Duration::from_secs(30), |minutes| Duration::from_mins(minutes));
        for (every, failures, expected) in [
            (half, 0, half),
            (half, 1, minutes(1)),
            (half, 3, minutes(4)),
            (half, 6, minutes(32)),
            (half, 7, minutes(60)),
            (half, u32::MAX, minutes(60)),
            (minutes(5), 2, minutes(20)),
            (minutes(24 * 60), 9, minutes(24 * 60)),
        ] {
            for (by, part) in [(0.0, 0.9), (0.5, 1.0), (1.0, 1.1)] {
                let pause = pause(every, failures, by);
                let expected = expected.mul_f64(part);
                assert!(pause.abs_diff(expected) < Duration::from_millis(1), "{every:?} {failures} {by}: {pause:?}");
            }
        }
    }

    #[test]
    fn the_signature_lies_beside_the_file() {
        let url = Url::parse("https://a.example:8443/x/kiosks.toml").unwrap();
        assert_eq!(beside(&url).as_str(), "https://a.example:8443/x/kiosks.toml.minisig");
    }
}
