//! The program ends, or nobody waits any more, while an act is under way.

use tapdesk_engine::staff_desk::view::acts::Warning;
use tapdesk_tests::spaces::{Fault, FaultKind};

use super::*;

/// The power goes between the beginning of an act and its end.
#[test]
fn an_act_that_was_broken_off_is_told_as_unknown_and_not_done_twice() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let service = runtime();
    for committed in [true, false] {
        let place = service.block_on(Place::new());
        let state = place.state();
        let first_run = runtime();
        first_run.block_on(async {
            let bench = place.run().await;
            let prepared = bench.prepare(check_in(ANA)).await;
            state.inject(Fault::new(FaultKind::Hold { commit_first: committed }).on("POST", "*checkins"));
            let desk = Arc::clone(&bench.desk);
            tokio::spawn(async move { desk.carry_out(prepared.plan).await });
            let sent = |state: &State| state.is_under_way("/api/spaces/checkins") && state.faults().is_empty();
            assert!(state.wait_until(DEADLINE, sent).await);
            assert!(state.wait_until(DEADLINE, |state| state.checkins(ANA).len() == usize::from(committed)).await);
        });
        first_run.shutdown_timeout(DEADLINE);
        service.block_on(async {
            let bench = place.run().await;
            let line = bench.last().await;
            assert_eq!((line.state, line.coworker, line.undoable), (AuditState::Unknown, Some(ANA), false));
            let again = bench.desk.prepare(check_in(ANA)).await;
            match again {
                Ok(prepared) if committed => {
                    assert!(matches!(prepared.warnings.as_slice(), [Warning::AlreadyIn { .. }]), "{prepared:?}");
                    assert!(!prepared.possible);
                }
                Err(DeskProblem::Unknown { .. }) if !committed => {}
                other => panic!("{other:?}"),
            }
            state.release();
            bench.stop().await;
        });
        assert!(state.checkins(ANA).len() <= 1);
    }
}

/// A page that is closed breaks nothing off.
#[tokio::test]
async fn an_act_goes_on_when_nobody_waits_for_it() {
    let place = Place::new().await;
    let (bench, state) = (place.run().await, place.state());
    let prepared = bench.prepare(check_in(ANA)).await;
    state.inject(Fault::new(FaultKind::Hold { commit_first: false }).on("POST", "*checkins"));
    let sent =
        state.wait_until(DEADLINE, |state| state.is_under_way("/api/spaces/checkins") && state.faults().is_empty());
    tokio::select! {
        done = bench.desk.carry_out(prepared.plan) => panic!("{done:?}"),
        sent = sent => assert!(sent),
    }
    assert_eq!(bench.last_state().await, AuditState::Unknown, "begun, and not ended");
    state.release();
    assert!(state.wait_until(DEADLINE, |state| state.checkins(ANA).len() == 1).await);
    let ended = async {
        while bench.last_state().await == AuditState::Unknown {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, ended).await.expect("it ends by itself");
    assert_eq!(bench.last_state().await, AuditState::Done);
}
