//! The typed client against the Spaces simulator, and against the published pages' own examples.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "spaces_client/budget.rs"]
mod budget;
#[path = "support/key_store.rs"]
mod key_store;
#[path = "spaces_client/pages.rs"]
mod pages;
#[path = "spaces_client/records.rs"]
mod records;
#[path = "spaces_client/walks.rs"]
mod walks;
#[path = "spaces_client/writes.rs"]
mod writes;

use std::sync::Arc;

use tapdesk_core::ids::{BusinessId, CoworkerId};
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::client::Client;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_tests::kiosk::station::OPEN_BUDGET;
use tapdesk_tests::spaces::{Options, Simulator, State, seed};

use self::key_store::Memory;

const ANA: CoworkerId = CoworkerId(1001);
const BEN: CoworkerId = CoworkerId(1002);
const HERE: BusinessId = BusinessId(seed::QUAY_HOUSE);

/// A service with a client that is signed in to it.
struct Desk {
    simulator: Simulator,
    spaces: Arc<Spaces>,
    _folder: tempfile::TempDir,
}

impl Desk {
    async fn open() -> Self {
        Self::open_with(Options::default(), OPEN_BUDGET).await
    }

    /// `budget` are keys of the section `[spaces]`.
    async fn open_with(options: Options, budget: &str) -> Self {
        let simulator = Simulator::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tapdesk.toml");
        let (data, base) = (folder.path().join("data").display().to_string(), simulator.base_url());
        let settings = format!(
            "data_dir = {data:?}\n[spaces]\nbase_url = {base:?}\nbusiness_id = {HERE}\n{budget}\n[reader]\nkind = \"libnfc\""
        );
        std::fs::write(&file, settings).unwrap();
        let settings = Settings::read(Some(&file)).unwrap();
        let spaces = service::spaces(&settings, Arc::new(Memory::default())).unwrap();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        Self { simulator, spaces: Arc::new(spaces), _folder: folder }
    }

    fn client(&self) -> Client<'_> {
        self.spaces.client(Priority::Urgent)
    }

    fn state(&self) -> State {
        self.simulator.state()
    }

    /// How many requests of this method to this path arrived.
    fn calls(&self, method: &str, path: &str) -> usize {
        let requests = self.state().requests();
        requests.iter().filter(|request| request.method == method && request.path.ends_with(path)).count()
    }
}
