//! All that one simulated service knows, behind one lock; and the few ways in which records change.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::checkins;
use super::failed_checkins;
use super::faults::Faults;
use super::log::{Log, LoggedWrite};
use super::records::{Cell, Record};
use super::schema::Entity;
use super::store::Store;
use super::switches::Switches;
use super::throttle::Throttle;
use super::token::{Account, Tokens};

/// On whose behalf a record changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) name: String,
    pub(crate) request: Option<u64>,
}

impl Author {
    /// The service itself.
    pub(crate) fn system() -> Self {
        Self { name: "system".to_owned(), request: None }
    }
}

/// What the service does by itself some time after a request.
#[derive(Debug)]
pub(crate) enum Later {
    Validate { checkin: i64 },
    NoteRefusal { row: Record, request: Option<u64> },
}

/// One simulated service.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) switches: Switches,
    pub(crate) accounts: Vec<Account>,
    pub(crate) tokens: Tokens,
    pub(crate) throttle: Throttle,
    /// Every connection that carries a request is reset.
    pub(crate) down: bool,
    /// How often everything held was released.
    pub(crate) releases: u64,
    /// Coworkers always refused, with the `Description`.
    pub(crate) refusals: HashMap<i64, Option<String>>,
    /// Passwords of the coworkers that have a login of their own.
    pub(crate) logins: HashMap<i64, String>,
    /// To be done after so long; taken by whoever holds the lock next and can wait.
    pub(crate) later: Vec<(Duration, Later)>,
}

impl Inner {
    pub(crate) fn new(switches: Switches, accounts: Vec<Account>) -> Self {
        Self {
            store: Store::new(),
            log: Log::default(),
            faults: Faults::default(),
            switches,
            accounts,
            tokens: Tokens::default(),
            throttle: Throttle::default(),
            down: false,
            releases: 0,
            refusals: HashMap::new(),
            logins: HashMap::new(),
            later: Vec::new(),
        }
    }

    /// The service's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let skew = TimeDelta::try_seconds(self.switches.clock_skew_seconds).unwrap_or_default();
        Utc::now().checked_add_signed(skew).unwrap_or_default()
    }

    /// Stores a new record with its common fields; the id. `SEED` is not logged as a write.
    pub(crate) fn add(&mut self, mut record: Record, method: &str, author: &Author) -> i64 {
        let now = self.now();
        let id = match record.integer("Id") {
            Some(id) => id,
            None => self.store.next_id(record.entity),
        };
        record.set("Id", Some(Cell::Integer(id)));
        for stamp in ["CreatedOn", "UpdatedOn"] {
            let moment = record.moment(stamp).unwrap_or(now);
            record.set(stamp, Some(Cell::Moment(moment)));
        }
        if record.text("UniqueId").is_none() {
            record.set("UniqueId", Some(Cell::text(Uuid::new_v4().to_string())));
        }
        if record.text("UpdatedBy").is_none() {
            record.set("UpdatedBy", Some(Cell::text(author.name.as_str())));
        }
        let entity = record.entity;
        self.store.insert(record);
        self.note_write(method, entity, id, author);
        id
    }

    /// Stores a changed record in place of the one with its id.
    pub(crate) fn replace(&mut self, mut record: Record, method: &str, author: &Author) {
        record.set("UpdatedOn", Some(Cell::Moment(self.now())));
        record.set("UpdatedBy", Some(Cell::text(author.name.as_str())));
        let (entity, id) = (record.entity, record.id());
        self.store.insert(record);
        self.note_write(method, entity, id, author);
    }

    /// Takes a record away; whether there was one.
    pub(crate) fn delete(&mut self, entity: Entity, id: i64, method: &str, author: &Author) -> bool {
        let found = self.store.remove(entity, id).is_some();
        if found {
            self.note_write(method, entity, id, author);
        }
        found
    }

    fn note_write(&mut self, method: &str, entity: Entity, id: i64, author: &Author) {
        if method == "SEED" {
            return;
        }
        self.log.writes.push(LoggedWrite {
            at: self.now(),
            method: method.to_owned(),
            entity: entity.name().to_owned(),
            id,
            by: author.name.clone(),
            request: author.request,
        });
    }

    /// Does what was put off.
    pub(crate) fn catch_up(&mut self, later: Later) {
        match later {
            Later::Validate { checkin } => checkins::validate(self, checkin),
            Later::NoteRefusal { row, request } => failed_checkins::write(self, row, request),
        }
    }
}
