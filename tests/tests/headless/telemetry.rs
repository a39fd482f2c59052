//! What a desk tells the operator's systems: figures that Prometheus reads, and what a collector is given.

use std::net::TcpListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tapdesk_tests::collector::{Collector, Mood, Span, attribute, text};
use tapdesk_tests::kiosk::headless::Headless;
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::left_out;
use tapdesk_tests::pn532::Tile;
use tapdesk_tests::prometheus::{free_address, program};
use tapdesk_tests::spaces::{Fault, FaultKind, seed};
use tokio::io::AsyncWriteExt as _;

use crate::{ANA, CHECKINS, Desk, JOSE, SOON, WANG};

/// Between two looks at what only a question shows.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const TOKEN: &str = "c0ffee-opensesame";

/// Status and text of a scrape; none where nobody answers.
async fn scrape(address: &str, token: Option<&str>) -> Option<(u16, String)> {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(5)).build().ok()?;
    let request = client.get(format!("http://{address}/metrics"));
    let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
    let reply = request.send().await.ok()?;
    Some((reply.status().as_u16(), reply.text().await.ok()?))
}

/// The first scrape that fits.
async fn scraped(address: &str, token: Option<&str>, fits: impl Fn(u16, &str) -> bool) -> anyhow::Result<String> {
    let began = Instant::now();
    let mut last = None;
    while began.elapsed() < SOON {
        last = scrape(address, token).await;
        if let Some((status, text)) = &last
            && fits(*status, text)
        {
            return Ok(text.clone());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    anyhow::bail!("no such scrape: {last:?}")
}

/// The value of a series; none where it is not there.
fn value(scrape: &str, series: &str) -> Option<f64> {
    scrape.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok())
}

/// Waits until the program's log has this text.
async fn logged(headless: &Headless, wanted: &str) -> anyhow::Result<()> {
    let mut news = headless.news();
    let looking = async {
        while !headless.errors().contains(wanted) {
            if news.changed().await.is_err() {
                return;
            }
        }
    };
    drop(tokio::time::timeout(SOON, looking).await);
    anyhow::ensure!(headless.errors().contains(wanted), "{wanted:?} is not said\n{}", headless.story());
    Ok(())
}

fn change(station: &Station, from: &str, to: &str) -> anyhow::Result<()> {
    let before = std::fs::read_to_string(station.configuration())?;
    anyhow::ensure!(before.contains(from), "no {from:?}");
    Ok(std::fs::write(station.configuration(), before.replace(from, to))?)
}

#[tokio::test]
async fn a_tap_is_in_the_figures() -> anyhow::Result<()> {
    let address = free_address()?.to_string();
    let desk = Desk::open(&format!("[telemetry]\nprometheus = \"{address}\"\nname = \"front desk\"")).await?;
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    let whole = "tapdesk_tap_duration_seconds_count{part=\"whole\"}";
    let seen = scraped(&address, None, |_, text| value(text, whole) == Some(1.0)).await?;
    let expected = [
        ("tapdesk_verdicts_total{kind=\"checked_in\"}", 1.0),
        ("tapdesk_verdicts_total{kind=\"refused\"}", 0.0),
        ("tapdesk_verdicts_revised_total{kind=\"checked_in\"}", 0.0),
        ("tapdesk_tap_duration_seconds_count{part=\"reader\"}", 1.0),
        ("tapdesk_tap_duration_seconds_count{part=\"journal\"}", 1.0),
        ("tapdesk_tap_duration_seconds_count{part=\"service\"}", 1.0),
        ("tapdesk_link_state{state=\"online\"}", 1.0),
        ("tapdesk_link_state{state=\"offline\"}", 0.0),
        ("tapdesk_reader_up{place=\"0\"}", 1.0),
        ("tapdesk_reader_restarts_total{place=\"0\"}", 0.0),
        ("tapdesk_queue_entries{state=\"waiting\"}", 0.0),
        ("tapdesk_queue_oldest_age_seconds", 0.0),
        ("tapdesk_storage_up", 1.0),
        ("tapdesk_out_of_order", 0.0),
        ("tapdesk_configuration_taken", 1.0),
    ];
    let remaining = value(&seen, "tapdesk_sign_in_remaining_seconds");
    assert!(remaining.is_some_and(|seconds| seconds > 3600.0), "{remaining:?}");
    for (series, expected) in expected {
        assert_eq!(value(&seen, series), Some(expected), "{series}\n{seen}");
    }
    let calls = value(&seen, "tapdesk_calls_total{outcome=\"done\",priority=\"urgent\"}");
    assert!(calls.is_some_and(|calls| calls >= 2.0), "the calls of one tap\n{seen}");
    let used = value(&seen, "tapdesk_budget_used_ratio");
    assert!(used.is_some_and(|used| used > 0.0 && used <= 1.0), "{used:?}");
    let owner = seen.lines().find(|line| line.starts_with("target_info{")).unwrap_or_default();
    for label in ["service_name=\"tapdesk\"", "tapdesk_kiosk_name=\"front desk\"", "tapdesk_location_id=\"9\""] {
        assert!(owner.contains(label), "{label}: {owner}");
    }
    assert!(!seen.contains("otel_scope"), "{seen}");
    is_clean(&seen).await?;
    desk.close().await
}

#[tokio::test]
async fn a_reader_that_is_started_again_is_counted() -> anyhow::Result<()> {
    let address = free_address()?.to_string();
    let desk = Desk::open(&format!("[telemetry]\nprometheus = \"{address}\"")).await?;
    desk.headless.kill_readers()?;
    let (restarts, up) = ("tapdesk_reader_restarts_total{place=\"0\"}", "tapdesk_reader_up{place=\"0\"}");
    scraped(&address, None, |_, text| value(text, up) == Some(0.0) || value(text, restarts) == Some(1.0)).await?;
    scraped(&address, None, |_, text| value(text, up) == Some(1.0) && value(text, restarts) == Some(1.0)).await?;
    desk.close().await
}

/// `promtool check metrics` has nothing to say.
async fn is_clean(scrape: &str) -> anyhow::Result<()> {
    let mut promtool = tokio::process::Command::from(program("promtool"));
    let promtool =
        promtool.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut promtool) = promtool.spawn() else {
        left_out("promtool is not here: the figures are not checked by it");
        return Ok(());
    };
    let mut input = promtool.stdin.take().expect("it is piped");
    input.write_all(scrape.as_bytes()).await?;
    drop(input);
    let output = promtool.wait_with_output().await?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.trim().is_empty(), "{said}\n{scrape}");
    Ok(())
}

