//! The journal under failure at each single call that it makes to the system: killed there, disk full there, disk broken
//! there. After each of them: what was answered is there, nothing is invented, and the journal works again.
//!
//! The journal is worked on by a child (this same test program, with [`child`] alone) under strace, which makes the
//! n-th call on the journal's files fail. All of them come from one thread, so the n-th is the same in each run.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::migration;
use super::*;

const FOLDER: &str = "TAPDESK_JOURNAL_TEST_FOLDER";
/// What the journal may ask of the system to change a file, with the faults at each.
const CALLS: [(&str, &[&str]); 7] = [
    ("pwrite64", &["signal=KILL", "error=ENOSPC", "error=EIO"]),
    ("write", &["signal=KILL", "error=ENOSPC", "error=EIO"]),
    ("fsync", &["signal=KILL", "error=EIO"]),
    ("fdatasync", &["signal=KILL", "error=EIO"]),
    ("ftruncate", &["signal=KILL", "error=EIO"]),
    ("rename", &["signal=KILL", "error=EIO"]),
    ("unlink", &["signal=KILL", "error=EIO"]),
];
/// The taps of the script have numbers from here on.
const FIRST: u64 = 2001;
const TAPS: &str = "TAPDESK_JOURNAL_TEST_TAPS";
/// The steps of each tap: waiting, sending, and one of the ends.
const STEPS: u64 = 3;

fn scripted(number: u64, step: u64) -> Entry {
    match step {
        0 => entry(number, EntryState::Waiting),
        1 => entry(number, EntryState::Sending(attempt())),
        _ if number.is_multiple_of(2) => entry(number, for_staff("refused")),
        _ => Entry { watch: Some(watch()), ..entry(number, settled()) },
    }
}

/// The child: opens the journal, takes the taps of the script through their lives, closes it, and says each answer.
#[tokio::test]
#[ignore = "a part of the test below, which runs it"]
async fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let taps: u64 = std::env::var(TAPS).unwrap().parse().unwrap();
    let journal = match Journal::open(&folder, &key(), HERE) {
        Ok(journal) => journal,
        // Said, and the next start finds a system that works.
        Err(error) => {
            println!("opening failed: {error}\ndone");
            return;
        }
    };
    // Interleaved, as taps of several members are.
    for step in 0..STEPS {
        for number in FIRST..FIRST + taps {
            println!("put {number} {step} asked");
            match journal.put(scripted(number, step)).await {
                Ok(()) => println!("put {number} {step} ok"),
                Err(error) => println!("put {number} {step} failed: {error}"),
            }
        }
    }
    if let Err(error) = journal.check().await {
        println!("check failed: {error}");
        journal.check().await.expect("a fault comes once");
    }
    drop(journal);
    let until = Instant::now() + SOON;
    while Home::new(&folder).lock().is_err() {
        assert!(Instant::now() < until, "the journal's thread ends with its last handle");
    }
    println!("done");
}

/// One run of the child over what stands in `folder`: what it printed, and what strace saw.
fn run(folder: &Path, taps: u64, inject: Option<&str>) -> (String, String) {
    let log = folder.join("strace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o"]).arg(&log);
    // Faster, but no signal is sent with it.
    if !inject.is_some_and(|inject| inject.contains("signal")) {
        strace.arg("--seccomp-bpf");
    }
    strace.args(["-e", &format!("trace={}", CALLS.map(|(call, _)| call).join(","))]);
    for ending in ["", "-wal", "-shm", "-journal", ".new", ".new-journal", ".salvaged-now"] {
        strace.arg("-P").arg(folder.join(format!("journal.sqlite{ending}")));
    }
    strace.arg("-P").arg(folder);
    if let Some(inject) = inject {
        strace.args(["-e", &format!("inject={inject}")]);
    }
    let name = format!("{}::child", module_path!().split_once("::").unwrap().1);
    strace.arg(std::env::current_exe().unwrap()).args([&name, "--exact", "--ignored", "--nocapture"]);
    let output =
        strace.env(FOLDER, folder).env(TAPS, taps.to_string()).env("RUST_BACKTRACE", "0").output().unwrap_or_else(
            |error| {
                panic!("strace cannot be started ({error}): install it (./dev test does)");
            },
        );
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let seen = std::fs::read_to_string(&log).unwrap_or_default();
    assert!(
        !seen.is_empty(),
        "strace may not trace here: allow it (kernel.yama.ptrace_scope, the container's SYS_PTRACE): {}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::remove_file(&log).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{inject:?}: {errors}\n{said}");
    (said, seen)
}

