//! A short torture of the built program: some taps, some kills, one seed. `torture --help` tells of longer ones.

use std::time::Duration;

use tapdesk_tests::torture::Torture;

/// Chosen because its plan has much in it: kills at start, in a drain and with the tile there, outages, late validation,
/// a refused member, requests lost before and after they were carried out, and carried out late. They come early, so that
/// what they leave in doubt is over soon.
const SEED: u64 = 72_549;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_nothing_counts_twice() -> anyhow::Result<()> {
    let torture = Torture {
        seed: SEED,
        taps: 60,
        members: 44,
        kills: 8,
        kiosks: 1,
        throttle: false,
        quiet_after: Duration::from_mins(3),
        latest_commit: 12_000,
        calm_after: Some(25),
    };
    let report = torture.run().await?;
    eprintln!("{report}");
    let (acknowledged, kills) = report.figures();
    assert_eq!(kills, 8);
    assert!(acknowledged >= 45, "only {acknowledged} taps were acknowledged");
    assert!(report.holds());
    Ok(())
}
