//! The PN532 simulator against hosts that nobody here wrote: Debian's `nfc-list` and `nfc-poll` (libnfc) and nfcpy. A
//! simulator is only worth something if they take it for the real chip. A missing host fails the test, with what to do.

#[path = "pn532_hosts/program.rs"]
mod program;

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, ErrorKind, Write as _},
    os::unix::{net::UnixStream, process::ExitStatusExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tapdesk_tests::pn532::{DeviceName, Fault, Options, Side, Simulator, Tile};

const SEVEN: &str = "04A1B2C3D4E5F6";
const SOON: Duration = Duration::from_secs(10);

/// Hosts have time-outs of 100 ms; several at once on a small machine would measure the machine.
fn one_at_a_time() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reader() -> Simulator {
    Simulator::start(Options::default()).expect("the simulator starts")
}

fn tile(text: &str) -> Tile {
    Tile::parse(text).expect("a sound tile")
}

/// What became of a host.
struct Ended {
    status: ExitStatus,
    said: String,
    took: Duration,
}

impl Ended {
    /// The UIDs it printed, in upper-case hex. libnfc calls UIDs that start with 08 NFCID3.
    fn uids(&self) -> Vec<String> {
        let lines = self.said.lines().filter_map(|line| line.trim().strip_prefix("UID (NFCID"));
        lines.map(|line| line[3..].split_whitespace().collect::<String>().to_uppercase()).collect()
    }

    fn failed(&self) -> bool {
        !self.status.success() || self.said.contains("ERROR")
    }
}

/// A host that runs.
struct Running {
    pid: Pid,
    begun: Instant,
    end: mpsc::Receiver<Ended>,
}

impl Running {
    fn start(command: &mut Command, what_to_do: &str) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = match spawned {
            Err(error) if error.kind() == ErrorKind::NotFound => panic!("{program} is missing: {what_to_do}"),
            other => other.unwrap_or_else(|error| panic!("{program} does not start: {error}")),
        };
        let (pid, begun) = (Pid::from_child(&child), Instant::now());
        let (report, end) = mpsc::channel();
        thread::spawn(move || {
            let output = child.wait_with_output().expect("a child can be waited for");
            let said =
                [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
            let _ = report.send(Ended { status: output.status, said, took: begun.elapsed() });
        });
        Self { pid, begun, end }
    }

    fn kill(&self) {
        kill_process(self.pid, Signal::KILL).expect("our own child can be killed");
    }

    fn end_within(self, limit: Duration) -> Ended {
        self.end.recv_timeout(limit).unwrap_or_else(|_| {
            self.kill();
            let said = self.end.recv().map_or_else(|_| String::new(), |ended| ended.said);
            panic!("still running after {:?}:\n{said}", self.begun.elapsed())
        })
    }
}

fn libnfc(program: &str, package: &str, link: &Path) -> Running {
    let mut command = Command::new(program);
    command.env("LIBNFC_DEVICE", format!("pn532_uart:{}:115200", link.display()));
    Running::start(&mut command, &format!("install the package {package}"))
}

fn nfc_list(link: &Path) -> Ended {
    libnfc("nfc-list", "libnfc-bin", link).end_within(SOON)
}

fn nfc_poll(link: &Path) -> Running {
    libnfc("nfc-poll", "libnfc-examples", link)
}

fn nfcpy(device: &DeviceName, script: &str) -> Running {
    let python = std::env::var_os("TAPDESK_NFCPY_PYTHON")
        .expect("TAPDESK_NFCPY_PYTHON is not set: make a venv, install nfcpy in it, name its python there");
    Running::start(
        Command::new(python).args(["-c", script, &device.nfcpy_path()]),
        "TAPDESK_NFCPY_PYTHON must name the python of a venv with nfcpy",
    )
}

#[test]
fn nfc_list_sees_an_empty_field_and_uids_of_all_lengths() {
    let _turn = one_at_a_time();
    let reader = reader();
    let empty = nfc_list(reader.link());
    assert!(!empty.failed() && empty.uids().is_empty(), "{}", empty.said);
    assert!(reader.log(1000).iter().any(|frame| frame.hex().contains("D54B00")), "nfc-list looked and found nothing");
    for (text, uid, extra) in [
        ("01020304", "01020304", "SAK (SEL_RES): 08"),
        (SEVEN, SEVEN, "ATQA (SENS_RES): 00  44"),
        ("0102030405060708090A", "0102030405060708090A", "ATQA (SENS_RES): 00  84"),
        ("04010203040506 desfire", "04010203040506", "ATS: 75  77  81  02  80"),
    ] {
        reader.present(tile(text)).unwrap();
        let seen = nfc_list(reader.link());
        assert_eq!(seen.uids(), [uid], "{}", seen.said);
        assert!(seen.said.contains(extra), "{extra} is missing in:\n{}", seen.said);
        assert_eq!(reader.remove_all(), 1);
    }
}

#[test]
fn nfc_list_sees_two_tiles_at_once_and_a_phone_anew_each_time() {
    let _turn = one_at_a_time();
    let reader = reader();
    reader.present(tile(SEVEN)).unwrap();
    reader.present(tile("01020304")).unwrap();
    let both = nfc_list(reader.link());
    assert_eq!(both.uids(), [SEVEN, "01020304"], "{}", both.said);
    reader.remove_all();
    reader.present(Tile::phone()).unwrap();
    let [first, second] = [nfc_list(reader.link()).uids(), nfc_list(reader.link()).uids()];
    assert!(first[0].starts_with("08") && second[0].starts_with("08"), "{first:?} {second:?}");
    assert_ne!(first, second);
}

#[test]
fn nfc_poll_sees_a_tile_come_and_go() {
    let _turn = one_at_a_time();
    let reader = reader();
    let before = reader.frames_so_far();
    let host = nfc_poll(reader.link());
    let polls = reader.wait_for_frame(before, SOON, |frame| frame.code() == Some(0x60) && frame.from == Side::Host);
    assert!(polls.is_some(), "nfc-poll does not poll");
    let stay = reader.present(tile(SEVEN)).unwrap();
    let sighting = reader.wait_for_reply(stay, SOON).expect("nfc-poll is told of the tile");
    // Seven types of tile, 300 ms each (nfc.md section 5).
    assert!(sighting.latency().unwrap() < Duration::from_millis(2200), "{:?}", sighting.latency());
    reader.remove(tile(SEVEN).uid()).unwrap();
    let ended = host.end_within(SOON);
    assert_eq!(ended.uids(), [SEVEN], "{}", ended.said);
    assert!(ended.said.contains("done"), "{}", ended.said);
}

#[test]
fn nfcpy_reads_uids_and_ndef_and_presence() {
    let _turn = one_at_a_time();
    let reader = reader();
    let device = DeviceName::new(reader.link()).expect("a name under /dev");
    let script = "\
import sys, nfc
with nfc.ContactlessFrontend(sys.argv[1]) as reader:
    print(reader.device)
    print('sensed', reader.sense(nfc.clf.RemoteTarget('106A')))
    tag = reader.connect(rdwr={'on-connect': lambda tag: False})
    print('tag', tag, tag.is_present)
    if tag.ndef:
        print('records', [record.uri for record in tag.ndef.records], tag.ndef.capacity)
";
    for (text, product, records) in [
        (&format!("{SEVEN} ntag213 https://example.org/a")[..], "NTAG213", "records ['https://example.org/a'] 142"),
        (&format!("{SEVEN} ntag215 http://www.example.org"), "NTAG215", "records ['http://www.example.org'] 492"),
        (&format!("{SEVEN} ntag216"), "NTAG216", "records [] 868"),
        ("04010203040506 desfire", "Type4ATag", ""),
        ("0102030405060708090A", "ID=0102030405060708090A", ""),
    ] {
        let tile = tile(text);
        let uid = tile.uid_hex();
        reader.present(tile).unwrap();
        let ended = nfcpy(&device, script).end_within(SOON * 2);
        for part in ["PN532v1.6", &format!("sdd_res={uid}"), &format!("ID={uid}"), product, records] {
            // A Type 4 tag is printed without its UID.
            let unprinted = product == "Type4ATag" && part.starts_with("ID=");
            assert!(unprinted || ended.said.contains(part), "{text}: \"{part}\" is missing in:\n{}", ended.said);
        }
        reader.remove_all();
    }
    assert!(!nfc_list(reader.link()).failed(), "nfcpy leaves the line at the speed of power-up");
}

#[test]
fn a_host_killed_at_high_speed_leaves_the_chip_there_until_its_power_is_cycled() {
    let _turn = one_at_a_time();
    let reader = reader();
    let device = DeviceName::new(reader.link()).expect("a name under /dev");
    let before = reader.frames_so_far();
    let host = nfcpy(&device, "import sys, nfc, time\nreader = nfc.ContactlessFrontend(sys.argv[1])\ntime.sleep(60)");
    // The last thing that opening does is to switch the field off, at 921600 baud.
    let opened = reader.wait_for_frame(before, SOON, |frame| frame.hex().contains("D4320102"));
    assert!(opened.is_some(), "nfcpy opens the reader");
    assert_eq!(reader.execute("status")["baud"], 921_600);
    host.kill();
    host.end_within(SOON);
    assert!(nfc_list(reader.link()).failed());
    reader.unplug();
    reader.replug().unwrap();
    reader.present(tile(SEVEN)).unwrap();
    assert_eq!(nfc_list(reader.link()).uids(), [SEVEN]);
}

#[test]
fn a_pulled_cable_fails_hosts_at_once_and_a_replugged_one_works() {
    let _turn = one_at_a_time();
    let reader = reader();
    reader.present(tile(SEVEN)).unwrap();
    assert_eq!(nfc_list(reader.link()).uids(), [SEVEN]);
    reader.remove_all();

    let before = reader.frames_so_far();
    let polling = nfc_poll(reader.link());
    reader.wait_for_frame(before, SOON, |frame| frame.code() == Some(0x60)).expect("nfc-poll polls");
    let pulled = Instant::now();
    reader.unplug();
    assert!(!reader.link().exists() && !reader.link().is_symlink());
    polling.end_within(SOON);
    // Far less than the 42 s for which nfc-poll would go on.
    assert!(pulled.elapsed() < Duration::from_secs(2), "{:?}", pulled.elapsed());
    assert!(nfc_list(reader.link()).failed());

    reader.replug().unwrap();
    reader.present(tile(SEVEN)).unwrap();
    assert_eq!(nfc_list(reader.link()).uids(), [SEVEN]);
}

#[test]
fn every_fault_does_to_nfc_list_what_was_measured_and_is_over_in_time() {
    let _turn = one_at_a_time();
    let reader = reader();
    reader.present(tile("04010203040506 desfire")).unwrap();
    for fault in Fault::ALL {
        reader.fault(fault, None);
        let ended = nfc_list(reader.link());
        assert!(ended.took < SOON, "{fault}: {:?}", ended.took);
        let saw_it = ended.uids() == ["04010203040506"];
        // nfc.md sections 2 and 3, for libnfc 1.8.0.
        match fault {
            Fault::Nad => assert_eq!(ended.status.signal(), Some(6), "{fault}: {}", ended.said),
            Fault::AtsZero => assert_eq!(ended.status.signal(), Some(11), "{fault}: {}", ended.said),
            Fault::LongUid => assert!(!ended.failed() && !saw_it, "{fault}: {}", ended.said),
            Fault::Split => assert!(saw_it, "{fault}: {}", ended.said),
            _ => assert!(ended.failed() && !saw_it, "{fault}: {}", ended.said),
        }
        reader.clear_faults();
        assert_eq!(nfc_list(reader.link()).uids(), ["04010203040506"], "after {fault}");
    }
}

/// Whether these bytes from a host bring the reply with this code.
fn replies(reader: &Simulator, host: &mut File, bytes: &[u8], code: u8) -> bool {
    let before = reader.frames_so_far();
    host.write_all(bytes).expect("the line takes bytes");
    reader.wait_for_frame(before, SOON, |frame| frame.from == Side::Chip && frame.code() == Some(code)).is_some()
}

#[test]
fn the_library_tells_when_a_tile_came_and_when_the_host_was_told() {
    let _turn = one_at_a_time();
    let reader = reader();
    let mut host = File::options().write(true).open(reader.link()).unwrap();
    // Wake-up, then GetFirmwareVersion; three attempts; for ever.
    assert!(replies(&reader, &mut host, b"\x55\x55\0\0\0\0\0\0\xFF\x02\xFE\xD4\x02\x2A\0", 0x03));
    assert!(replies(&reader, &mut host, b"\0\0\xFF\x06\xFA\xD4\x32\x05\0\x01\x02\xF2\0", 0x33));
    assert!(replies(&reader, &mut host, b"\0\0\xFF\x04\xFC\xD4\x4A\x01\0\xE1\0", 0x4B));
    assert!(replies(&reader, &mut host, b"\0\0\xFF\x06\xFA\xD4\x32\x05\xFF\xFF\xFF\xF8\0", 0x33));

    let before = reader.frames_so_far();
    host.write_all(b"\0\0\xFF\x04\xFC\xD4\x4A\x01\0\xE1\0").unwrap();
    reader.wait_for_frame(before, SOON, |frame| frame.bytes.starts_with(&[0, 0, 0xFF, 0, 0xFF, 0])).expect("an ACK");
    let put_down = Instant::now();
    let stay = reader.present(tile(SEVEN)).unwrap();
    let sighting = reader.wait_for_reply(stay, SOON).expect("the tile is reported");
    let latency = sighting.latency().unwrap();
    assert!(sighting.entered >= put_down && sighting.left.is_none());
    // One whole attempt and 22 bytes at 115200 baud are the least.
    assert!(latency >= Duration::from_micros(6900), "{latency:?}");
    assert!(latency < SOON / 10, "{latency:?}");
    assert!(reader.remove_presence(stay));
    assert!(reader.sighting(stay).unwrap().left.is_some());

    // A new command aborts a search without end; NACK brings the last reply again; an extended frame is understood.
    host.write_all(b"\0\0\xFF\x04\xFC\xD4\x4A\x01\0\xE1\0").unwrap();
    assert!(replies(&reader, &mut host, b"\0\0\xFF\x02\xFE\xD4\x02\x2A\0", 0x03));
    assert!(replies(&reader, &mut host, b"\0\0\xFF\xFF\0\0", 0x03));
    assert!(replies(&reader, &mut host, b"\0\0\xFF\xFF\xFF\0\x02\xFE\xD4\x02\x2A\0", 0x03));
    let searches = reader.log(100).iter().filter(|frame| frame.code() == Some(0x4B)).count();
    assert_eq!(searches, 2);
}
