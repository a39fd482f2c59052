//! The kiosk's pad: what is typed there, and who waits for the answer.

use std::collections::HashMap;
use std::sync::Arc;

use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::pin::PinAnswer;
use tokio::sync::oneshot;

use crate::directory::Directory;
use crate::pins::{Found, Pin};
use crate::reader::supervisor::new_entry;

/// Where the answer to a look-up of a name goes.
pub type NameAnswer = oneshot::Sender<Result<Vec<Found>, TooMany>>;

/// What is typed at the pad, and where the answer goes.
#[derive(Debug)]
pub enum Typed {
    /// A PIN, and the token of the name that was chosen before.
    Pin {
        /// The PIN.
        pin: Pin,
        /// What a look-up gave for the name.
        token: Option<String>,
        /// What became of it.
        answer: oneshot::Sender<PinAnswer>,
    },
    /// A part of a name.
    Name {
        /// As typed.
        name: String,
        /// Who may be meant.
        answer: NameAnswer,
    },
}

/// So many names were looked up that the next one has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many names were looked up; wait half a minute and try again")]
pub struct TooMany;

/// Who waits for an answer of the desk.
#[derive(Default)]
pub(crate) struct Pad {
    pins: HashMap<EntryId, oneshot::Sender<PinAnswer>>,
    names: HashMap<EntryId, (String, NameAnswer)>,
}

impl Pad {
    /// What the desk is to be told of it; none where it is answered already. The PIN is wiped here.
    pub(crate) fn take(&mut self, typed: Typed, directory: &Directory) -> Option<Event> {
        let id = new_entry();
        match typed {
            Typed::Pin { pin, token, answer } => {
                if let Some(who) = directory.whose_pin(&pin, token.as_deref()) {
                    self.pins.insert(id, answer);
                    return Some(Event::PinEntered { entry: id, who });
                }
                // Whoever asked may be gone by the time of the answer; that is no fault, here and below.
                let _ = answer.send(PinAnswer::Wrong);
                None
            }
            Typed::Name { name, answer } => {
                self.names.insert(id, (name, answer));
                Some(Event::NameTyped { look_up: id })
            }
        }
    }

    pub(crate) fn answer(&mut self, entry: EntryId, answer: PinAnswer) {
        let _ = self.pins.remove(&entry).map(|asked| asked.send(answer));
    }

    /// Looks the name up, beside the loop: there may be many members.
    pub(crate) fn look_up(&mut self, look_up: EntryId, allowed: bool, directory: &Arc<Directory>) {
        let Some((name, answer)) = self.names.remove(&look_up) else { return };
        if !allowed {
            drop(answer.send(Err(TooMany)));
            return;
        }
        let directory = Arc::clone(directory);
        tokio::task::spawn_blocking(move || drop(answer.send(Ok(directory.find(&name)))));
    }
}
