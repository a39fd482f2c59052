//! The staff desk in the built program's real window, against the simulators and a real key store: who was refused, why,
//! and what staff do about it while the kiosk works on. What was done is looked up in the service's own record. Needs
//! what `./dev test` brings.

#[path = "staff_window/acts.rs"]
mod acts;
#[path = "staff_window/reading.rs"]
mod reading;
#[path = "staff_window/way_in.rs"]
mod way_in;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tapdesk_tests::kiosk::display::{Display, pictures};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::kiosk::window::Window;
use tapdesk_tests::pn532::Tile;
use tokio::sync::{Semaphore, SemaphorePermit};

const SIZE: (usize, usize) = (1280, 800);
/// How long what was asked for may take: some calls within the budget.
const SOON: Duration = Duration::from_secs(20);
const STAFF_PIN: &str = "482913";

const ANA: &str = "04A1B2C3D4E5F6";
const ANA_ID: i64 = 1_001;
const JOSE_ID: i64 = 1_002;
const LAYLA_WITHOUT_A_PASS: &str = "04A5B2C3D4E5F6";
const LAYLA_ID: i64 = 1_005;
const NOBODY: &str = "04FFB2C3D4E5F6";
const FREYA_WITHOUT_A_TILE: i64 = 1_020;

/// Two windows draw at a time: more would make each other late on a small machine.
static SCREENS: Semaphore = Semaphore::const_new(2);

/// A kiosk with its window, where staff have a PIN.
struct Desk {
    window: Window,
    display: Display,
    station: Station,
    folder: PathBuf,
    _turn: SemaphorePermit<'static>,
}

impl Desk {
    async fn open(configuration: &str) -> anyhow::Result<Self> {
        Self::at(Station::start(configuration).await?).await
    }

    async fn at(station: Station) -> anyhow::Result<Self> {
        let turn = SCREENS.acquire().await?;
        station.provision(STAFF_PIN).await?;
        let display = Display::start(SIZE.0, SIZE.1).await?;
        let window = Window::open(&station, &display, &[]).await?;
        window.wait_for_state("reader", "up", SOON).await?;
        window.wait_for_state("link", "online", SOON).await?;
        Ok(Self { window, display, station, folder: pictures("screenshots/staff-desk")?, _turn: turn })
    }

    /// A tile at the kiosk, while its page is the one that is looked at.
    async fn tap(&self, tile: &str, kind: &str) -> anyhow::Result<()> {
        self.window.tap(&self.station.reader, Tile::parse(tile)?, kind).await?;
        self.window.wait_for_stage("idle", SOON).await
    }

    async fn come(&self) -> anyhow::Result<()> {
        self.window.come_to_the_desk(STAFF_PIN, SOON).await
    }

    async fn lock(&self) -> anyhow::Result<()> {
        self.window.wait_and_click_away("lock", SOON).await?;
        self.window.wait_until_staff_is_gone(SOON).await
    }

    async fn press(&self, testid: &str) -> anyhow::Result<()> {
        self.window.wait_and_click(testid, SOON).await
    }

    /// Keeps a picture of the page, to be judged by eye.
    async fn show(&self, name: &str) -> anyhow::Result<()> {
        self.window.settle(&self.display).await?;
        let picture = self.display.picture().await?;
        let path = self.folder.join(format!("{name}.png"));
        picture.save(&path).await?;
        ensure!(!picture.is_blank(), "{}: nothing to be seen", path.display());
        Ok(())
    }

    /// Waits until this much of the page reads like that, whatever marks of direction it holds.
    async fn reads(&self, selector: &str, part: &str) -> anyhow::Result<()> {
        let condition = format!(
            "[...document.querySelectorAll({})].some((one) => one.textContent.replace(/[\\u2066-\\u2069]/g, '').replace(/\\u00a0/g, ' ').includes({}))",
            json!(selector),
            json!(part)
        );
        self.window.wait_for_condition(&format!("{selector} to read {part:?}"), &condition, SOON).await
    }

    /// Chooses the first row of the list that reads like this.
    async fn choose(&self, part: &str) -> anyhow::Result<()> {
        self.reads("[data-testid=row]", part).await?;
        let script = "const [part] = arguments;
            const plain = (one) => one.textContent.replace(/[\\u2066-\\u2069]/g, '');
            [...document.querySelectorAll('[data-testid=row]')].find((one) => plain(one).includes(part)).click()";
        self.window.run(script, vec![json!(part)]).await?;
        self.window
            .wait_for_condition("the detail", "document.querySelector('[data-testid=detail]') !== null", SOON)
            .await
    }

    /// The newest write of a kind that the service carried out.
    fn last_write(&self, method: &str, path: &str) -> anyhow::Result<Value> {
        let requests = self.station.spaces.state().requests();
        let found = requests.iter().rev().find(|request| request.method == method && request.path == path);
        Ok(found.with_context(|| format!("no {method} {path}"))?.body.clone())
    }
}
