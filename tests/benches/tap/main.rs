//! From the tile entering the field to its acknowledgement and its verdict, as lines: Tapdesk beside a floor that nobody can
//! beat ([`floor`]), a maker's kiosk (maker.py) and nfc-poll, at the same simulated chip and service, in one run.
//!
//! The UID's row is the chip's: the moment when its first reply with the UID had been written to the line. Figures are
//! whole-process figures on this machine; quote the ratios. `TAPDESK_BENCH_TAPS` sets how many taps each contestant gets.
//!
//! At the service that answers at once also up to the pixels on the screen ([`pixels`]), for Tapdesk's window and for the
//! maker's page in Chromium. `TAPDESK_BENCH_PIXELS=only` leaves out all else.

mod contest;
mod floor;
mod pixels;

use contest::Contest;
use tapdesk_tests::figures;

/// How long the service takes to answer, in milliseconds.
const SERVICE: [u64; 3] = [0, 50, 150];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, role, task] = arguments.as_slice()
        && role == "floor"
    {
        return floor::run(task).await;
    }
    let mut report = serde_json::Map::new();
    println!("from the tile entering the field, milliseconds; distance of two calls {} ms", contest::SPACING);
    if std::env::var("TAPDESK_BENCH_PIXELS").is_ok_and(|text| text == "only") {
        let contest = Contest::new(0).await?;
        let lines = contest.tapdesk().await?;
        report.insert("pixels".to_owned(), pixels::measure(&contest, &lines).await?);
        return figures::keep("tap-pixels", &report);
    }
    for delay in SERVICE {
        println!(
            "\n{:<34}{:>8}{:>8}{:>8}{:>10}{:>10}",
            format!("service {delay} ms"),
            "p50",
            "p99",
            "max",
            "p50/floor",
            "p99/floor"
        );
        let contest = Contest::new(delay).await?;
        let tapdesk = contest.tapdesk().await?;
        let floor = contest.floor().await?;
        let maker = contest.maker().await?;
        let mut all = serde_json::Map::new();
        for (name, figures) in [("floor", &floor), ("tapdesk", &tapdesk), ("maker", &maker)] {
            all.insert(name.to_owned(), figures.print(name, &floor));
        }
        if delay == 0 {
            let polled = contest.nfc_poll().await?;
            all.insert("nfc-poll".to_owned(), polled.print("nfc-poll (started anew each time)", &floor));
            report.insert("pixels".to_owned(), pixels::measure(&contest, &tapdesk).await?);
        }
        report.insert(format!("service_{delay}_ms"), all.into());
    }
    figures::keep("tap", &report)
}
