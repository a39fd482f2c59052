//! After the set-up: staff come back, a sign-in ends, a configuration is gone, a key store is not there.

use std::time::Instant;

use anyhow::{Context, ensure};
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::seed;

use crate::traces::Traces;
use crate::{ANA, Desk, SIZE, SOON, STAFF_PIN, desktop};

/// Staff change it again: behind the PIN, and left without a trace.
pub(crate) async fn change_it(desk: &mut Desk) -> anyhow::Result<()> {
    desk.window.wait_for_stage("idle", SOON).await?;
    let before = std::fs::read_to_string(desk.station.configuration())?;
    desk.press("preferences-open").await?;
    desk.press("staff-open").await?;
    desk.show("11-staff-pin").await?;
    desk.window.type_staff_pin("111213", SOON).await?;
    desk.window.wait_for_plain_text("pin-message", "That PIN is not right", SOON).await?;
    desk.window.type_staff_pin(STAFF_PIN, SOON).await?;
    desk.leave_the_desk().await?;
    desk.at("language").await?;
    desk.press("next").await?;
    desk.at("sign_in").await?;
    desk.show("11-again-signed-in").await?;
    // The tap of a moment ago is still being checked at its location.
    desk.press("next").await?;
    desk.at("location").await?;
    desk.press("location-12").await?;
    desk.problem("taps_wait").await?;
    desk.show("11-again-taps-wait").await?;
    desk.press("leave").await?;
    desk.window.wait_and_click_away("leave-yes", SOON).await?;
    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_state("link", "online", SOON).await?;
    ensure!(std::fs::read_to_string(desk.station.configuration())? == before, "left as it was");
    let grants = desk.station.spaces.state().requests();
    let last = grants.iter().rev().find(|request| request.path == "/api/token").context("a sign-in")?;
    ensure!(last.status == Some(200), "the sign-in of before lives on: {last:?}");
    desk.window.tap(&desk.station.reader, Tile::parse("04A2B2C3D4E5F6")?, "checked_in").await.map(drop)
}

/// Somebody reset the account's password: taps are kept, staff are told, and sign in again where they stand.
#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_that_was_signed_out_is_signed_in_again_on_the_spot() -> anyhow::Result<()> {
    let station = Station::start("[kiosk]\nnames = \"full\"").await?;
    station.provision(STAFF_PIN).await?;
    let before = std::fs::read_to_string(station.configuration())?;
    let mut desk = Desk::open(station).await?;
    let state = desk.station.spaces.state();
    desk.window.wait_for_state("link", "online", SOON).await?;
    desk.window.wait_for_state("reader", "up", SOON).await?;
    ensure!(state.change_password(seed::USERNAME, "another-horse"));
    state.revoke_access_tokens();
    state.revoke_refresh_tokens();
    desk.window.tap(&desk.station.reader, Tile::parse(ANA)?, "saved").await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_plain_text("link", "Signed out: ask staff", SOON).await?;
    desk.show("12-signed-out").await?;

    desk.window.come_to_the_desk(STAFF_PIN, SOON).await?;
    desk.leave_the_desk().await?;
    desk.press("next").await?;
    desk.at("sign_in").await?;
    desk.show("12-sign-in-again").await?;
    desk.sign_in(seed::USERNAME, seed::PASSWORD).await?;
    desk.problem("sign_in_refused").await?;
    desk.sign_in(seed::USERNAME, "another-horse").await?;
    desk.go_through(&["location", "rights", "reader", "policy", "staff_pin", "test_tap", "summary"]).await?;
    desk.window.wait_and_click_away("finish", SOON).await?;
    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_state("link", "online", SOON).await?;
    ensure!(state.wait_until(SOON, |state| state.open_checkins(1_001).len() == 1).await, "the saved tap is recorded");
    ensure!(std::fs::read_to_string(desk.station.configuration())? == before, "location and settings are as they were");
    Ok(())
}

