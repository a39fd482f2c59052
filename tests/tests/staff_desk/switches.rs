//! The simulator's switches that these stories turn.

use serde_json::{Value, json};
use tapdesk_tests::spaces::{Envelope, MalformedFilter, TextFilter};

use super::{Bench, minute};

impl Bench {
    /// A list as the wire has it.
    async fn raw(&self, query: &str) -> (u16, Value) {
        let base = self.simulator.base_url();
        let client = reqwest::Client::new();
        let address = format!("{base}/spaces/failedcheckins?{query}");
        let user = (tapdesk_tests::spaces::seed::USERNAME, tapdesk_tests::spaces::seed::PASSWORD);
        let form = [("grant_type", "password"), ("username", user.0), ("password", user.1)];
        let token: Value = client.post(format!("{base}/token")).form(&form).send().await.unwrap().json().await.unwrap();
        let token = token["access_token"].as_str().unwrap();
        let reply = client.get(address).bearer_auth(token).send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap())
    }

    async fn ids(&self, query: &str) -> Vec<i64> {
        let (_, list) = self.raw(query).await;
        list["Records"].as_array().unwrap().iter().map(|record| record["Id"].as_i64().unwrap()).collect()
    }
}

#[tokio::test]
async fn each_switch_changes_what_it_says() {
    let bench = Bench::open().await;
    let record = |coworker: Option<i64>, description| json!({ "CoworkerId": coworker, "CheckinAttemptTime": minute(0), "Description": description });
    let one = bench.fail(&record(Some(1_001), "No pass"));
    let two = bench.fail(&record(None, "No pass at all"));
    let by_text = "FailedCheckin_Description=no%20PASS&orderBy=Id&dir=Descending";
    assert_eq!(bench.ids(by_text).await, [two, one]);
    bench.state().change_switches(|switches| switches.dir_names = false);
    assert_eq!(bench.ids(by_text).await, [one, two]);
    assert_eq!(bench.ids("orderBy=Id&dir=1").await, [two, one], "numbers are read all the same");
    bench.state().change_switches(|switches| switches.text_filter = TextFilter::Exact);
    assert_eq!(bench.ids(by_text).await, [one]);
    let of_nobody = "FailedCheckin_Coworker=null&orderBy=Id";
    assert_eq!(bench.ids(of_nobody).await, [two]);
    bench.state().change_switches(|switches| switches.null_filter = false);
    assert_eq!(bench.ids(of_nobody).await, [one, two]);
    bench.state().change_switches(|switches| switches.malformed_filter = MalformedFilter::Rejected);
    assert_eq!(bench.raw(of_nobody).await.0, 400);
    let names = |list: &Value| list.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let whole = names(&bench.raw("").await.1);
    bench.state().change_switches(|switches| switches.envelope = Envelope::WithoutTotals);
    let without: Vec<String> = whole.into_iter().filter(|name| name != "TotalItems" && name != "TotalPages").collect();
    assert_eq!(names(&bench.raw("").await.1), without);
    bench.state().change_switches(|switches| switches.envelope = Envelope::Bare);
    assert_eq!(names(&bench.raw("").await.1), ["Records"]);
}
