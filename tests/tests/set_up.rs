//! The set-up in the built program's real window, against the simulators and a real key store: from nothing to a tap that
//! is recorded, with every wrong turn on the way. Needs what `./dev test` brings.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "set_up/again.rs"]
mod again;
#[path = "support/desktop.rs"]
mod desktop;
#[path = "set_up/traces.rs"]
mod traces;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::ensure;
use tapdesk_engine::rights;
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::{Account, Fault, FaultKind, seed};

use traces::Traces;

const SIZE: (usize, usize) = (1280, 800);
/// How long an action of the page may take: a call or two, or a hash that is meant to take its time.
const SOON: Duration = Duration::from_secs(15);
const ANA: &str = "04A1B2C3D4E5F6";
const INACTIVE: &str = "04A7B2C3D4E5F6";
const NOBODY: &str = "04FFB2C3D4E5F6";
const STAFF_PIN: &str = "482913";
const CODE: &str = "123456";
/// An account with the roles that Tapdesk asks for, and no other.
const MINIMAL: &str = "kiosk-9@example.org";

struct Desk {
    window: Window,
    display: Display,
    station: Station,
    folder: PathBuf,
    traces: Traces,
}

impl Desk {
    async fn open(station: Station) -> anyhow::Result<Self> {
        let display = Display::start(SIZE.0, SIZE.1).await?;
        let window = Window::open(&station, &display, &[]).await?;
        let folder = pictures("screenshots/set-up")?;
        Ok(Self { window, display, station, folder, traces: Traces::default() })
    }

    /// Takes the page's picture, and keeps all that stands on it for the search for secrets.
    async fn show(&mut self, name: &str) -> anyhow::Result<()> {
        self.window.settle(&self.display).await?;
        let picture = self.display.picture().await?;
        let path = self.folder.join(format!("{name}.png"));
        picture.save(&path).await?;
        ensure!(!picture.is_blank(), "{}: nothing to be seen", path.display());
        self.traces.add(&format!("page {name}"), self.window.everything().await?);
        Ok(())
    }

    async fn at(&self, step: &str) -> anyhow::Result<()> {
        self.window.wait_for_data("step", "step", step, SOON).await
    }

    /// Presses a button, and waits until what it asks for is done.
    async fn press(&self, testid: &str) -> anyhow::Result<()> {
        self.window.wait_and_click(testid, SOON).await?;
        self.window.wait_until_idle(SOON).await
    }

    /// Goes on from step to step.
    async fn go_through(&self, steps: &[&str]) -> anyhow::Result<()> {
        for step in steps {
            self.press("next").await?;
            self.at(step).await?;
        }
        Ok(())
    }

    async fn problem(&self, kind: &str) -> anyhow::Result<()> {
        self.window.wait_for_data("problem", "problem", kind, SOON).await
    }

    async fn sign_in(&self, email: &str, password: &str) -> anyhow::Result<()> {
        self.window.type_into("email", email).await?;
        self.window.type_into("password", password).await?;
        self.press("sign-in").await
    }

    /// The same with an account that has a second factor, which the page asks for.
    async fn sign_in_with_code(&self, email: &str) -> anyhow::Result<()> {
        self.sign_in(email, seed::PASSWORD).await?;
        self.problem("code_needed").await?;
        self.window.type_into("code", CODE).await?;
        self.sign_in(email, seed::PASSWORD).await
    }

    async fn type_pin(&self, pin: &str) -> anyhow::Result<()> {
        for digit in pin.chars() {
            self.press(&format!("staff-pin-{digit}")).await?;
        }
        self.press("staff-pin-enter").await
    }

    /// Holds a tile to the reader until the page says what it would become.
    async fn test(&self, tile: Tile, found: &str) -> anyhow::Result<()> {
        let stay = self.station.reader.present(tile)?;
        let seen = self.window.wait_for_data("test-result", "found", found, SOON).await;
        tapdesk_tests::kiosk::tap::take_away(&self.station.reader, stay).await?;
        seen
    }

    /// Goes on from the staff desk to the set-up.
    async fn leave_the_desk(&self) -> anyhow::Result<()> {
        self.window.turn_to_desk(SOON).await?;
        self.press("set-up").await?;
        self.window.wait_and_click_away("set-up-yes", SOON).await?;
        self.window.turn_to_set_up(SOON).await
    }

    fn account(&self, account: Account) {
        self.station.spaces.state().add_account(account);
    }
}