/// A file that is gone, or not there yet, must not open the set-up to whoever stands there; staff can mend it.
#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_that_lost_its_configuration_is_open_to_staff_alone() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.provision(STAFF_PIN).await?;
    station.forget_location()?;
    let mut desk = Desk::open(station).await?;
    desk.window.wait_for_stage("out_of_order", SOON).await?;
    let detail = desk.window.text("detail").await?;
    ensure!(detail.contains("location is not configured") && detail.contains("spaces.business_id"), "{detail}");
    desk.show("14-not-configured").await?;
    desk.press("preferences-open").await?;
    desk.press("staff-open").await?;
    desk.window.type_staff_pin(STAFF_PIN, SOON).await?;
    desk.window.turn_to_set_up(SOON).await?;
    desk.go_through(&["sign_in", "location"]).await?;
    desk.press("location-9").await?;
    desk.go_through(&["rights", "reader", "policy", "staff_pin", "test_tap", "summary"]).await?;
    desk.window.wait_and_click_away("finish", SOON).await?;
    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_state("link", "online", SOON).await?;

    // What changes in the file is taken over as it stands there, and the kiosk says which configuration it is.
    let file = std::fs::read_to_string(desk.station.configuration())?;
    std::fs::write(desk.station.configuration(), format!("version = 7\n{file}\n[kiosk]\ntheme = \"dark\"\n"))?;
    let dark = "document.documentElement.dataset.theme === 'dark'";
    desk.window.wait_for_condition("the dark theme", dark, SOON).await?;
    desk.window.wait_for_state("reader", "up", SOON).await?;
    desk.press("preferences-open").await?;
    let seven = "document.querySelector('[data-testid=about]')?.textContent.replace(/[\\u2066-\\u2069]/g, '').includes('configuration 7')";
    desk.window.wait_for_condition("the configuration's number", seven, SOON).await
}

/// Three behaviours of one kiosk: no key store, a locked one, and one that is unlocked while the kiosk waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_store_that_is_absent_locked_or_unlocked_late() -> anyhow::Result<()> {
    let mut session = desktop::Session::new();
    session.start_bus();
    // A keyring that was made once, and is locked since.
    session.start_daemon(true);
    let bus = session.command("true").get_envs().find_map(|(name, value)| {
        (name == "DBUS_SESSION_BUS_ADDRESS").then(|| value.map(|value| value.to_string_lossy().into_owned())).flatten()
    });
    let bus = bus.context("the address of the bus")?;
    let station = Station::start("").await?;
    let began = Instant::now();
    loop {
        let mut command = station.command(&["sign-in", "--username", seed::USERNAME])?;
        command.env("DBUS_SESSION_BUS_ADDRESS", &bus);
        let output = tapdesk_tests::kiosk::station::run(command, seed::PASSWORD).await?;
        if output.status.success() {
            break;
        }
        // The daemon may not be on its bus yet.
        ensure!(began.elapsed() < SOON, "{output:?}");
    }
    session.stop_daemon();

    let display = Display::start(SIZE.0, SIZE.1).await?;
    let window = Window::open(&station, &display, &[("DBUS_SESSION_BUS_ADDRESS", &bus)]).await?;
    let folder = pictures("screenshots/set-up")?;
    let mut desk = Desk { window, display, station, folder, traces: Traces::default() };
    desk.window.wait_for_stage("out_of_order", SOON).await?;
    ensure!(desk.window.text("detail").await?.contains("none answers"), "{}", desk.window.text("detail").await?);
    desk.show("13-key-store-absent").await?;
    session.start_daemon(false);
    let locked = "document.querySelector('[data-testid=detail]')?.textContent.includes('it is locked')";
    desk.window.wait_for_condition("the key store to be locked", locked, SOON).await?;
    desk.show("13-key-store-locked").await?;
    session.unlock();
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_state("link", "online", SOON).await?;
    desk.window.wait_for_state("reader", "up", SOON).await?;
    desk.window.tap(&desk.station.reader, Tile::parse(ANA)?, "checked_in").await.map(drop)
}
