//! The real loop, and what a screen is told of it: verdicts at once, and what is nice to know after them.

use std::sync::Arc;

use serde_json::json;
use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::verdict::{Shown, Verdict};
use tapdesk_engine::controller::Handle;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{Charge, Location, News, Screen};
use tapdesk_engine::service::{self, Desk, Ended, StartError};
use tapdesk_engine::staff_desk::Rooms;
use tapdesk_engine::visit::{Allowance, Visit};
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::pn532::{Presence, Tile};
use tapdesk_tests::spaces::{Account, Entity, seed};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{ANA, Bench, DEADLINE};

pub(super) const ANAS_TILE: &str = "04A1B2C3D4E5F6";

/// A screen that records.
struct Recording {
    told: UnboundedSender<Shown>,
    news: UnboundedSender<News>,
    stage: watch::Sender<Stage>,
    seen: bool,
}

impl Screen for Recording {
    fn notice(&mut self, notice: &Notice) {
        if let Notice::Verdict(shown) = notice {
            drop(self.told.send(shown.clone()));
        }
    }

    fn stage(&mut self, stage: &Stage) {
        self.stage.send_replace(stage.clone());
    }

    fn location(&mut self, _location: &Location) {}

    fn news(&mut self, news: &News) {
        drop(self.news.send(news.clone()));
    }

    fn is_seen(&self) -> bool {
        self.seen
    }
}

/// A running desk and what its screen was told.
pub(super) struct Running {
    handle: Handle,
    /// What a staff desk beside it shares.
    pub(super) rooms: Rooms,
    ended: JoinHandle<Result<Ended, StartError>>,
    verdicts: UnboundedReceiver<Shown>,
    news: UnboundedReceiver<News>,
    /// News that came before somebody asked for it.
    early: Vec<News>,
    on_stage: watch::Receiver<Stage>,
}

impl Running {
    pub(super) async fn start(bench: &Bench, seen: bool) -> Self {
        let reader = ReaderCommand {
            program: program().unwrap(),
            arguments: vec!["--config".into(), bench.station.configuration().into(), "reader".into()],
        };
        Self::with(bench, seen, reader).await
    }

    /// The same with a reader process of its own kind.
    pub(super) async fn with(bench: &Bench, seen: bool, reader: ReaderCommand) -> Self {
        let (told, verdicts) = unbounded_channel();
        let (news_sender, news) = unbounded_channel();
        let stage = watch::Sender::new(Stage::Idle);
        let on_stage = stage.subscribe();
        let keys = Arc::clone(&bench.keys) as Arc<dyn KeyStore>;
        let screen = Recording { told, news: news_sender, stage, seen };
        let desk = Desk::open(bench.settings.clone(), keys, reader, screen).await.unwrap();
        let (handle, rooms) = (desk.handle(), desk.staff_rooms("1.2.3"));
        Self { handle, rooms, ended: tokio::spawn(desk.run()), verdicts, news, early: Vec::new(), on_stage }
    }

    pub(super) async fn verdict(&mut self) -> Shown {
        tokio::time::timeout(DEADLINE, self.verdicts.recv()).await.expect("a verdict in time").expect("a running desk")
    }

    async fn news(&mut self, mut wanted: impl FnMut(&News) -> bool) -> News {
        if let Some(place) = self.early.iter().position(&mut wanted) {
            return self.early.remove(place);
        }
        let next = async {
            loop {
                let news = self.news.recv().await.expect("a running desk");
                if wanted(&news) {
                    return news;
                }
                self.early.push(news);
            }
        };
        tokio::time::timeout(DEADLINE, next).await.expect("news in time")
    }

    pub(super) async fn stage(&mut self, wanted: impl FnMut(&Stage) -> bool) {
        tokio::time::timeout(DEADLINE, self.on_stage.wait_for(wanted)).await.expect("the stage in time").unwrap();
    }

    pub(super) async fn stop(self) {
        self.handle.stop();
        self.ended.await.unwrap().unwrap();
    }
}

pub(super) fn present(bench: &Bench, uid: &str) -> Presence {
    bench.station.reader.present(Tile::parse(uid).unwrap()).unwrap()
}

#[tokio::test]
async fn the_real_loop_from_tile_to_stage() {
    let (bench, _) = Bench::signed_in().await;
    let mut desk = Running::start(&bench, false).await;
    let ana = present(&bench, ANAS_TILE);
    let welcome = desk.verdict().await;
    assert!(matches!(welcome.verdict, Verdict::CheckedIn { .. }), "{welcome:?}");
    desk.stage(|stage| matches!(stage, Stage::Verdict(shown) if shown.entry == welcome.entry)).await;
    bench.station.reader.remove_presence(ana);
    desk.stage(|stage| *stage == Stage::Idle).await;

    // The dwell outlasts this desk's repeat window of a second.
    present(&bench, ANAS_TILE);
    let goodbye = desk.verdict().await;
    assert!(matches!(goodbye.verdict, Verdict::CheckedOut { .. }), "{goodbye:?}");
    assert!(bench.station.spaces.state().open_checkins(ANA.0).is_empty());
    for path in ["coworkertimepasses", "timepasses", "getavatar/1001"] {
        assert_eq!(bench.calls(path), 0, "{path}: nobody looks at this screen");
    }
    desk.stop().await;
}

