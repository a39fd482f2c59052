//! A judge that cannot fail is worth nothing: each violation is invented here, and found.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Fact, Judgement, judge};
use crate::torture::evidence::{Checkin, Evidence, ForStaff, Gone, Stay, Tap, Told};

const MEMBER: i64 = 7;

/// So many seconds after the start.
fn second(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

/// A run with one kiosk that is told of tap by tap.
struct Run(Evidence);

impl Run {
    fn new() -> Self {
        Self(Evidence { window: Duration::from_secs(2), kiosks: 1, ..Evidence::default() })
    }

    /// A tap half a second after this second, acknowledged at once.
    fn tap(mut self, seconds: i64) -> Self {
        let at = second(seconds) + TimeDelta::milliseconds(500);
        let entry = format!("entry-{seconds}");
        self.0.stays.push(Stay { kiosk: 0, member: Some(MEMBER), from: at, until: Some(at), ends: 0 });
        let (stay, acknowledged) = (Some(self.0.stays.len() - 1), Some(at));
        let (member, told) = (Some(MEMBER), Vec::new());
        self.0.taps.push(Tap { entry, kiosk: 0, stay, member, at: Some(at), acknowledged, told });
        self
    }

    /// The last tap's verdict, so many milliseconds after it.
    fn told(mut self, milliseconds: i64, kind: &str, checkin: Option<i64>) -> Self {
        let tap = self.0.taps.last_mut().unwrap();
        let when = tap.at.unwrap() + TimeDelta::milliseconds(milliseconds);
        let (kind, revised) = (kind.to_owned(), !tap.told.is_empty());
        tap.told.push(Told { when, kind, member: Some(MEMBER), checkin, reason: None, revised });
        self
    }

    /// A check-in that was made 600 ms after the second, and closed so too.
    fn record(mut self, id: i64, from: i64, to: Option<i64>) -> Self {
        let done = |seconds| second(seconds) + TimeDelta::milliseconds(600);
        let closed = to.map(|to| (second(to), done(to))).into_iter().collect();
        self.0.checkins.push(Checkin {
            id,
            member: MEMBER,
            from: second(from),
            opened: done(from),
            closed,
            gone: None,
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Checkin)) -> Self {
        change(self.0.checkins.last_mut().unwrap());
        self
    }

    fn staff(mut self, seconds: i64, reason: &str) -> Self {
        let (entry, at) = (format!("entry-{seconds}"), second(seconds));
        self.0.staff.push(ForStaff { kiosk: 0, entry, member: Some(MEMBER), at, reason: reason.to_owned() });
        self
    }

    /// The kiosk ended in this second, over a tile that was never acknowledged.
    fn ended(mut self, seconds: i64) -> Self {
        let at = second(seconds);
        self.0.ends.push((0, at));
        self.0.stays.push(Stay { kiosk: 0, member: Some(MEMBER), from: at, until: Some(at), ends: 1 });
        self
    }

    fn judged(&self) -> Judgement {
        judge(&self.0)
    }

    /// Just this is found, and nothing else.
    #[track_caller]
    fn violates(&self, facts: &[Fact]) {
        let judgement = self.judged();
        let mut found: Vec<Fact> = judgement.violations.iter().map(|violation| violation.fact).collect();
        found.dedup();
        assert_eq!(found, facts, "{judgement:#?}");
    }
}

/// In at 0, out at 10.
fn visit() -> Run {
    Run::new().tap(0).told(200, "checked_in", Some(1)).tap(10).told(200, "checked_out", Some(1))
}

#[test]
fn a_sound_run_is_sound() {
    let run = visit().record(1, 0, Some(10)).tap(20).told(300, "checked_in", Some(2)).record(2, 20, None);
    run.violates(&[]);
    let judgement = run.judged();
    assert_eq!((judgement.settled(), judgement.endings["recorded: in"]), (3, 2));
}

#[test]
fn what_may_be_is_no_violation() {
    visit().record(1, 0, Some(10)).tap(20).told(100, "refused", None).violates(&[]);
    visit().record(1, 0, Some(10)).tap(20).told(100, "saved", None).staff(20, "sent three times").violates(&[]);
    // Told again within the window.
    visit().record(1, 0, Some(10)).tap(11).told(100, "checked_out", Some(1)).violates(&[]);
    // Kept, though the kiosk ended before it could say so; and not kept.
    visit().record(1, 0, Some(10)).ended(20).record(2, 21, None).violates(&[]);
    visit().record(1, 0, Some(10)).ended(20).violates(&[]);
    // Saved, and recorded by a kiosk that ended before it could say so.
    visit().record(1, 0, Some(10)).tap(20).told(100, "saved", None).record(2, 20, None).ended(25).violates(&[]);
}

#[test]
fn a_lost_tap_is_found() {
    visit().record(1, 0, Some(10)).tap(20).violates(&[Fact::Lost]);
    visit().record(1, 0, Some(10)).tap(20).told(100, "saved", None).violates(&[Fact::Lost]);
    visit().record(1, 0, Some(10)).tap(20).told(100, "saved", None).ended(30).violates(&[Fact::Lost]);
    // A repeated verdict long after the window is none.
    visit().record(1, 0, Some(10)).tap(20).told(100, "checked_out", Some(1)).violates(&[Fact::Lost]);
}

#[test]
fn a_double_is_found() {
    // Both stand, with one time.
    visit().record(1, 0, Some(10)).record(2, 0, Some(10)).violates(&[Fact::Doubled, Fact::WrongDirection]);
    // The second was never closed.
    visit().record(1, 0, Some(10)).record(2, 0, None).violates(&[Fact::Doubled, Fact::WrongDirection]);
    // The tap that went out came in besides.
    visit().record(1, 0, Some(10)).record(2, 10, None).violates(&[Fact::Doubled]);
    // Overlapping visits of different taps.
    let run = visit().tap(20).told(100, "checked_in", Some(2)).record(1, 0, None).record(2, 20, None);
    assert!(run.judged().count(Fact::Doubled) > 0);
}

#[test]
fn a_double_that_was_undone_is_counted_and_must_be_for_staff() {
    let stood = second(0) + TimeDelta::seconds(30);
    let deleted =
        || visit().record(1, 0, Some(10)).record(2, 0, None).last(|double| double.gone = Some((stood, Gone::Deleted)));
    deleted().violates(&[Fact::StaffNotTold]);
    deleted().staff(0, "twice").violates(&[]);
    assert_eq!(deleted().judged().undone[0].stood, 29_400);
    let closed = visit().record(1, 0, Some(10)).record(2, 0, Some(0)).last(|double| double.closed[0].1 = stood);
    closed.violates(&[Fact::StaffNotTold]);
    closed.staff(10, "check-in 2 was a double").violates(&[]);
}

#[test]
fn a_wrong_direction_is_found() {
    let said = |kind: &str, id| Run::new().tap(0).told(200, kind, Some(id));
    // Told out, recorded in; and told in with another check-in than the tap's.
    assert!(said("checked_out", 1).record(1, 0, None).judged().count(Fact::WrongDirection) > 0);
    assert!(said("checked_in", 9).record(1, 0, None).judged().count(Fact::WrongDirection) > 0);
    // A check-in that ends before it begins.
    let run = visit().record(1, 10, Some(0)).last(|one| one.opened = second(0));
    assert!(run.judged().count(Fact::WrongDirection) > 0);
    // In, in, out, where the second should have been the way out.
    let run = visit().tap(20).told(100, "checked_out", Some(2)).record(1, 0, None).record(2, 10, Some(20));
    assert!(run.judged().count(Fact::WrongDirection) > 0);
}

#[test]
fn a_false_green_is_found() {
    let early = Run::new().tap(0).told(50, "checked_in", Some(1)).record(1, 0, None);
    early.violates(&[Fact::FalseGreen]);
    let never = Run::new().tap(0).told(200, "checked_in", Some(1)).staff(0, "not carried out");
    never.violates(&[Fact::FalseGreen]);
    let run = Run::new().tap(0).told(200, "checked_in", Some(1)).tap(10).told(50, "checked_out", Some(1));
    run.record(1, 0, Some(10)).violates(&[Fact::FalseGreen]);
}

#[test]
fn a_wrong_order_is_found() {
    let run = visit().record(1, 0, Some(10)).last(|one| {
        one.opened = second(0) + TimeDelta::milliseconds(600);
        one.closed[0].1 = second(0) + TimeDelta::milliseconds(550);
    });
    run.violates(&[Fact::Order]);
}

#[test]
fn a_toggle_within_the_window_is_found() {
    let run = Run::new().tap(0).told(200, "checked_in", Some(1)).tap(1).told(200, "checked_out", Some(1));
    run.record(1, 0, Some(1)).violates(&[Fact::Toggled]);
    // The window is counted from the verdict.
    let run = Run::new().tap(0).told(4_000, "checked_in", Some(1)).tap(5).told(200, "checked_out", Some(1));
    run.record(1, 0, Some(5)).violates(&[Fact::Toggled]);
}

#[test]
fn an_unsure_tap_that_is_told_of_another_visit_is_found() {
    let run = visit().record(1, 0, Some(10)).tap(20).told(1_500, "checked_in", Some(2)).record(2, 20, None);
    run.tap(21).told(300, "checked_out", Some(1)).violates(&[Fact::AnothersVerdict]);
}

#[test]
fn what_two_kiosks_saved_may_be_carried_out_in_any_order() {
    let late = second(40);
    let run = Run::new().tap(0).told(200, "saved", None).told(40_000, "checked_in", Some(1));
    let run = run.tap(10).told(200, "saved", None).told(30_000, "checked_out", Some(1)).record(1, 0, Some(10));
    let run = run.last(|one| (one.opened, one.closed[0].1) = (late, late));
    let mut run = run.tap(20).told(200, "checked_in", Some(2)).record(2, 20, None);
    run.violates(&[Fact::Order]);
    run.0.taps[2].kiosk = 1;
    run.0.kiosks = 2;
    run.violates(&[]);
}

#[test]
fn what_nobody_tapped_is_found() {
    visit().record(1, 0, Some(10)).record(2, 40, None).violates(&[Fact::Invented]);
    // One tile that was not acknowledged explains one time, not two, and none long after.
    let run = visit().record(1, 0, Some(10)).ended(20);
    assert_eq!(run.record(2, 20, Some(23)).judged().count(Fact::Invented), 1);
    visit().record(1, 0, Some(10)).ended(20).record(2, 30, None).violates(&[Fact::Invented]);
}

#[test]
fn words_that_are_not_so_are_found() {
    let run = visit().record(1, 0, Some(10));
    run.tap(20).told(100, "unavailable", None).record(2, 20, None).violates(&[Fact::RecordedAfterNo]);
    let run = visit().record(1, 0, Some(10));
    run.tap(20).told(100, "saved", None).record(2, 20, None).violates(&[Fact::NeverTold]);
    let run = visit().record(1, 0, Some(10)).tap(20).told(100, "saved", None);
    run.staff(20, "something of this member was recorded here after this tap, so what the tap meant is unsure")
        .violates(&[Fact::NoReason]);
}

#[test]
fn what_the_service_took_back_must_be_known() {
    let run = || {
        let run = Run::new().tap(0).told(200, "checked_in", Some(1)).record(1, 0, None);
        run.last(|one| one.gone = Some((second(2), Gone::TakenBack)))
    };
    run().violates(&[Fact::Lost]);
    run().told(3_000, "refused", None).violates(&[]);
    run().staff(0, "refused after the yes").violates(&[]);
}