fn someone(email: &str) -> Account {
    Account::administrator(email, seed::PASSWORD, "Front Desk")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_is_set_up_with_every_wrong_turn() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    station.forget_location()?;
    let configuration_before = std::fs::read_to_string(station.configuration())?;
    let mut desk = Desk::open(station).await?;
    let needed: Vec<&str> = rights::ROLES.iter().map(|role| role.name).collect();
    desk.account(someone(MINIMAL).only(&needed));
    desk.account(Account { no_api_access: true, ..someone("no-api@example.org") });
    desk.account(Account { inactive: true, ..someone("inactive@example.org") });
    desk.account(Account { must_reset_password: true, ..someone("reset@example.org") });
    desk.window.wait_for_stage("set_up", SOON).await?;

    desk.window.turn_to_set_up(SOON).await?;
    desk.at("language").await?;
    desk.press("language-de").await?;
    desk.window.wait_for_data("language-de", "language", "de", SOON).await?;
    desk.show("1-language-german").await?;
    desk.press("language-en").await?;
    desk.press("next").await?;

    sign_in_with_every_wrong_turn(&mut desk).await?;
    location_and_rights(&mut desk).await?;
    reader(&mut desk).await?;
    policy_and_pin(&mut desk).await?;
    test_taps(&mut desk).await?;

    // What cannot be written leaves nothing behind.
    desk.press("next").await?;
    desk.at("summary").await?;
    desk.show("9-summary").await?;
    std::fs::write(desk.station.configuration(), "[spaces\nbroken")?;
    desk.press("finish").await?;
    desk.problem("configuration").await?;
    desk.show("9-summary-not-written").await?;
    std::fs::write(desk.station.configuration(), &configuration_before)?;
    let doctor = desk.station.run(&["queue"], "").await?;
    ensure!(doctor.status.code() == Some(78), "no location was kept: {doctor:?}");
    desk.window.wait_and_click_away("finish", SOON).await?;

    desk.window.wait_until_staff_is_gone(SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_state("link", "online", SOON).await?;
    desk.window.wait_for_state("reader", "up", SOON).await?;
    let kept = std::fs::read_to_string(desk.station.configuration())?;
    for line in ["business_id = 9", "names = \"none\"", "accept = \"all\""] {
        ensure!(kept.contains(line), "no {line} in {kept}");
    }
    ensure!(kept.contains("[reader]\nkind = \"libnfc\""), "what stood there stays: {kept}");
    ensure!(desk.station.spaces.state().writes().iter().all(|write| write.method == "CONTROL"), "nothing was recorded");
    desk.window.tap(&desk.station.reader, Tile::parse(ANA)?, "checked_in").await?;
    desk.show("10-kiosk").await?;

    again::change_it(&mut desk).await?;

    let Desk { window, station, mut traces, .. } = desk;
    traces.of_processes(&window)?;
    traces.add("what the program wrote", window.said());
    window.terminate().await?;
    traces.of_folder(station.folder())?;
    traces.of_session()?;
    traces.hold_no(&[seed::PASSWORD, STAFF_PIN, ANA, INACTIVE, NOBODY])
}

async fn sign_in_with_every_wrong_turn(desk: &mut Desk) -> anyhow::Result<()> {
    let state = desk.station.spaces.state();
    desk.at("sign_in").await?;
    desk.show("2-sign-in").await?;
    desk.sign_in(MINIMAL, "wrong-donkey").await?;
    desk.problem("sign_in_refused").await?;
    desk.show("2-sign-in-refused").await?;
    let portal = Fault::new(FaultKind::CaptivePortal).on("POST", "/api/token");
    state.inject(portal);
    desk.sign_in(MINIMAL, seed::PASSWORD).await?;
    desk.problem("gateway").await?;
    state.take_down();
    desk.sign_in(MINIMAL, seed::PASSWORD).await?;
    desk.problem("unreachable").await?;
    desk.show("2-sign-in-unreachable").await?;
    state.bring_up();
    for (email, problem) in [
        ("no-api@example.org", "no_api_access"),
        ("inactive@example.org", "account_inactive"),
        ("reset@example.org", "must_reset_password"),
    ] {
        desk.sign_in(email, seed::PASSWORD).await?;
        desk.problem(problem).await?;
    }
    state.change_switches(|switches| switches.totp = Some(CODE.to_owned()));
    desk.sign_in(MINIMAL, seed::PASSWORD).await?;
    desk.problem("code_needed").await?;
    desk.show("2-sign-in-code").await?;
    desk.window.type_into("code", "654321").await?;
    desk.sign_in(MINIMAL, seed::PASSWORD).await?;
    desk.problem("code_needed").await?;
    desk.window.type_into("code", CODE).await?;
    desk.sign_in(MINIMAL, seed::PASSWORD).await?;
    desk.window.wait_until_pressable("next", SOON).await?;
    desk.show("2-signed-in").await?;
    let standing = desk.window.everything().await?;
    ensure!(!standing.contains(seed::PASSWORD) && !standing.contains(CODE), "typed secrets are gone from the page");
    desk.press("back").await?;
    desk.at("language").await?;
    desk.press("next").await?;
    desk.press("next").await
}

async fn location_and_rights(desk: &mut Desk) -> anyhow::Result<()> {
    desk.at("location").await?;
    desk.show("3-location").await?;
    desk.press("location-12").await?;
    desk.press("location-9").await?;
    desk.press("next").await?;
    desk.at("rights").await?;
    desk.window.wait_for_data("role-Checkin-List", "state", "held", SOON).await?;
    desk.window.wait_for_data("role-Checkin-Create", "state", "unknown", SOON).await?;
    desk.show("4-rights").await?;
    let before = desk.station.spaces.state().writes().len();
    desk.press("try-writes").await?;
    let edits = ["Checkin-Edit", "FailedCheckin-Edit", "Coworker-Edit"];
    let others = ["Checkin-Create", "FailedCheckin-Create", "Coworker-Read", "Checkin-Read", "FailedCheckin-Read"];
    for role in edits.into_iter().chain(others) {
        desk.window.wait_for_data(&format!("role-{role}"), "state", "held", SOON).await?;
    }
    ensure!(desk.station.spaces.state().writes().len() == before, "trying records nothing");
    desk.show("4-rights-tried").await?;

    // Somebody with too little, and somebody with all.
    desk.press("back").await?;
    desk.press("back").await?;
    desk.at("sign_in").await?;
    for (email, role, held) in
        [(seed::USERNAME_WITHOUT_CREATE, "Checkin-Create", "lacking"), (seed::USERNAME, "Checkin-Create", "held")]
    {
        desk.press("sign-in-other").await?;
        desk.sign_in_with_code(email).await?;
        desk.press("next").await?;
        desk.press("next").await?;
        desk.at("rights").await?;
        if held == "lacking" {
            desk.press("try-writes").await?;
        }
        desk.window.wait_for_data(&format!("role-{role}"), "state", held, SOON).await?;
        desk.show(&format!("4-rights-{held}")).await?;
        desk.press("back").await?;
        desk.press("back").await?;
        desk.at("sign_in").await?;
    }
    desk.press("sign-in-other").await?;
    desk.sign_in_with_code(MINIMAL).await?;
    desk.go_through(&["location", "rights", "reader"]).await?;
    Ok(())
}

async fn reader(desk: &mut Desk) -> anyhow::Result<()> {
    desk.window.wait_for_data("reader-state", "state", "up", SOON).await?;
    desk.show("5-reader").await?;
    let stay = desk.station.reader.present(Tile::parse(ANA)?)?;
    desk.window.wait_for_data("reader-tile", "tile", "…E5F6", SOON).await?;
    desk.show("5-reader-read").await?;
    tapdesk_tests::kiosk::tap::take_away(&desk.station.reader, stay).await?;
    desk.station.reader.unplug();
    desk.window.wait_for_data("reader-state", "state", "down", SOON).await?;
    desk.show("5-reader-down").await?;
    desk.station.reader.replug()?;
    desk.window.wait_for_data("reader-state", "state", "up", SOON).await?;
    desk.press("next").await
}

async fn policy_and_pin(desk: &mut Desk) -> anyhow::Result<()> {
    desk.at("policy").await?;
    desk.press("names-none").await?;
    desk.press("offline-all").await?;
    desk.show("6-policy").await?;
    desk.press("next").await?;
    desk.at("staff_pin").await?;
    desk.show("7-staff-pin").await?;
    for weak in ["123456", "777777"] {
        desk.type_pin(weak).await?;
        desk.type_pin(weak).await?;
        desk.problem("weak_pin").await?;
    }
    desk.type_pin(STAFF_PIN).await?;
    desk.type_pin("482914").await?;
    desk.problem("pins_differ").await?;
    desk.show("7-staff-pin-differs").await?;
    desk.type_pin(STAFF_PIN).await?;
    desk.type_pin(STAFF_PIN).await?;
    desk.press("next").await
}

async fn test_taps(desk: &mut Desk) -> anyhow::Result<()> {
    desk.at("test_tap").await?;
    desk.show("8-test-tap").await?;
    desk.test(Tile::parse(ANA)?, "member").await?;
    desk.show("8-test-tap-member").await?;
    desk.test(Tile::parse(INACTIVE)?, "inactive").await?;
    desk.test(Tile::parse(NOBODY)?, "unknown").await?;
    desk.test(Tile::phone(), "unusable").await?;
    desk.show("8-test-tap-phone").await
}
