//! The built program's real window on a real (if virtual) screen: what members see, pixel by pixel where it matters.
//! Needs what `./dev test` brings: Xvfb, `WebKitWebDriver`, `ImageMagick`, and a session with an unlocked key store.

#[path = "window/access.rs"]
mod access;
#[path = "window/desk.rs"]
mod desk;
#[path = "window/ways.rs"]
mod ways;

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::display::Display;
use tapdesk_tests::kiosk::pixels::Area;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::spaces::seed::QUAY_HOUSE;
use tapdesk_tests::spaces::{Entity, LoggedRequest};

use desk::{ALERT, Desk, IDLE_WITH_NEWS, SOON};

const LANDSCAPE: (usize, usize) = (1280, 800);
const PORTRAIT: (usize, usize) = (800, 1280);

const ANA: &str = "04A1B2C3D4E5F6";
const JOSE: &str = "04A2B2C3D4E5F6";
const LAYLA_WITHOUT_A_PASS: &str = "04A5B2C3D4E5F6";
const INACTIVE: &str = "04A7B2C3D4E5F6";
const TWO_MEMBERS: &str = "04ABB2C3D4E5F6";
const REASON_WITH_MARKUP: &str = "04AEB2C3D4E5F6";
const LONG_NAME_AND_REASON: &str = "04B1B2C3D4E5F6";
const NOBODY: &str = "04FFB2C3D4E5F6";
const XIUYING: &str = "04A3B2C3D4E5F6";

/// Long enough for a second tap and its picture, short enough to be waited out.
const REPEAT_WINDOW: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread")]
async fn members_come_and_go() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, &format!("[tap]\nrepeat_window_s = {}", REPEAT_WINDOW.as_secs())).await?;
    desk.wait_until_ready().await?;
    let clock = desk.window.text("clock").await?;
    ensure!(clock.contains(':') && clock.len() <= 8, "no clock: {clock}");

    let welcome = desk.tap(JOSE, "checked_in", "welcome_another").await?;
    let jose_came = Instant::now();
    ensure!(welcome.text("name") == "José Ángel", "{welcome:?}");

    let tapped_at = chrono::Utc::now();
    let welcome = desk.tap(ANA, "checked_in", "welcome").await?;
    ensure!(welcome.text("headline") == "Welcome" && welcome.text("name") == "Ana", "{welcome:?}");
    ensure!(welcome.text("offer").is_empty(), "{welcome:?}");
    let written = writes(&desk.station, 1_001);
    let [opened] = &written[..] else { anyhow::bail!("one write expected: {written:?}") };
    let body = &opened.body;
    ensure!(opened.method == "POST" && body["Source"] == 4 && body["BusinessId"] == QUAY_HOUSE, "{opened:?}");
    let from: chrono::DateTime<chrono::Utc> = body["FromTime"].as_str().context("no FromTime")?.parse()?;
    ensure!((from - tapped_at).num_seconds().abs() <= 2, "tapped {tapped_at}, recorded {from}");

    let again = desk.tap(ANA, "checked_in", "welcome_again_with_offer").await?;
    ensure!(writes(&desk.station, 1_001).len() == 1, "a second tap within the repeat window sends nothing");
    ensure!(again.text("offer") == "Check out instead" && again.text("fact") == welcome.text("fact"), "{again:?}");
    desk.window.press("offer", "checked_out").await?;
    desk.show_verdict("checked_out", "goodbye_after_offer").await?;
    ensure!(desk.station.spaces.state().open_checkins(1_001).is_empty());

    tokio::time::sleep_until((jose_came + REPEAT_WINDOW).into()).await;
    let before = desk.station.spaces.state().checkins(1_002);
    let goodbye = desk.tap(JOSE, "checked_out", "goodbye").await?;
    ensure!(goodbye.text("headline") == "Goodbye" && goodbye.text("name") == "José Ángel", "{goodbye:?}");
    let written = writes(&desk.station, 1_002);
    let [_, closed] = &written[..] else { anyhow::bail!("two writes expected: {written:?}") };
    ensure!(closed.method == "PUT" && closed.body["ToTime"].is_string(), "{closed:?}");
    let (record, sent) = (before[0].as_object().context("a record")?, &closed.body);
    // The service stamps these itself.
    let stamps = ["ToTime", "UpdatedOn", "UpdatedBy"];
    let lost = record.iter().filter(|(field, value)| !stamps.contains(&field.as_str()) && sent[*field] != **value);
    let lost: Vec<_> = lost.collect();
    ensure!(lost.is_empty(), "the whole record goes back; not the same: {lost:?}\n{sent}");

    let took = desk.window.terminate().await?;
    ensure!(took < Duration::from_secs(5));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_told_why_not() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, "").await?;
    desk.wait_until_ready().await?;

    for (uid, coworker, name) in [
        (LAYLA_WITHOUT_A_PASS, 1_005, "refused"),
        (REASON_WITH_MARKUP, 1_014, "refused_with_markup"),
        (LONG_NAME_AND_REASON, 1_017, "refused_long"),
    ] {
        refused(&desk, uid, coworker, name).await?;
    }

    let inactive = desk.tap(INACTIVE, "refused", "refused_inactive").await?;
    ensure!(inactive.text("reason") == "Your membership is not active.", "{inactive:?}");
    ensure!(writes(&desk.station, 1_007).is_empty(), "no check-in call for a member who is not active");
    let unknown = desk.tap(NOBODY, "unknown_tile", "unknown").await?;
    ensure!(unknown.text("action") == "Please see the desk", "{unknown:?}");
    desk.tap(TWO_MEMBERS, "ambiguous_tile", "ambiguous").await?;
    desk.tap_tile(Tile::phone(), "unusable_tile", "phone").await?;
    ensure!(desk.station.spaces.state().records(Entity::Checkin).iter().all(|checkin| checkin["Source"] != 4));
    Ok(())
}

