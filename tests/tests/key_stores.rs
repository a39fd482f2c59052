//! The system's key store as a kiosk meets it: absent, locked, unlocked late, started late. Each story has a bus and a real
//! gnome-keyring of its own; the kiosk is this program once more, one process for a whole story.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/desktop.rs"]
mod desktop;

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use desktop::{DEADLINE, Running, Session};
use tapdesk_engine::keys::{ExposeSecret, KeyStore, KeyStoreError, SystemKeyStore};

/// Tells this program that it is a kiosk.
const KIOSK: &str = "KEY_STORES_KIOSK";
/// How its answers begin: the test harness writes to the same place.
const ANSWER: &str = "answer: ";

/// As somebody does it by hand.
fn lock(session: &Session) {
    let mut command = session.command("dbus-send");
    command.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
    command.arg("org.freedesktop.Secret.Service.Lock");
    command.arg("array:objpath:/org/freedesktop/secrets/collection/login");
    assert!(command.stdout(Stdio::null()).status().unwrap().success());
}

/// A process that uses the key store as a kiosk does.
struct Kiosk {
    orders: ChildStdin,
    answers: Receiver<String>,
    _process: Running,
}

impl Kiosk {
    fn start(session: &Session) -> Self {
        let mut command = session.command(std::env::current_exe().unwrap());
        command.args(["--exact", "kiosk", "--nocapture"]).env(KIOSK, "1");
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (orders, lines) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                if let Some(text) = line.strip_prefix(ANSWER) {
                    drop(answer.send(text.to_owned()));
                }
            }
        });
        Self { orders, answers, _process: Running(process) }
    }

    fn ask(&mut self, order: &str) -> String {
        writeln!(self.orders, "{order}").unwrap();
        self.answers.recv_timeout(DEADLINE).unwrap()
    }

    /// Asks until the answer begins like this, as a kiosk that cannot start does; what was answered before is given back.
    fn ask_until(&mut self, order: &str, beginning: &str) -> Vec<String> {
        let began = Instant::now();
        let mut before = Vec::new();
        loop {
            let answer = self.ask(order);
            if answer.starts_with(beginning) {
                return before;
            }
            assert!(began.elapsed() < DEADLINE, "{order} never said {beginning}, but {answer}");
            before.push(answer);
        }
    }

    /// Whatever it is asked, it says this, and what to do.
    fn expect(&mut self, what: &str, words: &[&str]) {
        for order in ["get tokens", "set tokens new", "delete tokens"] {
            let answer = self.ask(order);
            assert!(answer.starts_with(what), "{order}: {answer}");
            assert!(words.iter().all(|word| answer.contains(word)), "{order}: {answer}");
        }
    }

    /// It keeps what it is given, and gives it back.
    fn works(&mut self) {
        assert_eq!(self.ask("set tokens kept"), "done");
        assert_eq!(self.ask("get tokens"), "holds kept");
        assert_eq!(self.ask("get other"), "holds nothing");
        assert_eq!(self.ask("delete tokens"), "done");
        assert_eq!(self.ask("get tokens"), "holds nothing");
    }
}

fn answer(order: &str) -> String {
    let told = |error: KeyStoreError| match &error {
        KeyStoreError::Absent(_) => format!("absent: {error}"),
        KeyStoreError::Locked(_) => format!("locked: {error}"),
        error => format!("failed: {error}"),
    };
    let result = match order.split(' ').collect::<Vec<_>>()[..] {
        ["get", name] => SystemKeyStore.get(name).map(|secret| match secret {
            Some(secret) => format!("holds {}", secret.expose_secret()),
            None => "holds nothing".to_owned(),
        }),
        ["set", name, secret] => SystemKeyStore.set(name, &secret.into()).map(|()| "done".to_owned()),
        ["delete", name] => SystemKeyStore.delete(name).map(|()| "done".to_owned()),
        _ => panic!("{order} is no order"),
    };
    result.unwrap_or_else(told)
}

