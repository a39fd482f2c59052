//! What staff do about a failure, each looked up in the service's own record.

use anyhow::{Context, ensure};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::spaces::seed::{PASSWORD, QUAY_HOUSE};
use tapdesk_tests::spaces::{Account, Entity};

use crate::{ANA_ID, Desk, FREYA_WITHOUT_A_TILE, JOSE_ID, LAYLA_ID, LAYLA_WITHOUT_A_PASS, NOBODY, SOON};

const CHECKINS: &str = "/api/spaces/checkins";
const FAILED_CHECKINS: &str = "/api/spaces/failedcheckins";
const COWORKERS: &str = "/api/spaces/coworkers";

impl Desk {
    /// Goes on from an act's button, or its filled form, to the dialog that says what will be written, and confirms it.
    async fn confirm(&self, picture: &str) -> anyhow::Result<()> {
        self.window.wait_for_data("dialog", "stage", "prepared", SOON).await?;
        self.show(picture).await?;
        self.press("confirm").await?;
        self.window.wait_for_data("dialog", "stage", "done", SOON).await
    }

    async fn undo(&self) -> anyhow::Result<()> {
        self.press("undo").await?;
        self.window.wait_for_data("dialog", "stage", "undone", SOON).await
    }

    async fn close_dialog(&self) -> anyhow::Result<()> {
        self.press("dialog-close").await
    }

    async fn find_member(&self, part: &str, coworker: i64) -> anyhow::Result<()> {
        self.window.type_into("member-search", part).await?;
        let found = format!("[data-testid=found][data-coworker='{coworker}']");
        let there = format!("document.querySelector(`{found}`) !== null");
        self.window.wait_for_condition(&format!("{part} to be found"), &there, SOON).await?;
        self.window.run(&format!("document.querySelector(`{found}`).click()"), Vec::new()).await?;
        self.window.wait_for_data("chosen-member", "coworker", &coworker.to_string(), SOON).await
    }

    /// A failure of this member, made at the service a minute ago.
    fn refused_before(&self, coworker: Option<i64>, description: &str) -> anyhow::Result<i64> {
        let at = (Utc::now() - TimeDelta::minutes(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let record = json!({ "CoworkerId": coworker, "BusinessId": QUAY_HOUSE, "CheckinAttemptTime": at, "Source": 4,
            "Description": description, "MacAddresses": "AA:BB", "SystemId": "kept" });
        self.station.spaces.state().put_record(Entity::FailedCheckin, &record).map_err(anyhow::Error::msg)
    }

    fn record(&self, entity: Entity, id: i64) -> anyhow::Result<Value> {
        self.station.spaces.state().record(entity, id).context("the record is gone")
    }
}

/// All properties but these are what they were.
fn only_changed(before: &Value, after: &Value, changed: &[&str]) -> anyhow::Result<()> {
    let stamps = ["UpdatedOn", "UpdatedBy"];
    for (name, value) in before.as_object().context("a record")? {
        if !changed.contains(&name.as_str()) && !stamps.contains(&name.as_str()) {
            ensure!(after[name] == *value, "{name} was {value}, is {}", after[name]);
        }
    }
    Ok(())
}

/// Refused for want of a pass: staff see why, check the member in, take it back, and check them in again.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_checked_in_by_hand_and_a_forgotten_check_in_is_closed() -> anyhow::Result<()> {
    let desk = Desk::open("[kiosk]\nnames = \"full\"").await?;
    let state = desk.station.spaces.state();
    desk.tap(LAYLA_WITHOUT_A_PASS, "refused").await?;
    // By hand staff may let somebody in whom the rules refuse.
    state.change_switches(|switches| switches.validation = tapdesk_tests::spaces::Validation::Lenient);
    desk.come().await?;
    desk.choose("ليلى حداد").await?;
    desk.reads("[data-testid=readings]", "pass").await?;
    desk.show("10-detail").await?;
    desk.press("act-check-in").await?;
    desk.window.type_into("note", "paid at the desk").await?;
    desk.show("11-check-in-form").await?;
    desk.press("look").await?;
    desk.confirm("12-check-in-dialog").await?;
    desk.show("13-check-in-done").await?;
    let opened = state.open_checkins(LAYLA_ID);
    ensure!(opened.len() == 1, "{opened:?}");
    let sent = desk.last_write("POST", CHECKINS)?;
    ensure!(sent["Source"] == 1 && sent["CoworkerId"] == LAYLA_ID && sent["BusinessId"] == QUAY_HOUSE, "{sent}");
    desk.undo().await?;
    ensure!(state.open_checkins(LAYLA_ID).is_empty(), "taken back");
    desk.close_dialog().await?;

    // José forgot to check out yesterday, and was refused since.
    let yesterday = Utc::now() - TimeDelta::hours(26);
    let forgotten = state.open_checkin(JOSE_ID, QUAY_HOUSE, yesterday);
    desk.refused_before(Some(JOSE_ID), "You are checked in already.")?;
    desk.choose("José Ángel").await?;
    let before = desk.record(Entity::Checkin, forgotten)?;
    desk.press("act-close-checkin").await?;
    desk.press("look").await?;
    desk.confirm("14-close-dialog").await?;
    let after = desk.record(Entity::Checkin, forgotten)?;
    ensure!(after["ToTime"].is_string(), "{after}");
    only_changed(&before, &after, &["ToTime", "ToTimeLocal"])?;
    desk.undo().await?;
    ensure!(desk.record(Entity::Checkin, forgotten)?["ToTime"].is_null(), "opened again");
    desk.close_dialog().await?;

    // All of it stands in the log of acts, newest first.
    desk.press("tab-log").await?;
    desk.reads("[data-testid=audit-line]", "paid at the desk").await?;
    desk.show("15-log").await?;
    let broken = "document.querySelector('[data-testid=broken]') === null";
    desk.window.wait_for_condition("the log to be whole", broken, SOON).await?;
    desk.lock().await?;
    let audit = desk.station.run(&["audit", "--json"], "").await?;
    ensure!(audit.status.success(), "{audit:?}");
    let audit: Value = serde_json::from_slice(&audit.stdout)?;
    ensure!(audit["broken_at"].is_null() && audit["lines"].as_array().is_some_and(|lines| lines.len() == 2), "{audit}");
    ensure!(!audit.to_string().contains("حداد"), "ids alone");
    Ok(())
}

/// An unknown tile becomes a member's, and its failure is said to be theirs.
#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_tile_is_linked_and_its_failure_put_right() -> anyhow::Result<()> {
    const NOBODY_EITHER: &str = "04FEB2C3D4AAAA";
    let desk = Desk::open("[kiosk]\nnames = \"full\"").await?;
    desk.tap(NOBODY, "unknown_tile").await?;
    desk.tap(NOBODY_EITHER, "unknown_tile").await?;
    desk.come().await?;
    desk.press("preset-unknown").await?;
    desk.choose("No member has tile …E5F6").await?;
    desk.press("act-link-tile").await?;
    desk.find_member("Freya", FREYA_WITHOUT_A_TILE).await?;
    desk.press("look").await?;
    let before = desk.record(Entity::Coworker, FREYA_WITHOUT_A_TILE)?;
    desk.confirm("20-link-dialog").await?;
    let after = desk.record(Entity::Coworker, FREYA_WITHOUT_A_TILE)?;
    ensure!(after["AccessCardId"] == NOBODY, "{after}");
    only_changed(&before, &after, &["AccessCardId"])?;
    desk.close_dialog().await?;