/// Taps a member whom the service refuses: its Description is shown word for word, as text.
async fn refused(desk: &Desk, uid: &str, coworker: i64, name: &str) -> anyhow::Result<()> {
    let tapped = desk.window.tap(&desk.station.reader, Tile::parse(uid)?, "refused").await?;
    let rows = desk.station.spaces.state().failed_checkins(coworker);
    let description = rows.last().and_then(|row| row["Description"].as_str()).context("no reason on record")?;
    desk.window.wait_for_text("reason", description.trim(), Duration::from_secs(3)).await?;
    let elements = "return document.querySelector('[data-testid=reason]').childElementCount";
    let elements = desk.window.run(elements, Vec::new()).await?;
    ensure!(elements == json!(0), "{name}: the reason has become markup");
    ensure!(tapped.verdict.text("headline") == "Not checked in", "{tapped:?}");
    desk.show_verdict("refused", name).await
}

#[tokio::test(flavor = "multi_thread")]
async fn outages_are_said_and_survived() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, "").await?;
    desk.wait_until_ready().await?;
    outage_and_recovery(&desk).await?;

    desk.window.wait_for_stage("idle", SOON).await?;
    desk.station.reader.unplug();
    desk.window.wait_for_state("reader", "down", SOON).await?;
    ensure!(desk.window.text("headline").await? == "Reader not connected");
    desk.show("reader_unplugged", ALERT).await?;
    desk.station.reader.replug()?;
    desk.window.wait_for_state("reader", "up", Duration::from_secs(3)).await?;
    desk.tap(XIUYING, "checked_in", "welcome_after_replug").await?;
    Ok(())
}

