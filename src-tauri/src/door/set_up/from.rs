//! The engine's set-up in the words of the door, and the page's wishes in the engine's.

use tapdesk_core::checkin::Direction;
use tapdesk_core::effect::ReaderState;
use tapdesk_core::ids::BusinessId;
use tapdesk_core::set_up;
use tapdesk_engine::keys::WeakPin;
use tapdesk_engine::rights::{self, Held, Rights};
use tapdesk_engine::set_up::Action;
use tapdesk_engine::set_up::view::{Problem, Reader, SignedIn, StaffPinState, Test, View};
use tapdesk_engine::settings::words::Words;

use super::{
    AccountView, LocationChoice, ReaderChoice, RightsView, RoleView, SetUpAction, SetUpProblem, SetUpReaderView,
    SetUpView, Step, StepView, TestView,
};

/// The steps of page and core, pairwise.
const STEPS: [(Step, set_up::Step); 9] = [
    (Step::Language, set_up::Step::Language),
    (Step::SignIn, set_up::Step::SignIn),
    (Step::Location, set_up::Step::Location),
    (Step::Rights, set_up::Step::Rights),
    (Step::Reader, set_up::Step::Reader),
    (Step::Policy, set_up::Step::Policy),
    (Step::StaffPin, set_up::Step::StaffPin),
    (Step::TestTap, set_up::Step::TestTap),
    (Step::Summary, set_up::Step::Summary),
];

impl From<set_up::Step> for Step {
    fn from(step: set_up::Step) -> Self {
        STEPS.iter().find(|(_, other)| *other == step).map_or(Self::Language, |(step, _)| *step)
    }
}

impl From<Step> for set_up::Step {
    fn from(step: Step) -> Self {
        STEPS.iter().find(|(other, _)| *other == step).map_or(Self::Language, |(_, step)| *step)
    }
}

impl SetUpView {
    /// What there is so far, with the languages that the page has words for.
    pub(crate) fn new(view: View, languages: Vec<String>) -> Self {
        let progress = view.progress();
        let steps = STEPS.map(|(step, core)| StepView { step, open: progress.allows(core) });
        let next =
            if view.step == set_up::Step::Summary { progress.is_complete() } else { progress.allows_next(view.step) };
        let location = view.location;
        let choice = |(id, name): (BusinessId, String)| LocationChoice { id: id.0, name, chosen: location == Some(id) };
        Self {
            revision: view.revision,
            first: view.first,
            language: view.language,
            languages,
            step: view.step.into(),
            steps: steps.to_vec(),
            next,
            service: view.service,
            account: view.account.map(AccountView::from),
            locations: view.locations.map(|locations| locations.into_iter().map(choice).collect()),
            rights: view.rights.map(RightsView::from),
            reader: SetUpReaderView::from(view.reader),
            names: view.names.word(),
            offline: view.offline.word(),
            staff_pin: match view.staff_pin {
                StaffPinState::Missing => "missing",
                StaffPinState::Kept => "kept",
                StaffPinState::New => "new",
            },
            test: view.test.map(TestView::from),
            waiting: view.waiting,
            problem: view.problem.map(SetUpProblem::from),
            overridden: view.overridden,
        }
    }
}

impl From<SignedIn> for AccountView {
    fn from(signed_in: SignedIn) -> Self {
        let SignedIn { email, administrator, kept } = signed_in;
        Self { email, administrator, kept }
    }
}

impl From<Rights> for RightsView {
    fn from(rights: Rights) -> Self {
        let role = |(role, held): (rights::Role, Held)| RoleView {
            role: role.name.to_owned(),
            needed: role.needed,
            state: match held {
                Held::Yes => "held",
                Held::No => "lacking",
                Held::Unknown => "unknown",
            },
        };
        let roles = rights.roles.into_iter().map(role).collect();
        Self { roles, writes_tried: rights.writes_tried, list: rights::list() }
    }
}

impl From<Reader> for SetUpReaderView {
    fn from(reader: Reader) -> Self {
        let mut choices: Vec<ReaderChoice> = reader
            .ports
            .into_iter()
            .map(|port| ReaderChoice { connection: port.connection, label: port.label })
            .collect();
        // What is configured, or was typed, is a choice of its own.
        if let Some(connection) = &reader.connection
            && !choices.iter().any(|choice| choice.connection == *connection)
        {
            choices.push(ReaderChoice { connection: connection.clone(), label: connection.clone() });
        }
        let (state, name, why) = match reader.state {
            ReaderState::Starting => ("starting", None, None),
            ReaderState::Up { name } => ("up", Some(name), None),
            ReaderState::Down { why } => ("down", None, Some(why)),
        };
        Self { connection: reader.connection, choices, state, name, why, tile: reader.tile, count: reader.count }
    }
}

impl From<Test> for TestView {
    fn from(test: Test) -> Self {
        match test {
            Test::Looking(tile) => Self::Looking { tile },
            Test::Member { tile, name, direction } => {
                let direction = match direction {
                    Direction::In => "in",
                    Direction::Out => "out",
                };
                Self::Member { tile, name, direction }
            }
            Test::Inactive(tile) => Self::Inactive { tile },
            Test::Unknown(tile) => Self::Unknown { tile },
            Test::Ambiguous(tile) => Self::Ambiguous { tile },
            Test::Unusable => Self::Unusable,
            Test::Trouble(detail) => Self::Trouble { detail },
        }
    }
}

impl From<Problem> for SetUpProblem {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::SignInRefused(said) => Self::SignInRefused { said },
            Problem::CodeNeeded(said) => Self::CodeNeeded { said },
            Problem::NoApiAccess => Self::NoApiAccess,
            Problem::AccountInactive => Self::AccountInactive,
            Problem::MustResetPassword => Self::MustResetPassword,
            Problem::Unreachable(detail) => Self::Unreachable { detail },
            Problem::Gateway(detail) => Self::Gateway { detail },
            Problem::Throttled => Self::Throttled,
            Problem::NotPermitted(detail) => Self::NotPermitted { detail },
            Problem::TapsWait => Self::TapsWait,
            Problem::PinsDiffer => Self::PinsDiffer,
            Problem::WeakPin(weak) => Self::WeakPin {
                why: match weak {
                    WeakPin::TooShort => "too_short",
                    WeakPin::TooLong => "too_long",
                    WeakPin::NotDigits => "not_digits",
                    WeakPin::AllEqual | WeakPin::Run => "too_simple",
                },
            },
            Problem::KeyStore(detail) => Self::KeyStore { detail },
            Problem::Configuration(detail) => Self::Configuration { detail },
        }
    }
}

impl SetUpAction {
    /// The wish in the engine's words; none for a choice that does not exist.
    pub(crate) fn understood(self) -> Option<Action> {
        Some(match self {
            Self::Back => Action::Back,
            Self::Next => Action::Next,
            Self::Go { to } => Action::Go(to.into()),
            Self::Language { tag } => Action::Language(tag),
            Self::SignIn { email, password, code } => Action::SignIn { email, password, code },
            Self::Location { id } => Action::Location(BusinessId(id)),
            Self::Rights { writes } => Action::Rights(writes),
            Self::Reader { connection } => Action::Reader(connection),
            Self::Names { names } => Action::Names(Words::of_word(&names)?),
            Self::Offline { accept } => Action::Offline(Words::of_word(&accept)?),
            Self::StaffPin { pin, again } => Action::StaffPin { pin, again },
            Self::Finish => Action::Finish,
            Self::Leave => Action::Leave,
        })
    }
}
