//! A tablet's whole life as a kiosk, on a machine in a container: enabled, started, seen, killed in every part, started anew,
//! stopped, given back. Left out, and said so, where no such machine can be made.

#[path = "kiosk_session/tablet.rs"]
mod tablet;

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tablet::{KIOSK, Tablet};
use tapdesk_tests::left_out;
use tapdesk_tests::machine::unavailable;
use tapdesk_tests::spaces::{self, seed};

/// How long the kiosk may be away after anything of it was killed.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// How long it may take to end.
const ENDS_WITHIN: Duration = Duration::from_secs(5);
/// How long the page has to be painted anew, on a busy machine without a graphics card.
const PAINTED_WITHIN: Duration = Duration::from_secs(30);
/// How long a tap has to become a check-in.
const RECORDED_WITHIN: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_a_kiosk_that_nobody_gets_rid_of() -> anyhow::Result<()> {
    if let Some(why) = unavailable() {
        left_out(&why);
        return Ok(());
    }
    let service = spaces::Simulator::start(spaces::Options::default()).await?;
    let mut tablet = Tablet::new(&service.base_url()).await?;
    tablet.boot()?;

    // Enabled, twice; signed in through the session's own key.
    let said = tablet.machine.must("tapdesk", &["kiosk", "enable"])?;
    ensure!(said.contains("its next start"), "{said}");
    let again = tablet.machine.must("tapdesk", &["kiosk", "enable"])?;
    ensure!(again.starts_with("Nothing to do"), "{again}");
    let said = tablet.tell(&["kiosk", "run", "--", "sign-in", "--username", seed::USERNAME], seed::PASSWORD)?;
    ensure!(said.contains("Signed in"), "{said}");
    let refused = tablet.machine.run("tapdesk", &["kiosk", "run", "--", "sign-out", "--nonsense"])?;
    ensure!(refused.status.code() == Some(2), "the exit code is the command's own: {refused:?}");
    let sealed = tablet.machine.inside("/var/lib/tapdesk/.local/share/tapdesk/secrets.sealed");
    ensure!(sealed.is_file(), "the sign-in is sealed with the session's key");

    let begun = Instant::now();
    tablet.machine.must("systemctl", &["start", KIOSK])?;
    println!("cold start to READY: {:?}", begun.elapsed());
    tablet.painted(PAINTED_WITHIN).await?;
    println!("cold start to the page on the screen: {:?}", begun.elapsed());
    let checks = tablet.machine.run("tapdesk", &["kiosk", "status"])?;
    let checks = String::from_utf8_lossy(&checks.stdout).into_owned();
    ensure!(!checks.contains("PROBLEM"), "{checks}");

    ensure!(!tablet.log()?.contains("is not shown"), "the session may not read the logo: {}", tablet.log()?);

    // A tap becomes a verdict that is seen.
    let idle = tablet.screen().await?;
    let mut members = (1001..).zip(1..);
    let mut next = || members.next().context("no member left");
    let (member, tile) = next()?;
    tablet.tap(tile)?;
    tablet.shows(PAINTED_WITHIN, "the verdict", |picture| picture.difference(&idle) > 0.3).await?;
    ensure!(
        service.state().wait_until(RECORDED_WITHIN, |state| state.checkins(member).len() == 1).await,
        "no check-in"
    );
    println!("memory: {} MiB (PSS of the session)", tablet.memory()? / 1024);

    // Killed in each part; a tap made as soon as it is back is recorded.
    for part in ["/usr/bin/tapdesk kiosk session", "WebKitWebProcess", "/usr/bin/cage"] {
        let killed = tablet.process(part)?.with_context(|| format!("{part} does not run"))?;
        let begun = Instant::now();
        tablet.machine.must("kill", &["-9", &killed])?;
        tablet.until(BACK_WITHIN, part, |tablet| {
            let anew = tablet.process(part)?.is_some_and(|process| process != killed);
            Ok(anew && tablet.process("WebKitWebProcess")?.is_some() && tablet.is_ready()?)
        })?;
        println!("{part} killed: back after {:?}", begun.elapsed());
        tablet.painted(PAINTED_WITHIN).await?;
        let (member, tile) = next()?;
        tablet.tap(tile)?;
        let recorded = service.state().wait_until(RECORDED_WITHIN, |state| state.checkins(member).len() == 1).await;
        ensure!(recorded, "the tap after {part} was killed is lost: {}", tablet.log()?);
    }

    // What a passer-by may try, with a keyboard that works.
    let untouched = tablet.screen().await?;
    tablet.press("Tab")?;
    tablet.shows(BACK_WITHIN, "a focus after Tab", |picture| picture.difference(&untouched) > 0.0).await?;
    let process = tablet.process("/usr/bin/tapdesk kiosk session")?;
    for keys in tablet::WAYS_OUT {
        tablet.press(keys)?;
    }
    ensure!(tablet.process("/usr/bin/tapdesk kiosk session")? == process && tablet.is_ready()?, "{}", tablet.log()?);

    // A power cut: it comes back by itself.
    tablet.cut_power_and_boot()?;
    tablet.until(PAINTED_WITHIN, "the kiosk starts with the machine", Tablet::is_ready)?;
    tablet.painted(PAINTED_WITHIN).await?;

    let begun = Instant::now();
    tablet.machine.must("systemctl", &["stop", KIOSK])?;
    ensure!(begun.elapsed() < ENDS_WITHIN, "it took {:?} to stop", begun.elapsed());
    println!("stopped after {:?}", begun.elapsed());

    tablet.machine.must("tapdesk", &["kiosk", "disable"])?;
    let left =
        tablet.machine.shell("find /etc -name '*tapdesk*' -not -path '/etc/tapdesk*' -not -path '*/proof.conf'")?;
    let left: Vec<&str> = left.lines().filter(|path| !path.ends_with("tapdesk-kiosk.service.d")).collect();
    ensure!(left == ["/etc/credstore.encrypted/tapdesk.key"], "taken back but the key: {left:?}");
    Ok(())
}
