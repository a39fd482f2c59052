//! Check-ins as read from the service, the decision between in and out, and the answers that calls can bring.

use std::time::Duration;

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
        /// Whether the member was told that the tap is saved, so that staff must see what became of it.
        #[serde(default)]
        promised: bool,
    },
}

/// What is known of a tap when it is decided what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TapFacts {
    /// The member.
    pub coworker: CoworkerId,
    /// When the tile was read, UTC.
    pub tapped_at: DateTime<Utc>,
    /// The direction that the member asked for by a button.
    pub wanted: Option<Direction>,
    /// Set for a tap that waited for its upload, when others may have gone on without it: the repeat window, within
    /// which a tap after another one is no tap of its own.
    pub late: Option<Duration>,
}

/// What fresh facts say is to be done with a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Send this.
    Send(Attempt),
    /// This record has this tap in it already.
    Recorded(Direction, CheckinRecord),
    /// The unsure second tap of somebody who was just served: nothing is sent, this is what was done.
    Repeated(Direction, CheckinRecord),
    /// The member asked for a check-in and has one, open since then.
    AlreadyIn {
        /// Its `FromTime`, UTC.
        since: DateTime<Utc>,
    },
    /// The member asked for a check-out and has no open check-in.
    AlreadyOut,
    /// Something began or ended here after this tap: what the tap meant is for staff to say.
    Overtaken,
}

/// Decides between in and out from the member's records at this location, read just now. Of several open check-ins the
/// newest is closed; the others are found by the read-back and shown to staff.
pub fn decide(tap: TapFacts, records: &[CheckinRecord]) -> Decision {
    let at = to_the_second(tap.tapped_at);
    let real: Vec<&CheckinRecord> = records.iter().filter(|record| !is_ghost(record, records)).collect();
    if let Some(window) = tap.late
        && let Some(decision) = late(at, tap.wanted, window, &real)
    {
        return decision;
    }
    let newest_open =
        real.into_iter().filter(|record| record.to.is_none()).max_by_key(|record| (record.from, record.id));
    match (newest_open, tap.wanted) {
        (Some(open), Some(Direction::In)) => Decision::AlreadyIn { since: open.from },
        (None, Some(Direction::Out)) => Decision::AlreadyOut,
        (None, _) => Decision::Send(Attempt::Open { coworker: tap.coworker, from: at }),
        (Some(open), _) => Decision::Send(Attempt::Close {
            coworker: tap.coworker,
            checkin: open.id,
            from: open.from,
            to: at.max(to_the_second(open.from)),
        }),
    }
}

/// What keeps a tap that waited from being decided like one of this moment.
fn late(
    at: DateTime<Utc>,
    wanted: Option<Direction>,
    window: Duration,
    records: &[&CheckinRecord],
) -> Option<Decision> {
    let find = |fits: &dyn Fn(&CheckinRecord) -> bool| records.iter().find(|record| fits(record)).copied().cloned();
    if let Some(record) = find(&|record| record.from == at).filter(|_| wanted != Some(Direction::Out)) {
        return Some(Decision::Recorded(Direction::In, record));
    }
    if let Some(record) =
        find(&|record| record.to == Some(at) && record.from <= at).filter(|_| wanted != Some(Direction::In))
    {
        return Some(Decision::Recorded(Direction::Out, record));
    }
    if find(&|record| record.from > at || record.to.is_some_and(|to| to > at)).is_some() {
        return Some(Decision::Overtaken);
    }
    if wanted.is_some() {
        return None;
    }
    // Both are cut to the second.
    let just_before = |moment: DateTime<Utc>| at.signed_duration_since(moment).to_std().is_ok_and(|ago| ago <= window);
    let repeated = |direction| move |record| Decision::Repeated(direction, record);
    find(&|record| record.to.is_none() && just_before(record.from)).map(repeated(Direction::In)).or_else(|| {
        // Somebody who is in did not come to be told that they left.
        let is_out = records.iter().all(|record| record.to.is_some());
        find(&|record| is_out && record.to.is_some_and(just_before)).map(repeated(Direction::Out))
    })
}

/// Of several check-ins with one `FromTime` all but one are a write that was carried out twice. The one that stays: one
/// that is closed, since somebody worked with it, else the first.
pub fn doubles(records: &[CheckinRecord], from: DateTime<Utc>) -> Vec<CheckinId> {
    let same = || records.iter().filter(|record| record.from == from);
    let stays = same().min_by_key(|record| (record.to.is_none(), record.id)).map(|record| record.id);
    same().filter(|record| record.to.is_none() && Some(record.id) != stays).map(|record| record.id).collect()
}

