//! Faults to be met by chosen requests: a closed list of kinds, each with a scope and a count.
//!
//! Only says which faults meet a request; the service and the transport carry them out.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The connection is closed without a reply and nothing was done.
    DropBeforeCommit,
    /// The request is carried out, then the connection is closed without a reply.
    DropAfterCommit,
    /// The request is carried out only after this time, and the reply sent then, whether or not the client still waits.
    CommitAfterTimeout {
        /// How long it is held.
        milliseconds: u64,
    },
    /// The request is carried out at once and the reply held for this time.
    Delay {
        /// How long the reply is held.
        milliseconds: u64,
    },
    /// Held until released, whether or not the client still waits.
    Hold {
        /// Whether it is carried out before it is held, or only when it is released.
        commit_first: bool,
    },
    /// The reply's body trickles.
    SlowBody {
        /// Bytes in one piece.
        bytes: usize,
        /// Pause before each piece.
        every_milliseconds: u64,
    },
    /// The reply promises its whole length and ends after so many bytes of the body.
    TruncatedBody {
        /// Bytes of the body that are sent.
        keep_bytes: usize,
    },
    /// A gateway's HTML page; nothing was done.
    ServerError {
        /// 500 to 599.
        status: u16,
    },
    /// HTTP 200 with a log-in page in HTML from somebody else's network; nothing was done.
    CaptivePortal,
    /// Throttled, as section 2 says; nothing was done.
    Throttle {
        /// Else the switch `throttle_status`.
        #[serde(default)]
        status: Option<u16>,
        /// `Retry-After`; left out when `None`.
        #[serde(default)]
        retry_after_seconds: Option<u64>,
    },
    /// The `Date` header of the reply is off by so many seconds; nothing else is.
    ClockSkew {
        /// Positive is ahead.
        seconds: i64,
    },
    /// All access tokens die before the request is looked at.
    RevokeAccessTokens,
    /// All refresh tokens die before the request is looked at.
    RevokeRefreshTokens,
    /// The connection is reset (RST) without a reply; nothing was done.
    ConnectionReset,
}

impl FaultKind {
    /// The kind as it stands in the log and in JSON, `drop_after_commit`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DropBeforeCommit => "drop_before_commit",
            Self::DropAfterCommit => "drop_after_commit",
            Self::CommitAfterTimeout { .. } => "commit_after_timeout",
            Self::Delay { .. } => "delay",
            Self::Hold { .. } => "hold",
            Self::SlowBody { .. } => "slow_body",
            Self::TruncatedBody { .. } => "truncated_body",
            Self::ServerError { .. } => "server_error",
            Self::CaptivePortal => "captive_portal",
            Self::Throttle { .. } => "throttle",
            Self::ClockSkew { .. } => "clock_skew",
            Self::RevokeAccessTokens => "revoke_access_tokens",
            Self::RevokeRefreshTokens => "revoke_refresh_tokens",
            Self::ConnectionReset => "connection_reset",
        }
    }
}

/// A fault, whom it meets and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Given when injected.
    #[serde(default)]
    pub id: u64,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Only this verb; any when `None`.
    #[serde(default)]
    pub method: Option<String>,
    /// Only paths like this, whatever the case, `*` for any run of characters; any path when `None`.
    #[serde(default)]
    pub path: Option<String>,
    /// Matching requests that pass before the first one is met.
    #[serde(default)]
    pub skip: u32,
    /// How many requests are met; no end when `None`.
    #[serde(default = "once")]
    pub count: Option<u32>,
}

#[expect(clippy::unnecessary_wraps, reason = "the shape serde asks for")]
fn once() -> Option<u32> {
    Some(1)
}

impl Fault {
    /// A fault that meets the next request, whichever it is.
    pub fn new(kind: FaultKind) -> Self {
        Self { id: 0, kind, method: None, path: None, skip: 0, count: Some(1) }
    }

    /// Meets only requests with this verb and a path like this (`*` for any run of characters).
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Meets so many requests.
    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Meets every matching request until it is cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.count = None;
        self
    }

    /// Lets so many matching requests pass first.
    #[must_use]
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let method_fits = self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        method_fits && self.path.as_ref().is_none_or(|pattern| path_fits(pattern, path))
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.to_ascii_lowercase(), path.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| path.strip_prefix(head)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.trim_end_matches('/').is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(place) => rest = &rest[place + part.len()..],
            None => return false,
        }
    }
    true
}

/// The faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: VecDeque<Fault>,
    last_id: u64,
}

impl Faults {
    pub(crate) fn inject(&mut self, mut fault: Fault) -> u64 {
        self.last_id += 1;
        fault.id = self.last_id;
        self.waiting.push_back(fault);
        self.last_id
    }

    /// The kinds that meet this request, oldest first; their counts go down.
    pub(crate) fn meet(&mut self, method: &str, path: &str) -> Vec<FaultKind> {
        let mut met = Vec::new();
        for fault in self.waiting.iter_mut().filter(|fault| fault.matches(method, path)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.count != Some(0) {
                fault.count = fault.count.map(|count| count - 1);
                met.push(fault.kind.clone());
            }
        }
        self.waiting.retain(|fault| fault.count != Some(0));
        met
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Fault> {
        self.waiting.iter()
    }

    /// Forgets one fault, or all.
    pub(crate) fn clear(&mut self, id: Option<u64>) {
        self.waiting.retain(|fault| id.is_some_and(|id| fault.id != id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        for (pattern, path, fits) in [
            ("/api/spaces/checkins", "/api/spaces/checkins", true),
            ("/api/spaces/checkins", "/API/Spaces/Checkins/", true),
            ("/api/spaces/checkins", "/api/spaces/checkins/5", false),
            ("/api/spaces/checkins/*", "/api/spaces/checkins/5", true),
            ("*checkins*", "/api/spaces/failedcheckins", true),
            ("/api/*/coworkers", "/api/spaces/coworkers", true),
            ("*token", "/api/token", true),
            ("*token", "/api/tokens", false),
        ] {
            assert_eq!(path_fits(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn skip_and_count_are_used_up() {
        let mut faults = Faults::default();
        faults.inject(Fault::new(FaultKind::CaptivePortal).on("GET", "*").after(1).times(2));
        let met = (0..4).map(|_| faults.meet("GET", "/api").len()).collect::<Vec<_>>();
        assert_eq!(met, [0, 1, 1, 0]);
        assert!(faults.meet("POST", "/api").is_empty());
    }
}
