//! The Spaces API simulator seen from outside: over HTTP with reqwest, and with two clients that know none of us: curl
//! and the Python package nexudus.

#[path = "spaces_simulator/commands.rs"]
mod commands;
#[path = "spaces_simulator/contract.rs"]
mod contract;
#[path = "spaces_simulator/control.rs"]
mod control;
#[path = "spaces_simulator/curl.rs"]
mod curl;
#[path = "spaces_simulator/devices.rs"]
mod devices;
#[path = "spaces_simulator/faults.rs"]
mod faults;
#[path = "spaces_simulator/lists.rs"]
mod lists;
#[path = "spaces_simulator/nexudus_client.rs"]
mod nexudus_client;
#[path = "spaces_simulator/passes.rs"]
mod passes;
#[path = "spaces_simulator/switches.rs"]
mod switches;
#[path = "spaces_simulator/tokens.rs"]
mod tokens;
#[path = "spaces_simulator/writes.rs"]
mod writes;

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tapdesk_tests::spaces::{Options, Simulator, State, seed};

/// Longest wait for anything that is going to happen.
const DEADLINE: Duration = Duration::from_secs(10);

/// Examples of the published pages.
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages/");

/// A simulator with a client that is signed in to it.
struct Desk {
    simulator: Simulator,
    state: State,
    client: Client,
    token: String,
}

impl Desk {
    async fn open() -> Self {
        Self::open_with(Options::default()).await
    }

    async fn open_with(options: Options) -> Self {
        let simulator = Simulator::start(options).await.expect("a free port");
        let state = simulator.state();
        let client = Client::builder().no_proxy().timeout(DEADLINE).build().expect("a client");
        let desk = Self { simulator, state, client, token: String::new() };
        let granted = desk.sign_in(seed::USERNAME, "desk-one").await;
        let token = granted["access_token"].as_str().expect("a token").to_owned();
        Self { token, ..desk }
    }

    async fn sign_in(&self, username: &str, client_id: &str) -> Value {
        let form = [("grant_type", "password"), ("username", username), ("password", seed::PASSWORD)];
        self.token(&form, Some(client_id)).await.1
    }

    async fn token(&self, form: &[(&str, &str)], client_id: Option<&str>) -> (u16, Value) {
        let mut request = self.client.post(self.url("/token")).form(form);
        if let Some(client_id) = client_id {
            request = request.header("client_id", client_id);
        }
        told(request.send().await.expect("a reply")).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.base_url())
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path)).bearer_auth(&self.token)
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        told(self.request(method, path).json(body).send().await.expect("a reply")).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::GET, path).send().await.expect("a reply")).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, path, &body).await
    }

    async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::PUT, path, body).await
    }

    async fn delete(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::DELETE, path).send().await.expect("a reply")).await
    }

    /// The ids of a list in its order.
    async fn ids(&self, path: &str) -> Vec<i64> {
        let (status, list) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {list}");
        list["Records"]
            .as_array()
            .expect("records")
            .iter()
            .map(|record| record["Id"].as_i64().expect("an id"))
            .collect()
    }

    /// Tries to check a member in at Quay House now.
    async fn check_in(&self, coworker: i64) -> (u16, Value) {
        self.post("/spaces/checkins", visit(coworker)).await
    }

    async fn control(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}{path}", self.simulator.control_url());
        told(self.client.request(method, url).json(body).send().await.expect("a reply")).await
    }
}

/// The body of a check-in at Quay House now.
fn visit(coworker: i64) -> Value {
    let now = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({ "BusinessId": seed::QUAY_HOUSE, "CoworkerId": coworker, "FromTime": now, "Source": 4 })
}

async fn told(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.expect("a whole body");
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// An example of the published pages.
fn page(name: &str) -> Value {
    serde_json::from_str(&page_text(name)).expect("JSON")
}

fn page_text(name: &str) -> String {
    std::fs::read_to_string(format!("{PAGES}{name}")).expect("a fixture")
}

/// The names of all examples of one kind, `json` or `curl`.
fn pages(kind: &str) -> Vec<String> {
    let entries = std::fs::read_dir(PAGES).expect("the examples").map(|entry| entry.expect("an example").file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().expect("text")).collect();
    names.retain(|name| name.ends_with(&format!(".{kind}")));
    names.sort();
    names
}

/// The same keys in the same order, and the same kind of value wherever the example is not null.
fn assert_same_shape(example: &Value, value: &Value, place: &str) {
    match (example, value) {
        (Value::Null, _)
        | (Value::Bool(_), Value::Bool(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_)) => {}
        (Value::Array(examples), Value::Array(values)) => {
            for value in values {
                assert_same_shape(&examples[0], value, &format!("{place}[]"));
            }
        }
        (Value::Object(examples), Value::Object(values)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(examples), keys(values), "keys of {place}");
            for (name, example) in examples {
                assert_same_shape(example, &values[name], &format!("{place}.{name}"));
            }
        }
        _ => panic!("{place}: {value} where the page shows {example}"),
    }
}