/// An open record beside another one with the same `FromTime` that stays in its stead.
fn is_ghost(record: &CheckinRecord, records: &[CheckinRecord]) -> bool {
    doubles(records, record.from).contains(&record.id)
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

/// How a check-in was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// It was deleted.
    Deleted,
    /// The account may not delete: it was closed at its own `FromTime`.
    Closed,
    /// Somebody else had deleted or closed it before.
    Gone,
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

    fn tap(seconds: i64, wanted: Option<Direction>, late: bool) -> TapFacts {
        let half_a_second = TimeDelta::milliseconds(500);
        let late = late.then_some(Duration::from_mins(1));
        TapFacts { coworker: CoworkerId(7), tapped_at: at(seconds) + half_a_second, wanted, late }
    }

    #[test]
    fn decisions() {
        use Direction::{In, Out};
        let overnight = record(1, -50_000, None);
        let closed = record(2, -900, Some(-60));
        let cases = [
            ("nothing open", None, vec![], open(100)),
            ("only closed ones", None, vec![closed.clone()], open(100)),
            ("one open", None, vec![record(3, 0, None), closed.clone()], close(3, 0, 100)),
            ("one open since yesterday", None, vec![overnight.clone()], close(1, -50_000, 100)),
            ("two open: the newest", None, vec![overnight, record(3, 0, None)], close(3, 0, 100)),
            ("opened by a fast clock", None, vec![record(3, 160, None)], close(3, 160, 160)),
            ("opened a moment ago elsewhere", None, vec![record(3, 90, None)], close(3, 90, 100)),
            ("a ghost of a closed one", None, vec![record(3, 0, Some(50)), record(4, 0, None)], open(100)),
            ("opened twice", None, vec![record(4, 0, None), record(3, 0, None)], close(3, 0, 100)),
            ("wants in, is out", Some(In), vec![closed.clone()], open(100)),
            ("wants in, is in", Some(In), vec![record(3, 0, None)], Decision::AlreadyIn { since: at(0) }),
            ("wants out, is in", Some(Out), vec![record(3, 0, None)], close(3, 0, 100)),
            ("wants out, is out", Some(Out), vec![closed], Decision::AlreadyOut),
        ];
        for (name, wanted, records, expected) in cases {
            assert_eq!(decide(tap(100, wanted, false), &records), expected, "{name}");
        }
    }

    #[test]
    fn decisions_on_taps_that_waited() {
        use Direction::{In, Out};
        let recorded = |direction, id, from, to| Decision::Recorded(direction, record(id, from, to));
        let repeated = |direction, id, from, to| Decision::Repeated(direction, record(id, from, to));
        let cases = [
            ("nothing since", None, vec![record(2, -900, Some(-60))], open(100)),
            ("open since before", None, vec![record(3, 0, None)], close(3, 0, 100)),
            ("open since yesterday", None, vec![record(3, -50_000, None)], close(3, -50_000, 100)),
            ("opened since", None, vec![record(3, 160, None)], Decision::Overtaken),
            ("in and out again since", None, vec![record(3, 160, Some(200))], Decision::Overtaken),
            ("closed since", None, vec![record(3, 0, Some(160))], Decision::Overtaken),
            ("closed since, whatever was asked", Some(Out), vec![record(3, 0, Some(160))], Decision::Overtaken),
            ("is in the record", None, vec![record(3, 100, None)], recorded(In, 3, 100, None)),
            ("is in the record, left since", None, vec![record(3, 100, Some(900))], recorded(In, 3, 100, Some(900))),
            (
                "opened since by a fast clock, closed by a right one",
                None,
                vec![record(3, 160, Some(100))],
                Decision::Overtaken,
            ),
            ("is a record's end", None, vec![record(3, 0, Some(100))], recorded(Out, 3, 0, Some(100))),
            ("in a moment before", None, vec![record(3, 40, None)], repeated(In, 3, 40, None)),
            ("in a minute before", None, vec![record(3, 39, None)], close(3, 39, 100)),
            ("out a moment before", None, vec![record(3, 0, Some(40))], repeated(Out, 3, 0, Some(40))),
            ("out a minute before", None, vec![record(3, 0, Some(39))], open(100)),
            (
                "out and in a moment before",
                None,
                vec![record(3, 0, Some(50)), record(4, 60, None)],
                repeated(In, 4, 60, None),
            ),
            ("asked for out a moment after in", Some(Out), vec![record(3, 80, None)], close(3, 80, 100)),
            ("asked for in a moment after out", Some(In), vec![record(3, 0, Some(80))], open(100)),
            ("a ghost", None, vec![record(3, 0, Some(20)), record(4, 0, None)], open(100)),
        ];
        for (name, wanted, records, expected) in cases {
            assert_eq!(decide(tap(100, wanted, true), &records), expected, "{name}");
        }
    }

    #[test]
    fn of_doubles_one_stays() {
        let ids = |records: &[CheckinRecord]| doubles(records, at(0)).iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(ids(&[record(3, 0, None)]), [0; 0]);
        assert_eq!(ids(&[record(5, 0, None), record(3, 0, None), record(4, 1, None)]), [5]);
        assert_eq!(ids(&[record(3, 0, None), record(5, 0, Some(9))]), [3], "somebody worked with the closed one");
        assert_eq!(ids(&[record(3, 0, Some(9)), record(5, 0, Some(9))]), [0; 0], "what is closed is left alone");
    }

    proptest! {
        #[test]
        fn a_close_never_ends_before_it_began_and_never_touches_a_closed_record(
            tapped in -1000i64..1000,
            waited: bool,
            records in prop::collection::vec((1i64..9, -1000i64..1000, prop::option::of(-1000i64..1000)), 0..6),
        ) {
            let records: Vec<_> = records.into_iter().map(|(id, from, to)| record(id, from, to)).collect();
            if let Decision::Send(Attempt::Close { checkin, from, to, .. }) = decide(tap(tapped, None, waited), &records) {
                prop_assert!(to >= from);
                prop_assert!(records.iter().any(|record| record.id == checkin && record.to.is_none()));
            }
        }
    }
}
