//! A card reader that types, as a keyboard of the kernel's own making (uinput): whoever reads keyboards takes it for one.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use evdev::uinput::VirtualDevice;
use evdev::{AttributeSet, BusType, EventType, InputEvent, InputId, KeyCode};

/// How long the kernel has to make a device.
const MADE_WITHIN: Duration = Duration::from_secs(20);
/// Between two looks whether it has.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a reader takes for a key: one that was measured took 16 ms.
const KEY_EVERY: Duration = Duration::from_millis(8);

/// A keyboard; unplugged when dropped.
pub struct TypingReader {
    device: VirtualDevice,
    node: PathBuf,
}

/// Why this machine makes no keyboards; none where it does.
pub fn unavailable() -> Option<String> {
    File::options().write(true).open("/dev/uinput").err().map(|error| format!("/dev/uinput: {error}"))
}

impl TypingReader {
    /// Plugs one in that has this name, and these numbers of its maker and model.
    pub fn plug(name: &str, (vendor, product): (u16, u16)) -> anyhow::Result<Self> {
        // The keys of a plain keyboard.
        let keys: AttributeSet<KeyCode> = (1..=88).map(KeyCode::new).collect();
        let id = InputId::new(BusType::BUS_USB, vendor, product, 1);
        let mut device = VirtualDevice::builder()?.name(name).input_id(id).with_keys(&keys)?.build()?;
        let node = device.enumerate_dev_nodes_blocking()?.next().context("no event device")??;
        let until = Instant::now() + MADE_WITHIN;
        while File::open(&node).is_err() {
            ensure!(Instant::now() < until, "{} is not there", node.display());
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(Self { device, node })
    }

    /// Its event device.
    pub fn node(&self) -> &Path {
        &self.node
    }

    /// Types digits, and Enter for each new line, as quick as a reader does.
    pub fn types(&mut self, text: &str) -> anyhow::Result<()> {
        for character in text.chars() {
            let key = match character {
                '1' => KeyCode::KEY_1,
                '2' => KeyCode::KEY_2,
                '3' => KeyCode::KEY_3,
                '4' => KeyCode::KEY_4,
                '5' => KeyCode::KEY_5,
                '6' => KeyCode::KEY_6,
                '7' => KeyCode::KEY_7,
                '8' => KeyCode::KEY_8,
                '9' => KeyCode::KEY_9,
                '0' => KeyCode::KEY_0,
                '\n' => KeyCode::KEY_ENTER,
                other => anyhow::bail!("{other:?} is on no key here"),
            };
            for value in [1, 0] {
                self.device.emit(&[InputEvent::new(EventType::KEY.0, key.code(), value)])?;
            }
            std::thread::sleep(KEY_EVERY);
        }
        Ok(())
    }
}