    // Another one is given to Freya at the service, while it is being linked to Ana here.
    desk.choose("No member has tile …AAAA").await?;
    desk.press("act-link-tile").await?;
    desk.find_member("Ana", ANA_ID).await?;
    let mut freya = after.clone();
    freya["KeyFobNumber"] = json!(NOBODY_EITHER);
    desk.station.spaces.state().put_record(Entity::Coworker, &freya).map_err(anyhow::Error::msg)?;
    desk.press("look").await?;
    desk.window.wait_for_data("dialog", "stage", "prepared", SOON).await?;
    desk.reads("[data-testid=warning-tile_taken]", "Freya Lindqvist").await?;
    desk.show("21-tile-taken").await?;
    let may =
        desk.window.run("return document.querySelector('[data-testid=confirm]')?.disabled ?? true", Vec::new()).await?;
    ensure!(may == json!(true), "a conflict cannot be confirmed");
    desk.press("dialog-back").await?;
    desk.press("act-back").await?;

    desk.press("act-correct").await?;
    desk.find_member("Freya", FREYA_WITHOUT_A_TILE).await?;
    desk.window.type_into("description", "New card, linked at the desk").await?;
    desk.press("look").await?;
    let failures = desk.station.spaces.state().records(Entity::FailedCheckin);
    let failure = failures.into_iter().find(|failure| failure["Description"] == "No member has tile …AAAA.");
    let failure = failure.context("the failure")?;
    let id = failure["Id"].as_i64().context("an id")?;
    desk.confirm("22-correct-dialog").await?;
    let after = desk.record(Entity::FailedCheckin, id)?;
    ensure!(
        after["CoworkerId"] == FREYA_WITHOUT_A_TILE && after["Description"] == "New card, linked at the desk",
        "{after}"
    );
    only_changed(&failure, &after, &["CoworkerId", "CoworkerFullName", "Description", "ToStringText"])?;
    let sent = desk.last_write("PUT", FAILED_CHECKINS)?;
    ensure!(sent["Id"] == id, "{sent}");
    desk.undo().await?;
    let undone = desk.record(Entity::FailedCheckin, id)?;
    ensure!(undone["CoworkerId"].is_null() && undone["Description"] == failure["Description"], "{undone}");
    desk.close_dialog().await?;

