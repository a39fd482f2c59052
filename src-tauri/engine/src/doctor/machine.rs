//! The checks of this machine: reader, sound, data folder.

use std::time::Duration;

use tapdesk_core::event::Event;
use tokio::sync::mpsc::unbounded_channel;

use super::Check;
#[cfg(target_os = "linux")]
use super::in_the_way::{Hindrance, Machine};
#[cfg(target_os = "linux")]
use crate::reader::connection::device_file;
#[cfg(target_os = "linux")]
use crate::reader::driver::kind_of;
#[cfg(target_os = "linux")]
use crate::reader::pcsc::listed_within;
use crate::reader::supervisor::{ReaderCommand, supervise};
use crate::settings::Settings;
use crate::settings::kiosk::KioskSettings;
#[cfg(target_os = "linux")]
use crate::settings::reader::ReaderKind;
use crate::settings::reader::{ReaderDirection, ReaderSettings};
use crate::{sound, speech};

/// How long the reader has to come up.
const READER_WITHIN: Duration = Duration::from_secs(6);
/// How long the smart-card service has to list its readers.
#[cfg(target_os = "linux")]
const LISTED_WITHIN: Duration = Duration::from_secs(3);
/// How long the sound device has to open.
const DEVICE_WITHIN: Duration = Duration::from_secs(3);
/// A data folder should have this much room, in bytes: for the journal, the member list and two weeks of logs.
const ROOM: u64 = 200 << 20;

pub(super) async fn reader(command: ReaderCommand, settings: &ReaderSettings) -> Check {
    let (events, mut heard) = unbounded_channel();
    let supervisor = tokio::spawn(supervise(command, events));
    let mut why = "the reader process says nothing".to_owned();
    let listening = async {
        while let Some(event) = heard.recv().await {
            match event {
                Event::ReaderUp { name, .. } => return Some(name),
                Event::ReaderDown { why: said, .. } => {
                    why = said;
                    // "In use" and "not there" do not change while one looks.
                    return None;
                }
                _ => {}
            }
        }
        None
    };
    let name = tokio::time::timeout(READER_WITHIN, listening).await.ok().flatten();
    supervisor.abort();
    drop(supervisor.await);
    match name {
        Some(name) => Check::well(
            "reader",
            match settings.direction {
                ReaderDirection::Toggle => name,
                ReaderDirection::In => format!("{name}, the way in"),
                ReaderDirection::Out => format!("{name}, the way out"),
            },
        ),
        None => no_reader(why, settings).await,
    }
}

#[cfg(target_os = "linux")]
async fn no_reader(why: String, settings: &ReaderSettings) -> Check {
    let (kind, connection) = (settings.kind, settings.connection.clone());
    let looking = tokio::task::spawn_blocking(move || in_the_way(kind, connection.as_deref()));
    let (hindrances, otherwise) = looking.await.unwrap_or_default();
    let (found, advice): (Vec<String>, Vec<String>) =
        hindrances.into_iter().map(|hindrance| (hindrance.found, hindrance.advice)).unzip();
    if found.is_empty() {
        return Check::problem("reader", why, otherwise);
    }
    Check::problem("reader", std::iter::once(why).chain(found).collect::<Vec<_>>().join("; "), advice.join("; "))
}

/// What is in the way of the reader, and what is to be done where nothing is. Blocks.
#[cfg(target_os = "linux")]
fn in_the_way(kind: ReaderKind, connection: Option<&str>) -> (Vec<Hindrance>, &'static str) {
    let machine = Machine::here();
    let kind = match (kind, connection) {
        (ReaderKind::Auto, Some(connection)) => kind_of(connection),
        // Whose driver is in the way of a reader that somebody plugged in.
        (ReaderKind::Auto, None) if machine.has_smart_card_reader() => ReaderKind::Pcsc,
        (kind, _) => kind,
    };
    match kind {
        ReaderKind::Pcsc => {
            let advice = "set `reader.connection` to \"pcsc:\" and the name of a reader that is plugged in";
            (machine.in_the_way_of_smart_cards(&listed_within(LISTED_WITHIN)), advice)
        }
        ReaderKind::Keyboard => {
            let advice = "set `reader.connection` to the reader's path below /dev/input/by-id";
            (machine.in_the_way_of_keyboard(connection), advice)
        }
        ReaderKind::Auto | ReaderKind::Libnfc => {
            let advice =
                "check its cable, and that its switches say serial mode (HSU); see `reader` in the configuration";
            // Of a connection that names no file, it is the USB readers that are asked for.
            let mut found = machine.in_the_way(connection.and_then(device_file).as_deref());
            if kind == ReaderKind::Auto {
                found.extend(machine.keyboards_there());
            }
            (found, advice)
        }
    }
}

#[cfg(not(target_os = "linux"))]
async fn no_reader(why: String, _: &ReaderSettings) -> Check {
    Check::problem("reader", why, "see `reader` in the configuration; a running kiosk uses the reader itself")
}

/// None where nothing is to be heard. Sounds are on without anybody asking for them and only repeat what is on the screen,
/// so a machine without a device is well; speech was asked for.
pub(super) async fn sound(kiosk: &KioskSettings) -> Option<Check> {
    if !kiosk.sounds && !kiosk.speech {
        return None;
    }
    let (opened, answer) = tokio::sync::oneshot::channel();
    // A device that hangs must not keep the doctor from ending, as a task of the runtime would.
    std::thread::spawn(move || drop(opened.send(sound::probe())));
    let device = tokio::time::timeout(DEVICE_WITHIN, answer).await;
    let device = device.unwrap_or(Ok(Err("it hangs".to_owned()))).unwrap_or(Err("it fails".to_owned()));
    if !kiosk.speech {
        return Some(match device {
            Ok(()) => Check::well("sound", "the default device plays"),
            Err(why) => {
                let advice = "connect a loudspeaker, or set `kiosk.sounds` to false";
                Check::better("sound", format!("verdicts are only seen: {why}"), advice)
            }
        });
    }
    Some(match (device, speech::find().await) {
        (Ok(()), Ok(engine)) => Check::well("sound", format!("the default device plays; {engine} speaks")),
        (_, Err(why)) => Check::problem("sound", format!("nothing can speak: {why}"), speech::advice()),
        (Err(why), Ok(_)) => {
            let advice = "connect a loudspeaker, or set `kiosk.speech` to false";
            Check::problem("sound", format!("verdicts are not heard: {why}"), advice)
        }
    })
}

/// Whether the journal can grow.
pub(super) fn data_folder(settings: &Settings) -> Check {
    let path = settings.data_dir.display();
    let probe = settings.data_dir.join(format!("probe.{}", uuid::Uuid::new_v4()));
    let written = std::fs::write(&probe, b"probe");
    // Left behind, it would do no harm.
    drop(std::fs::remove_file(&probe));
    if let Err(error) = written {
        let advice = "let this user write there, or name another folder as `data_dir`";
        return Check::problem("data folder", format!("{path}: {error}"), advice);
    }
    match rustix::fs::statvfs(&settings.data_dir) {
        Ok(space) => {
            let room = space.f_bavail.saturating_mul(space.f_frsize);
            let found = format!("{path}, {} MB free", room >> 20);
            if room < ROOM {
                Check::problem("data folder", found, "make room on this disk: taps are stored before anything is sent")
            } else {
                Check::well("data folder", found)
            }
        }
        Err(error) => Check::better("data folder", format!("{path}: room not known ({error})"), "look at the disk"),
    }
}
