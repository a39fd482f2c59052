//! What staff did: added and never changed, and whoever changes it is found out.

use super::super::audit::{Act, report};
use super::super::{damage, remove};
use super::*;

/// Three acts: one that ended, one that was taken back, one that was only begun.
async fn three_acts(folder: &Path) {
    let journal = opened(folder);
    for (act, rows) in (1..).zip([vec!["one", "ended"], vec!["two", "ended", "taken back"], vec!["three"]]) {
        let mut rows = rows.into_iter().map(str::to_owned);
        assert_eq!(journal.begin_act(rows.next().unwrap()).await.unwrap(), act);
        for row in rows {
            journal.add_to_act(act, row).await.unwrap();
        }
    }
}

fn act(number: u64, rows: &[&str]) -> Act {
    Act { number, rows: rows.iter().map(|row| (*row).to_owned()).collect() }
}

fn broken_at(folder: &Path) -> Option<u64> {
    report(folder, Some(&key())).unwrap().broken_at
}

#[tokio::test]
async fn acts_are_kept_in_their_order_and_told_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    assert!(report(folder.path(), None).unwrap().acts.is_empty(), "where there is no journal");
    three_acts(folder.path()).await;
    let journal = opened(folder.path());
    let all = journal.audit(None, 100).await.unwrap();
    let expected = [act(3, &["three"]), act(2, &["two", "ended", "taken back"]), act(1, &["one", "ended"])];
    assert_eq!((all.acts.as_slice(), all.more, all.broken_at), (expected.as_slice(), false, None));
    let page = journal.audit(Some(3), 1).await.unwrap();
    assert_eq!((page.acts.as_slice(), page.more), (&expected[1..2], true));
    assert_eq!(report(folder.path(), Some(&key())).unwrap(), all, "beside a running kiosk");
    assert_eq!(journal.begin_act("four".to_owned()).await.unwrap(), 4, "also after a restart");
    for (name, bytes) in files(folder.path()) {
        assert!(!holds(&bytes, "taken back"), "{name}");
    }
    drop(journal);
    while matches!(remove(folder.path()), Err(JournalError::InUse { .. })) {
        std::thread::yield_now();
    }
    assert!(report(folder.path(), Some(&key())).unwrap().acts.is_empty(), "a reset leaves nothing");
}

#[tokio::test]
async fn whoever_changes_the_audit_is_found_out() {
    for (change, found, later) in [
        ("UPDATE audit SET content = 'another' WHERE place = 3", Some(2), Some(2)),
        ("UPDATE audit SET act = 1 WHERE place = 3", Some(1), Some(1)),
        ("UPDATE audit SET seal = 'none' WHERE place = 2", Some(1), Some(1)),
        ("DELETE FROM audit WHERE place = 4", Some(2), Some(2)),
        ("DELETE FROM audit WHERE place = 1", Some(1), Some(1)),
        ("DELETE FROM audit WHERE act = 3", Some(3), Some(4)),
        ("DELETE FROM audit", Some(1), Some(4)),
        ("DELETE FROM meta WHERE name = 'audit_head'", Some(4), None),
        ("UPDATE audit SET place = 9 WHERE place = 6", Some(3), Some(3)),
        (
            "UPDATE audit SET place = 60 WHERE place = 2; UPDATE audit SET place = 2 WHERE place = 3;
          UPDATE audit SET place = 3 WHERE place = 60",
            Some(2),
            Some(2),
        ),
        ("UPDATE audit SET content = content", None, None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        three_acts(folder.path()).await;
        let mut keeper = keeper(folder.path());
        keeper
            .work(|database| {
                database.connection.execute_batch(change).unwrap();
                Ok(())
            })
            .unwrap();
        let told = keeper.work(|database| database.audit(None, 100)).unwrap();
        assert_eq!((told.broken_at, broken_at(folder.path())), (found, found), "{change}");
        let next = keeper.work(|database| database.begin_act("next")).unwrap();
        assert_eq!(next, 4, "no number is given twice: {change}");
        assert_eq!(broken_at(folder.path()), later, "what is lost stays found out: {change}");
    }
}

/// Guard: `damage::salvage` reads the audit.
#[tokio::test]
async fn a_repair_carries_the_audit_over() {
    let folder = tempfile::tempdir().unwrap();
    three_acts(folder.path()).await;
    let before = report(folder.path(), Some(&key())).unwrap();
    closed(folder.path());
    drop(keeper(folder.path()));
    damage::repair(&Home::new(folder.path()), &key()).unwrap();
    assert_eq!(report(folder.path(), Some(&key())).unwrap(), before);
    assert_eq!(opened(folder.path()).begin_act("four".to_owned()).await.unwrap(), 4);
    assert_eq!(broken_at(folder.path()), None);
}

/// An entry that cannot be understood can still be dismissed, without losing what is known of its birth.
#[tokio::test]
async fn an_entry_is_read_as_far_as_it_can_be_understood() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, strange) = (entry(1, for_staff("why")), entry(2, for_staff("why")));
    let mut keeper = keeper(folder.path());
    keeper.work(|database| database.put(&whole)).unwrap();
    keeper.work(|database| database.put(&strange)).unwrap();
    keeper
        .work(|database| {
            database.connection.execute_batch("UPDATE entries SET wanted = 'sideways' WHERE number = 2").unwrap();
            Ok(())
        })
        .unwrap();
    assert_eq!(keeper.work(|database| database.entry(whole.id)).unwrap(), Some((whole, true)));
    let in_part = Entry { wanted: None, ..strange.clone() };
    assert_eq!(keeper.work(|database| database.entry(strange.id)).unwrap(), Some((in_part, false)));
    assert_eq!(keeper.work(|database| database.entry(EntryId(77))).unwrap(), None);
    let waiting = keeper.work(|database| database.taps_that_wait()).unwrap();
    assert!(waiting.is_empty());
}
