//! What the set-up page is shown, and what it may ask for. Nothing here leads back a secret.

mod from;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// All that the set-up page shows, whole: sent at every change, and as the answer to every action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct SetUpView {
    /// Of two views the one with the greater number is the newer: an answer may be overtaken by an event.
    #[ts(type = "number")]
    pub(crate) revision: u64,
    /// Whether this kiosk was never set up: then there is nothing to go back to by leaving.
    pub(crate) first: bool,
    /// BCP 47 tag of the chosen language; the page speaks it.
    pub(crate) language: String,
    /// BCP 47 tags to choose from.
    pub(crate) languages: Vec<String>,
    pub(crate) step: Step,
    /// All steps in their order; one that may not be gone to yet is not open.
    pub(crate) steps: Vec<StepView>,
    /// Whether one may go on from here. At the summary: whether all of it may be kept.
    pub(crate) next: bool,
    /// The host of the service, such as `spaces.nexudus.com`.
    pub(crate) service: String,
    /// Null until somebody is signed in.
    pub(crate) account: Option<AccountView>,
    /// Null until they are known. Empty: the account sees none.
    pub(crate) locations: Option<Vec<LocationChoice>>,
    /// Null until they were looked at.
    pub(crate) rights: Option<RightsView>,
    pub(crate) reader: SetUpReaderView,
    #[ts(type = r#""first" | "full" | "none""#)]
    pub(crate) names: &'static str,
    #[ts(type = r#""none" | "known" | "all""#)]
    pub(crate) offline: &'static str,
    /// Whether staff have a PIN: none, one from before that is kept, a new one.
    #[ts(type = r#""missing" | "kept" | "new""#)]
    pub(crate) staff_pin: &'static str,
    /// What the last tile would have become at the step of the test tap; null before the first.
    pub(crate) test: Option<TestView>,
    /// How many taps wait to be recorded at the location that was served so far: it cannot be changed while they do.
    #[ts(type = "number")]
    pub(crate) waiting: usize,
    /// What stood in the way of the last action; null where it worked.
    pub(crate) problem: Option<SetUpProblem>,
    /// What could be chosen here is set by the environment: these keys stay as they are.
    pub(crate) overridden: Vec<String>,
}

/// A step, as in the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) enum Step {
    Language,
    SignIn,
    Location,
    Rights,
    Reader,
    Policy,
    StaffPin,
    TestTap,
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct StepView {
    pub(crate) step: Step,
    pub(crate) open: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct AccountView {
    pub(crate) email: Option<String>,
    /// A full administrator: more than a kiosk needs, which is warned of.
    pub(crate) administrator: bool,
    /// Signed in before this set-up, and not anew in it.
    pub(crate) kept: bool,
}

/// A location that the account sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct LocationChoice {
    #[ts(type = "number")]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// What the account may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct RightsView {
    pub(crate) roles: Vec<RoleView>,
    /// Whether the roles to write were tried too, by requests that the service refuses for their content.
    pub(crate) writes_tried: bool,
    /// The least set of roles, a line each: to be copied for whoever gives the account its roles.
    pub(crate) list: String,
}

/// One role, by the service's own name, such as `Checkin-Create`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct RoleView {
    pub(crate) role: String,
    /// Without it the kiosk cannot work; else it only shows less.
    pub(crate) needed: bool,
    #[ts(type = r#""held" | "lacking" | "unknown""#)]
    pub(crate) state: &'static str,
}

/// The reader, live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct SetUpReaderView {
    /// The chosen connection; null for the first USB reader.
    pub(crate) connection: Option<String>,
    /// Connections to choose from beside the first USB reader: what is plugged in, and what is configured.
    pub(crate) choices: Vec<ReaderChoice>,
    #[ts(type = r#""starting" | "up" | "down""#)]
    pub(crate) state: &'static str,
    pub(crate) name: Option<String>,
    /// Why it does not work, and what to do.
    pub(crate) why: Option<String>,
    /// The tile that was read last, masked such as `…B2C3`; null before the first. Empty: a phone or another random id.
    pub(crate) tile: Option<String>,
    /// How many tiles were read since this reader was chosen: a second reading of the same tile shows too.
    #[ts(type = "number")]
    pub(crate) count: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) struct ReaderChoice {
    pub(crate) connection: String,
    /// What a person knows it by, such as a device's name.
    pub(crate) label: String,
}

/// What a tile would become. Nothing is sent that changes anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "found", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) enum TestView {
    /// Being looked up.
    Looking {
        tile: Option<String>,
    },
    /// A member who would be checked in, or out.
    Member {
        tile: Option<String>,
        /// As the policy allows.
        name: Option<String>,
        #[ts(type = r#""in" | "out""#)]
        direction: &'static str,
    },
    /// A member whose account is not active, or is archived.
    Inactive {
        tile: Option<String>,
    },
    Unknown {
        tile: Option<String>,
    },
    Ambiguous {
        tile: Option<String>,
    },
    Unusable,
    /// The service could not be asked, or may not be.
    Trouble {
        detail: String,
    },
}

/// Why an action did not work. Details are whole sentences, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) enum SetUpProblem {
    /// E-mail, password or code is not right; what the service said.
    SignInRefused { said: String },
    /// The same, and the service speaks of a code.
    CodeNeeded { said: String },
    /// Signed in, but the account may not use the API: it needs API access.
    NoApiAccess,
    /// Signed in, but the account is not active.
    AccountInactive,
    /// Signed in, but the account must choose a new password first.
    MustResetPassword,
    /// There is no connection to the service.
    Unreachable { detail: String },
    /// Somebody else answers, such as a portal, or the service is in trouble.
    Gateway { detail: String },
    /// Too many calls at the moment.
    Throttled,
    /// The account may not do this.
    NotPermitted { detail: String },
    /// The location cannot be changed while taps wait for the one before.
    TapsWait,
    /// The two PINs are not the same.
    PinsDiffer,
    /// Too short, too long, not digits, or too easy to guess.
    WeakPin {
        #[ts(type = r#""too_short" | "too_long" | "not_digits" | "too_simple""#)]
        why: &'static str,
    },
    /// Secrets cannot be kept on this machine now.
    KeyStore { detail: String },
    /// The configuration cannot be written; nothing was changed.
    Configuration { detail: String },
}

/// What the set-up page asks for.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
#[ts(export, export_to = "../../ui/src/bindings/set_up.ts")]
pub(crate) enum SetUpAction {
    Back,
    Next,
    /// To a step that is open.
    Go {
        to: Step,
    },
    Language {
        tag: String,
    },
    SignIn {
        email: String,
        #[ts(type = "string")]
        password: SecretString,
        /// The six digits of the second factor, where there is one.
        #[ts(type = "string | null")]
        code: Option<SecretString>,
    },
    Location {
        #[ts(type = "number")]
        id: i64,
    },
    /// Looks at the rights again; with `writes`, also tries the roles to write.
    Rights {
        writes: bool,
    },
    /// Null for the first USB reader.
    Reader {
        connection: Option<String>,
    },
    Names {
        #[ts(type = r#""first" | "full" | "none""#)]
        names: String,
    },
    Offline {
        #[ts(type = r#""none" | "known" | "all""#)]
        accept: String,
    },
    StaffPin {
        #[ts(type = "string")]
        pin: SecretString,
        #[ts(type = "string")]
        again: SecretString,
    },
    /// Keeps everything, and the kiosk begins.
    Finish,
    /// Forgets everything that was not kept; only where this is not the first set-up.
    Leave,
}