#[tokio::test]
async fn only_who_brings_the_token_reads_them() -> anyhow::Result<()> {
    let address = free_address()?.to_string();
    let station = Station::start("").await?;
    let file = station.folder().join("metrics.token");
    std::fs::write(&file, format!("{TOKEN}\n"))?;
    let keys = format!("[telemetry]\nprometheus = \"{address}\"\ntoken_file = {:?}\n", file.display().to_string());
    let before = std::fs::read_to_string(station.configuration())?;
    std::fs::write(station.configuration(), before + &keys)?;
    station.sign_in().await?;
    let desk = Desk::at(station).await?;
    scraped(&address, Some(TOKEN), |status, text| status == 200 && text.contains("tapdesk_build_info")).await?;
    let status = async |token: Option<&str>| {
        scrape(&address, token).await.map(|(status, text)| (status, text.contains("tapdesk_build")))
    };
    for wrong in [None, Some(""), Some("c0ffee"), Some("c0ffee-opensesame2")] {
        assert_eq!(status(wrong).await, Some((401, false)), "{wrong:?}");
    }
    std::fs::write(&file, "another-token")?;
    assert_eq!(status(Some(TOKEN)).await, Some((401, false)), "the file has changed");
    assert_eq!(status(Some("another-token")).await, Some((200, true)));
    for bad in ["", " \n", &"x".repeat(5000)] {
        std::fs::write(&file, bad)?;
        assert_eq!(status(Some(bad.trim())).await, Some((503, false)), "{} bytes", bad.len());
    }
    std::fs::remove_file(&file)?;
    assert_eq!(status(Some("another-token")).await, Some((503, false)));
    logged(&desk.headless, "nobody can read the figures").await?;
    let said = desk.headless.errors();
    assert_eq!(said.matches("nobody can read the figures").count(), 1, "{said}");
    assert!(!said.contains("another-token") && !said.contains(TOKEN), "{said}");
    std::fs::write(&file, TOKEN)?;
    assert_eq!(status(Some(TOKEN)).await, Some((200, true)));
    desk.close().await
}

#[tokio::test]
async fn a_taken_port_keeps_nobody_from_working() -> anyhow::Result<()> {
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let address = taken.local_addr()?.to_string();
    let desk = Desk::open(&format!("[telemetry]\nprometheus = \"{address}\"")).await?;
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    logged(&desk.headless, "end the program that listens there").await?;
    drop(taken);
    let seen = scraped(&address, None, |status, _| status == 200).await?;
    assert_eq!(value(&seen, "tapdesk_verdicts_total{kind=\"checked_in\"}"), Some(1.0), "counted all the same");
    assert_eq!(desk.headless.errors().matches("end the program that listens there").count(), 1);
    desk.close().await
}

