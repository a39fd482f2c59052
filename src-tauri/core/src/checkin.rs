//! Check-ins as read from the service, the decision between in and out, and the answers that calls can bring.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CheckinId, CoworkerId, FailedCheckinId};
use crate::now::to_the_second;

/// In or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Open a check-in.
    In,
    /// Close the open one.
    Out,
}

/// A Checkin record of one member at this location, open or closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckinRecord {
    /// `Id`.
    pub id: CheckinId,
    /// `FromTime`, UTC.
    pub from: DateTime<Utc>,
    /// `ToTime`, UTC; none while open.
    pub to: Option<DateTime<Utc>>,
    /// `Source` as stored (4 is Tile); the service may ignore what was sent.
    pub source: Option<i64>,
}

/// An explicit write, decided and made durable before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// `POST checkins` for this member.
    Open {
        /// `CoworkerId`.
        coworker: CoworkerId,
        /// `FromTime`, to the second: with the member and the location it finds the record again.
        from: DateTime<Utc>,
    },
    /// `PUT checkins` with a `ToTime`.
    Close {
        /// `CoworkerId` of the record.
        coworker: CoworkerId,
        /// The check-in to close.
        checkin: CheckinId,
        /// Its `FromTime`.
        from: DateTime<Utc>,
        /// `ToTime` to set, to the second, never before `from`.
        to: DateTime<Utc>,
    },
    /// `POST failedcheckins`: what the service cannot know of.
    Report {
        /// The member, where one is known.
        coworker: Option<CoworkerId>,
        /// `CheckinAttemptTime`, to the second.
        at: DateTime<Utc>,
        /// `Description`, plain English, without a whole UID.
        description: String,
    },
}

/// What fresh facts say is to be done with a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Send this.
    Send(Attempt),
    /// The member asked for a check-in and has one, open since then.
    AlreadyIn,
    /// The member asked for a check-out and has no open check-in.
    AlreadyOut,
    /// A check-in made after this tap is open: what the tap meant is for staff to say.
    Overtaken,
}

/// Decides between in and out from the member's records at this location, read just now.
///
/// `wanted` is set where the member pressed a button instead of leaving it to the records. `late` marks a tap that
/// waited for its upload, when other kiosks may have gone on without it. Of several open check-ins the newest is
/// closed; the others are found by the read-back and shown to staff.
pub fn decide(
    coworker: CoworkerId,
    tapped_at: DateTime<Utc>,
    wanted: Option<Direction>,
    late: bool,
    records: &[CheckinRecord],
) -> Decision {
    let at = to_the_second(tapped_at);
    let newest_open = records.iter().filter(|record| record.to.is_none()).max_by_key(|record| (record.from, record.id));
    match (newest_open, wanted) {
        (Some(_), Some(Direction::In)) => Decision::AlreadyIn,
        (None, Some(Direction::Out)) => Decision::AlreadyOut,
        (None, _) => Decision::Send(Attempt::Open { coworker, from: at }),
        (Some(open), _) if late && open.from > at => Decision::Overtaken,
        (Some(open), _) => Decision::Send(Attempt::Close {
            coworker,
            checkin: open.id,
            from: open.from,
            to: at.max(to_the_second(open.from)),
        }),
    }
}

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", content = "detail", rename_all = "snake_case")]
pub enum Trouble {
    /// No connection, no name, no answer in time.
    Unreachable(String),
    /// Something answered that is not the service: a gateway's page, an empty or cut-off body.
    Gateway(String),
    /// The service asked to wait, longer than a tap can.
    Throttled,
    /// This kiosk is not ready to ask or to know the answer.
    NotReady(String),
    /// The device has no valid sign-in.
    SignedOut(String),
    /// The account may not do this.
    NotPermitted(String),
    /// The service found the request faulty.
    Invalid(String),
    /// There is no such record.
    NotFound,
}

