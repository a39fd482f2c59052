//! The staff's windows under WebDriver: from the kiosk's page to theirs and back, and fingers on their fields.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::json;

use super::driver::LOOK_EVERY;
use super::window::Window;

impl Window {
    /// Types a PIN for staff at the kiosk, and hands it over.
    pub async fn type_staff_pin(&self, pin: &str, within: Duration) -> anyhow::Result<()> {
        for digit in pin.chars() {
            self.wait_and_click(&format!("pin-{digit}"), within).await?;
        }
        self.wait_and_click("pin-enter", within).await
    }

    /// Goes from the idle kiosk to the staff desk, by the staff's PIN.
    pub async fn come_to_the_desk(&self, pin: &str, within: Duration) -> anyhow::Result<()> {
        self.wait_and_click("preferences-open", within).await?;
        self.wait_and_click("staff-open", within).await?;
        self.type_staff_pin(pin, within).await?;
        self.turn_to_desk(within).await
    }

    /// Goes on with the set-up's page, once it is there.
    pub async fn turn_to_set_up(&self, within: Duration) -> anyhow::Result<()> {
        self.turn_to("set-up.html", within).await
    }

    /// Goes on with the staff desk's page, once it is there.
    pub async fn turn_to_desk(&self, within: Duration) -> anyhow::Result<()> {
        self.turn_to("staff-desk.html", within).await
    }

    /// Goes on with the kiosk's page.
    pub async fn turn_to_kiosk(&self, within: Duration) -> anyhow::Result<()> {
        self.turn_to("index.html", within).await?;
        self.record().await
    }

    /// The staff's window closes by itself: waits until it is gone, then goes on with the kiosk's page.
    pub async fn wait_until_staff_is_gone(&self, within: Duration) -> anyhow::Result<()> {
        let began = Instant::now();
        while self.answer(self.page().windows()).await?.len() > 1 {
            if began.elapsed() > within {
                bail!("the staff window stays open");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        self.turn_to_kiosk(within).await
    }

    async fn turn_to(&self, page: &str, within: Duration) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            for handle in self.answer(self.page().windows()).await? {
                // It may close in this very moment.
                if self.answer(self.page().switch_to_window(handle)).await.is_ok() && self.shows(page).await {
                    return Ok(());
                }
            }
            if began.elapsed() > within {
                bail!("no window shows {page}; the window said:\n{}", self.said());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn shows(&self, page: &str) -> bool {
        let script = "return document.querySelector('main') === null ? '' : location.pathname + '/index.html'";
        let address = self.run(script, Vec::new()).await.unwrap_or_default();
        address.as_str().is_some_and(|path| path.trim_start_matches('/').starts_with(page))
    }

    /// Waits for a button that closes its own window, and presses it: the driver's answer comes before it is gone.
    pub async fn wait_and_click_away(&self, testid: &str, within: Duration) -> anyhow::Result<()> {
        self.wait_until_pressable(testid, within).await?;
        let click = format!("setTimeout(() => document.querySelector('[data-testid=\"{testid}\"]').click(), 50)");
        self.run(&click, Vec::new()).await.map(drop)
    }

    /// Types into a field, in the place of what stands there.
    pub async fn type_into(&self, testid: &str, text: &str) -> anyhow::Result<()> {
        let typing = async {
            let field = self.page().find(fantoccini::Locator::Css(&format!("[data-testid={testid}]"))).await?;
            field.clear().await?;
            field.send_keys(text).await
        };
        self.answer(typing).await.with_context(|| format!("typing into {testid}"))
    }

    /// Waits until an element has this data attribute, such as `step` `reader`; empty for none of that name.
    pub async fn wait_for_data(&self, testid: &str, name: &str, value: &str, within: Duration) -> anyhow::Result<()> {
        let has = format!("(document.querySelector('[data-testid=\"{testid}\"]')?.dataset.{name} ?? '') === value");
        self.wait_for(&format!("{testid}'s {name} to be {value:?}"), &has, json!(value), within).await.map(drop)
    }

    /// Waits until an element is there and can be pressed.
    pub async fn wait_until_pressable(&self, testid: &str, within: Duration) -> anyhow::Result<()> {
        let is = format!("document.querySelector('[data-testid=\"{testid}\"]')?.disabled === false");
        self.wait_for(&format!("{testid} to be pressable"), &is, json!(null), within).await.map(drop)
    }

    /// Waits until a JavaScript expression over what the page showed so far (`seen`) is true.
    pub async fn wait_for_condition(&self, what: &str, condition: &str, within: Duration) -> anyhow::Result<()> {
        self.wait_for(what, condition, json!(null), within).await.map(drop)
    }

    /// Waits for a button, and presses it.
    pub async fn wait_and_click(&self, testid: &str, within: Duration) -> anyhow::Result<()> {
        self.wait_until_pressable(testid, within).await?;
        self.click(testid).await
    }

    /// Waits until the page waits for nothing.
    pub async fn wait_until_idle(&self, within: Duration) -> anyhow::Result<()> {
        let is = "document.querySelector('main')?.ariaBusy !== 'true'";
        self.wait_for("the page to be idle", is, json!(null), within).await.map(drop)
    }

    /// All that stands on the page, markup and the values of its fields included.
    pub async fn everything(&self) -> anyhow::Result<String> {
        let script = "const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value);
            return document.documentElement.outerHTML + '\\n' + fields.join('\\n') + '\\n' +
              JSON.stringify(Object.fromEntries(Object.entries({ ...localStorage, ...sessionStorage }))) + document.cookie";
        let page = self.run(script, Vec::new()).await?;
        Ok(page.as_str().context("the page tells nothing")?.to_owned())
    }
}
