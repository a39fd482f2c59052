//! Readers of smart cards through PC/SC, the service that Windows, macOS and Linux (pcscd) have for them: the only file that
//! names its crate, and nothing here is of one system.
//!
//! The service says when a card comes and goes, so nothing is polled. A card is asked for its UID in a thread and by a
//! connection of its own: a call that a bad card or another program holds up must not hold up the process, which ends itself
//! when a call hangs.

use std::ffi::{CStr, CString};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use pcsc::{Context, Disposition, Error, Protocols, ReaderState, Scope, ShareMode, State};

use super::driver::Session;
use super::lines::Line;
use super::ndef::{self, first_record};
use super::slot::{Answer, Slot};

/// How long one look waits for something to happen; bounded, so that the process can say that it lives.
const LOOK_FOR: Duration = Duration::from_millis(500);
/// How long a service that ends still takes connections.
const ENDS_WITHIN: Duration = Duration::from_millis(200);
/// The question for a card's UID, which the reader itself answers (PC/SC part 3, 3.2.2.1.3).
const GET_UID: [u8; 5] = [0xFF, 0xCA, 0x00, 0x00, 0x00];

/// Reads 16 bytes of a card's memory from a page on, which goes last (PC/SC part 3, 3.2.2.1.8).
const READ_BINARY: [u8; 4] = [0xFF, 0xB0, 0x00, 0x00];

/// Why the service cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    /// It does not run, or is not installed.
    #[error("the smart-card service does not run; `tapdesk doctor` says how to start it")]
    Absent,
    /// It runs, but not for this user.
    #[error("this user may not use the smart-card service; `tapdesk doctor` says what permits it")]
    Denied,
    /// It does something else.
    #[error("the smart-card service does not work ({0}); restart it")]
    Failing(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::NoService | Error::ServiceStopped => Self::Absent,
            Error::SecurityViolation | Error::NoAccess => Self::Denied,
            error => Self::Failing(error.to_string()),
        }
    }
}

/// The service that has the readers.
pub(super) struct Service(Context);

impl Service {
    /// Reaches the service.
    fn reach() -> Result<Self, Trouble> {
        match Context::establish(Scope::User) {
            // What a service says that is just ending, too.
            Err(Error::SecurityViolation) => {
                std::thread::sleep(ENDS_WITHIN);
                Ok(Self(Context::establish(Scope::User)?))
            }
            established => Ok(Self(established?)),
        }
    }

    /// The readers it has, by their names.
    fn readers(&self) -> Result<Vec<String>, Trouble> {
        let names = self.0.list_readers_owned()?;
        Ok(names.iter().map(|name| name.to_string_lossy().into_owned()).collect())
    }

    /// Opens the reader of this name; what is written on a tile is read too where `ndef` says so.
    pub(super) fn open(&self, name: &str, ndef: bool) -> Result<Reader, String> {
        let wire = CString::new(name).map_err(|error| format!("{name:?}: {error}"))?;
        let state = [ReaderState::new(wire.clone(), State::UNAWARE)];
        let mut reader = Reader {
            context: self.0.clone(),
            name: name.to_owned(),
            wire,
            ndef,
            state,
            coming: None,
            slot: Slot::default(),
            asked: None,
            since: Instant::now(),
        };
        // What is not known yet is told at once.
        reader.wait(LOOK_FOR)?;
        Ok(reader)
    }
}

/// The service, and the readers that it lists.
type Listed = (Service, Vec<String>);

/// A question for the readers that the service lists; asked in a thread, since a service may take the call and never answer.
pub(super) struct Question(Receiver<Result<Listed, Trouble>>);

impl Question {
    /// Asks.
    pub(super) fn ask() -> Self {
        let (sender, answer) = mpsc::channel();
        std::thread::spawn(move || {
            let listed = Service::reach().and_then(|service| {
                let names = service.readers()?;
                Ok((service, names))
            });
            // Nobody may be waiting any more.
            let _ = sender.send(listed);
        });
        Self(answer)
    }

    /// The service and the readers' names; what has not come by then may come yet, and is not to be asked for again.
    pub(super) fn answer_within(self, deadline: Duration) -> Result<Listed, (Trouble, Option<Self>)> {
        match self.0.recv_timeout(deadline) {
            Ok(answer) => answer.map_err(|trouble| (trouble, None)),
            Err(error) => {
                let pending = (error == RecvTimeoutError::Timeout).then_some(self);
                Err((Trouble::Failing("it does not answer".to_owned()), pending))
            }
        }
    }
}

