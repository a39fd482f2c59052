//! What is chosen: what a set-up begins with, what is complete, and what is to be written of it.

use tapdesk_core::effect::ReaderState;
use tapdesk_core::set_up::Step;

use super::Beginning;
use super::view::{Reader, StaffPinState, View};
use crate::settings::Settings;
use crate::settings::edit::{self, Change};
use crate::settings::reader::{ReaderKind, ReaderSettings};
use crate::settings::words::Words;

pub(super) fn starting_view(beginning: &Beginning) -> View {
    let settings = &beginning.configuration.settings;
    View {
        revision: 0,
        first: beginning.first,
        step: Step::Language,
        language: settings.kiosk.language.clone(),
        service: settings.spaces.base_url.host_str().unwrap_or_default().to_owned(),
        account: None,
        locations: None,
        location: None,
        rights: None,
        reader: Reader {
            connection: settings.reader.connection.clone(),
            ports: Vec::new(),
            state: ReaderState::Starting,
            tile: None,
            count: 0,
        },
        names: settings.kiosk.names,
        offline: settings.offline.accept,
        staff_pin: StaffPinState::Missing,
        test: None,
        waiting: 0,
        problem: None,
        overridden: Vec::new(),
    }
}

/// The chosen reader. Another connection than the configured one may be of another kind, which its form tells, and write
/// numbers in another way.
pub(super) fn reader(connection: Option<String>, configured: &Settings) -> ReaderSettings {
    let before = &configured.reader;
    let (kind, format) =
        if connection == before.connection { (before.kind, before.format) } else { (ReaderKind::Auto, None) };
    ReaderSettings { kind, connection, format, ..before.clone() }
}

/// What differs from the configuration of before: what nobody changed stays as the layers below have it.
pub(super) fn changes(view: &View, beginning: &Beginning) -> Vec<Change> {
    let before = &beginning.configuration.settings;
    let mut changes = Vec::new();
    let located = beginning.located.then_some(before.spaces.business_id);
    if let Some(location) = view.location.filter(|location| located != Some(*location)) {
        changes.push(Change::set("spaces.business_id", location.0));
    }
    if view.language != before.kiosk.language {
        changes.push(Change::set("kiosk.language", view.language.as_str()));
    }
    if view.names != before.kiosk.names {
        changes.push(Change::set("kiosk.names", view.names.word()));
    }
    if view.offline != before.offline.accept {
        changes.push(Change::set("offline.accept", view.offline.word()));
    }
    let reader = reader(view.reader.connection.clone(), before);
    if reader.kind != before.reader.kind {
        changes.push(Change::set("reader.kind", reader.kind.word()));
    }
    if reader.format != before.reader.format {
        changes.push(Change::set("reader.format", reader.format.word()));
    }
    if reader.connection != before.reader.connection {
        changes.push(match &reader.connection {
            Some(connection) => Change::set("reader.connection", connection.as_str()),
            None => Change::remove("reader.connection"),
        });
    }
    changes
}

/// What was chosen, and has another value all the same; nothing where that cannot be told before it is written.
pub(super) fn overridden(view: &View, beginning: &Beginning) -> Vec<String> {
    let planned = edit::plan(&changes(view, beginning), &beginning.source);
    let overridden = planned.map(|plan| plan.overridden).unwrap_or_default();
    overridden.into_iter().map(|overridden| format!("{} ({})", overridden.key, overridden.by)).collect()
}
