//! Tiles that a reader types, from the reader process' line to the verdict. The process is one that prints what is written
//! for it: whether the kernel's keyboards are read as they should be is another test's.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use tapdesk_core::tile_format::TileFormat;
use tapdesk_core::verdict::Verdict;
use tapdesk_engine::reader::supervisor::ReaderCommand;

use super::Bench;
use super::screens::Running;

/// Ana's tile, 04A1B2C3D4E5F6, as readers type it.
const HEX: &str = "04A1B2C3D4E5F6";
const HEX_REVERSED: &str = "F6E5D4C3B2A104";
const DECIMAL_REVERSED: &str = "69495546249912580";

/// Prints the lines of its file as they come, and a heartbeat every second.
const PRINTS: &str = r#"
echo '{"reader":"up","name":"Sycreader USB Reader"}'
tail -n +1 -f "$0" &
while echo '{"reader":"heartbeat"}'; do sleep 1; done
"#;

struct Reader(File);

impl Reader {
    fn at(folder: &Path) -> (Self, ReaderCommand) {
        let path = folder.join("typed");
        let file = File::create(&path).unwrap();
        (Self(file), ReaderCommand { program: "sh".into(), arguments: vec!["-c".into(), PRINTS.into(), path.into()] })
    }

    fn types(&mut self, text: &str) {
        let lines = format!("{{\"reader\":\"typed\",\"text\":{text:?},\"age_us\":120000}}\n{{\"reader\":\"gone\"}}\n");
        self.0.write_all(lines.as_bytes()).unwrap();
    }
}

async fn verdict_on(typed: &str, format: Option<TileFormat>) -> Verdict {
    let (mut bench, _) = Bench::signed_in().await;
    bench.settings.reader.format = format;
    let (mut reader, command) = Reader::at(bench.station.folder());
    let mut desk = Running::with(&bench, false, command).await;
    reader.types(typed);
    let verdict = desk.verdict().await.verdict;
    desk.stop().await;
    verdict
}

#[tokio::test]
async fn a_typed_number_finds_its_member() {
    for (typed, format) in [
        (HEX, None),
        (HEX, Some(TileFormat::Hex)),
        (HEX_REVERSED, Some(TileFormat::HexReversed)),
        (DECIMAL_REVERSED, None),
        (DECIMAL_REVERSED, Some(TileFormat::DecimalReversed)),
    ] {
        let verdict = verdict_on(typed, format).await;
        assert!(matches!(&verdict, Verdict::CheckedIn { .. }), "{typed} as {format:?}: {verdict:?}");
    }
}

#[tokio::test]
async fn what_no_reader_of_that_format_types_is_no_tile() {
    for (typed, format) in [(HEX, TileFormat::Decimal), (DECIMAL_REVERSED, TileFormat::Facility)] {
        let verdict = verdict_on(typed, Some(format)).await;
        assert!(matches!(&verdict, Verdict::UnusableTile(_)), "{typed} as {format:?}: {verdict:?}");
    }
    let verdict = verdict_on("0123456789", None).await;
    assert!(matches!(&verdict, Verdict::UnknownTile), "{verdict:?}");
}
