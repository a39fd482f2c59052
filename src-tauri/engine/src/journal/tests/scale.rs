//! What a hundred thousand waiting taps cost. Not part of a usual run: it measures.

use super::*;

#[tokio::test]
#[ignore = "measures for a minute; run with `--ignored --nocapture` and `--release`"]
async fn a_hundred_thousand_waiting_entries() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path()));
    let fill = |count: u64| {
        let mut keeper = keeper(folder.path());
        let filled = keeper.work(|database| {
            database.connection.execute_batch("BEGIN").unwrap();
            (1..=count).try_for_each(|number| database.put(&entry(number, EntryState::Waiting)))?;
            database.connection.execute_batch("COMMIT").unwrap();
            Ok(())
        });
        filled.unwrap();
    };
    fill(100_000);
    let size = std::fs::metadata(folder.path().join("journal.sqlite")).unwrap().len();
    println!("file: {} MiB", size / 1024 / 1024);
    for round in 0..3 {
        let began = Instant::now();
        let journal = opened(folder.path());
        println!("open {round}: {:?}", began.elapsed());
        let began = Instant::now();
        assert_eq!(kept(&journal).await.unfinished.len(), 100_000);
        println!("kept {round}: {:?}", began.elapsed());
    }
    let journal = opened(folder.path());
    let mut times = Vec::new();
    for number in 0..500 {
        let began = Instant::now();
        journal.put(entry(100_001 + number, EntryState::Waiting)).await.unwrap();
        journal.put(entry(number * 190 + 1, settled())).await.unwrap();
        times.push(began.elapsed() / 2);
    }
    times.sort();
    println!("put: median {:?}, worst {:?}", times[250], times[499]);
    let began = Instant::now();
    let report = super::super::report(folder.path(), Some(&key())).unwrap();
    println!("report of {} entries: {:?}", report.entries.len(), began.elapsed());
    drop(journal);
    let mut keeper = keeper(folder.path());
    let time = |what: &str, keeper: &mut Keeper, sql: &str| {
        let began = Instant::now();
        let rows = keeper.work(|database| {
            let mut statement = database.connection.prepare(sql).unwrap();
            Ok(statement.query_map([], |_| Ok(())).unwrap().count())
        });
        println!("{what}: {:?} ({} rows)", began.elapsed(), rows.unwrap());
    };
    time("quick_check", &mut keeper, "PRAGMA quick_check(1)");
    time("cipher_integrity_check", &mut keeper, "PRAGMA cipher_integrity_check");
    time("integrity_check", &mut keeper, "PRAGMA integrity_check(1)");
    drop(keeper);
    let began = Instant::now();
    super::super::damage::repair(&Home::new(folder.path()), &key()).unwrap();
    println!("salvage: {:?}", began.elapsed());
}