/// The service goes away: taps are saved, and recorded when it is back.
async fn outage_and_recovery(desk: &Desk) -> anyhow::Result<()> {
    let state = desk.station.spaces.state();
    state.take_down();
    desk.tap(JOSE, "saved", "saved").await?;
    desk.window.wait_for_state("link", "offline", SOON).await?;
    desk.window.wait_for_state("queue", "waiting", SOON).await?;
    desk.window.wait_for_stage("idle", SOON).await?;
    desk.show("idle_offline", IDLE_WITH_NEWS).await?;
    ensure!(state.checkins(1_002).is_empty());
    state.bring_up();
    desk.window.wait_for_state("link", "online", Duration::from_secs(20)).await?;
    desk.window.wait_for_state("queue", "empty", SOON).await?;
    ensure!(state.wait_until(SOON, |state| state.open_checkins(1_002).len() == 1).await, "the saved tap is recorded");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portrait_screen_holds_it_all() -> anyhow::Result<()> {
    let mut desk = Desk::open(PORTRAIT, "").await?;
    desk.wait_until_ready().await?;
    desk.tap(ANA, "checked_in", "welcome").await?;
    desk.tap(ANA, "checked_in", "welcome_again_with_offer").await?;
    desk.window.press("offer", "checked_out").await?;
    desk.show_verdict("checked_out", "goodbye_after_offer").await?;
    refused(&desk, LAYLA_WITHOUT_A_PASS, 1_005, "refused").await?;
    refused(&desk, LONG_NAME_AND_REASON, 1_017, "refused_long").await?;
    desk.tap(NOBODY, "unknown_tile", "unknown").await?;
    desk.tap(TWO_MEMBERS, "ambiguous_tile", "ambiguous").await?;
    desk.tap_tile(Tile::phone(), "unusable_tile", "phone").await?;
    outage_and_recovery(&desk).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_knows_and_may_do_only_what_it_shows() -> anyhow::Result<()> {
    let mut desk = Desk::open(LANDSCAPE, "").await?;
    desk.wait_until_ready().await?;

    let reader = &desk.station.reader;
    desk.window.tap(reader, Tile::parse(ANA)?, "checked_in").await?;
    // Repeated with a button, it stands twice as long.
    let before = desk.window.tap(reader, Tile::parse(ANA)?, "checked_in").await?.verdict;
    desk.window.reload().await?;
    let after = desk.window.wait_for_verdict(0, "checked_in").await?;
    let words = ["name", "fact", "offer"].map(|testid| (before.text(testid), after.text(testid)));
    let is_the_same = before.entry == after.entry && words.iter().all(|(before, after)| before == after);
    ensure!(is_the_same && !after.text("offer").is_empty(), "before a reload {before:?}, after it {after:?}");
    desk.show_verdict("checked_in", "after_reload").await?;

    desk.tap(NOBODY, "unknown_tile", "unknown").await?;
    no_secret_is_in_the_page(&desk).await?;
    commands_outside_the_capability_are_refused(&desk).await?;
    the_content_security_policy_is_on(&desk).await
}

/// Neither a token nor a whole UID is in the page's markup, its own variables, its storage or the scene.
async fn no_secret_is_in_the_page(desk: &Desk) -> anyhow::Result<()> {
    let memory = "
        const done = arguments[0];
        const own = Object.getOwnPropertyNames(window).map((name) => {
          try { return `${name}=${JSON.stringify(window[name])}`; } catch { return name; }
        });
        const kept = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
        window.__TAURI_INTERNALS__.invoke('current_scene')
          .then((scene) => done([document.documentElement.outerHTML, JSON.stringify(scene), ...own, ...kept].join('\\n')));
    ";
    let memory = desk.window.run_async(memory, Vec::new()).await?;
    let memory = memory.as_str().context("text")?.to_lowercase();
    ensure!(
        memory.contains("\"kind\":\"unknown_tile\"") && memory.contains("…e5f6"),
        "the scene is not among it: {memory}"
    );
    let bare: String = memory.chars().filter(char::is_ascii_alphanumeric).collect();
    for uid in [NOBODY, ANA] {
        ensure!(!bare.contains(&uid.to_lowercase()), "the whole UID {uid} is in the page");
    }
    let is_token = |text: &str| text.len() >= 32 && text.bytes().take(32).all(|byte| byte.is_ascii_hexdigit());
    for word in ["access-", "refresh-", "bearer "] {
        let token = memory.match_indices(word).find(|(at, _)| is_token(&memory[at + word.len()..]));
        ensure!(token.is_none(), "a token is in the page: {token:?}");
    }
    Ok(())
}

async fn commands_outside_the_capability_are_refused(desk: &Desk) -> anyhow::Result<()> {
    let invoke = "
        const [command, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, {}).then(() => done('done'), (error) => done(`refused: ${error}`));
    ";
    let permitted = desk.window.run_async(invoke, vec![json!("current_scene")]).await?;
    ensure!(permitted == json!("done"), "{permitted}");
    for command in [
        "plugin:window|close",
        "plugin:window|set_fullscreen",
        "plugin:webview|create_webview_window",
        "plugin:event|emit",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:fs|read",
        "sign_in",
    ] {
        let answer = desk.window.run_async(invoke, vec![json!(command)]).await?;
        let answer = answer.as_str().unwrap_or_default();
        let by_rule = ["not allowed", "not found"].iter().any(|rule| answer.contains(rule));
        ensure!(answer.starts_with("refused: ") && by_rule, "{command}: {answer}");
    }
    desk.window.wait_for_state("reader", "up", SOON).await
}

/// Each way out is tried, and must be stopped by the policy's own rule rather than by chance.
async fn the_content_security_policy_is_on(desk: &Desk) -> anyhow::Result<()> {
    let elsewhere = desk.station.spaces.base_url();
    let ways = [
        (
            "script-src",
            "const script = document.createElement('script'); script.textContent = 'window.intruder = 1'; document.head.append(script);",
        ),
        ("connect-src", "fetch(value, { mode: 'no-cors' }).then(() => { window.intruder = 1; }, () => {});"),
        ("img-src", "const image = new Image(); image.src = value; document.body.append(image);"),
        (
            "frame-src",
            "const frame = document.createElement('iframe'); frame.src = value; document.body.append(frame);",
        ),
    ];
    let before = desk.station.spaces.state().requests().len();
    for (directive, way) in ways {
        let script = format!(
            "const [value, done] = arguments;
             const patience = setTimeout(() => done('nothing was stopped'), 5000);
             document.addEventListener('securitypolicyviolation', (event) => {{
               clearTimeout(patience);
               done(event.effectiveDirective);
             }}, {{ once: true }});
             {way}"
        );
        let stopped = desk.window.run_async(&script, vec![json!(elsewhere)]).await?;
        ensure!(stopped.as_str().is_some_and(|stopped| stopped.starts_with(directive)), "{directive}: {stopped}");
    }
    let intruder = desk.window.run("return window.intruder ?? null", Vec::new()).await?;
    ensure!(intruder == Value::Null, "an injected script ran, or a request went out");
    let from_the_page = |request: &LoggedRequest| {
        request.headers.get("user-agent").is_some_and(|agent| agent.contains("WebKit")) || !request.expected
    };
    let requests = desk.station.spaces.state().requests();
    ensure!(!requests[before..].iter().any(from_the_page), "the page called the service: {:?}", &requests[before..]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_store_it_is_out_of_order_and_says_so() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")];
    let desk = Desk::at(station, LANDSCAPE, &nowhere).await?;
    desk.window.wait_for_stage("out_of_order", SOON).await?;
    ensure!(desk.window.text("headline").await? == "Out of order");
    let detail = desk.window.text("detail").await?;
    ensure!(detail.contains("the key store cannot be used") && detail.contains("gnome-keyring"), "{detail}");
    desk.show("out_of_order", ALERT).await?;
    desk.window.terminate().await.map(drop)
}

/// Where no window manager makes full screen of the wish: no size is set from outside here.
#[tokio::test(flavor = "multi_thread")]
async fn the_window_fills_whatever_screen_there_is() -> anyhow::Result<()> {
    let (width, height) = (1500, 1000);
    let station = Station::start("").await?;
    let display = Display::start(width, height).await?;
    let mut command = station.command(&[])?;
    let mut program = command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").spawn()?;
    let strips =
        [Area { left: 0, top: height - 20, width, height: 20 }, Area { left: width - 20, top: 0, width: 20, height }];
    let began = Instant::now();
    loop {
        // The bare screen is black; the page is not.
        let picture = display.picture().await?;
        if strips.iter().all(|strip| picture.share_of([0, 0, 0], *strip) < 0.5) {
            break;
        }
        ensure!(began.elapsed() < 2 * SOON, "the edges of the screen stay black");
        ensure!(program.try_wait()?.is_none(), "the program ended");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    program.kill().await?;
    Ok(())
}

/// The writes of check-ins of a coworker that reached the service, oldest first.
fn writes(station: &Station, coworker: i64) -> Vec<LoggedRequest> {
    let mut requests = station.spaces.state().requests();
    requests.retain(|request| {
        let is_write = request.path == "/api/spaces/checkins" && request.method != "GET";
        is_write && request.body["CoworkerId"] == coworker
    });
    requests
}
