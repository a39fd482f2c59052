//! A configuration that was taken over from the fleet's file is on trial: where the reader or the connection worked before
//! and does not with it, the one before is put back. Pure.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long a configuration is on trial.
pub(crate) const LASTS: Duration = Duration::from_mins(5);
/// What worked before may be away for so long.
pub(crate) const MAY_BE_AWAY: Duration = Duration::from_mins(2);
/// So many desks may be opened with it while it is on trial: one that ends again and again does not work.
pub(crate) const MOST_STARTS: u32 = 3;

/// A version on trial, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trial {
    pub(crate) version: u64,
    /// Whether the reader worked before.
    pub(crate) reader_worked: bool,
    /// Whether the connection did.
    pub(crate) link_worked: bool,
    /// How many desks were opened since.
    #[serde(default)]
    pub(crate) starts: u32,
}

/// How reader and connection are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Works {
    pub(crate) reader: bool,
    pub(crate) link: bool,
}

/// What a look at it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judgement {
    GoesOn,
    Passed,
    /// What does not work.
    Failed(String),
}

/// A trial that is watched, since the desk was opened.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    reader_last_worked: Duration,
    link_last_worked: Duration,
}

impl Watch {
    /// Looks at it, so long after the desk was opened.
    pub(crate) fn look(&mut self, trial: &Trial, now: Works, after: Duration) -> Judgement {
        let parts = [
            (trial.reader_worked, now.reader, &mut self.reader_last_worked, "the reader"),
            (trial.link_worked, now.link, &mut self.link_last_worked, "the connection to the service"),
        ];
        let mut all_work = true;
        for (worked, works, last, name) in parts {
            if works || !worked {
                *last = after;
                continue;
            }
            all_work = false;
            if after.saturating_sub(*last) >= MAY_BE_AWAY {
                let minutes = MAY_BE_AWAY.as_secs() / 60;
                return Judgement::Failed(format!(
                    "{name} worked before it was taken over, and did not for {minutes} minutes with it"
                ));
            }
        }
        if after >= LASTS && all_work { Judgement::Passed } else { Judgement::GoesOn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is on trial, how reader and connection are at each half minute, and when it ends how.
    type Case<'a> = (&'a str, (bool, bool), fn(u64) -> (bool, bool), u64, Option<&'a str>);

    #[test]
    fn what_worked_before_must_work_again() {
        let cases: &[Case] = &[
            ("all well", (true, true), |_| (true, true), 300, None),
            ("up again after a minute", (true, true), |at| (at >= 60, at >= 30), 300, None),
            ("the reader never comes", (true, true), |_| (false, true), 120, Some("the reader")),
            ("the connection never comes", (true, true), |_| (true, false), 120, Some("the connection")),
            ("the reader goes later", (true, true), |at| (at < 90, true), 180, Some("the reader")),
            ("it goes at the end", (true, true), |at| (at < 270, true), 360, Some("the reader")),
            ("and comes again at the end", (true, true), |at| (!(270..330).contains(&at), true), 330, None),
            ("it comes and goes", (true, true), |at| (at % 90 == 0, true), 360, None),
            ("there was none before", (false, true), |_| (false, true), 300, None),
            ("offline before and after", (true, false), |_| (true, false), 300, None),
        ];
        for (case, (reader_worked, link_worked), works, ends, fails) in cases {
            let trial = Trial { version: 7, reader_worked: *reader_worked, link_worked: *link_worked, starts: 1 };
            let mut watch = Watch::default();
            let ended = (0..).map(|look| look * 30).find_map(|at| {
                let (reader, link) = works(at);
                let judgement = watch.look(&trial, Works { reader, link }, Duration::from_secs(at));
                (judgement != Judgement::GoesOn).then_some((at, judgement))
            });
            let (at, judgement) = ended.unwrap();
            assert_eq!(at, *ends, "{case}: {judgement:?}");
            match (judgement, fails) {
                (Judgement::Passed, None) => {}
                (Judgement::Failed(why), Some(what)) => assert!(why.starts_with(what), "{case}: {why}"),
                (judgement, _) => panic!("{case}: {judgement:?}"),
            }
        }
    }
}
