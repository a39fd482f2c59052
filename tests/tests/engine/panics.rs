//! A desk whose part panics: it ends whole, the next one is opened, and the tap of that moment is not lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tapdesk_core::effect::{Notice, Stage};
use tapdesk_core::ids::EntryId;
use tapdesk_engine::controller::Handle;
use tapdesk_engine::keys::KeyStore;
use tapdesk_engine::reader::supervisor::ReaderCommand;
use tapdesk_engine::screen::{Location, Screen};
use tapdesk_engine::service::Desk;
use tapdesk_engine::supervise::supervise;
use tapdesk_tests::kiosk::station::program;
use tapdesk_tests::pn532::Tile;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::screens::ANAS_TILE;
use super::{ANA, Bench, DEADLINE};

/// What the screens of all desks tell.
enum Told {
    Running(Handle),
    Acknowledged(EntryId),
    Verdict(EntryId),
}

/// A screen that may not outlive an acknowledgement.
struct Brittle {
    breaks: bool,
    told: UnboundedSender<Told>,
}

impl Screen for Brittle {
    fn notice(&mut self, notice: &Notice) {
        match notice {
            Notice::Acknowledged { entry, .. } => {
                drop(self.told.send(Told::Acknowledged(*entry)));
                assert!(!self.breaks, "this screen breaks");
            }
            Notice::Verdict(shown) => drop(self.told.send(Told::Verdict(shown.entry))),
            _ => {}
        }
    }

    fn stage(&mut self, _stage: &Stage) {}

    fn location(&mut self, _location: &Location) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_desk_takes_up_the_tap_at_which_one_broke() {
    let (bench, _) = Bench::signed_in().await;
    let (told, mut tells) = unbounded_channel();
    let keys = Arc::clone(&bench.keys) as Arc<dyn KeyStore>;
    let (settings, configuration) = (bench.settings.clone(), bench.station.configuration());
    let desks = Arc::new(AtomicU32::new(0));
    let (count, failures) = (Arc::clone(&desks), Arc::new(AtomicU32::new(0)));
    let failed = Arc::clone(&failures);
    let start = move || {
        let (keys, told, settings) = (Arc::clone(&keys), told.clone(), settings.clone());
        let arguments = vec!["--config".into(), configuration.clone().into(), "reader".into()];
        let reader = ReaderCommand { program: program().unwrap(), arguments };
        let breaks = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            let screen = Brittle { breaks, told: told.clone() };
            let desk = Desk::open(settings, keys, reader, screen).await.unwrap();
            drop(told.send(Told::Running(desk.handle())));
            desk.run().await.map(drop)
        }
    };
    let pause = Duration::from_millis(100);
    let kiosk = tokio::spawn(supervise(pause, start, move || {
        failed.fetch_add(1, Ordering::SeqCst);
    }));

    let stay = bench.station.reader.present(Tile::parse(ANAS_TILE).unwrap()).unwrap();
    let (mut acknowledged, mut handle) = (None, None);
    let verdict = async {
        loop {
            match tells.recv().await.expect("a desk") {
                Told::Running(running) => handle = Some(running),
                // The tile may still lie there when the next desk begins.
                Told::Acknowledged(entry) => {
                    acknowledged.get_or_insert(entry);
                }
                Told::Verdict(entry) if Some(entry) == acknowledged => return,
                Told::Verdict(_) => {}
            }
        }
    };
    tokio::time::timeout(DEADLINE, verdict).await.expect("the verdict on the tap of that moment");
    bench.station.reader.remove_presence(stay);
    let (desks, failures) = (desks.load(Ordering::SeqCst), failures.load(Ordering::SeqCst));
    assert_eq!((desks, failures), (2, 1));
    assert!(!bench.station.spaces.state().checkins(ANA.0).is_empty(), "the service has it");
    handle.expect("a desk").stop();
    tokio::time::timeout(DEADLINE, kiosk).await.expect("it ends").unwrap().unwrap();
}
