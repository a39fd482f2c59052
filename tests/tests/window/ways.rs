//! Ways in and looks that an operator chooses: a PIN in place of a tile, a house's own colours, words and pictures.

use anyhow::ensure;
use serde_json::json;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::spaces::{Entity, State};

use crate::desk::{Desk, Look, SOON};
use crate::{ANA, JOSE, LANDSCAPE, LAYLA_WITHOUT_A_PASS, NOBODY, PORTRAIT, writes};

const PIN: &str = "20417";
/// The pad stands on paper.
const PAD: Look = Look { colour: "--paper", covers: 0.3, differs: 0.1 };

fn give_ana_a_pin(state: &State) -> anyhow::Result<()> {
    let mut ana = state.record(Entity::Coworker, 1_001).unwrap_or_default();
    ana["AccessPincode"] = json!(PIN);
    state.put_record(Entity::Coworker, &ana).map_err(anyhow::Error::msg)?;
    Ok(())
}

async fn type_in(desk: &Desk, pin: &str) -> anyhow::Result<()> {
    for digit in pin.chars() {
        desk.window.click(&format!("pin-{digit}")).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_without_a_tile_types_a_pin() -> anyhow::Result<()> {
    let station = Station::start("[pin]\naccept = \"pin\"").await?;
    give_ana_a_pin(&station.spaces.state())?;
    station.sign_in().await?;
    let mut desk = Desk::at(station, PORTRAIT, &[]).await?;
    desk.wait_until_ready().await?;
    // Nobody is called unknown before all members were read, and no PIN is somebody's before.
    desk.tap(NOBODY, "unknown_tile", "unknown_before_pin").await?;
    desk.window.wait_for_stage("idle", SOON).await?;

    desk.window.click("pin-open").await?;
    desk.show("pin_pad", PAD).await?;
    type_in(&desk, "99999").await?;
    desk.window.click("pin-enter").await?;
    desk.window.wait_for_text("pin-message", "That PIN is not right", SOON).await?;
    ensure!(writes(&desk.station, 1_001).is_empty());
    type_in(&desk, PIN).await?;
    let welcome = desk.window.press("pin-enter", "checked_in").await?;
    ensure!(welcome.text("name") == "Ana", "{welcome:?}");
    let written = writes(&desk.station, 1_001);
    let [opened] = &written[..] else { anyhow::bail!("one write expected: {written:?}") };
    ensure!(opened.method == "POST" && opened.body["Source"] == 1, "{opened:?}");

    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.click("pin-open").await?;
    for wrong in ["11111", "22222"] {
        type_in(&desk, wrong).await?;
        desk.window.click("pin-enter").await?;
        desk.window.wait_for_text("pin-dots", "", SOON).await?;
    }
    let locked = "Too many tries: wait less than a minute";
    desk.window.wait_for_plain_text("pin-message", locked, SOON).await?;
    desk.tap(JOSE, "checked_in", "welcome_beside_a_locked_pad").await?;
    let page = desk.window.run("return document.documentElement.outerHTML", Vec::new()).await?;
    ensure!(!page.to_string().contains(PIN), "the page keeps the PIN");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_shows_its_own_colours_words_and_pictures() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let logo = folder.path().join("logo.svg");
    let drawing = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#a3243b" d="M0 0h40v20H0z"/></svg>"##;
    std::fs::write(&logo, drawing)?;
    let logo = logo.display();
    let configuration = format!(
        "[kiosk]\ntheme = \"dark\"\nphotos = true\npresent = true\nlogo = \"{logo}\"\nbanner = \"{logo}\"\n\
         renewal_page = \"https://quayhouse.example.org/renew\"\n\
         [kiosk.colours]\nfield = \"#f6d9cf\"\nfield_ink = \"#3a1020\"\naccent = \"#a3243b\"\n\
         [kiosk.idle.en]\nheadline = \"Good to see you\"\nhint = \"Tap in or out\"\n"
    );
    let mut desk = Desk::open(LANDSCAPE, &configuration).await?;
    desk.wait_until_ready().await?;
    ensure!(desk.window.text("headline").await? == "Good to see you");
    ensure!(desk.window.text("hint").await? == "Tap in or out");
    desk.window.wait_for_picture("logo", SOON).await?;
    desk.window.wait_for_picture("banner", SOON).await?;
    desk.window.wait_for_plain_text("present", "0 in now", SOON).await?;
    ensure!(desk.window.colour("--deep").await? == [0xf6, 0xd9, 0xcf], "the field is not the house's");
    let theme = desk.window.run("return document.documentElement.dataset.theme", Vec::new()).await?;
    ensure!(theme == json!("dark"), "{theme}");

    desk.tap(ANA, "checked_in", "branded_welcome").await?;
    desk.window.wait_for_picture("photo", SOON).await?;
    desk.window.wait_for_plain_text("visit", "4 passes left", SOON).await?;
    desk.show_verdict("checked_in", "branded_welcome_with_photo").await?;
    let refused = desk.tap(LAYLA_WITHOUT_A_PASS, "refused", "branded_refused").await?;
    ensure!(refused.texts.contains_key("renewal"), "{refused:?}");
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.window.wait_for_plain_text("present", "1 in now", SOON).await?;
    Ok(())
}
