//! What Prometheus and Grafana are given: rules, a dashboard, and figures that a real Prometheus understands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::Value;

use tapdesk_tests::outage::Outage;
use tapdesk_tests::prometheus::{is_here, program};

/// So many kiosks: one of each kind of trouble, and one without. Fifty in the benchmark.
const KIOSKS: usize = 3;
/// A kiosk has no more series than this, whoever comes.
const MOST_SERIES: f64 = 400.0;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/packaging/telemetry").join(name)
}

/// Runs promtool with these arguments in this folder.
fn promtool(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let output = program("promtool").args(arguments).current_dir(folder).output();
    let output = output.context("promtool does not start; `./dev test` installs it")?;
    let said = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    Ok(())
}

#[test]
fn each_rule_is_good_and_fires_and_clears_in_its_time() -> anyhow::Result<()> {
    if !is_here() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    std::fs::copy(shipped("tapdesk-rules.yml"), folder.path().join("tapdesk-rules.yml"))?;
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/telemetry/rules-test.yml");
    std::fs::copy(stories, folder.path().join("rules-test.yml"))?;
    promtool(folder.path(), &["check", "rules", "tapdesk-rules.yml"])?;
    promtool(folder.path(), &["test", "rules", "rules-test.yml"])
}

/// All values under this key, however deep.
fn under<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == key {
                    found.push(value);
                }
                under(value, key, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| under(value, key, found)),
        _ => {}
    }
}

/// The expressions of the dashboard, with Grafana's own variables filled in.
fn expressions() -> anyhow::Result<Vec<String>> {
    let dashboard: Value = serde_json::from_str(&std::fs::read_to_string(shipped("tapdesk-dashboard.json"))?)?;
    let mut found = Vec::new();
    under(&dashboard, "expr", &mut found);
    let fill = |text: &str| text.replace("$__rate_interval", "1m").replace("$kiosk", ".*");
    Ok(found.into_iter().filter_map(Value::as_str).map(fill).collect())
}

/// The names of Tapdesk's figures in a text.
fn figures(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| word.starts_with("tapdesk_")).collect()
}

#[tokio::test]
async fn an_outage_is_seen_and_its_end_too_and_nobody_is_given_away() -> anyhow::Result<()> {
    if !is_here() {
        return Ok(());
    }
    let mut outage = Outage::begin(KIOSKS, &shipped("tapdesk-rules.yml")).await?;
    outage.all_is_well().await?;
    let seen = outage.run().await?;
    assert_eq!(seen, outage.alerts().collect(), "each alert fires and clears");
    let cost = outage.cost().await?;
    eprintln!("measured: {} alerts; {cost:?}", seen.len());
    assert!(cost.series < MOST_SERIES, "{cost:?}");

    let scrapes = outage.scrapes().await?;
    for scrape in &scrapes {
        let found = outage.given_away(scrape);
        assert!(found.is_empty(), "{found:?} in {scrape}");
    }

    // What rules and dashboard ask for is there; a name that nobody tells would be silence for ever.
    let told: BTreeSet<&str> = scrapes.iter().flat_map(|text| figures(text)).collect();
    let rules = std::fs::read_to_string(shipped("tapdesk-rules.yml"))?;
    let dashboard = expressions()?.join("\n");
    for name in figures(&rules).union(&figures(&dashboard)) {
        assert!(told.contains(name), "nobody tells {name}");
    }
    for expression in expressions()? {
        outage.query(&expression).await.context(expression)?;
    }
    Ok(())
}
