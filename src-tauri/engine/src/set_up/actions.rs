//! What each action of a set-up does.

use std::sync::Arc;

use secrecy::ExposeSecret;
use tapdesk_core::effect::ReaderState;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::set_up::{Progress, Step};

use super::account::{Access, Under};
use super::choices::{changes, overridden};
use super::keep::{Kept, keep};
use super::view::{Problem, Reader, StaffPinState};
use super::{Action, Ended, SetUp};
use crate::keys::check;
use crate::{rights, service};

impl SetUp {
    pub(super) async fn carry_out(self: &Arc<Self>, action: Action) -> Result<(), Problem> {
        match action {
            Action::Back => self.go(Progress::back).await?,
            Action::Next => self.go(Progress::next).await?,
            Action::Go(step) => self.go(|progress, from| if progress.allows(step) { step } else { from }).await?,
            Action::Language(tag) => self.draft().view.language = tag,
            Action::SignIn { email, password, code } => {
                let settings = &self.beginning.configuration.settings;
                let under = if self.is_signed_in().await? { Under::Fresh } else { Under::Device };
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
            let progress = draft.view.progress();
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
        if !self.is_signed_in().await? {
            return Ok(());
        }
        match Access::kept(&self.beginning.configuration.settings, Arc::clone(&self.beginning.keys)).await {
            Ok(access) => self.take(access),
            Err(problem @ (Problem::Unreachable(_) | Problem::Gateway(_) | Problem::Throttled)) => return Err(problem),
            // It has ended: the form says all there is to do.
            Err(_) => {}
        }
        Ok(())
    }

    async fn is_signed_in(&self) -> Result<bool, Problem> {
        let (settings, keys) = (&self.beginning.configuration.settings, Arc::clone(&self.beginning.keys));
        service::is_signed_in(settings, keys).await.map_err(|error| Problem::KeyStore(error.to_string()))
    }

    pub(super) fn take(&self, access: Access) {
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

    pub(super) async fn look_at_rights(&self, writes: bool) {
        let Some((spaces, administrator)) = self.spaces() else { return };
        let rights = rights::look(&spaces, administrator, writes).await;
        self.draft().view.rights = Some(rights);
    }

    /// The service at the chosen location, and whether the account is a full administrator.
    pub(super) fn spaces(&self) -> Option<(crate::spaces::desk::Spaces, bool)> {
        let draft = self.draft();
        let (access, location) = (draft.access.as_ref()?, draft.view.location?);
        Some((access.spaces.at(location), access.signed_in.administrator))
    }

    async fn finish(&self) -> Result<(), Problem> {
        let view = self.view();
        if !view.progress().is_complete() {
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
}
