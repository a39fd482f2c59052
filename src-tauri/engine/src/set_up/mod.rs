//! A set-up under way: what was chosen so far, in memory alone. Nothing of it is kept before the end, and then all of it.

mod account;
mod choices;
mod keep;
mod live;
pub mod provision;
mod readers;
mod test_tap;
pub mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tapdesk_core::effect::ReaderState;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::policy::{NameDisplay, OfflineAccept};
use tapdesk_core::set_up::{Progress, Step};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use self::account::{Access, Under};
use self::choices::{changes, overridden, progress, starting_view};
use self::keep::{Kept, keep};
use self::view::{Problem, Reader, StaffPinState, View};
use crate::device::DeviceId;
use crate::directory::Directory;
use crate::keys::{KeyStore, StaffGate, check};
use crate::reader::supervisor::ReaderCommand;
use crate::rights;
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
        let mut view = starting_view(&beginning);
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
        let mut view = draft.view.clone();
        view.progress = progress(&view);
        view
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

    async fn carry_out(self: &Arc<Self>, action: Action) -> Result<(), Problem> {
        match action {
            Action::Back => self.go(Progress::back).await?,
            Action::Next => self.go(Progress::next).await?,
            Action::Go(step) => self.go(|progress, from| if progress.allows(step) { step } else { from }).await?,
            Action::Language(tag) => self.draft().view.language = tag,
            Action::SignIn { email, password, code } => {
                let settings = &self.beginning.configuration.settings;
                let under = self.id_to_sign_in_with().await?;
                let email = email.trim();
                let access = Access::new(settings, &self.device, under, email, &password, code.as_ref()).await?;
                self.take(access);
            }
            Action::Location(id) => self.locate(id)?,
            Action::Rights(writes) => {
                // The look that came with the step tells less, and may end later.
                self.draft().looking = None;
                self.look_at_rights(writes).await;
            }
            Action::Reader(connection) => {
                let connection = connection.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
                let mut draft = self.draft();
                draft.reader = None;
                draft.view.reader = Reader {
                    connection,
                    ports: draft.view.reader.ports.clone(),
                    state: ReaderState::Starting,
                    tile: None,
                    count: 0,
                };
            }
            Action::Names(names) => self.draft().view.names = names,
            Action::Offline(accept) => self.draft().view.offline = accept,
            Action::StaffPin { pin, again } => {
                check(pin.expose_secret()).map_err(Problem::WeakPin)?;
                if pin.expose_secret() != again.expose_secret() {
                    return Err(Problem::PinsDiffer);
                }
                let mut draft = self.draft();
                draft.staff_pin = Some(pin);
                draft.view.staff_pin = StaffPinState::New;
            }
            Action::Finish => self.finish().await?,
            Action::Leave => {
                if !self.beginning.first {
                    self.ended.send_replace(Some(Ended::Left));
                }
            }
        }
        Ok(())
    }

    async fn go(&self, to: impl FnOnce(Progress, Step) -> Step) -> Result<(), Problem> {
        let asks_who = {
            let mut draft = self.draft();
            let progress = progress(&draft.view);
            draft.view.step = to(progress, draft.view.step);
            draft.view.step == Step::SignIn && draft.access.is_none()
        };
        if self.draft().view.step == Step::Summary {
            let overridden = overridden(&self.view(), &self.beginning);
            self.draft().view.overridden = overridden;
        }
        if asks_who { self.try_kept().await } else { Ok(()) }
    }

    /// The sign-in of before, where it is good. Where nobody can say now, that is no reason to sign in again.
    async fn try_kept(&self) -> Result<(), Problem> {
        let (settings, keys) = (&self.beginning.configuration.settings, Arc::clone(&self.beginning.keys));
        let signed_in = service::is_signed_in(settings, Arc::clone(&keys)).await;
        if !signed_in.map_err(|error| Problem::KeyStore(error.to_string()))? {
            return Ok(());
        }
        match Access::kept(settings, keys).await {
            Ok(access) => self.take(access),
            Err(problem @ (Problem::Unreachable(_) | Problem::Gateway(_) | Problem::Throttled)) => return Err(problem),
            // It has ended: the form says all there is to do.
            Err(_) => {}
        }
        Ok(())
    }

    async fn id_to_sign_in_with(&self) -> Result<Under, Problem> {
        let (settings, keys) = (&self.beginning.configuration.settings, Arc::clone(&self.beginning.keys));
        let signed_in = service::is_signed_in(settings, keys).await;
        let signed_in = signed_in.map_err(|error| Problem::KeyStore(error.to_string()))?;
        Ok(if signed_in { Under::Fresh } else { Under::Device })
    }

    fn take(&self, access: Access) {
        let configured = self.beginning.located.then_some(self.beginning.configuration.settings.spaces.business_id);
        let mut draft = self.draft();
        let sees = |id: &BusinessId| access.locations.iter().any(|(seen, _)| seen == id);
        let only = match &access.locations[..] {
            [(id, _)] if draft.view.waiting == 0 => Some(*id),
            _ => None,
        };
        draft.view.location = draft.view.location.or(configured).filter(sees).or(only);
        draft.view.account = Some(access.signed_in.clone());
        draft.view.locations = Some(access.locations.clone());
        draft.view.rights = None;
        draft.view.test = None;
        draft.directory = None;
        draft.looking = None;
        draft.access = Some(access);
    }

    fn locate(&self, id: BusinessId) -> Result<(), Problem> {
        let configured = self.beginning.configuration.settings.spaces.business_id;
        let mut draft = self.draft();
        if draft.view.waiting > 0 && self.beginning.located && id != configured {
            return Err(Problem::TapsWait);
        }
        if draft.view.locations.iter().flatten().any(|(seen, _)| *seen == id) {
            draft.view.location = Some(id);
            draft.view.rights = None;
            draft.view.test = None;
            draft.looking = None;
        }
        Ok(())
    }

    async fn look_at_rights(&self, writes: bool) {
        let Some((spaces, administrator)) = self.spaces() else { return };
        let rights = rights::look(&spaces, administrator, writes).await;
        self.draft().view.rights = Some(rights);
    }

    /// The service at the chosen location, and whether the account is a full administrator.
    fn spaces(&self) -> Option<(crate::spaces::desk::Spaces, bool)> {
        let draft = self.draft();
        let (access, location) = (draft.access.as_ref()?, draft.view.location?);
        Some((access.spaces.at(location), access.signed_in.administrator))
    }

    async fn finish(&self) -> Result<(), Problem> {
        let view = self.view();
        if !view.progress.is_complete() {
            return Ok(());
        }
        let new = {
            let mut draft = self.draft();
            // Whatever still calls the service could be given another pair of tokens than the one that is kept.
            draft.looking = None;
            draft.directory = None;
            draft.reader = None;
            draft.access.as_ref().map(Access::new_tokens)
        };
        let Some(new) = new else { return Ok(()) };
        let kept = Kept {
            tokens: new.await?,
            staff_pin: self.draft().staff_pin.clone(),
            changes: changes(&view, &self.beginning),
        };
        let keys = Arc::clone(&self.beginning.keys);
        keep(kept, &self.beginning.source, keys, &self.device).await?;
        self.ended.send_replace(Some(Ended::Kept));
        Ok(())
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
