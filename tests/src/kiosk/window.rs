//! The real window under WebDriver: what stands on the page, what stood there, and a finger on its button.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use fantoccini::Locator;
use serde::Deserialize;
use serde_json::{Value, json};

use super::display::Display;
use super::driver::{Driver, LOOK_EVERY, STARTS_WITHIN};
use super::pixels::{Area, Colour};
use super::station::Station;
use super::tap;
use crate::pn532::{self, Tile};

/// How long a verdict may take: the longest wait of the desk for a slow service and then some.
const VERDICT_WITHIN: Duration = Duration::from_secs(15);
/// How long what the page shows may take to be seen as pixels.
const PAINTED_WITHIN: Duration = Duration::from_secs(5);

/// Keeps what the page shows, one item for each change, with the time of the change.
const RECORDER: &str = r#"
const main = document.querySelector("main");
if (main === null) return false;
if (window.tapdeskSeen !== undefined) return true;
const seen = (window.tapdeskSeen = []);
let last = "";
const note = () => {
  const { stage, kind = null, entry = null } = document.querySelector("main")?.dataset ?? {};
  const now = JSON.stringify([stage, kind, entry]);
  if (stage === undefined || now === last) return;
  last = now;
  const texts = [...document.querySelectorAll("[data-testid]")].map((one) => [one.dataset.testid, one.textContent.trim()]);
  seen.push({ at: Date.now(), stage, kind, entry, texts: Object.fromEntries(texts) });
};
new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
note();
return true;
"#;

/// One state of the page: which stage, and of a verdict its kind and tap.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// When it came on, milliseconds since 1970.
    pub at: u64,
    /// `idle`, `acknowledged`, `verdict` or `out_of_order`.
    pub stage: String,
    /// Kind of the verdict.
    pub kind: Option<String>,
    /// Id of the tap.
    pub entry: Option<String>,
    /// The texts that stood there, by their test id.
    pub texts: BTreeMap<String, String>,
}

impl Seen {
    /// The text under a test id; empty when there was none.
    pub fn text(&self, testid: &str) -> &str {
        self.texts.get(testid).map_or("", String::as_str)
    }
}

/// The verdict on a tap, and how long it took from the tile's coming to the change of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tapped {
    /// The verdict.
    pub verdict: Seen,
    /// From the tile's coming.
    pub took: Duration,
}

/// The kiosk window with its page; driver and program end when it is dropped.
#[derive(Debug)]
pub struct Window {
    driver: Driver,
}

impl Window {
    /// Opens the window of this station on this display, with these variables on top of the environment.
    pub async fn open(station: &Station, display: &Display, environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::open_by(station, display, &[], environment).await
    }

    /// The same as a kiosk session's only program.
    pub async fn open_session(
        station: &Station,
        display: &Display,
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        Self::open_by(station, display, &["kiosk", "session"], environment).await
    }

    async fn open_by(
        station: &Station,
        display: &Display,
        command: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let driver = Driver::start(station, display, command, environment).await?;
        let window = Self { driver };
        window.record().await?;
        // Full screen is a wish to a window manager, and there is none on this display.
        let (width, height) = display.size();
        let fill = window.driver.page().set_window_rect(0, 0, u32::try_from(width)?, u32::try_from(height)?);
        window.driver.answer(fill).await?;
        Ok(window)
    }

    pub(super) fn page(&self) -> &fantoccini::Client {
        self.driver.page()
    }

    pub(super) async fn answer<T>(
        &self,
        call: impl Future<Output = Result<T, fantoccini::error::CmdError>>,
    ) -> anyhow::Result<T> {
        self.driver.answer(call).await
    }

    /// The processes of the program: itself, its pages, its reader.
    pub fn family(&self) -> Vec<i32> {
        self.driver.family()
    }

    /// What driver and program wrote so far.
    pub fn said(&self) -> String {
        self.driver.said()
    }

