//! What can go wrong with the service, drawn from the seed: faults on chosen requests, outages, late validation.

use super::random::Random;
use crate::spaces::{Fault, FaultKind};

/// Path of the check-ins.
pub(super) const CHECKINS: &str = "/api/spaces/checkins";
/// Path of the tokens.
pub(super) const TOKEN: &str = "/api/token";

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Requests meet a fault; what it holds is let go by and by.
    Fault(Fault),
    /// Faults that have met no request are forgotten, and what is held is let go.
    Calm,
    /// The service is away.
    Outage {
        /// It does not even listen; else every connection is reset.
        deaf: bool,
        /// Milliseconds.
        lasts: u64,
    },
    /// Check-ins are validated after the yes.
    LateValidation {
        /// From the yes to the validation, in milliseconds.
        after: u64,
        /// How long it is so, in milliseconds.
        lasts: u64,
    },
}

impl Trouble {
    /// Whether it is an outage.
    pub(super) fn is_outage(&self) -> bool {
        matches!(self, Self::Outage { .. })
    }
}

/// An outage of some seconds.
pub(super) fn outage(random: &mut Random) -> Trouble {
    Trouble::Outage { deaf: random.per_mille(500), lasts: random.between(1_500, 8_000) }
}

/// Some seconds of late validation.
pub(super) fn late_validation(random: &mut Random) -> Trouble {
    Trouble::LateValidation { after: random.between(100, 1_500), lasts: random.between(2_000, 15_000) }
}

/// A fault on some of the next requests; `latest_commit` bounds how late one is carried out.
pub(super) fn fault(random: &mut Random, latest_commit: u64) -> Trouble {
    let (method, path) = random.pick(&[
        ("POST", CHECKINS),
        ("POST", CHECKINS),
        ("POST", CHECKINS),
        ("POST", CHECKINS),
        ("PUT", CHECKINS),
        ("PUT", CHECKINS),
        ("PUT", CHECKINS),
        ("GET", CHECKINS),
        ("GET", CHECKINS),
        ("GET", "/api/spaces/checkins/*"),
        ("GET", "/api/*"),
        ("POST", "/api/spaces/failedcheckins"),
        ("DELETE", "/api/spaces/checkins/*"),
        ("POST", TOKEN),
    ]);
    let mut kind = kind(random, latest_commit);
    // A token reply that is lost after the grant is a lost sign-in at this service, and nobody signs in again.
    while path == TOKEN && !harms_no_grant(&kind) {
        kind = self::kind(random, latest_commit);
    }
    // A token that dies twice in one call is a role that is missing.
    let times = if kind == FaultKind::RevokeAccessTokens { 1 } else { random.pick(&[1, 1, 1, 1, 2, 3]) };
    Trouble::Fault(Fault::new(kind).on(method, path).times(times))
}

fn harms_no_grant(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Delay { milliseconds } => *milliseconds < 3_000,
        FaultKind::DropAfterCommit
        | FaultKind::CommitAfterTimeout { .. }
        | FaultKind::Hold { .. }
        | FaultKind::SlowBody { .. }
        | FaultKind::TruncatedBody { .. } => false,
        _ => true,
    }
}

fn kind(random: &mut Random, latest_commit: u64) -> FaultKind {
    match random.place(16) {
        0 | 1 => FaultKind::DropBeforeCommit,
        2 | 3 => FaultKind::DropAfterCommit,
        4 | 5 => FaultKind::CommitAfterTimeout { milliseconds: random.between(9_000, latest_commit) },
        6 => FaultKind::Delay { milliseconds: random.between(100, 12_000) },
        7 => FaultKind::Hold { commit_first: random.per_mille(500) },
        8 => FaultKind::SlowBody { bytes: 20, every_milliseconds: random.between(20, 900) },
        9 => FaultKind::TruncatedBody { keep_bytes: usize::try_from(random.between(0, 60)).unwrap_or_default() },
        10 => FaultKind::ServerError { status: random.pick(&[500, 502, 503, 504]) },
        11 => FaultKind::CaptivePortal,
        12 => FaultKind::Throttle {
            status: random.pick(&[None, Some(409), Some(429)]),
            retry_after_seconds: random.pick(&[None, Some(1), Some(2), Some(3)]),
        },
        13 => FaultKind::ClockSkew { seconds: random.pick(&[-86_400, -3_600, -40, 40, 3_600, 86_400]) },
        14 => FaultKind::RevokeAccessTokens,
        _ => FaultKind::ConnectionReset,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_comes_and_no_sign_in_is_lost() {
        let mut random = Random::new(3);
        let mut seen = BTreeSet::new();
        for _ in 0..5_000 {
            let Trouble::Fault(fault) = fault(&mut random, 25_000) else { unreachable!() };
            assert!(fault.path.as_deref() != Some(TOKEN) || harms_no_grant(&fault.kind));
            seen.insert(fault.kind.name());
        }
        assert_eq!(seen.len(), 13, "all but the death of refresh tokens: {seen:?}");
    }
}
