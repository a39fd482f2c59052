//! The figures: their names, units and meanings in one table, as OpenTelemetry has them. What is counted is counted as it
//! happens; how the kiosk is now is read when somebody asks. Every label has a closed list of values, or one value.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use chrono::{DateTime, Utc};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, Meter};
use tapdesk_core::effect::{LinkState, QueueState, StorageState};
use tapdesk_core::reader::ReaderPlace;

use crate::recorder::story::Part;
use crate::recorder::{Current, Recorder};
use crate::screen::ConfigurationState;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::staff_desk::view::health::LatencyPart;

/// Seconds of a tap, from a part that is nearly nothing to the longest that anybody waits.
const TAP_BUCKETS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0];
/// Seconds of a call: a large page may take a minute.
const CALL_BUCKETS: [f64; 10] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0];
/// What a tap can become.
const VERDICTS: [&str; 8] =
    ["checked_in", "checked_out", "refused", "unknown_tile", "ambiguous_tile", "unusable_tile", "saved", "unavailable"];

/// A figure: its name, its unit, and what it says.
pub(super) struct Figure {
    pub(super) name: &'static str,
    unit: &'static str,
    pub(super) says: &'static str,
}

const fn figure(name: &'static str, unit: &'static str, says: &'static str) -> Figure {
    Figure { name, unit, says }
}

pub(super) const TAP: Figure =
    figure("tapdesk.tap.duration", "s", "How long taps take, by part: of taps whose verdict comes within 30 s.");
pub(super) const VERDICT: Figure = figure("tapdesk.verdicts", "", "What taps became at first, by kind.");
pub(super) const REVISED: Figure =
    figure("tapdesk.verdicts.revised", "", "Verdicts that took the place of an earlier one, by kind.");
pub(super) const RESTARTS: Figure =
    figure("tapdesk.reader.restarts", "", "How often a reader's process was started again, by the reader's place.");
pub(super) const CALLS: Figure =
    figure("tapdesk.calls", "", "Calls to the service, by who waits and by what came of them.");
pub(super) const CALL: Figure = figure("tapdesk.call.duration", "s", "How long calls take, from sending to the reply.");

/// What is counted.
#[derive(Debug)]
pub(super) struct Figures {
    tap: Histogram<f64>,
    verdicts: Counter<u64>,
    revised: Counter<u64>,
    restarts: Counter<u64>,
    calls: Counter<u64>,
    call: Histogram<f64>,
}

impl Figures {
    /// All at nothing, for a kiosk with so many readers.
    pub(super) fn new(meter: &Meter, readers: usize) -> Self {
        let counter = |figure: &Figure| meter.u64_counter(figure.name).with_description(figure.says).build();
        let histogram = |figure: &Figure, buckets: &[f64]| {
            let histogram = meter.f64_histogram(figure.name).with_unit(figure.unit).with_description(figure.says);
            histogram.with_boundaries(buckets.to_vec()).build()
        };
        let figures = Self {
            tap: histogram(&TAP, &TAP_BUCKETS),
            verdicts: counter(&VERDICT),
            revised: counter(&REVISED),
            restarts: counter(&RESTARTS),
            calls: counter(&CALLS),
            call: histogram(&CALL, &CALL_BUCKETS),
        };
        // From the beginning: the first of a kind would not be seen to grow from nothing.
        for kind in VERDICTS {
            figures.verdicts.add(0, &[KeyValue::new("kind", kind)]);
            figures.revised.add(0, &[KeyValue::new("kind", kind)]);
        }
        for place in 0..readers {
            figures.restarts.add(0, &[KeyValue::new("place", place.to_string())]);
        }
        figures
    }

    pub(super) fn part(&self, part: Part, took: Duration) {
        self.tap.record(took.as_secs_f64(), &[KeyValue::new("part", part_word(part))]);
    }

    pub(super) fn verdict(&self, kind: &'static str, revised: bool) {
        let counter = if revised { &self.revised } else { &self.verdicts };
        counter.add(1, &[KeyValue::new("kind", kind)]);
    }

    pub(super) fn reader_restarted(&self, place: ReaderPlace) {
        self.restarts.add(1, &[KeyValue::new("place", place.0.to_string())]);
    }