#[tokio::test]
async fn what_is_known_of_a_visit_comes_after_its_verdict() {
    let (bench, _) = Bench::with("[kiosk]\nphotos = true\npresent = true").await.sign_in().await;
    let state = bench.station.spaces.state();
    let mut ana = state.record(Entity::Coworker, ANA.0).unwrap();
    ana["MinutesSinceLastRenewal"] = 95.into();
    state.put_record(Entity::Coworker, &ana).unwrap();
    let mut desk = Running::start(&bench, true).await;
    let charge = desk.news(|news| matches!(news, News::Charge(_))).await;
    let (name, price, currency) = (Some("Walk-in day".into()), Some("25.0".into()), Some("GBP".into()));
    assert_eq!(charge, News::Charge(Some(Charge { name, price, currency })));
    assert_eq!(desk.news(|news| matches!(news, News::Present(_))).await, News::Present(0));

    present(&bench, ANAS_TILE);
    let welcome = desk.verdict().await;
    assert_eq!(desk.news(|news| matches!(news, News::Present(_))).await, News::Present(1));
    let known = desk.news(|news| matches!(news, News::Visit { .. })).await;
    let News::Visit { entry, visit: Visit { allowance, photo } } = known else { unreachable!() };
    assert_eq!(entry, welcome.entry);
    // Five were held, and this visit took one.
    assert_eq!(allowance, Some(Allowance { passes: Some(4), minutes: Some(95), pay_as_you_go: false }));
    assert!(photo.unwrap().starts_with("data:image/png;base64,iVBOR"));
    desk.stop().await;
}

#[tokio::test]
async fn a_charge_is_told_to_who_was_charged() {
    let (bench, _) = Bench::signed_in().await;
    let mut desk = Running::start(&bench, true).await;
    // Mia has no plan: the service sells her a pass at the door.
    present(&bench, "04AAB2C3D4E5F6");
    desk.verdict().await;
    let known = desk.news(|news| matches!(news, News::Visit { .. })).await;
    let News::Visit { visit, .. } = known else { unreachable!() };
    let charged = Allowance { passes: Some(0), minutes: None, pay_as_you_go: true };
    assert_eq!(visit, Visit { allowance: Some(charged), photo: None });
    assert_eq!(bench.station.spaces.state().charges().len(), 1);
    desk.stop().await;
}

#[tokio::test]
async fn what_the_account_may_not_read_is_asked_once() {
    let bench = Bench::new().await;
    let state = bench.station.spaces.state();
    let account =
        Account::administrator("doorkeeper@example.org", seed::PASSWORD, "Door").lacking("CoworkerTimePass-List");
    state.add_account(account);
    bench.spaces().http().session().sign_in("doorkeeper@example.org", &seed::PASSWORD.into(), None).await.unwrap();
    let mut desk = Running::start(&bench, true).await;
    let asked = || bench.calls("coworkertimepasses");
    let mut after = Vec::new();
    for uid in [ANAS_TILE, "04A2B2C3D4E5F6"] {
        let tile = present(&bench, uid);
        let shown = desk.verdict().await;
        // The member's own record is read beside the passes.
        let record = format!("coworkers/{}", shown.coworker.unwrap());
        assert!(state.wait_until(DEADLINE, |_| bench.calls(&record) > 0 && asked() > 0).await);
        bench.station.reader.remove_presence(tile);
        desk.stage(|stage| *stage == Stage::Idle).await;
        after.push(asked());
    }
    assert_eq!(after[0], after[1], "asked again for the second member");
    desk.stop().await;
}

#[tokio::test]
async fn hours_and_quiet_are_told_by_the_locations_clock() {
    let lines = "[kiosk]\nclosed_screen = true\n[kiosk.quiet_hours]\nfrom = \"00:00\"\nto = \"23:59\"";
    let (bench, _) = Bench::with(lines).await.sign_in().await;
    let state = bench.station.spaces.state();
    let mut here = state.record(Entity::Business, 9).unwrap();
    for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] {
        here[format!("{day}Closed")] = json!(true);
    }
    state.put_record(Entity::Business, &here).unwrap();
    let mut desk = Running::start(&bench, true).await;
    let closed = desk.news(|news| matches!(news, News::Closed(_))).await;
    assert!(matches!(closed, News::Closed(Some(closed)) if closed.opens.is_none()), "closed all week");
    desk.news(|news| *news == News::Quiet(true)).await;
    desk.stop().await;
}

#[tokio::test]
async fn out_of_order_survives_a_restart() {
    let (bench, _) = Bench::signed_in().await;
    service::set_out_of_order(&bench.settings, Some("Back at noon")).unwrap();
    for _ in 0..2 {
        let mut desk = Running::start(&bench, true).await;
        desk.stage(|stage| matches!(stage, Stage::OutOfOrder { note } if note == "Back at noon")).await;
        let tile = present(&bench, ANAS_TILE);
        assert_eq!(desk.verdict().await.verdict.kind(), "unavailable");
        bench.station.reader.remove_presence(tile);
        desk.stop().await;
    }
    assert!(bench.station.spaces.state().writes().is_empty(), "nothing was sent");
    let mut desk = Running::start(&bench, true).await;
    desk.stage(|stage| matches!(stage, Stage::OutOfOrder { .. })).await;
    service::set_out_of_order(&bench.settings, None).unwrap();
    desk.stage(|stage| *stage == Stage::Idle).await;
    present(&bench, ANAS_TILE);
    assert_eq!(desk.verdict().await.verdict.kind(), "checked_in");
    desk.stop().await;
}
