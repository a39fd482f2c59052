//! What can be asked of the loop, and the way to ask it.

use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::pin::PinAnswer;
use tapdesk_core::resolution::{NotResolved, Resolution};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::pad::{TooMany, Typed};
use crate::pins::{Found, Pin};
use crate::resolving::{Read, Wanted};
use crate::screen::{Location, News};
use crate::service::StartError;
use crate::settings::follow::Replacement;

/// What can be asked of a running controller.
#[derive(Debug)]
pub(super) enum Request {
    /// Something for the desk.
    Desk(Event),
    /// The location's name and zone are known.
    Location(Location),
    /// Something nice to know.
    News(News),
    /// The member pressed the button of the verdict of this tap.
    AcceptOffer(EntryId),
    /// Something was typed at the pad.
    Pad(Typed),
    /// Staff want something of a tap.
    Resolve(Wanted),
    /// That tap, as the journal has it.
    Read(Read),
    /// The desk cannot go on like this: end with this error.
    Fail(StartError),
    /// Another configuration is to be taken over at a quiet moment; none where none is any more.
    Reconfigure(Option<Box<Replacement>>),
    /// Staff came to their desk, or left it.
    StaffAreThere(bool),
    /// Say that the loop runs.
    Answer(oneshot::Sender<()>),
    /// Finish what is being stored and end.
    Stop,
}

/// A way to ask, for the reader, the background tasks and the window.
#[derive(Debug, Clone)]
pub struct Handle(pub(super) UnboundedSender<Request>);

impl Handle {
    /// The member pressed the button of the verdict of this tap.
    pub fn accept_offer(&self, shown: EntryId) {
        self.ask(Request::AcceptOffer(shown));
    }

    /// A member typed their PIN, after they chose the name of this token where names are asked for. None where the desk
    /// has ended.
    pub async fn enter_pin(&self, pin: Pin, token: Option<String>) -> Option<PinAnswer> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Pad(Typed::Pin { pin, token, answer }));
        answered.await.ok()
    }

    /// The members who may be meant by a part of a name. None where the desk has ended.
    pub async fn find_members(&self, name: String) -> Option<Result<Vec<Found>, TooMany>> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Pad(Typed::Name { name, answer }));
        answered.await.ok()
    }

    /// Staff resolve a tap that needs them; answered when that is durable. None where the desk has ended.
    pub async fn resolve(&self, entry: EntryId, resolution: Resolution) -> Option<Result<(), NotResolved>> {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Resolve(Wanted { entry, resolution, answer }));
        answered.await.ok()
    }

    /// Waits until the loop has taken up all that it was asked so far; false where it has ended.
    pub async fn answers(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        self.ask(Request::Answer(answer));
        answered.await.is_ok()
    }

    /// Ends the loop.
    pub fn stop(&self) {
        self.ask(Request::Stop);
    }

    /// Staff came to their desk, or left it: while they are there no other configuration is taken over, which would end it.
    pub fn staff_are_there(&self, there: bool) {
        self.ask(Request::StaffAreThere(there));
    }

    pub(crate) fn fail(&self, error: StartError) {
        self.ask(Request::Fail(error));
    }

    pub(crate) fn location(&self, location: Location) {
        self.ask(Request::Location(location));
    }

    pub(crate) fn news(&self, news: News) {
        self.ask(Request::News(news));
    }

    /// Another configuration is to be taken over at a quiet moment, instead of any that waited for it.
    pub(crate) fn reconfigure(&self, replacement: Option<Box<Replacement>>) {
        self.ask(Request::Reconfigure(replacement));
    }

    pub(crate) fn out_of_order(&self, note: Option<String>) {
        self.ask(Request::Desk(Event::OutOfOrder(note)));
    }

    /// A channel of desk events for tasks that know nothing else; it ends with the loop.
    pub(crate) fn events(&self) -> UnboundedSender<Event> {
        let (sender, mut receiver) = unbounded_channel();
        let requests = self.0.clone();
        tokio::spawn(async move {
            while let Some(event) = receiver.recv().await {
                if requests.send(Request::Desk(event)).is_err() {
                    return;
                }
            }
        });
        sender
    }

    pub(super) fn ask(&self, request: Request) {
        // A loop that has ended needs nothing any more.
        drop(self.0.send(request));
    }
}
