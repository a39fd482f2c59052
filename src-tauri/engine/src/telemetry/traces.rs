//! A trace of each tap, put together once the tap is over: nothing on its way waits for that.

use std::time::{Duration, SystemTime};

use opentelemetry::trace::{Span as _, SpanBuilder, SpanKind, TraceContextExt as _, Tracer as _, TracerProvider as _};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use crate::recorder::story::{CallStory, Story, Stretch};

/// What makes traces.
#[derive(Debug)]
pub(super) struct Traces {
    pub(super) provider: SdkTracerProvider,
    tracer: SdkTracer,
    location: i64,
}

/// One span, as moments of the recorder's clock.
#[derive(Debug, PartialEq)]
struct Planned {
    name: &'static str,
    kind: SpanKind,
    took: Stretch,
    attributes: Vec<KeyValue>,
}

impl Traces {
    pub(super) fn new(provider: SdkTracerProvider, location: i64) -> Self {
        let tracer = provider.tracer("tapdesk");
        Self { provider, tracer, location }
    }

    /// Hands a tap's trace to whoever sends it; its moments count from `origin`.
    pub(super) fn tap(&self, story: &Story, origin: SystemTime) {
        let (root, children) = plan(story, self.location);
        let start = |planned: &Planned, parent: &Context| {
            let builder = SpanBuilder::from_name(planned.name).with_kind(planned.kind.clone());
            let builder = builder.with_start_time(at(origin, planned.took.0));
            let builder = builder.with_attributes(planned.attributes.iter().cloned());
            self.tracer.build_with_context(builder, parent)
        };
        let mut whole = start(&root, &Context::new());
        let inside = Context::new().with_remote_span_context(whole.span_context().clone());
        for child in &children {
            start(child, &inside).end_with_timestamp(at(origin, child.took.1));
        }
        whole.end_with_timestamp(at(origin, root.took.1));
    }
}

fn at(origin: SystemTime, moment: Duration) -> SystemTime {
    origin.checked_add(moment).unwrap_or(origin)
}

/// The span of the whole tap, and those within it.
fn plan(story: &Story, location: i64) -> (Planned, Vec<Planned>) {
    let Story { entry, answered, known, appends, calls, verdict: (verdict, judged), paint } = story;
    let inner = |name, took| Planned { name, kind: SpanKind::Internal, took, attributes: Vec::new() };
    let mut children: Vec<Planned> = answered.map(|answered| inner("reader", (answered, *known))).into_iter().collect();
    children.extend(appends.iter().map(|took| inner("journal", *took)));
    children.extend(calls.iter().map(call));
    children.extend(paint.map(|took| inner("paint", took)));
    let took = (answered.unwrap_or(*known), paint.map_or(*judged, |(_, painted)| painted));
    let attributes = vec![
        KeyValue::new("tapdesk.verdict", *verdict),
        KeyValue::new("tapdesk.location.id", location),
        KeyValue::new("tapdesk.entry", entry.to_string()),
    ];
    (Planned { attributes, ..inner("tap", took) }, children)
}

fn call(call: &CallStory) -> Planned {
    let CallStory { method, template, attempt, outcome, took } = call;
    let attributes = vec![
        KeyValue::new("http.request.method", *method),
        KeyValue::new("url.template", template.clone()),
        KeyValue::new("outcome", *outcome),
        KeyValue::new("attempt", i64::from(*attempt)),
    ];
    Planned { name: "call", kind: SpanKind::Client, took: *took, attributes }
}

#[cfg(test)]
mod tests {
    use tapdesk_core::ids::EntryId;

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_tap_is_one_span_with_its_parts_inside() {
        let asked = CallStory {
            method: "GET",
            template: "/spaces/checkins".to_owned(),
            attempt: 2,
            outcome: "done",
            took: (ms(30), ms(90)),
        };
        let story = Story {
            entry: EntryId(7),
            answered: Some(ms(10)),
            known: ms(20),
            appends: vec![(ms(21), ms(25))],
            calls: vec![asked],
            verdict: ("checked_in", ms(100)),
            paint: Some((ms(101), ms(120))),
        };
        let (root, children) = plan(&story, 9);
        assert_eq!((root.name, root.took), ("tap", (ms(10), ms(120))));
        assert!(root.attributes.contains(&KeyValue::new("tapdesk.verdict", "checked_in")));
        assert!(root.attributes.contains(&KeyValue::new("tapdesk.location.id", 9)));
        let inside: Vec<_> = children.iter().map(|child| (child.name, child.took)).collect();
        let expected = [
            ("reader", (ms(10), ms(20))),
            ("journal", (ms(21), ms(25))),
            ("call", (ms(30), ms(90))),
            ("paint", (ms(101), ms(120))),
        ];
        assert_eq!(inside, expected);
        let call = &children[2];
        assert_eq!(call.kind, SpanKind::Client);
        for attribute in [KeyValue::new("url.template", "/spaces/checkins"), KeyValue::new("attempt", 2)] {
            assert!(call.attributes.contains(&attribute), "{attribute:?}");
        }

        let unseen = Story { answered: None, paint: None, ..story };
        let (root, children) = plan(&unseen, 9);
        assert_eq!(root.took, (ms(20), ms(100)), "to the verdict, where nobody paints it");
        assert_eq!(children.iter().map(|child| child.name).collect::<Vec<_>>(), ["journal", "call"]);
    }
}
