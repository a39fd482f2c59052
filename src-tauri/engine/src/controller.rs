//! The one loop: events in, effects out. It holds the desk, runs what the desk asks for, and shows what it says.
//!
//! Calls run beside the loop, each in a task of its own, and come back as events; the journal keeps its order by itself.

mod handle;

use std::sync::Arc;
use std::time::Duration;

use chrono::{SubsecRound, TimeDelta, Utc};
use tapdesk_core::desk::Desk;
use tapdesk_core::effect::{Effect, Notice, Stage};
use tapdesk_core::event::Event;
use tapdesk_core::ids::EntryId;
use tapdesk_core::now::Now;
use tapdesk_core::policy::Policy;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::directory::Directory;
use crate::journal::{Journal, JournalError};
use crate::logbook;
use crate::pad::Pad;
use crate::presence::Presence;
use crate::reader::supervisor::new_entry;
use crate::recorder::{self, Recorder};
use crate::reload::{Moment, Reload};
use crate::resolving::Resolvers;
use crate::screen::{News, Screen};
use crate::service::{Ended, StartError};
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::visit::Visits;

pub use self::handle::Handle;
use self::handle::Request;

/// The rooms that the loop's effects reach.
pub struct Rooms {
    /// The journal.
    pub journal: Journal,
    /// The service.
    pub spaces: Arc<Spaces>,
    /// The members.
    pub directory: Arc<Directory>,
    /// Who is in, where that is shown.
    pub presence: Option<Arc<Presence>>,
    /// What the service knows of a visit, where that is shown.
    pub visits: Option<Arc<Visits>>,
    /// What happened, and how long it took.
    pub recorder: Arc<Recorder>,
}

/// The loop, ready to run.
pub struct Controller<S> {
    desk: Desk,
    pub(crate) rooms: Rooms,
    screen: S,
    pad: Pad,
    resolvers: Resolvers,
    repeat_window: Duration,
    started: Instant,
    requests: UnboundedReceiver<Request>,
    handle: Handle,
    /// The verdict whose visit was asked for last.
    asked_of: Option<(EntryId, &'static str)>,
    /// What is being asked outside.
    calls: JoinSet<()>,
    reload: Reload,
}

impl<S: Screen> Controller<S> {
    /// A controller for one desk; what an earlier run left in the journal is taken up when it runs.
    pub fn new(policy: Policy, rooms: Rooms, screen: S) -> Self {
        let (sender, requests) = unbounded_channel();
        let (started, repeat_window) = (Instant::now(), policy.repeat_window);
        let desk = Desk::new(policy, now(started));
        Self {
            desk,
            rooms,
            screen,
            pad: Pad::default(),
            resolvers: Resolvers::default(),
            repeat_window,
            started,
            requests,
            handle: Handle(sender),
            asked_of: None,
            calls: JoinSet::new(),
            reload: Reload::new(started),
        }
    }