#[tokio::test]
async fn figures_go_on_with_another_configuration_and_follow_their_own() -> anyhow::Result<()> {
    let (address, other) = (free_address()?.to_string(), free_address()?.to_string());
    let desk = Desk::open(&format!("[telemetry]\nprometheus = \"{address}\"\n[tap]\nrepeat_window_s = 60")).await?;
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    let running =
        |text: &str| text.lines().find(|line| line.starts_with("tapdesk_configuration_info{")).map(str::to_owned);
    let before = running(&scraped(&address, None, |_, text| running(text).is_some()).await?);
    change(&desk.station, "repeat_window_s = 60", "repeat_window_s = 61")?;
    let is_new = |_, text: &str| running(text).is_some_and(|now| Some(now) != before);
    let seen = scraped(&address, None, is_new).await?;
    assert_eq!(value(&seen, "tapdesk_verdicts_total{kind=\"checked_in\"}"), Some(1.0), "{seen}");

    change(&desk.station, &address, &other)?;
    scraped(&other, None, |status, text| status == 200 && text.contains("tapdesk_build_info")).await?;
    let began = Instant::now();
    while scrape(&address, None).await.is_some() {
        anyhow::ensure!(began.elapsed() < SOON, "the old address is still served");
        tokio::time::sleep(LOOK_EVERY).await;
    }
    change(&desk.station, &format!("prometheus = \"{other}\""), "")?;
    let began = Instant::now();
    while scrape(&other, None).await.is_some() {
        anyhow::ensure!(began.elapsed() < SOON, "what was switched off is still served");
        tokio::time::sleep(LOOK_EVERY).await;
    }
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    desk.close().await
}

#[tokio::test]
async fn a_collector_gets_a_tap_with_all_that_it_went_through() -> anyhow::Result<()> {
    let collector = Collector::start().await?;
    let keys = format!("[telemetry]\notlp = \"{}\"\nname = \"front desk\"\nexport_every_s = 5", collector.url());
    let station = Station::start(&keys).await?;
    station.sign_in().await?;
    let mut command = station.command(&["headless"])?;
    command.env("OTEL_EXPORTER_OTLP_HEADERS", format!("Authorization=Bearer%20{TOKEN}"));
    let desk = Desk::with(station, Headless::spawn(command.into_std())?).await?;
    let throttled = FaultKind::Throttle { status: Some(429), retry_after_seconds: Some(0) };
    desk.state.inject(Fault::new(throttled).on("POST", CHECKINS));
    let tap = desk.tap_and_see(ANA.1).await?;
    let found = collector.wait_for(SOON, |collector| {
        let spans = collector.spans();
        let (root, owner) = spans.iter().find(|(span, _)| span.name == "tap")?.clone();
        let inside = spans.into_iter().map(|(span, _)| span).filter(|span| span.parent_span_id == root.span_id);
        let inside: Vec<_> = inside.collect();
        Some((root, owner, inside))
    });
    let (root, owner, inside) = found.await.ok_or_else(|| anyhow::anyhow!("no trace\n{}", desk.headless.story()))?;
    assert!(root.parent_span_id.is_empty());
    assert_eq!(attribute(&root.attributes, "tapdesk.verdict").as_deref(), Some("checked_in"));
    assert_eq!(attribute(&root.attributes, "tapdesk.entry").as_deref(), tap["entry"].as_str());
    assert_eq!(attribute(&root.attributes, "tapdesk.location.id").as_deref(), Some("9"));
    assert_eq!(attribute(&owner, "tapdesk.kiosk.name").as_deref(), Some("front desk"));
    assert_eq!(attribute(&owner, "service.name").as_deref(), Some("tapdesk"));
    let names: Vec<&str> = inside.iter().map(|span| span.name.as_str()).collect();
    for name in ["reader", "journal", "call"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for span in &inside {
        assert_eq!(span.trace_id, root.trace_id);
        assert!(span.start_time_unix_nano <= span.end_time_unix_nano, "{span:?}");
        assert!(root.start_time_unix_nano <= span.start_time_unix_nano, "{span:?}");
        assert!(span.end_time_unix_nano <= root.end_time_unix_nano, "{span:?}");
    }
    let said = |span: &Span, name: &str| attribute(&span.attributes, name).unwrap_or_default();
    let writes = inside.iter().filter(|span| said(span, "http.request.method") == "POST");
    let writes: Vec<_> =
        writes.map(|span| ["url.template", "attempt", "outcome"].map(|name| said(span, name))).collect();
    assert_eq!(writes, [["/spaces/checkins", "1", "throttled"], ["/spaces/checkins", "2", "done"]]);

    let line = collector.wait_for(SOON, |collector| {
        collector.lines().into_iter().find(|line| text(line.body.as_ref()).as_deref() == Some("verdict"))
    });
    let line = line.await.ok_or_else(|| anyhow::anyhow!("no line"))?;
    assert_eq!(attribute(&line.attributes, "kind").as_deref(), Some("checked_in"));
    assert_eq!(attribute(&line.attributes, "coworker"), None);
    let figure = collector.wait_for(SOON, |collector| {
        collector.metrics().into_iter().find(|metric| metric.name == "tapdesk.tap.duration" && metric.unit == "s")
    });
    assert!(figure.await.is_some(), "no figures");
    assert!(collector.pushes().iter().all(|push| push.authorization.as_deref() == Some(&*format!("Bearer {TOKEN}"))));
    desk.close().await
}

#[tokio::test]
async fn a_collector_that_hangs_holds_up_nobody() -> anyhow::Result<()> {
    let collector = Collector::start().await?;
    collector.be(Mood::Hangs);
    let desk = Desk::open(&format!("[telemetry]\notlp = \"{}\"\nexport_every_s = 5", collector.url())).await?;
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    assert!(collector.asked(1, SOON).await, "nothing is pushed");
    let began = Instant::now();
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(4), "a tap beside a hanging collector: {took:?}");
    logged(&desk.headless, "the collector takes nothing").await?;
    collector.be(Mood::Raves);
    let asked = collector.asked(8, SOON).await;
    assert!(asked, "it is tried again");
    collector.be(Mood::Takes);
    logged(&desk.headless, "the collector takes what it is given again").await?;
    let said = desk.headless.errors();
    assert_eq!(said.matches("the collector takes nothing").count(), 1, "{said}");
    // And the end is in time although it hangs again.
    collector.be(Mood::Hangs);
    assert_eq!(desk.tap_and_see(WANG.1).await?["kind"], "checked_in");
    desk.close().await
}

