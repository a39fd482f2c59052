//! The engine's adapters and its real loop against the simulators, in this process: a recording screen stands in for the
//! window and an in-memory key store for the system's.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "engine/health.rs"]
mod health;
#[path = "support/key_store.rs"]
mod key_store;
#[path = "engine/panics.rs"]
mod panics;
#[path = "engine/screens.rs"]
mod screens;
#[path = "engine/tiles.rs"]
mod tiles;
#[path = "engine/typed.rs"]
mod typed;

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tapdesk_core::checkin::{Attempt, Trouble, WriteAnswer};
use tapdesk_core::entry::Source;
use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::Identification;
use tapdesk_core::tile::{TileId, TileReading};
use tapdesk_engine::directory::Directory;
use tapdesk_engine::keys::{KeyStore, KeyStoreError, SecretString, SystemKeyStore};
use tapdesk_engine::service;
use tapdesk_engine::settings::Settings;
use tapdesk_engine::spaces::desk::Spaces;
use tapdesk_engine::spaces::governor::Priority;
use tapdesk_engine::spaces::records::coworker;
use tapdesk_tests::kiosk::station::{OPEN_BUDGET, Station};
use tapdesk_tests::spaces::{DirReading, Entity, Fault, FaultKind, FobFilter, seed};

use tokio::sync::mpsc::unbounded_channel;

use self::key_store::Memory;

const ANA: CoworkerId = CoworkerId(1001);
const DEADLINE: Duration = Duration::from_secs(20);

impl Memory {
    /// Locks it, or unlocks it.
    fn lock(&self, locked: bool) {
        *self.locked.lock().unwrap() = locked;
    }

    /// Lets all access tokens look near their end to whoever reads them next.
    fn age_access_tokens(&self) {
        for secret in self.secrets.lock().unwrap().values_mut() {
            let mut tokens: serde_json::Value = serde_json::from_str(secret).unwrap();
            tokens["access_ends"] = "2020-01-01T00:00:00Z".into();
            *secret = tokens.to_string();
        }
    }
}

struct Bench {
    station: Station,
    keys: Arc<Memory>,
    settings: Settings,
}

impl Bench {
    async fn new() -> Self {
        Self::with("").await
    }

    /// With these lines more in the configuration.
    async fn with(lines: &str) -> Self {
        let station = Station::start(&format!("[tap]\nrepeat_window_s = 1\n{lines}")).await.unwrap();
        // None of these stories is about the budget.
        station.configure_spaces(OPEN_BUDGET).unwrap();
        let settings = Settings::read(Some(&station.configuration())).unwrap();
        Self { station, keys: Arc::default(), settings }
    }

    async fn signed_in() -> (Self, Spaces) {
        Self::new().await.sign_in().await
    }

    async fn sign_in(self) -> (Self, Spaces) {
        let bench = self;
        let spaces = bench.spaces();
        spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
        (bench, spaces)
    }

    fn spaces(&self) -> Spaces {
        service::spaces(&self.settings, Arc::clone(&self.keys) as Arc<dyn KeyStore>).unwrap()
    }

    fn calls(&self, path: &str) -> usize {
        self.station.spaces.state().requests().iter().filter(|request| request.path.ends_with(path)).count()
    }
}

fn tile(hex: &str) -> TileId {
    match TileReading::of_hex(hex) {
        TileReading::Usable(tile) => tile,
        TileReading::Unusable(why) => panic!("{why:?}"),
    }
}

/// Kiosks that start together under one user look for their sign-in at the same moment.
#[test]
fn many_who_find_nothing_in_the_key_store_do_not_disturb_one_another() {
    let look = |kiosk: usize| move || (0..8).map(|_| SystemKeyStore.get(&format!("nobody-{kiosk}/tokens"))).collect();
    let kiosks: Vec<_> = (0..8).map(|kiosk| std::thread::spawn(look(kiosk))).collect();
    for kiosk in kiosks {
        let found: Result<Vec<Option<SecretString>>, KeyStoreError> = kiosk.join().unwrap();
        assert!(found.unwrap().iter().all(Option::is_none));
    }
}

/// Rejected by the service, or known to be near its end.
#[tokio::test]
async fn thirty_two_callers_with_a_dead_token_cause_one_refresh() {
    for expired in [false, true] {
        let (bench, spaces) = Bench::signed_in().await;
        let spaces = if expired {
            bench.keys.age_access_tokens();
            Arc::new(bench.spaces())
        } else {
            bench.station.spaces.state().revoke_access_tokens();
            Arc::new(spaces)
        };
        let before = bench.calls("/token");
        let callers: Vec<_> = (0..32)
            .map(|_| {
                let spaces = Arc::clone(&spaces);
                tokio::spawn(async move { spaces.account().await })
            })
            .collect();
        for caller in callers {
            assert_eq!(caller.await.unwrap().unwrap().email.as_deref(), Some(seed::USERNAME));
        }
        assert_eq!(bench.calls("/token") - before, 1, "expired: {expired}");
    }
}