    /// Runs a script in the page; what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.driver.run(script, arguments).await
    }

    /// Runs a script in the page whose last argument takes the answer; the answer.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.driver.run_async(script, arguments).await
    }

    /// What the page showed so far, oldest first.
    pub async fn seen(&self) -> anyhow::Result<Vec<Seen>> {
        let seen = self.run("return window.tapdeskSeen", Vec::new()).await?;
        serde_json::from_value(seen).context("the page does not say what it showed")
    }

    /// The stage that stands now.
    pub async fn stage(&self) -> anyhow::Result<String> {
        Ok(self.seen().await?.pop().context("the page showed nothing yet")?.stage)
    }

    /// The text of an element, as it stands in the page.
    pub async fn text(&self, testid: &str) -> anyhow::Result<String> {
        let found = self.run(&format!("return {}?.textContent", element(testid)), Vec::new()).await?;
        let text = found.as_str().with_context(|| format!("no {testid} on the page"))?;
        Ok(text.trim().to_owned())
    }

    /// Waits until an element has this text.
    pub async fn wait_for_text(&self, testid: &str, text: &str, within: Duration) -> anyhow::Result<()> {
        let has = format!("{}?.textContent.trim() === value", element(testid));
        self.wait_for(&format!("{testid} to read {text:?}"), &has, json!(text), within).await.map(drop)
    }

    /// The same, whatever invisible marks and unbreakable blanks the text holds.
    pub async fn wait_for_plain_text(&self, testid: &str, text: &str, within: Duration) -> anyhow::Result<()> {
        let plain = "replace(/[\\u2066-\\u2069]/g, '').replace(/\\u00a0/g, ' ')";
        let has = format!("{}?.textContent.trim().{plain} === value", element(testid));
        self.wait_for(&format!("{testid} to read {text:?}"), &has, json!(text), within).await.map(drop)
    }

    /// Waits until an element says this `data-state`, such as `reader` `up`.
    pub async fn wait_for_state(&self, testid: &str, state: &str, within: Duration) -> anyhow::Result<()> {
        let has = format!("{}?.dataset.state === value", element(testid));
        self.wait_for(&format!("{testid} to be {state}"), &has, json!(state), within).await.map(drop)
    }

    /// Waits until the stage is this one.
    pub async fn wait_for_stage(&self, stage: &str, within: Duration) -> anyhow::Result<()> {
        let stands = "seen.at(-1)?.stage === value";
        self.wait_for(&format!("the stage {stage}"), stands, json!(stage), within).await.map(drop)
    }

    /// Waits for the next verdict after so many states (see [`Self::seen`]); fails at once when it is of another kind.
    pub async fn wait_for_verdict(&self, after: usize, kind: &str) -> anyhow::Result<Seen> {
        let next = format!("seen.slice({after}).find((one) => one.stage === 'verdict') ?? null");
        let found = self.wait_for(&format!("the verdict {kind}"), &next, Value::Null, VERDICT_WITHIN).await?;
        let found: Seen = serde_json::from_value(found)?;
        if found.kind.as_deref() != Some(kind) {
            bail!("expected {kind}, and the page says {}", self.story().await);
        }
        Ok(found)
    }

    /// Holds a tile to the reader until its verdict stands, and takes it away; fails when the verdict is of another kind.
    pub async fn tap(&self, reader: &pn532::Handle, tile: Tile, kind: &str) -> anyhow::Result<Tapped> {
        let before = self.seen().await?.len();
        let came = milliseconds(SystemTime::now());
        let stay = reader.present(tile)?;
        let seen = self.wait_for_verdict(before, kind).await;
        tap::take_away(reader, stay).await?;
        let verdict = seen?;
        let took = Duration::from_millis(verdict.at.saturating_sub(came));
        Ok(Tapped { verdict, took })
    }

    /// Presses a button with the pointer.
    pub async fn click(&self, testid: &str) -> anyhow::Result<()> {
        let click = async {
            let button = format!("[data-testid={testid}]");
            self.driver.page().find(Locator::Css(&button)).await?.click().await
        };
        self.driver.answer(click).await
    }

    /// Presses a button with the pointer, and waits for the verdict that comes of it.
    pub async fn press(&self, testid: &str, kind: &str) -> anyhow::Result<Seen> {
        let before = self.seen().await?.len();
        self.click(testid).await?;
        self.wait_for_verdict(before, kind).await
    }

    /// Waits until a picture is loaded and shown.
    pub async fn wait_for_picture(&self, testid: &str, within: Duration) -> anyhow::Result<()> {
        let script = "const [testid, within, done] = arguments;
            const begun = performance.now();
            const look = () => {
              const picture = document.querySelector(`[data-testid=${testid}]`);
              const loaded = picture !== null && picture.complete && picture.naturalWidth > 0;
              if (loaded || performance.now() - begun > within) done(loaded);
              else requestAnimationFrame(look);
            };
            look();";
        let milliseconds = u64::try_from(within.as_millis())?;
        let shown = self.run_async(script, vec![json!(testid), json!(milliseconds)]).await?;
        if shown != json!(true) {
            bail!("no picture {testid}, and the page says {}", self.story().await);
        }
        Ok(())
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.driver.answer(self.driver.page().refresh()).await?;
        self.record().await
    }

    /// Presses these keys together, WebDriver's codes for the special ones, and lets them go.
    pub async fn press_keys(&self, keys: &str) -> anyhow::Result<()> {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let down = keys.chars().map(|value| KeyAction::Down { value });
        let up = keys.chars().rev().map(|value| KeyAction::Up { value });
        let actions = down.chain(up).fold(KeyActions::new("keyboard".to_owned()), InputSource::then);
        self.driver.answer(self.driver.page().perform_actions(actions)).await
    }

    /// Waits until nothing moves on the page and its pixels are on the display. A page that has painted is not yet seen,
    /// so a spot of a colour that no theme has is put on, waited for on the display, and taken off again.
    pub async fn settle(&self, display: &Display) -> anyhow::Result<()> {
        let still = "const done = arguments[0];
            Promise.allSettled(document.getAnimations().map((animation) => animation.finished)).then(() => done(null))";
        self.run_async(still, Vec::new()).await?;
        let put_on = "const spot = document.createElement('div');
            Object.assign(spot.style, { position: 'fixed', inset: '0 auto auto 0', width: '8px', height: '8px', background: '#0f0' });
            // What is modal lies above all else.
            (document.querySelector('dialog[open]') ?? document.body).append((window.tapdeskSpot = spot))";
        self.run(put_on, Vec::new()).await?;
        wait_for_spot(display, true).await?;
        self.run("window.tapdeskSpot.remove()", Vec::new()).await?;
        wait_for_spot(display, false).await
    }

    /// A colour of the theme as it applies to the current stage, such as `--field`.
    pub async fn colour(&self, variable: &str) -> anyhow::Result<Colour> {
        let script = "return getComputedStyle(document.querySelector('main')).getPropertyValue(arguments[0]).trim()";
        let value = self.run(script, vec![json!(variable)]).await?;
        let text = value.as_str().unwrap_or_default();
        let number = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] =
            number.with_context(|| format!("{variable} is {text:?}, not #rrggbb"))?.to_be_bytes();
        Ok([red, green, blue])
    }

    /// What does not fit: elements that hold more than they show, or reach over the edge of the screen.
    pub async fn overflowing(&self) -> anyhow::Result<Vec<String>> {
        let script = r#"
            const cut = (one) => {
              const box = one.getBoundingClientRect();
              const clips = getComputedStyle(one).overflow !== "visible";
              return (clips && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)) ||
                box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1;
            };
            const all = [...document.querySelectorAll("main, main *")].filter((one) => !one.closest("[role=status], svg"));
            return all.filter(cut).map((one) => `${one.className || one.tagName}: ${one.textContent.slice(0, 60)}`);
        "#;
        serde_json::from_value(self.run(script, Vec::new()).await?).context("a list of elements")
    }

    /// Asks the program to end by SIGTERM and tells how long it took; fails when it does not end in time.
    pub async fn terminate(&self) -> anyhow::Result<Duration> {
        self.driver.terminate().await
    }

    /// Waits until `condition`, a JavaScript expression over `seen` and `value`, gives something; that.
    pub(super) async fn wait_for(
        &self,
        what: &str,
        condition: &str,
        value: Value,
        within: Duration,
    ) -> anyhow::Result<Value> {
        let script = format!(
            "const [value, within, done] = arguments;
             const seen = window.tapdeskSeen ?? [];
             const look = () => {{ const found = {condition}; if (found) end(found); }};
             const watcher = new MutationObserver(look);
             const patience = setTimeout(() => end(null), within);
             const end = (answer) => {{ watcher.disconnect(); clearTimeout(patience); done(answer); }};
             watcher.observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }});
             look();"
        );
        let milliseconds = u64::try_from(within.as_millis())?;
        let found = self.run_async(&script, vec![value, json!(milliseconds)]).await;
        match found.with_context(|| format!("while waiting for {what}"))? {
            Value::Null => bail!("waited {within:?} for {what}, and the page says {}", self.story().await),
            found => Ok(found),
        }
    }

    pub(super) async fn record(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.run(RECORDER, Vec::new()).await? != json!(true) {
            if begun.elapsed() > STARTS_WITHIN {
                bail!("the page shows nothing; the window said:\n{}", self.driver.said());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// For messages: the text of the page, and the window's log.
    async fn story(&self) -> String {
        let text = self.run("return document.body.innerText", Vec::new()).await;
        let text = text.map_or_else(|error| error.to_string(), |text| text.to_string());
        let seen = self.seen().await.unwrap_or_default();
        format!("{text}\nseen: {seen:?}\nthe window said:\n{}", self.driver.said())
    }
}

/// Waits until the spot is, or is no longer, on the display.
async fn wait_for_spot(display: &Display, there: bool) -> anyhow::Result<()> {
    let spot = Area { left: 2, top: 2, width: 4, height: 4 };
    let begun = Instant::now();
    while (display.picture().await?.share_of([0, 255, 0], spot) > 0.5) != there {
        if begun.elapsed() > PAINTED_WITHIN {
            bail!("what the page paints does not reach the display");
        }
    }
    Ok(())
}

fn element(testid: &str) -> String {
    format!("document.querySelector('[data-testid={testid}]')")
}

fn milliseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or_default()
}