/// The kiosk of the stories below, which start it; run with the others it has nothing to do.
#[test]
fn kiosk() {
    if std::env::var_os(KIOSK).is_some() {
        for order in std::io::stdin().lines() {
            println!("\n{ANSWER}{}", answer(&order.unwrap()));
        }
    }
}

const ABSENT: [&str; 4] = ["the key store cannot be used", "gnome-keyring", "tapdesk.key", "secrets.store"];
const LOCKED: [&str; 3] = ["the key store cannot be used", "unlock it", "goes on by itself"];

#[test]
fn without_a_bus_it_is_absent_and_the_same_process_goes_on_when_one_comes() {
    let mut session = Session::new();
    let mut kiosk = Kiosk::start(&session);
    kiosk.expect("absent", &ABSENT);
    session.start_bus();
    session.start_daemon(true);
    kiosk.ask_until("get tokens", "holds nothing");
    kiosk.works();
}

#[test]
fn a_bus_without_a_key_store_is_absent_and_the_same_process_goes_on_when_one_comes() {
    let mut session = Session::new();
    session.start_bus();
    let mut kiosk = Kiosk::start(&session);
    kiosk.expect("absent", &ABSENT);
    session.start_daemon(true);
    kiosk.ask_until("get tokens", "holds nothing");
    kiosk.works();
}

/// A locked store says "no entry" of what it has: nobody may take that for a kiosk that was never signed in.
#[test]
fn a_locked_store_is_locked_and_the_same_process_goes_on_when_it_is_unlocked() {
    let mut session = Session::new();
    session.start_bus();
    session.start_daemon(true);
    let mut before = Kiosk::start(&session);
    before.ask_until("get tokens", "holds nothing");
    assert_eq!(before.ask("set tokens of-before"), "done");
    lock(&session);
    before.expect("locked", &LOCKED);
    let mut kiosk = Kiosk::start(&session);
    kiosk.expect("locked", &LOCKED);
    session.unlock();
    for kiosk in [&mut kiosk, &mut before] {
        let answers = kiosk.ask_until("get tokens", "holds of-before");
        assert!(answers.iter().all(|answer| answer.starts_with("locked")), "{answers:?}");
        kiosk.works();
        assert_eq!(kiosk.ask("set tokens of-before"), "done");
    }
}

#[test]
fn a_store_that_ends_and_comes_back_locked_is_used_again_by_the_same_process() {
    let mut session = Session::new();
    session.start_bus();
    session.start_daemon(true);
    let mut kiosk = Kiosk::start(&session);
    kiosk.ask_until("set tokens of-before", "done");
    session.stop_daemon();
    kiosk.expect("absent", &ABSENT);
    session.start_daemon(false);
    kiosk.ask_until("get tokens", "locked");
    kiosk.expect("locked", &LOCKED);
    session.unlock();
    kiosk.ask_until("get tokens", "holds of-before");
    kiosk.works();
    // The bus ends too, as at the end of a desktop's session.
    session.stop_daemon();
    session.bus = None;
    std::fs::remove_file(session.path("bus")).ok();
    kiosk.expect("absent", &ABSENT);
    session.start_bus();
    session.start_daemon(true);
    kiosk.ask_until("get tokens", "holds nothing");
    kiosk.works();
}

/// Nobody ever logged in with a password, as in a kiosk session that begins by itself.
#[test]
fn a_store_without_a_keyring_is_not_empty_but_locked() {
    let mut session = Session::new();
    session.start_bus();
    session.start_daemon(false);
    let mut kiosk = Kiosk::start(&session);
    let answers = kiosk.ask_until("get tokens", "locked");
    assert!(answers.iter().all(|answer| answer.starts_with("absent")), "{answers:?}");
    kiosk.expect("locked", &["has no keyring yet"]);
    // A login with the password makes one.
    session.start_daemon(true);
    kiosk.ask_until("get tokens", "holds nothing");
    kiosk.works();
}
