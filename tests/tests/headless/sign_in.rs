//! The sign-in: refreshed early, renewed from outside, and honest about what it may not do.

use std::time::Duration;

use serde_json::{Value, json};
use tapdesk_tests::kiosk::station::Station;
use tapdesk_tests::spaces::{Account, Options, Switches, seed};

use crate::{ANA, CHECKINS, Desk, JOSE, SOON, WANG, is};

/// Longest wait until a new sign-in is noticed: the pause between two looks grows to 15 s.
const NOTICED: Duration = Duration::from_secs(40);

fn refreshes(desk: &Desk) -> usize {
    let grants = desk.sent("POST", "/api/token");
    grants.iter().filter(|request| request.body.to_string().contains("grant_type=refresh_token")).count()
}

#[tokio::test]
async fn a_token_that_died_is_refreshed_once() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    assert_eq!(refreshes(&desk), 0);
    desk.state.revoke_access_tokens();
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in");
    assert_eq!(refreshes(&desk), 1);
    assert_eq!(desk.state.checkins(ANA.0).len(), 1);
    desk.close().await
}

#[tokio::test]
async fn a_lost_sign_in_is_said_and_mended_from_outside() -> anyhow::Result<()> {
    let desk = Desk::open("").await?;
    desk.state.revoke_access_tokens();
    desk.state.revoke_refresh_tokens();
    let ack = desk.tap(ANA.1).await?;
    assert_eq!(desk.verdict(&ack, SOON).await["kind"], "saved");
    let signed_out = desk.headless.wait_for(SOON, is("link", "signed_out")).await;
    assert!(signed_out["why"].as_str().is_some_and(|why| why.contains("tapdesk sign-in")), "{signed_out}");

    let mark = desk.headless.mark();
    desk.station.sign_in().await?;
    desk.headless.wait_after(mark, NOTICED, is("link", "online")).await;
    desk.revised(&ack, "checked_in", SOON).await;
    assert_eq!(desk.state.checkins(ANA.0).len(), 1);
    assert_eq!(desk.tap_and_see(JOSE.1).await?["kind"], "checked_in");
    desk.close().await
}

#[tokio::test]
async fn a_short_lived_token_is_refreshed_before_it_ends() -> anyhow::Result<()> {
    let switches = Switches { access_token_seconds: 2, ..Switches::default() };
    let desk = Desk::open_with(Options { switches, ..Options::default() }, "").await?;
    for (_, tile) in [ANA, JOSE, WANG] {
        assert_eq!(desk.tap_and_see(tile).await?["kind"], "checked_in");
    }
    assert!(refreshes(&desk) >= 1, "{} refreshes", refreshes(&desk));
    let rejected: Vec<_> = desk.state.requests().into_iter().filter(|request| request.status == Some(401)).collect();
    assert_eq!(rejected, [], "refreshed early, not after a rejection");
    desk.close().await
}

#[tokio::test]
async fn an_account_that_may_not_check_in_is_told_apart_from_a_refusal() -> anyhow::Result<()> {
    for missing_role_status in [401, 403] {
        let switches = Switches { missing_role_status, ..Switches::default() };
        let options = Options { switches, ..Options::default() };
        let station = Station::start_with(options, "").await?;
        let output = station.run(&["sign-in", "--username", seed::USERNAME_WITHOUT_CREATE], seed::PASSWORD).await?;
        assert!(output.status.success());
        let desk = Desk::at(station).await?;
        let verdict = desk.tap_and_see(ANA.1).await?;
        assert_eq!((&verdict["kind"], &verdict["checkin_id"]), (&json!("unavailable"), &Value::Null));
        let staff = |line: &Value| line["event"] == "queue" && line["needs_staff"] == 1;
        desk.headless.wait_for(SOON, staff).await;
        let queue = desk.queue().await?;
        let reason = queue["entries"][0]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("may not") && reason.contains("POST spaces/checkins"), "{queue}");
        assert_eq!(queue["entries"][0]["state"], "needs_staff");
        assert!(desk.sent("POST", CHECKINS).iter().all(|request| !request.committed));
        // The service is there, and the account is signed in.
        assert!(!desk.headless.events().iter().any(|line| line["state"] == "signed_out"));
        desk.close().await?;
    }
    Ok(())
}

/// The service rejects a missing role as it rejects a dead token, and the refresh token of this sign-in is dead.
#[tokio::test]
async fn a_missing_role_ends_no_sign_in_that_cannot_be_renewed_any_more() -> anyhow::Result<()> {
    let station = Station::start("").await?;
    let account = Account::administrator("few@example.org", seed::PASSWORD, "Kiosk").lacking("FailedCheckin-Create");
    station.spaces.state().add_account(account);
    let output = station.run(&["sign-in", "--username", "few@example.org"], seed::PASSWORD).await?;
    assert!(output.status.success(), "{output:?}");
    let desk = Desk::at(station).await?;
    desk.state.revoke_refresh_tokens();
    assert_eq!(desk.tap_and_see("04FFEEDDCCBBAA").await?["kind"], "unknown_tile");
    let refused = |state: &tapdesk_tests::spaces::State| {
        let reports = state.requests().into_iter().filter(|request| request.path == "/api/spaces/failedcheckins");
        reports.filter(|request| request.method == "POST" && request.status == Some(401)).count() > 1
    };
    assert!(desk.state.wait_until(SOON, refused).await, "{}", desk.headless.story());
    assert_eq!(desk.tap_and_see(ANA.1).await?["kind"], "checked_in", "{}", desk.headless.story());
    assert!(!desk.headless.events().iter().any(|line| line["state"] == "signed_out"), "{}", desk.headless.story());
    desk.close().await
}