    /// A way to ask it something.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Runs until it is told to stop, another configuration is taken over, or it cannot go on; what was told to be stored
    /// is stored then.
    pub async fn run(mut self) -> Result<Ended, StartError> {
        self.rooms.recorder.begin(self.screen.is_seen());
        let window = TimeDelta::from_std(self.repeat_window).unwrap_or_default();
        let kept = self.rooms.journal.kept(Utc::now() - window).await?;
        self.feed(Event::Restored(kept));
        let mut clock = self.rooms.spaces.http().clock_differs();
        // A call of the background may have told of it already.
        clock.mark_changed();
        let result = loop {
            // What is under way is waited for here, where somebody who comes is seen.
            if self.requests.is_empty() && self.calls.is_empty() {
                match self.reload.moment(Instant::now(), &self.desk, &self.rooms.directory) {
                    Moment::NotYet => {}
                    Moment::NotTaken(state) => {
                        tracing::warn!(?state, "configuration: not taken yet");
                        self.tell_news(&News::Configuration(state));
                    }
                    Moment::Now(configuration) => break Ok(Ended::Reconfigure(configuration)),
                }
            }
            let deadline = self.desk.next_deadline().map(|elapsed| self.started + elapsed);
            let look = self.reload.next_look(Instant::now());
            let request = tokio::select! {
                biased;
                () = until(deadline) => Request::Desk(Event::Woken),
                // The sender lives as long as the rooms do.
                Ok(()) = clock.changed() => {
                    let seconds = *clock.borrow_and_update();
                    Request::Desk(Event::ClockDiffers((seconds != 0).then(|| TimeDelta::seconds(seconds))))
                }
                Some(ended) = self.calls.join_next() => match ended {
                    // Its answer came by itself.
                    Ok(()) => continue,
                    // None will come: what waits for it would wait for ever.
                    Err(_) => break Err(StartError::Failed),
                },
                request = self.requests.recv() => request.unwrap_or(Request::Stop),
                () = until(look) => continue,
            };
            match request {
                Request::Desk(event) => self.feed(event),
                Request::AcceptOffer(shown) => self.feed(Event::OfferAccepted { shown, entry: new_entry() }),
                Request::Pad(typed) => {
                    self.reload.note_typing(Instant::now());
                    if let Some(event) = self.pad.take(typed, &self.rooms.directory) {
                        self.feed(event);
                    }
                }
                Request::Resolve(wanted) => {
                    if let Some(read) = self.resolvers.take(wanted, &self.rooms.journal) {
                        let handle = self.handle.clone();
                        self.calls.spawn(async move { handle.ask(Request::Read(read.await)) });
                    }
                }
                Request::Read(read) => drop(self.resolvers.read(read).map(|event| self.feed(event))),
                Request::Location(location) => {
                    self.rooms.recorder.location(&location);
                    self.screen.location(&location);
                }
                Request::News(news) => self.tell_news(&news),
                Request::Reconfigure(replacement) => self.reload.want(replacement),
                Request::StaffAreThere(there) => self.reload.note_staff(there),
                // Whoever asked may have lost patience.
                Request::Answer(answer) => drop(answer.send(())),
                Request::Fail(error) => break Err(error),
                Request::Stop => break Ok(Ended::Stopped),
            }
        };
        self.calls.detach_all();
        // The journal works in order: when this is answered, all that was put before is durable.
        if let Err(error) = self.rooms.journal.check().await {
            tracing::error!(%error, "what was told last may not be stored");
        }
        result
    }

    fn feed(&mut self, event: Event) {
        self.rooms.recorder.event(&event);
        let effects = self.desk.handle(now(self.started), event);
        for effect in effects {
            match effect {
                Effect::Tell(notice) => {
                    logbook::write(&notice);
                    self.rooms.recorder.notice(&notice);
                    self.screen.notice(&notice);
                    if let Notice::Link(link) = &notice {
                        self.reload.note_link(link);
                    }
                    self.note_presence(&notice);
                }
                Effect::Stage(stage) => {
                    self.rooms.recorder.stage(&stage);
                    self.screen.stage(&stage);
                    self.reload.note_stage(&stage, Instant::now());
                    self.ask_of_visit(&stage);
                }
                Effect::AnswerPin { entry, answer } => self.pad.answer(entry, answer),
                Effect::AnswerStaff { entry, answer } => self.resolvers.answer(entry, answer),
                Effect::LookUp { look_up, allowed } => self.pad.look_up(look_up, allowed, &self.rooms.directory),
                other => self.carry_out(other),
            }
        }
    }

    fn tell_news(&mut self, news: &News) {
        self.rooms.recorder.news(news);
        self.screen.news(news);
    }

    fn note_presence(&mut self, notice: &Notice) {
        if let (Notice::Verdict(shown), Some(presence)) = (notice, &self.rooms.presence)
            && let Some(present) = presence.note(shown)
        {
            self.tell_news(&News::Present(present));
        }
    }

    /// The verdict is on the screen: what else is known of the visit is asked now.
    fn ask_of_visit(&mut self, stage: &Stage) {
        let (Stage::Verdict(shown), Some(visits)) = (stage, &self.rooms.visits) else { return };
        if !Visits::concerns(shown) || self.asked_of == Some((shown.entry, shown.verdict.kind())) {
            return;
        }
        self.asked_of = Some((shown.entry, shown.verdict.kind()));
        let (visits, shown, handle) = (Arc::clone(visits), shown.clone(), self.handle.clone());
        tokio::spawn(async move {
            if let Some(visit) = visits.of(&shown).await {
                handle.news(News::Visit { entry: shown.entry, visit });
            }
        });
    }

