//! A set-up under way: what was chosen so far, in memory alone. Nothing of it is kept before the end, and then all of it.

mod account;
mod actions;
mod choices;
mod keep;
mod live;
pub mod provision;
mod readers;
mod test_tap;
pub mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{NameDisplay, OfflineAccept};
use tapdesk_core::set_up::Step;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use self::account::Access;
use self::choices::starting_view;
use self::view::{StaffPinState, View};
use crate::device::DeviceId;
use crate::directory::Directory;
use crate::keys::{KeyStore, StaffGate};
use crate::reader::supervisor::ReaderCommand;
use crate::service::{self, StartError};
use crate::settings::{Configuration, Source};

/// What the page can ask for.
#[derive(Debug)]
pub enum Action {
    /// To the step before.
    Back,
    /// To the step after, where this one is complete.
    Next,
    /// To this step, where all before it are complete.
    Go(Step),
    /// The screen's language, a BCP 47 tag.
    Language(String),
    /// Signs in.
    SignIn {
        /// E-mail.
        email: String,
        /// Password.
        password: SecretString,
        /// The second factor.
        code: Option<SecretString>,
    },
    /// The location.
    Location(BusinessId),
    /// Looks at the rights, with `true` also at those to write.
    Rights(bool),
    /// The reader's connection; none for the first USB reader.
    Reader(Option<String>),
    /// What is shown of a name.
    Names(NameDisplay),
    /// Whose taps are kept in an outage.
    Offline(OfflineAccept),
    /// The staff PIN, typed twice.
    StaffPin {
        /// Once.
        pin: SecretString,
        /// And again.
        again: SecretString,
    },
    /// Keeps everything.
    Finish,
    /// Forgets everything.
    Leave,
}

/// What a set-up begins with.
pub struct Beginning {
    /// Where the configuration comes from, and where what changes is written.
    pub source: Source,
    /// The configuration of now; of a kiosk that was never set up, what there is of it.
    pub configuration: Configuration,
    /// Whether the configuration names a location.
    pub located: bool,
    /// Where secrets are kept.
    pub keys: Arc<dyn KeyStore>,
    /// How the reader process is started.
    pub reader: ReaderCommand,
    /// Whether this kiosk was never set up.
    pub first: bool,
}

/// How a set-up ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All of it is kept.
    Kept,
    /// Nothing of it is.
    Left,
}

/// A set-up under way.
pub struct SetUp {
    beginning: Beginning,
    device: DeviceId,
    draft: Mutex<Draft>,
    /// One action after the other.
    acting: tokio::sync::Mutex<()>,
    changed: watch::Sender<u64>,
    ended: watch::Sender<Option<Ended>>,
    touched: watch::Sender<Instant>,
}

struct Draft {
    view: View,
    access: Option<Access>,
    staff_pin: Option<SecretString>,
    /// The reader process, and for which connection it runs.
    reader: Option<Task>,
    /// A look at the rights.
    looking: Option<Task>,
    /// The members, for the test tap.
    directory: Option<(Arc<Directory>, Task)>,
}

/// A task that ends with what it is for.
struct Task(JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl SetUp {
    /// Begins with what this kiosk has already. Fails where its secrets cannot be kept, since that would be in vain.
    pub async fn begin(beginning: Beginning) -> Result<Arc<Self>, StartError> {
        let settings = &beginning.configuration.settings;
        let device = service::device(settings)?;
        let gate = StaffGate::new(Arc::clone(&beginning.keys), device.clone(), &settings.data_dir);
        let has_pin = gate.is_set().await.map_err(StartError::from)?;
        let signed_in = service::is_signed_in(settings, Arc::clone(&beginning.keys)).await?;
        let waiting = {
            let (settings, keys) = (settings.clone(), Arc::clone(&beginning.keys));
            let claimed = tokio::task::spawn_blocking(move || service::claimed(&settings, keys.as_ref())).await;
            // A journal that cannot be read is told of when the kiosk starts.
            claimed.ok().and_then(Result::ok).unwrap_or(0)
        };
        // One that is not good any more is told of where it is asked for.
        let access = if signed_in { Access::kept(settings, Arc::clone(&beginning.keys)).await.ok() } else { None };
        let ports = tokio::task::spawn_blocking(readers::ports).await;
        let mut view = starting_view(&beginning);
        view.reader.ports = ports.unwrap_or_default();
        view.waiting = waiting;
        view.staff_pin = if has_pin { StaffPinState::Kept } else { StaffPinState::Missing };
        let draft = Draft { view, access: None, staff_pin: None, reader: None, looking: None, directory: None };
        let set_up = Self {
            device,
            draft: Mutex::new(draft),
            acting: tokio::sync::Mutex::default(),
            changed: watch::Sender::new(0),
            ended: watch::Sender::new(None),
            touched: watch::Sender::new(Instant::now()),
            beginning,
        };
        let set_up = Arc::new(set_up);
        if let Some(access) = access {
            set_up.take(access);
        }
        Ok(set_up)
    }

    /// What there is so far.
    pub fn view(&self) -> View {
        let mut draft = self.draft();
        draft.view.revision += 1;
        draft.view.clone()
    }

    /// Tells of every change of the view.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Waits for the end. With `idle`, a set-up that nobody touches for so long is left.
    pub async fn ended(&self, idle: Option<Duration>) -> Ended {
        let (mut ended, mut touched) = (self.ended.subscribe(), self.touched.subscribe());
        loop {
            let until = idle.map(|idle| *touched.borrow_and_update() + idle);
            let patience = async {
                match until {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => std::future::pending().await,
                }
                // What is under way is finished first.
                drop(self.acting.lock().await);
            };
            tokio::select! {
                biased;
                ended = ended.wait_for(Option::is_some) => {
                    return ended.ok().and_then(|ended| *ended).unwrap_or(Ended::Left);
                }
                _ = touched.changed() => {}
                () = patience => return Ended::Left,
            }
        }
    }

    /// Carries out an action; what there is after it.
    pub async fn act(self: &Arc<Self>, action: Action) -> View {
        let _acting = self.acting.lock().await;
        if self.ended.borrow().is_some() {
            return self.view();
        }
        self.touch();
        self.draft().view.problem = None;
        if let Err(problem) = self.carry_out(action).await {
            self.draft().view.problem = Some(problem);
        }
        self.follow_step();
        self.touch();
        self.tell();
        self.view()
    }

    /// Waits until no action is under way.
    pub async fn at_rest(&self) {
        drop(self.acting.lock().await);
    }

    fn touch(&self) {
        self.touched.send_replace(Instant::now());
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn draft(&self) -> MutexGuard<'_, Draft> {
        // No change under this lock can be left half done.
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