#[tokio::test]
async fn a_new_pair_is_in_the_key_store_before_it_is_used() {
    let (bench, spaces) = Bench::signed_in().await;
    bench.station.spaces.state().revoke_access_tokens();
    bench.keys.lock(true);
    let refused = spaces.account().await.unwrap_err();
    assert!(matches!(refused, Trouble::NotReady(_)), "{refused:?}");
    bench.keys.lock(false);
    let before = bench.calls("/token");
    spaces.account().await.unwrap();
    assert_eq!(bench.calls("/token"), before, "the pair issued while the store was locked is used, not lost");
    let restarted = bench.spaces();
    restarted.account().await.unwrap();
    assert_eq!(bench.calls("/token"), before, "and it survives a restart");
}

#[tokio::test]
async fn a_sign_in_that_ended_is_said_and_a_new_one_is_noticed() {
    let (bench, spaces) = Bench::signed_in().await;
    bench.station.spaces.state().revoke_access_tokens();
    bench.station.spaces.state().revoke_refresh_tokens();
    let ended = spaces.account().await.unwrap_err();
    assert!(matches!(&ended, Trouble::SignedOut(why) if why.contains("tapdesk sign-in")), "{ended:?}");
    let calls = bench.calls("/token");
    assert!(matches!(spaces.account().await, Err(Trouble::SignedOut(_))));
    assert_eq!(bench.calls("/token"), calls, "a dead refresh token is not sent again");
    bench.spaces().http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
    spaces.account().await.unwrap();
}

/// Guard: `Session::access` knows what was rejected, while the refresh does not succeed.
#[tokio::test]
async fn a_token_known_to_be_dead_is_not_sent_again() {
    let (bench, spaces) = Bench::signed_in().await;
    let state = bench.station.spaces.state();
    state.revoke_access_tokens();
    state.inject(Fault::new(FaultKind::ServerError { status: 502 }).on("POST", "*token").times(3));
    let before = bench.calls("/auth/me");
    for _ in 0..3 {
        spaces.account().await.unwrap_err();
    }
    assert_eq!(bench.calls("/auth/me") - before, 1);
    spaces.account().await.unwrap();
}

/// Guard: `Http::call` takes its token after its wait.
#[tokio::test]
async fn a_call_that_waited_goes_with_the_token_of_its_moment() {
    let mut bench = Bench::new().await;
    bench.settings.spaces.call_spacing_ms = 700;
    let spaces = Arc::new(bench.spaces());
    spaces.http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
    let state = bench.station.spaces.state();
    state.revoke_access_tokens();
    let urgent = tokio::spawn({
        let spaces = Arc::clone(&spaces);
        async move { spaces.account().await }
    });
    // It lets the other one go first, which gets a new token.
    spaces.members_by(coworker::ACCESS_CARD_ID, "0", Priority::Background).await.unwrap();
    urgent.await.unwrap().unwrap();
    assert_eq!(state.requests().iter().filter(|request| request.status == Some(401)).count(), 1);
}

/// The refresh token died with the reply; the access token did not.
#[tokio::test]
async fn a_lost_refresh_reply_is_survived_until_the_token_ends_and_then_said() {
    let (bench, _) = Bench::signed_in().await;
    let state = bench.station.spaces.state();
    bench.keys.age_access_tokens();
    let refreshes = bench.calls("/token");
    // Two starts: within one, a refresh that failed is not tried again for a minute.
    let first = bench.spaces();
    state.inject(Fault::new(FaultKind::DropAfterCommit).on("POST", "*token"));
    first.account().await.unwrap();
    first.account().await.unwrap();
    assert_eq!(bench.calls("/token") - refreshes, 1, "its reply was lost");
    let restarted = bench.spaces();
    restarted.account().await.unwrap();
    restarted.account().await.unwrap();
    assert_eq!(bench.calls("/token") - refreshes, 2, "it is dead, and not sent again");
    state.revoke_access_tokens();
    let ended = restarted.account().await.unwrap_err();
    assert!(matches!(&ended, Trouble::SignedOut(why) if why.contains("tapdesk sign-in")), "{ended:?}");
    bench.spaces().http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
    restarted.account().await.unwrap();
}

/// A pair that waited for a locked key store is older than a sign-in made meanwhile.
#[tokio::test]
async fn a_sign_in_made_meanwhile_goes_before_a_pair_that_waited() {
    let (bench, spaces) = Bench::signed_in().await;
    bench.station.spaces.state().revoke_access_tokens();
    bench.keys.lock(true);
    spaces.account().await.unwrap_err();
    bench.keys.lock(false);
    bench.spaces().http().session().sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.unwrap();
    let signed_in = bench.keys.secrets.lock().unwrap().clone();
    spaces.account().await.unwrap();
    assert_eq!(*bench.keys.secrets.lock().unwrap(), signed_in);
}