/// The readers that the service lists, or why it lists none.
pub(crate) fn listed_within(deadline: Duration) -> Result<Vec<String>, Trouble> {
    let answer = Question::ask().answer_within(deadline);
    answer.map(|(_, names)| names).map_err(|(trouble, _)| trouble)
}

/// A reader that the service has.
pub(super) struct Reader {
    context: Context,
    name: String,
    wire: CString,
    ndef: bool,
    state: [ReaderState; 1],
    /// The service's number for the coming of the card that lies there.
    coming: Option<u32>,
    slot: Slot,
    /// The coming of the card that is being asked, and where its answer arrives.
    asked: Option<(u32, Receiver<Answer>)>,
    since: Instant,
}

impl Reader {
    /// Waits until the service has something new of this reader, at most so long.
    fn wait(&mut self, longest: Duration) -> Result<(), String> {
        match self.context.get_status_change(longest, &mut self.state) {
            Ok(()) => {}
            Err(Error::Timeout) => return Ok(()),
            Err(Error::UnknownReader | Error::ReaderUnavailable) => return Err(self.unplugged()),
            Err(error) => {
                return Err(format!("the smart-card service has ended or fails ({error}); it is being reached again"));
            }
        }
        let [state] = &mut self.state;
        state.sync_current_state();
        let flags = state.event_state();
        if flags.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
            return Err(self.unplugged());
        }
        self.coming = flags.contains(State::PRESENT).then(|| state.event_count());
        Ok(())
    }

    fn unplugged(&self) -> String {
        format!("{} is not there any more; plug it in again", self.name)
    }

    /// Asks the card that is to be asked, and takes what it answered.
    fn ask(&mut self) -> Option<Line> {
        let now = self.since.elapsed();
        if let Some(coming) = self.slot.to_ask(now)
            && self.asked.as_ref().is_none_or(|(asked, _)| *asked != coming)
        {
            let (sender, answer) = mpsc::channel();
            let (reader, ndef) = (self.wire.clone(), self.ndef);
            std::thread::spawn(move || {
                // The card may have gone, and with it whoever wanted to know.
                let _ = sender.send(told(&reader, ndef));
            });
            self.asked = Some((coming, answer));
        }
        let (coming, answer) = self.asked.as_ref()?;
        let coming = *coming;
        let answer = match answer.recv_timeout(LOOK_FOR) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Answer::NotNow,
            Err(RecvTimeoutError::Timeout) if self.slot.is_mute(self.since.elapsed()) => Answer::None,
            Err(RecvTimeoutError::Timeout) => return None,
        };
        self.asked = None;
        self.slot.hear(self.since.elapsed(), coming, &answer)
    }
}

impl Session for Reader {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&mut self) -> Result<Option<Line>, String> {
        let line = self.slot.see(self.since.elapsed(), self.coming).or_else(|| self.ask());
        if line.is_none() {
            let due = self.slot.due(self.since.elapsed()).unwrap_or(LOOK_FOR);
            self.wait(due.min(LOOK_FOR))?;
        }
        Ok(line)
    }

    /// None: a look itself waits for something to happen.
    fn rest(&self) -> Duration {
        Duration::ZERO
    }
}

/// What the card in this reader says of itself; left as it is for whoever else uses it.
fn told(reader: &CStr, ndef: bool) -> Answer {
    let ask = || -> Result<Answer, Error> {
        let context = Context::establish(Scope::User)?;
        let card = context.connect(reader, ShareMode::Shared, Protocols::ANY)?;
        let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
        let mut answer = card.transmit(&GET_UID, &mut buffer).map(Answer::of_reply);
        if let Ok(Answer::Uid(_, written)) = &mut answer
            && ndef
        {
            *written = first_record(|page| {
                let [class, instruction, high, _] = READ_BINARY;
                let length = u8::try_from(ndef::READ).ok()?;
                let reply = card.transmit(&[class, instruction, high, page, length], &mut buffer).ok()?;
                reply.strip_suffix(&[0x90, 0x00])?.try_into().ok()
            });
        }
        // The card may have gone meanwhile.
        drop(card.disconnect(Disposition::LeaveCard));
        answer
    };
    // Gone, mute, or another program's alone: which of these, the next looks tell.
    ask().unwrap_or(Answer::NotNow)
}