    // The tile is known at the kiosk at once.
    desk.lock().await?;
    let tapped =
        desk.window.tap(&desk.station.reader, tapdesk_tests::pn532::Tile::parse(NOBODY)?, "checked_in").await?;
    ensure!(tapped.verdict.text("name").contains("Freya"), "{tapped:?}");
    let sent = desk.last_write("PUT", COWORKERS)?;
    ensure!(sent["AccessPincode"] == before["AccessPincode"], "the whole record went back");
    Ok(())
}

/// Two taps were promised to be recorded and could not be: one is tried again when its cause is gone, one is dismissed.
#[tokio::test(flavor = "multi_thread")]
async fn a_tap_that_needs_staff_is_tried_again_or_dismissed() -> anyhow::Result<()> {
    const IVO: (&str, i64) = ("04AFB2C3D4E5F6", 1_015);
    let desk = Desk::open("[kiosk]\nnames = \"full\"").await?;
    let state = desk.station.spaces.state();
    state.take_down();
    desk.tap(LAYLA_WITHOUT_A_PASS, "saved").await?;
    desk.tap(IVO.0, "saved").await?;
    state.bring_up();
    let two = "document.querySelector('[data-testid=queue]')?.textContent.includes('2')";
    desk.window.wait_for_condition("two taps to need staff", two, SOON + SOON).await?;
    desk.come().await?;
    desk.window
        .wait_for_condition(
            "two at the desk",
            "document.querySelector('[data-testid=needs-staff]')?.textContent.includes('2')",
            SOON,
        )
        .await?;
    desk.show("30-needs-staff").await?;

    let pass = json!({ "CoworkerId": LAYLA_ID, "BusinessId": QUAY_HOUSE, "TimePassId": 301, "Used": false, "RemainingUses": 3 });
    state.put_record(Entity::CoworkerTimePass, &pass).map_err(anyhow::Error::msg)?;
    let own = "[data-testid=row][data-key^='tap']";
    let choose = |index: usize| format!("document.querySelectorAll(\"{own}\")[{index}].click()");
    let there = format!("document.querySelectorAll(\"{own}\").length === 2");
    desk.window.wait_for_condition("both in the list", &there, SOON).await?;
    // Newest first: Ivo's, Layla's.
    desk.window.run(&choose(1), Vec::new()).await?;
    desk.press("act-retry").await?;
    desk.confirm("31-retry-dialog").await?;
    ensure!(state.wait_until(SOON, |state| state.open_checkins(LAYLA_ID).len() == 1).await, "recorded");
    desk.close_dialog().await?;
    let one = format!("document.querySelectorAll(\"{own}\").length === 1");
    desk.window.wait_for_condition("one left in the list", &one, SOON).await?;

    desk.window.run(&choose(0), Vec::new()).await?;
    desk.press("act-dismiss").await?;
    desk.press("reason-did_not_enter").await?;
    desk.press("look").await?;
    desk.confirm("32-dismiss-dialog").await?;
    desk.close_dialog().await?;
    let none = format!("document.querySelectorAll(\"{own}\").length === 0");
    desk.window.wait_for_condition("none left in the list", &none, SOON).await?;
    desk.lock().await?;
    let queue = desk.station.run(&["queue", "--json"], "").await?;
    let queue: Value = serde_json::from_slice(&queue.stdout)?;
    ensure!(queue["waiting"] == 0 && queue["needs_staff"] == 0, "{queue}");
    ensure!(state.open_checkins(IVO.1).is_empty() && state.checkins(LAYLA_ID).len() == 1, "nothing twice");
    Ok(())
}

/// What the account may not do is not offered, and its role is named.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_may_not_do_is_not_offered() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let roles: Vec<&str> = tapdesk_engine::rights::ROLES.iter().map(|role| role.name).collect();
    let least: Vec<&str> =
        roles.into_iter().filter(|role| !["Coworker-Edit", "FailedCheckin-Edit"].contains(role)).collect();
    let account = Account::administrator(tapdesk_tests::spaces::seed::USERNAME, PASSWORD, "Front Desk").only(&least);
    station.spaces.state().add_account(account);
    let desk = Desk::at(station).await?;
    desk.tap(NOBODY, "unknown_tile").await?;
    desk.come().await?;
    desk.choose("No member has tile").await?;
    desk.reads("[data-testid=lacking-link-tile]", "Coworker-Edit").await?;
    desk.reads("[data-testid=lacking-correct]", "FailedCheckin-Edit").await?;
    let offered =
        desk.window.run("return document.querySelector('[data-testid=act-link-tile]') === null", Vec::new()).await?;
    ensure!(offered == json!(true), "no button for what cannot be done");
    desk.show("40-lacking").await
}