/// A gateway's refusal says nothing of the refresh token.
#[tokio::test]
async fn a_gateway_in_the_way_of_a_refresh_ends_no_sign_in() {
    for status in [403, 429, 502] {
        let (bench, spaces) = Bench::signed_in().await;
        let state = bench.station.spaces.state();
        state.revoke_access_tokens();
        let kind = match status {
            429 => FaultKind::Throttle { status: Some(429), retry_after_seconds: Some(0) },
            status => FaultKind::ServerError { status },
        };
        state.inject(Fault::new(kind).on("POST", "*token"));
        let trouble = spaces.account().await.unwrap_err();
        assert!(!matches!(trouble, Trouble::SignedOut(_)), "{status}: {trouble:?}");
        spaces.account().await.unwrap();
    }
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_sent() {
    let bench = Bench::new().await;
    bench.station.spaces.state().change_switches(|switches| switches.totp = Some("123456".to_owned()));
    let spaces = bench.spaces();
    let session = spaces.http().session();
    assert!(session.sign_in(seed::USERNAME, &seed::PASSWORD.into(), None).await.is_err());
    session.sign_in(seed::USERNAME, &seed::PASSWORD.into(), Some(&"123456".into())).await.unwrap();
}

#[tokio::test]
async fn a_missing_role_is_not_a_lost_sign_in() {
    for status in [401, 403] {
        let bench = Bench::new().await;
        bench.station.spaces.state().change_switches(|switches| switches.missing_role_status = status);
        let spaces = bench.spaces();
        spaces.http().session().sign_in(seed::USERNAME_WITHOUT_CREATE, &seed::PASSWORD.into(), None).await.unwrap();
        let answer = spaces
            .write(&Attempt::Open { coworker: ANA, from: Utc::now() }, Source::Tile, false, Priority::Urgent)
            .await;
        assert!(
            matches!(&answer, WriteAnswer::NotDone(Trouble::NotPermitted(what)) if what.contains("checkins")),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn open_checkins_are_found_whatever_dir_means_and_however_old_they_are() {
    for reading in [DirReading::Enum, DirReading::Sign] {
        let (bench, spaces) = Bench::signed_in().await;
        let state = bench.station.spaces.state();
        state.change_switches(|switches| switches.dir_reading = reading);
        let long_ago = Utc::now() - chrono::TimeDelta::days(3);
        let open = state.open_checkin(ANA.0, 9, long_ago);
        state.open_checkin(ANA.0, 12, long_ago);
        let found = spaces.checkins(ANA, Priority::Urgent).await.unwrap();
        let found: Vec<i64> = found.iter().filter(|record| record.to.is_none()).map(|record| record.id.0).collect();
        assert_eq!(found, [open], "not the one at the other location");
    }
}

#[tokio::test]
async fn tiles_are_found_however_they_are_written_and_whatever_the_filters_do() {
    let (bench, spaces) = Bench::signed_in().await;
    let state = bench.station.spaces.state();
    for filter in [FobFilter::Contains, FobFilter::Exact, FobFilter::Broken] {
        state.change_switches(|switches| switches.fob_filter = filter);
        let directory = Arc::new(Directory::default());
        let (events, mut observed) = unbounded_channel();
        let (background, session) = (Arc::clone(&directory), bench.spaces());
        let passes = tokio::spawn(async move { background.keep_up_to_date(&session, events).await });
        observed.recv().await.unwrap();
        let cases =
            [("04A1B2C3D4E5F6", 1001), ("04A2B2C3D4E5F6", 1002), ("04A3B2C3D4E5F6", 1003), ("04A4B2C3D4E5F6", 1004)];
        for (uid, id) in cases {
            let who = directory.identify(&spaces, &tile(uid), Priority::Urgent).await;
            assert!(matches!(&who, Identification::One(member) if member.id == CoworkerId(id)), "{uid}: {who:?}");
        }
        assert_eq!(
            directory.identify(&spaces, &tile("04ABB2C3D4E5F6"), Priority::Urgent).await,
            Identification::Several
        );
        assert_eq!(
            directory.identify(&spaces, &tile("04FEB2C3D4E5F6"), Priority::Urgent).await,
            Identification::Nobody
        );
        // A tile given out a moment ago is found at its first tap.
        let mut freya = state.record(Entity::Coworker, 1020).unwrap();
        freya["AccessCardId"] = "04:C0:B2:C3:D4:E5:F6".into();
        freya["UpdatedOn"] = Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string().into();
        state.put_record(Entity::Coworker, &freya).unwrap();
        let who = directory.identify(&spaces, &tile("04C0B2C3D4E5F6"), Priority::Urgent).await;
        assert!(matches!(&who, Identification::One(member) if member.id == CoworkerId(1020)), "{filter:?}: {who:?}");
        passes.abort();
    }
}