/// What stands in a folder before a run, and what must be there whatever happens in it.
struct Case {
    name: &'static str,
    /// How many taps the child takes through their lives.
    taps: u64,
    folder: tempfile::TempDir,
    /// Entries that are there before, and stay.
    before: Vec<Entry>,
    /// The damaged journal, which must be kept as it is.
    damaged: Option<Vec<u8>>,
}

impl Case {
    fn run(&self, inject: Option<&str>) -> (String, String, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files(self.folder.path()) {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let (said, seen) = run(folder.path(), self.taps, inject);
        (said, seen, folder)
    }

    /// Looks at what a run left, and says what is wrong.
    async fn judge(&self, said: &str, killed: bool, folder: &Path) -> Result<(), String> {
        let (mut answered, mut asked) = (BTreeMap::new(), BTreeMap::new());
        for line in said.lines().filter_map(|line| line.strip_prefix("put ")) {
            let mut words = line.split(' ');
            let mut number = || words.next().and_then(|word| word.parse::<u64>().ok()).unwrap();
            let (number, step) = (number(), number());
            match words.next() {
                Some("ok") => drop(answered.insert(number, step)),
                _ => drop(asked.insert(number, step)),
            }
        }
        let journal = opened_by(folder, &key(), HERE).map_err(|error| format!("does not open: {error}"))?;
        let kept = journal.kept(at(-1000)).await.map_err(|error| error.to_string())?;
        let mut found: BTreeMap<u64, Entry> = BTreeMap::new();
        let mut told = 0;
        for entry in kept.unfinished.into_iter().chain(kept.watched).chain(kept.recent) {
            if entry.tile.is_none() {
                told += 1;
            } else if found.insert(entry.number, entry).is_some() {
                return Err("an entry is there twice".to_owned());
            }
        }
        let mut wrong = String::new();
        for number in FIRST..FIRST + self.taps {
            let there = found.remove(&number);
            let place = there.as_ref().and_then(|entry| (0..STEPS).find(|step| scripted(number, *step) == *entry));
            let (answered, asked) = (answered.get(&number).copied(), asked.get(&number).copied());
            if there.is_some() != place.is_some() || place < answered || place > asked {
                let _ = write!(wrong, "{number}: is at {place:?}, answered {answered:?}, asked {asked:?}; ");
            }
        }
        if !found.values().eq(&self.before) {
            let _ = write!(wrong, "{} of {} entries from before; ", found.len(), self.before.len());
        }
        if told != usize::from(self.damaged.is_some()) {
            let _ = write!(wrong, "staff are told {told} times; ");
        }
        let aside: Vec<_> = files(folder).into_iter().filter(|(name, _)| name.contains("damaged")).collect();
        let whole: Vec<_> = aside.iter().filter(|(name, _)| name.ends_with('Z')).map(|(_, bytes)| bytes).collect();
        if whole != self.damaged.iter().collect::<Vec<_>>() {
            let _ = write!(wrong, "{} files are set aside; ", whole.len());
        }
        if !killed && !said.lines().any(|line| line == "done") {
            wrong.push_str("the child did not come to its end; ");
        }
        // Once the fault is over, the journal works.
        journal.put(entry(9000, EntryState::Waiting)).await.map_err(|error| format!("cannot go on: {error}"))?;
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// A journal of an earlier version, whose last entries stand in its log.
fn plain() -> Case {
    let folder = tempfile::tempdir().unwrap();
    let states = migration::states();
    migration::plain(folder.path(), &states);
    let before = (1..).zip(states).map(|(number, state)| {
        let moved = entry(number, state);
        Entry {
            id: entry(1000 - number, EntryState::Waiting).id,
            tapped_at: at(i64::try_from(number).unwrap()),
            source: Source::Tile,
            ..moved
        }
    });
    Case { name: "migration", taps: 1, before: before.collect(), folder, damaged: None }
}

/// A journal with one bad page, as a killed kiosk leaves it.
async fn damaged() -> Case {
    let made = tempfile::tempdir().unwrap();
    let journal = opened(made.path());
    for number in 1..=80 {
        journal.put(entry(number, EntryState::Waiting)).await.unwrap();
    }
    drop(journal);
    closed(made.path());
    let journal = opened(made.path());
    journal.put(entry(81, EntryState::Waiting)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files(made.path()) {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().join("journal.sqlite");
    let mut damaged = std::fs::read(&path).unwrap();
    let page = 10;
    damaged[page * 4096 + 1000] ^= 0x40;
    std::fs::write(&path, &damaged).unwrap();
    let mut case = Case { name: "salvage", taps: 1, folder, before: Vec::new(), damaged: Some(damaged) };
    // What is there after an undisturbed salvage must be there after every other.
    let (_, _, folder) = case.run(None);
    let kept = opened(folder.path()).kept(at(-1000)).await.unwrap();
    let carried = kept.unfinished.into_iter().filter(|entry| entry.number < FIRST);
    case.before = carried.collect();
    assert!(case.before.len() > 20 && case.before.contains(&entry(81, EntryState::Waiting)));
    case
}

/// Guards: `synchronous=FULL`; the order in `birth` and `damage`; that `put` answers what the database answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_failure_at_any_call_loses_nothing_and_invents_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let new = Case { name: "creation", taps: 3, folder, before: Vec::new(), damaged: None };
    let cases = [new, plain(), damaged().await];
    let mut runs = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let (said, seen, folder) = case.run(None);
        case.judge(&said, false, folder.path()).await.unwrap();
        assert_eq!(
            said.lines().filter(|line| line.starts_with("put ") && line.ends_with(" ok")).count() as u64,
            case.taps * STEPS,
            "{said}"
        );
        for (call, faults) in CALLS {
            let count = seen.lines().filter(|line| line.contains(&format!(" {call}("))).count();
            println!("{}: {count} times {call}", case.name);
            assert!(count > 0 || !["pwrite64", "fsync", "rename"].contains(&call), "{call}:\n{seen}");
            let each = faults.iter().flat_map(|fault| (1..=count).map(move |at| (index, call, *fault, at)));
            // A full disk and a broken one take the same ways: where it is not the taps that are put, they take turns.
            let turn = |fault: &str, at: usize| {
                index == 0
                    || (fault != "error=ENOSPC" || at.is_multiple_of(2))
                        && (fault != "error=EIO" || call != "pwrite64" || !at.is_multiple_of(2))
            };
            runs.extend(each.filter(|(_, _, fault, at)| turn(fault, *at)));
        }
    }
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let unsynced = AtomicUsize::new(0);
    let handle = tokio::runtime::Handle::current();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some((case, call, fault, at)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let case = &cases[*case];
                    let inject = format!("{call}:{fault}:when={at}");
                    let (said, seen, folder) = case.run(Some(&inject));
                    let killed = fault.starts_with("signal");
                    let hit = if killed { !said.contains("done") } else { seen.contains("(INJECTED)") };
                    let judged = handle.block_on(case.judge(&said, killed, folder.path()));
                    let refused = |line: &str| !line.starts_with("opening") && line.contains(" failed: ");
                    if case.name == "creation" && *call == "fsync" && said.lines().any(refused) {
                        unsynced.fetch_add(1, Ordering::Relaxed);
                    }
                    if !hit {
                        wrong.lock().unwrap().push(format!("{}: {inject}: nothing was hit", case.name));
                    }
                    if let Err(what) = judged {
                        wrong.lock().unwrap().push(format!("{}: {inject}: {what}\n{said}{seen}", case.name));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!("{} runs", runs.len());
    // Each put, and the check, waits for a sync of its own: where that fails, it fails.
    assert!(unsynced.into_inner() as u64 > cases[0].taps * STEPS, "a put was answered before it was durable");
    assert!(wrong.is_empty(), "{} of {} runs:\n{}", wrong.len(), runs.len(), wrong.join("\n"));
}
