//! The menu: the window on this screen, and keys that do what visitors and misfortune do.

use std::fs::File;
use std::io::BufRead;
use std::time::Duration;

use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::tap;
use tokio::process::Child;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::cast::{MENU, Visitor};

/// How long a visitor holds a tile to the reader.
const HELD_FOR: Duration = Duration::from_millis(500);
/// How long the program has to end after SIGTERM (design section 7).
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// Opens the window here and obeys the keys, until `q` or the window is closed.
pub(crate) async fn offer(station: &Station) -> anyhow::Result<()> {
    let log = station.folder().join("window.log");
    let output = File::create(&log)?;
    let mut window = station.command(&[])?.stdout(output.try_clone()?).stderr(output).spawn()?;
    print_menu(station);
    println!("The window's log: {}", log.display());
    let mut keys = keys();
    loop {
        let key = tokio::select! {
            status = window.wait() => {
                println!("The window was closed ({}).", status?);
                return Ok(());
            }
            Some(key) = keys.recv() => key,
        };
        if key == 'q' {
            return close(&mut window).await;
        }
        match obey(station, key).await {
            Ok(said) => println!("{said}"),
            // Such as unplugging twice: said, and no reason to end.
            Err(error) => println!("{error:#}"),
        }
    }
}

fn print_menu(station: &Station) {
    println!("Keys, each followed by Enter:");
    for (key, visitor) in (1..).zip(MENU) {
        println!("  {key}  {} {}", visitor.name, visitor.expect);
    }
    println!("  u  unplug the reader       r  plug it in again");
    println!("  d  the service goes down   b  it is back");
    println!("  q  quit");
    println!("The service: {} (control: {})", station.spaces.base_url(), station.spaces.control_url());
    let control = station.reader.control().map(|path| format!(" (control socket: {})", path.display()));
    println!("The reader: {}{}", station.reader.connection_string(), control.unwrap_or_default());
}

async fn obey(station: &Station, key: char) -> anyhow::Result<String> {
    let done = match key {
        'u' => {
            station.reader.unplug();
            "The reader is unplugged."
        }
        'r' => {
            station.reader.replug()?;
            "The reader is plugged in."
        }
        'd' => {
            station.spaces.state().take_down();
            "The service is down; the next tap finds out."
        }
        'b' => {
            station.spaces.state().bring_up();
            "The service is back; the desk asks again within 15 s."
        }
        key => {
            let place = key.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            let Some(visitor) = place.and_then(|place| MENU.get(place)) else {
                return Ok(format!("{key:?} is no key here: 1 to {}, u, r, d, b and q are.", MENU.len()));
            };
            return hold(station, *visitor).await;
        }
    };
    Ok(done.to_owned())
}

async fn hold(station: &Station, visitor: Visitor) -> anyhow::Result<String> {
    let stay = station.reader.present(visitor.tile()?)?;
    tokio::time::sleep(HELD_FOR).await;
    tap::take_away(&station.reader, stay).await.context("the reader does not work just now")?;
    Ok(format!("{} {}.", visitor.name, visitor.expect))
}

async fn close(window: &mut Child) -> anyhow::Result<()> {
    let pid = window.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw).context("no window")?;
    kill_process(pid, Signal::TERM)?;
    tokio::time::timeout(ENDS_WITHIN, window.wait()).await.context("the window does not close")??;
    Ok(())
}

/// The keys as they are typed; none any more once standard input has ended.
fn keys() -> UnboundedReceiver<char> {
    let (tell, keys) = unbounded_channel();
    // Reading standard input cannot be broken off, so it must not be waited for at the end either.
    std::thread::spawn(move || {
        let lines = std::io::stdin().lock().lines().map_while(Result::ok);
        for key in lines.flat_map(|line| line.chars().filter(|key| !key.is_whitespace()).collect::<Vec<_>>()) {
            if tell.send(key).is_err() {
                return;
            }
        }
    });
    keys
}
