//! Fetches a small file from a web server, if it is another than the one that is known: the one place of this room that
//! speaks HTTP.

use std::time::Duration;

use reqwest::header::{ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::spaces::http::sentence;

/// How long all of it may take.
const WHOLE: Duration = Duration::from_secs(10);
/// The largest file that is read.
const LARGEST: usize = 256 << 10;
/// So many redirections are followed.
const MOST_REDIRECTIONS: usize = 3;

/// By what a server knows a file again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Tags {
    etag: Option<String>,
    last_modified: Option<String>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Got {
    /// It is as it was.
    Unchanged,
    /// There is none.
    Missing(u16),
    /// It.
    File(Vec<u8>, Tags),
}

/// A client that fetches files.
#[derive(Debug, Clone)]
pub(super) struct Client(reqwest::Client);

impl Client {
    pub(super) fn new() -> Result<Self, String> {
        let builder = reqwest::Client::builder()
            .timeout(WHOLE)
            .redirect(Policy::custom(|attempt| {
                if stays(&attempt) {
                    attempt.follow()
                } else {
                    attempt.error("it is redirected to where no file is fetched from")
                }
            }))
            // The length that the server tells is that of the file.
            .no_gzip()
            .user_agent(concat!("Tapdesk/", env!("CARGO_PKG_VERSION")));
        builder.build().map(Self).map_err(|error| sentence(&error))
    }

    /// Fetches a file, unless it is the one of these tags. In a sentence why it cannot be.
    pub(super) async fn get(&self, url: Url, known: &Tags) -> Result<Got, String> {
        let mut request = self.0.get(url);
        for (header, value) in [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(header, value);
            }
        }
        let mut reply = request.send().await.map_err(|error| sentence(&error))?;
        match reply.status() {
            StatusCode::OK => {}
            StatusCode::NOT_MODIFIED => return Ok(Got::Unchanged),
            status @ (StatusCode::NOT_FOUND | StatusCode::GONE) => return Ok(Got::Missing(status.as_u16())),
            status => return Err(format!("the server answers {status}")),
        }
        let tags = Tags { etag: header(&reply, &ETAG), last_modified: header(&reply, &LAST_MODIFIED) };
        let mut bytes = Vec::new();
        let too_large = || format!("it is larger than {} kB", LARGEST >> 10);
        if reply.content_length().is_some_and(|length| length > LARGEST as u64) {
            return Err(too_large());
        }
        while let Some(chunk) = reply.chunk().await.map_err(|error| format!("it broke off: {}", sentence(&error)))? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Got::File(bytes, tags))
    }
}

/// Whether a redirection leads to where the file could have been from the first: what is encrypted stays so, and what is on
/// this machine stays on it.
fn stays(attempt: &Attempt<'_>) -> bool {
    let (next, Some(first)) = (attempt.url(), attempt.previous().first()) else { return false };
    attempt.previous().len() <= MOST_REDIRECTIONS
        && next.scheme() == first.scheme()
        && (next.scheme() == "https" || next.host() == first.host())
}

fn header(reply: &Response, name: &HeaderName) -> Option<String> {
    reply.headers().get(name)?.to_str().ok().map(str::to_owned)
}