    pub(super) fn call(&self, priority: Priority, outcome: &'static str, took: Option<Duration>) {
        let priority = match priority {
            Priority::Urgent => "urgent",
            Priority::Background => "background",
        };
        let priority = KeyValue::new("priority", priority);
        if let Some(took) = took {
            self.call.record(took.as_secs_f64(), std::slice::from_ref(&priority));
        }
        self.calls.add(1, &[priority, KeyValue::new("outcome", outcome)]);
    }
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::Journal => "journal",
        Part::Shown(LatencyPart::Reader) => "reader",
        Part::Shown(LatencyPart::Engine) => "engine",
        Part::Shown(LatencyPart::Service) => "service",
        Part::Shown(LatencyPart::Paint) => "paint",
        Part::Shown(LatencyPart::Whole) => "whole",
    }
}

/// The desk that runs, as far as figures are about it. Nothing that a desk must be able to close is held by it.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeskFacts {
    /// The service.
    pub(crate) spaces: Weak<Spaces>,
    /// The version and the fingerprint of the configuration that it was opened with, where it follows its files.
    pub(crate) configuration: Option<(Option<u64>, String)>,
}

/// How the kiosk is at one moment.
struct Snapshot {
    now: DateTime<Utc>,
    began: DateTime<Utc>,
    current: Current,
    spaces: Option<Arc<Spaces>>,
    configuration: Option<(Option<u64>, String)>,
}

/// What takes a value and its labels.
type Say<'a> = &'a mut dyn FnMut(f64, &[KeyValue]);

