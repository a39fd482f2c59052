//! The Spaces API simulator: an honest peer of the real service, with no knowledge of who calls it.
//!
//! One HTTP server with the service's token endpoint, lists, writes and pass engine; a typed switch for each point on
//! which the documentation is silent or disagrees with itself; faults on demand; and a read-back of all that reached it.
//!
//! A million refused visits or members are no burden: check-ins and failed check-ins are kept sorted by their times, also by
//! location, and members by their last change (`sorted.rs`), so that a page far in, a range and a count are found without
//! looking at each record; whatever else is filtered is looked at record by record (`candidates.rs`). Their texts are shared,
//! and they are planted in small lots, between which the service answers (`failed_checkins_in_bulk.rs`); that takes some
//! hundred bytes a record, and a member some fifteen hundred.
//!
//! Sources: the published pages and `nexudus-api.md`; each item names its section.

mod bodies;
mod candidates;
mod checkins;
mod commands;
mod control;
mod coworkers;
mod dates;
mod failed_checkins;
mod failed_checkins_in_bulk;
mod faults;
mod fields;
mod filters;
mod handle;
mod lists;
mod log;
mod me;
mod passes;
mod public_checkin;
mod query;
mod records;
mod replies;
mod routes;
mod schema;
pub mod seed;
mod service;
mod sorted;
mod state;
mod store;
mod switches;
mod throttle;
mod token;
mod transport;
mod writes;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use axum::Router;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use control::{CONTROL_HELP, FAULT_HELP};
pub use coworkers::{Member, Pass};
pub use failed_checkins_in_bulk::ManyFailedCheckins;
pub use faults::{Fault, FaultKind};
pub use handle::State;
pub use log::{Charge, LoggedRequest, LoggedWrite};
pub use schema::Entity;
pub use switches::{
    DirReading, Envelope, FobFilter, MalformedFilter, NotFoundBody, PostValue, SWITCH_HELP, Switches, TextFilter,
    ThrottleLimits, Validation,
};
pub use throttle::Throttle;
pub use token::Account;

/// How a simulator starts.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Port on 127.0.0.1; 0 = any free one.
    pub port: u16,
    /// Members in bulk beside the named ones.
    pub members: usize,
    /// So many refused visits of the last year, of those members and of nobody known.
    pub failed_checkins: usize,
    /// Whether to leave out the default seed (locations, plans, passes, named members); the accounts stay.
    pub empty: bool,
    /// The account with all rights; `None` = the seeded one.
    pub account: Option<Account>,
    /// Laid over the default seed.
    pub seed_file: Option<seed::SeedFile>,
    /// How the switches stand.
    pub switches: Switches,
}

/// A running simulator; it ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    state: State,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Simulator {
    /// Starts a service on 127.0.0.1; fails when the port is taken or the seed is not valid.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let mut accounts = seed::accounts();
        if let Some(account) = options.account {
            accounts[0] = account;
        }
        let state = State::new(state::Inner::new(options.switches, accounts));
        if !options.empty {
            seed::plant(&state).map_err(|wrong| anyhow!("the default seed: {wrong}"))?;
        }
        state.add_members(options.members);
        if let Some(file) = &options.seed_file {
            seed::apply(&state, file).map_err(|wrong| anyhow!("the seed file: {wrong}"))?;
        }
        state.add_failed_checkins(&ManyFailedCheckins {
            count: options.failed_checkins,
            ..ManyFailedCheckins::default()
        });
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = transport::Listener::bind(address, state.listening())
            .await
            .with_context(|| format!("cannot listen on {address}"))?;
        let address = listener.address();
        let service = Router::new()
            .fallback(service::serve)
            .with_state(state.clone())
            .into_make_service_with_connect_info::<transport::Connection>();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let ended = async move {
                let _ = stopped.await;
            };
            let _ = axum::serve(listener, service).with_graceful_shutdown(ended).await;
        });
        Ok(Self { address, state, stop: Some(stop), server })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT/api`, as a client is configured (section 1.1).
    pub fn base_url(&self) -> String {
        format!("http://{}/api", self.address)
    }

    /// `http://127.0.0.1:PORT/_simulator`.
    pub fn control_url(&self) -> String {
        format!("http://{}/_simulator", self.address)
    }

    /// The handle on what it knows; it outlives the simulator.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// Ends it: idle connections are closed, replies under way have two seconds.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if tokio::time::timeout(Duration::from_secs(2), &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}