impl Trouble {
    /// Whether the same call can succeed later without anyone's help at the service or in the settings.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::Gateway(_) | Self::Throttled | Self::NotReady(_) | Self::SignedOut(_)
        )
    }

    /// One sentence for logs and staff.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable(detail) => format!("the service cannot be reached: {detail}"),
            Self::Gateway(detail) => format!("the answer did not come from the service: {detail}"),
            Self::Throttled => "the service asked to wait: the account's calls per minute are used up".to_owned(),
            Self::NotReady(detail) => format!("this kiosk is not ready: {detail}"),
            Self::SignedOut(detail) => format!("this device is signed out: {detail}"),
            Self::NotPermitted(detail) => format!("the account may not do this: {detail}"),
            Self::Invalid(detail) => format!("the service found the request faulty: {detail}"),
            Self::NotFound => "the service has no such record".to_owned(),
        }
    }
}

/// What a write brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteAnswer {
    /// The service said `WasSuccessful: true`. `checkin` is the new record's id, where the reply had one.
    Done {
        /// `Value.Id`.
        checkin: Option<CheckinId>,
    },
    /// The record was closed by someone else between the list and the write; nothing was sent.
    AlreadyClosed {
        /// Its `ToTime`, UTC.
        at: DateTime<Utc>,
    },
    /// The service refused, with its own words where it gave any.
    Refused {
        /// `Message` of the reply.
        message: Option<String>,
    },
    /// It was not carried out, and that is certain.
    NotDone(Trouble),
    /// Nobody can say whether it was carried out.
    Unknown(Trouble),
}

/// A `FailedCheckin` found for a refused tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCheckinRecord {
    /// `Id`.
    pub id: FailedCheckinId,
    /// `Description` as received; may be empty or hold markup, and is only ever shown as plain text.
    pub description: Option<String>,
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_760_000_000 + seconds, 0).expect("in range")
    }

    fn record(id: i64, from: i64, to: Option<i64>) -> CheckinRecord {
        CheckinRecord { id: CheckinId(id), from: at(from), to: to.map(at), source: Some(1) }
    }

    fn open(from: i64) -> Decision {
        Decision::Send(Attempt::Open { coworker: CoworkerId(7), from: at(from) })
    }

    fn close(checkin: i64, from: i64, to: i64) -> Decision {
        let (from, to) = (at(from), at(to));
        Decision::Send(Attempt::Close { coworker: CoworkerId(7), checkin: CheckinId(checkin), from, to })
    }

    #[test]
    fn decisions() {
        use Direction::{In, Out};
        let half_a_second = TimeDelta::milliseconds(500);
        let overnight = record(1, -50_000, None);
        let closed = record(2, -900, Some(-60));
        let cases = [
            ("nothing open", None, false, vec![], open(100)),
            ("only closed ones", None, false, vec![closed.clone()], open(100)),
            ("one open", None, false, vec![record(3, 0, None), closed.clone()], close(3, 0, 100)),
            ("one open since yesterday", None, false, vec![overnight.clone()], close(1, -50_000, 100)),
            ("two open: the newest", None, false, vec![overnight, record(3, 0, None)], close(3, 0, 100)),
            ("opened by a fast clock", None, false, vec![record(3, 160, None)], close(3, 160, 160)),
            ("late, opened since", None, true, vec![record(3, 160, None)], Decision::Overtaken),
            ("late, opened before", None, true, vec![record(3, 0, None)], close(3, 0, 100)),
            ("wants in, is out", Some(In), false, vec![closed.clone()], open(100)),
            ("wants in, is in", Some(In), false, vec![record(3, 0, None)], Decision::AlreadyIn),
            ("wants out, is in", Some(Out), false, vec![record(3, 0, None)], close(3, 0, 100)),
            ("wants out, is out", Some(Out), false, vec![closed], Decision::AlreadyOut),
        ];
        for (name, wanted, late, records, expected) in cases {
            assert_eq!(decide(CoworkerId(7), at(100) + half_a_second, wanted, late, &records), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_close_never_ends_before_it_began_and_never_touches_a_closed_record(
            tapped in -1000i64..1000,
            late: bool,
            records in prop::collection::vec((1i64..9, -1000i64..1000, prop::option::of(-1000i64..1000)), 0..6),
        ) {
            let records: Vec<_> = records.into_iter().map(|(id, from, to)| record(id, from, to)).collect();
            if let Decision::Send(Attempt::Close { checkin, from, to, .. }) = decide(CoworkerId(7), at(tapped), None, late, &records) {
                prop_assert!(to >= from);
                prop_assert!(records.iter().any(|record| record.id == checkin && record.to.is_none()));
            }
        }
    }
}