/// A figure that is read when somebody asks.
pub(super) struct Gauge {
    pub(super) figure: Figure,
    read: fn(&Snapshot, Say<'_>),
}

pub(super) const GAUGES: [Gauge; 14] = [
    Gauge {
        figure: figure("tapdesk.link.state", "", "How the connection to the service is: 1 at the state that holds."),
        read: |kiosk, say| {
            let states = [
                ("connecting", matches!(kiosk.current.link, LinkState::Connecting)),
                ("online", matches!(kiosk.current.link, LinkState::Online)),
                ("offline", matches!(kiosk.current.link, LinkState::Offline { .. })),
                ("signed_out", matches!(kiosk.current.link, LinkState::SignedOut { .. })),
            ];
            for (state, holds) in states {
                say(one_if(holds), &[KeyValue::new("state", state)]);
            }
        },
    },
    Gauge {
        figure: figure("tapdesk.reader.up", "", "Whether a reader works, by its place in the configuration."),
        read: |kiosk, say| {
            for (place, works) in &kiosk.current.readers {
                say(one_if(*works), &[KeyValue::new("place", place.0.to_string())]);
            }
        },
    },
    Gauge {
        figure: figure("tapdesk.queue.entries", "", "Taps that wait to be recorded, and taps that staff must look at."),
        read: |kiosk, say| {
            let QueueState { waiting, needs_staff, .. } = kiosk.current.queue;
            for (state, count) in [("waiting", waiting), ("needs_staff", needs_staff)] {
                say(u32::try_from(count).unwrap_or(u32::MAX).into(), &[KeyValue::new("state", state)]);
            }
        },
    },
    Gauge {
        figure: figure(
            "tapdesk.queue.oldest.age",
            "s",
            "How long the oldest tap has waited to be recorded; 0 where none waits.",
        ),
        read: |kiosk, say| {
            let age = kiosk.current.queue.oldest.map_or(0.0, |oldest| seconds(oldest, kiosk.now));
            say(age.max(0.0), &[]);
        },
    },
    Gauge {
        figure: figure("tapdesk.storage.up", "", "Whether taps can be stored on this kiosk."),
        read: |kiosk, say| say(one_if(kiosk.current.storage == StorageState::Works), &[]),
    },
    Gauge {
        figure: figure("tapdesk.budget.used", "1", "Calls of the last minute, as a part of those that are allowed."),
        read: |kiosk, say| {
            if let Some(spaces) = &kiosk.spaces {
                let (used, allowed) = spaces.http().budget_used();
                say(f64::from(used) / f64::from(allowed), &[]);
            }
        },
    },
    Gauge {
        figure: figure(
            "tapdesk.sign_in.remaining",
            "s",
            "Until the sign-in ends unless it is renewed; below 0 once it is over.",
        ),
        read: |kiosk, say| {
            let held = || kiosk.spaces.as_ref()?.http().session().held_ends();
            if let Some(ends) = kiosk.current.sign_in_ends.or_else(held) {
                say(seconds(kiosk.now, ends), &[]);
            }
        },
    },
    Gauge {
        figure: figure(
            "tapdesk.clock.ahead",
            "s",
            "How far the service's clock is ahead of this machine's, by the last reply.",
        ),
        read: |kiosk, say| {
            if let Some(spaces) = &kiosk.spaces {
                say(spaces.http().clock_ahead().as_seconds_f64(), &[]);
            }
        },
    },
    Gauge {
        figure: figure("tapdesk.out_of_order", "", "Whether staff have put this kiosk out of order."),
        read: |kiosk, say| say(one_if(kiosk.current.out_of_order), &[]),
    },
    Gauge {
        figure: figure("tapdesk.start_time", "s", "When the program began, in seconds since 1970."),
        read: |kiosk, say| say(seconds(DateTime::UNIX_EPOCH, kiosk.began), &[]),
    },
    Gauge {
        figure: figure("tapdesk.build.info", "", "The program's version; always 1."),
        read: |_, say| say(1.0, &[KeyValue::new("version", super::VERSION)]),
    },
    Gauge {
        figure: figure(
            "tapdesk.configuration.info",
            "",
            "The configuration that runs, where the kiosk follows its files; always 1.",
        ),
        read: |kiosk, say| {
            let Some((version, fingerprint)) = running(kiosk) else { return };
            let version = version.map(|version| version.to_string()).unwrap_or_default();
            say(1.0, &[KeyValue::new("version", version), KeyValue::new("fingerprint", fingerprint)]);
        },
    },
    Gauge {
        figure: figure(
            "tapdesk.configuration.taken",
            "",
            "Whether the configuration that stands in the files is the one that runs.",
        ),
        read: |kiosk, say| {
            if let Some(state) = &kiosk.current.configuration {
                say(one_if(matches!(state, ConfigurationState::Current { .. })), &[]);
            }
        },
    },
    Gauge {
        figure: figure("tapdesk.location.info", "", "The location's name, once the service told it; always 1."),
        read: |kiosk, say| {
            if let Some(location) = &kiosk.current.location {
                say(1.0, &[KeyValue::new("name", location.name.clone())]);
            }
        },
    },
];

/// Lets each gauge be read by whoever reads this meter.
pub(super) fn observe(meter: &Meter, recorder: &Weak<Recorder>, desk: &Arc<Mutex<DeskFacts>>) {
    for Gauge { figure, read } in GAUGES {
        let (recorder, desk) = (Weak::clone(recorder), Arc::clone(desk));
        let gauge = meter.f64_observable_gauge(figure.name).with_unit(figure.unit).with_description(figure.says);
        let gauge = gauge.with_callback(move |observer| {
            let Some(recorder) = recorder.upgrade() else { return };
            let DeskFacts { spaces, configuration } = desk.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let (current, began) = (recorder.current(), recorder.began());
            let kiosk = Snapshot { now: Utc::now(), began, current, spaces: spaces.upgrade(), configuration };
            read(&kiosk, &mut |value, labels| observer.observe(value, labels));
        });
        // The meter keeps it.
        _ = gauge.build();
    }
}

/// The files may have another version and change nothing else.
fn running(kiosk: &Snapshot) -> Option<(Option<u64>, String)> {
    let (version, fingerprint) = kiosk.configuration.clone()?;
    Some(match &kiosk.current.configuration {
        Some(ConfigurationState::Current { version, fingerprint }) => (*version, fingerprint.clone()),
        Some(ConfigurationState::NotTaken { version, .. }) => (*version, fingerprint),
        None => (version, fingerprint),
    })
}

fn one_if(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    (to - from).as_seconds_f64()
}