#[tokio::test]
async fn nobody_is_given_away() -> anyhow::Result<()> {
    let (collector, address) = (Collector::start().await?, free_address()?.to_string());
    let keys = format!(
        "[kiosk]\nnames = \"full\"\n[telemetry]\nprometheus = \"{address}\"\notlp = \"{}\"\nexport_every_s = 5",
        collector.url()
    );
    let desk = Desk::open(&keys).await?;
    let (layla, nobody) = ("04A5B2C3D4E5F6", "04FFEEDDCCBBAA");
    for tile in [ANA.1, JOSE.1, layla, nobody] {
        desk.tap_and_see(tile).await?;
    }
    desk.station.reader.present(Tile::phone())?;
    desk.headless.wait_for(SOON, |line| line["kind"] == "unusable_tile").await;
    desk.take_away().await?;
    desk.state.revoke_access_tokens();
    desk.tap_and_see(WANG.1).await?;
    desk.state.take_down();
    desk.tap_and_see("04A4B2C3D4E5F6").await?;
    let scrape =
        scraped(&address, None, |_, text| value(text, "tapdesk_verdicts_total{kind=\"saved\"}") == Some(1.0)).await?;
    let saved = |collector: &Collector| {
        let is_it = |span: &Span| attribute(&span.attributes, "tapdesk.verdict").as_deref() == Some("saved");
        collector.spans().iter().any(|(span, _)| is_it(span)).then_some(())
    };
    assert!(collector.wait_for(SOON, saved).await.is_some(), "not all traces came");
    let all = desk.headless.errors();
    desk.close().await?;

    let mut texts = vec![scrape.to_lowercase()];
    texts.extend(collector.pushes().iter().map(|push| String::from_utf8_lossy(&push.body).to_lowercase()));
    let bodies: Vec<_> = collector.lines().iter().filter_map(|line| text(line.body.as_ref())).collect();
    assert!(["tap", "verdict"].iter().all(|line| bodies.iter().any(|body| body == line)), "{bodies:?}\n{all}");
    let people = ["prieto", "núñez", "josé", "xiuying", "王秀英", "layla", "o'connor", seed::USERNAME, seed::PASSWORD];
    let tokens = ["access-", "refresh-", "bearer"];
    let mut secrets: Vec<String> = people.into_iter().chain(tokens).map(str::to_owned).collect();
    for tile in [ANA.1, JOSE.1, WANG.1, layla, nobody, "04A4B2C3D4E5F6"] {
        secrets.extend(spellings(tile));
    }
    for told in &texts {
        for secret in &secrets {
            assert!(!told.contains(&secret.to_lowercase()), "{secret} in {told}");
        }
    }
    Ok(())
}

/// How a tile may be written: as it is, reversed, with separators, as a number, masked.
fn spellings(tile: &str) -> Vec<String> {
    let pairs: Vec<&str> = (0..tile.len()).step_by(2).map(|at| &tile[at..at + 2]).collect();
    let reversed: Vec<&str> = pairs.iter().rev().copied().collect();
    let number = |hex: &str| u128::from_str_radix(hex, 16).unwrap_or_default().to_string();
    let (forth, back) = (pairs.concat(), reversed.concat());
    let masked = format!("…{}", &tile[tile.len() - 4..]);
    vec![pairs.join(":"), pairs.join(" "), pairs.join("-"), number(&forth), number(&back), forth, back, masked]
}