    /// Starts what takes time; its answer comes back as an event.
    fn carry_out(&mut self, effect: Effect) {
        let (spaces, directory) = (Arc::clone(&self.rooms.spaces), Arc::clone(&self.rooms.directory));
        match effect {
            Effect::Record { entry, sequence } => {
                let id = entry.id;
                // The order is sent here, in the loop, so that the journal sees the orders as the desk gave them.
                let (recorder, handle) = (Arc::clone(&self.rooms.recorder), self.handle.clone());
                recorder.append_began(id);
                let stored = self.rooms.journal.put(entry);
                self.answer(async move {
                    let result = stored.await.map_err(|error| {
                        tracing::error!(entry = %id, %error, "a tap could not be stored");
                        told(&handle, error)
                    });
                    recorder.append_ended(id);
                    Event::Recorded { entry: id, sequence, result }
                });
            }
            Effect::Identify { entry, tile, urgent } => {
                self.call(entry, async move {
                    Event::Identified { entry, who: directory.identify(&spaces, &tile, priority(urgent)).await }
                });
            }
            Effect::ReadMember { entry, coworker, urgent } => {
                self.call(entry, async move {
                    Event::Identified { entry, who: directory.member(&spaces, coworker, priority(urgent)).await }
                });
            }
            Effect::StorePinTries { entry, tries } => {
                let stored = self.rooms.journal.put_pin_tries(tries);
                self.answer(async move {
                    Event::PinTriesStored { entry, result: stored.await.map_err(|error| error.to_string()) }
                });
            }
            Effect::ReadRecords { entry, coworker, urgent } => {
                self.call(entry, async move {
                    Event::Records { entry, answer: spaces.checkins(coworker, priority(urgent)).await }
                });
            }
            Effect::Write { entry, attempt, source, again, urgent } => {
                self.call(entry, async move {
                    Event::Written { entry, answer: spaces.write(&attempt, source, again, priority(urgent)).await }
                });
            }
            Effect::Undo { entry, coworker, checkin } => {
                self.answer(async move {
                    Event::Undone { entry, answer: spaces.undo(coworker, checkin, Priority::Background).await }
                });
            }
            Effect::TestStorage => {
                let (tested, handle) = (self.rooms.journal.check(), self.handle.clone());
                self.answer(async move { Event::StorageTested(tested.await.map_err(|error| told(&handle, error))) });
            }
            Effect::FindReason { entry, coworker, tapped_at, sent_at, urgent } => {
                self.call(entry, async move {
                    let answer = spaces.reason(coworker, tapped_at, sent_at, priority(urgent)).await;
                    Event::Reason { entry, answer }
                });
            }
            Effect::Probe => self.answer(async move { Event::Probed(spaces.location().await.map(drop)) }),
            Effect::Tell(_)
            | Effect::Stage(_)
            | Effect::AnswerPin { .. }
            | Effect::AnswerStaff { .. }
            | Effect::LookUp { .. } => {}
        }
    }

    /// The same for what a tap waits for: how long that takes is the service's part.
    fn call(&mut self, entry: EntryId, work: impl Future<Output = Event> + Send + 'static) {
        let recorder = Arc::clone(&self.rooms.recorder);
        recorder.call_began(entry);
        self.answer(async move {
            let event = recorder::of_tap(entry, work).await;
            recorder.call_ended(entry);
            event
        });
    }

    fn answer(&mut self, work: impl Future<Output = Event> + Send + 'static) {
        let handle = self.handle.clone();
        self.calls.spawn(async move { handle.ask(Request::Desk(work.await)) });
    }
}

/// What the desk is told of the journal's error. A journal that has stopped stores nothing any more: the next desk opens
/// it anew.
fn told(handle: &Handle, error: JournalError) -> String {
    let told = error.to_string();
    if matches!(error, JournalError::Stopped) {
        handle.fail(error.into());
    }
    told
}

fn now(started: Instant) -> Now {
    // To the millisecond, as people and systems write times.
    Now { utc: Utc::now().trunc_subsecs(3), elapsed: started.elapsed() }
}

fn priority(urgent: bool) -> Priority {
    if urgent { Priority::Urgent } else { Priority::Background }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        // The timer may fire up to a millisecond early; a desk woken too early would be woken again at once.
        Some(deadline) => tokio::time::sleep_until(deadline + Duration::from_millis(1)).await,
        None => std::future::pending().await,
    }
}
