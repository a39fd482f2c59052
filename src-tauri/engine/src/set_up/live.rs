//! What runs while a set-up is at a step: the reader, the member list, a look at the rights.

use std::sync::Arc;

use tapdesk_core::effect::ReaderState;
use tapdesk_core::event::Event;
use tapdesk_core::set_up::Step;
use tapdesk_core::tile::TileReading;

use super::view::Test;
use super::{SetUp, Task, choices, readers, test_tap};
use crate::directory::Directory;
use crate::service;

impl SetUp {
    /// Starts what the step needs, and ends what it does not.
    pub(super) fn follow_step(self: &Arc<Self>) {
        if self.ended.borrow().is_some() {
            return;
        }
        let begins_with_a_reader = {
            let draft = self.draft();
            draft.view.step == Step::Reader && draft.reader.is_none()
        };
        // Before the draft is held: the list may take a second.
        let ports = begins_with_a_reader.then(readers::ports);
        let mut draft = self.draft();
        let reads = matches!(draft.view.step, Step::Reader | Step::TestTap);
        if !reads {
            draft.reader = None;
        } else if draft.reader.is_none() {
            if let Some(ports) = ports {
                draft.view.reader.ports = ports;
            }
            draft.view.reader.state = ReaderState::Starting;
            let set_up = Arc::downgrade(self);
            let hear = move |event| {
                if let Some(set_up) = set_up.upgrade() {
                    set_up.hear(event);
                }
            };
            let connection = draft.view.reader.connection.clone();
            let reader = choices::reader(connection, &self.beginning.configuration.settings);
            let locks = service::reader_locks(&self.beginning.configuration.settings.data_dir);
            let command = self.beginning.reader.at(&reader, &locks);
            draft.reader = Some(Task(readers::try_out(command, reader.format, hear)));
        }
        // Read meanwhile, so that the test tap knows everybody.
        if draft.view.step > Step::Location
            && draft.directory.is_none()
            && let Some(access) = &draft.access
        {
            let (directory, spaces) = (Arc::new(Directory::default()), Arc::clone(&access.spaces));
            let reading = Arc::clone(&directory);
            let task = tokio::spawn(async move {
                let (events, _heard) = tokio::sync::mpsc::unbounded_channel();
                reading.keep_up_to_date(&spaces, events).await;
            });
            draft.directory = Some((directory, Task(task)));
        }
        drop(draft);
        let looks = {
            let draft = self.draft();
            draft.view.step == Step::Rights && draft.view.rights.is_none() && draft.looking.is_none()
        };
        if looks {
            let set_up = Arc::downgrade(self);
            let look = async move {
                if let Some(set_up) = set_up.upgrade() {
                    set_up.look_at_rights(false).await;
                    set_up.tell();
                }
            };
            self.draft().looking = Some(Task(tokio::spawn(look)));
        }
    }

    fn hear(self: &Arc<Self>, event: Event) {
        match event {
            Event::ReaderUp { name, .. } => self.draft().view.reader.state = ReaderState::Up { name },
            Event::ReaderDown { why, .. } => self.draft().view.reader.state = ReaderState::Down { why },
            Event::Tile { reading, .. } => {
                self.touch();
                let mut draft = self.draft();
                draft.view.reader.count += 1;
                draft.view.reader.tile = Some(match &reading {
                    TileReading::Usable(tile) => tile.masked(),
                    TileReading::Unusable(_) => String::new(),
                });
                let tests = draft.view.step == Step::TestTap;
                drop(draft);
                if tests {
                    self.test(reading);
                }
            }
            _ => return,
        }
        self.tell();
    }

    fn test(self: &Arc<Self>, reading: TileReading) {
        let TileReading::Usable(tile) = reading else {
            self.draft().view.test = Some(Test::Unusable);
            return;
        };
        let Some((spaces, _)) = self.spaces() else { return };
        let mut draft = self.draft();
        let Some((directory, _)) = &draft.directory else { return };
        let (directory, names, count) = (Arc::clone(directory), draft.view.names, draft.view.reader.count);
        draft.view.test = Some(Test::Looking(Some(tile.masked())));
        drop(draft);
        let set_up = Arc::clone(self);
        tokio::spawn(async move {
            let found = test_tap::look_up(&spaces, &directory, &tile, names).await;
            let mut draft = set_up.draft();
            // Another tile may have come meanwhile.
            if draft.view.reader.count == count {
                draft.view.test = Some(found);
            }
            drop(draft);
            set_up.tell();
        });
    }
}
