//! An OpenTelemetry collector, as far as a kiosk meets one: takes what is pushed, keeps it as it came, and can be slow, away
//! or out of its mind.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::metrics::v1::Metric;
pub use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes what it is given.
    Takes,
    /// It never answers.
    Hangs,
    /// It answers with a page that is none of a collector's.
    Raves,
}

/// What was pushed to it in one request.
#[derive(Debug, Clone)]
pub struct Push {
    /// The path.
    pub path: String,
    /// The header `Authorization`.
    pub authorization: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
}

struct Shared {
    pushes: Mutex<Vec<Push>>,
    mood: watch::Sender<Mood>,
    /// How many requests came.
    asked: watch::Sender<usize>,
}

/// A collector that listens.
pub struct Collector {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Collector {
    /// Starts one at a port of its own.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (mood, asked) = (watch::Sender::new(Mood::Takes), watch::Sender::new(0));
        let shared = Arc::new(Shared { pushes: Mutex::default(), mood, asked });
        let router = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Ok(Self { address, shared, task })
    }

    /// Its base address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it behaves like this; who waited for an answer meanwhile is told to come again.
    pub fn be(&self, mood: Mood) {
        self.shared.mood.send_replace(mood);
    }

    /// All that it took.
    pub fn pushes(&self) -> Vec<Push> {
        locked(&self.shared.pushes).clone()
    }

    /// Waits until so many requests came, whatever it did with them; false where they do not come in time.
    pub async fn asked(&self, times: usize, deadline: Duration) -> bool {
        let mut asked = self.shared.asked.subscribe();
        matches!(tokio::time::timeout(deadline, asked.wait_for(|asked| *asked >= times)).await, Ok(Ok(_)))
    }

    /// Waits until something is found in what it took; none where it does not come in time.
    pub async fn wait_for<T>(&self, deadline: Duration, mut look: impl FnMut(&Self) -> Option<T>) -> Option<T> {
        let mut asked = self.shared.asked.subscribe();
        let looking = async {
            loop {
                asked.borrow_and_update();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                asked.changed().await.ok()?;
            }
        };
        tokio::time::timeout(deadline, looking).await.ok().flatten()
    }

    /// All spans, each with the attributes of who made it.
    pub fn spans(&self) -> Vec<(Span, Vec<KeyValue>)> {
        let requests = self.decoded::<ExportTraceServiceRequest>("/v1/traces");
        let resources = requests.into_iter().flat_map(|request| request.resource_spans);
        let with_owner = resources.flat_map(|resource| {
            let owner = resource.resource.map(|owner| owner.attributes).unwrap_or_default();
            let spans = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            spans.map(move |span| (span, owner.clone())).collect::<Vec<_>>()
        });
        with_owner.collect()
    }

    /// All figures of all pushes, one push after the other.
    pub fn metrics(&self) -> Vec<Metric> {
        let requests = self.decoded::<ExportMetricsServiceRequest>("/v1/metrics");
        let resources = requests.into_iter().flat_map(|request| request.resource_metrics);
        resources.flat_map(|resource| resource.scope_metrics).flat_map(|scope| scope.metrics).collect()
    }

    /// All log lines.
    pub fn lines(&self) -> Vec<LogRecord> {
        let requests = self.decoded::<ExportLogsServiceRequest>("/v1/logs");
        let resources = requests.into_iter().flat_map(|request| request.resource_logs);
        resources.flat_map(|resource| resource.scope_logs).flat_map(|scope| scope.log_records).collect()
    }

    fn decoded<M: Message + Default>(&self, path: &str) -> Vec<M> {
        let pushes = self.pushes().into_iter().filter(|push| push.path == path);
        pushes.filter_map(|push| M::decode(push.body.as_slice()).ok()).collect()
    }
}

/// The text of an attribute, whatever its kind; none where there is none of this name.
pub fn attribute(attributes: &[KeyValue], name: &str) -> Option<String> {
    attributes.iter().find(|attribute| attribute.key == name).and_then(|attribute| text(attribute.value.as_ref()))
}

/// The text of a value.
pub fn text(value: Option<&AnyValue>) -> Option<String> {
    Some(match value?.value.as_ref()? {
        any_value::Value::StringValue(text) => text.clone(),
        any_value::Value::IntValue(number) => number.to_string(),
        any_value::Value::BoolValue(holds) => holds.to_string(),
        any_value::Value::DoubleValue(number) => number.to_string(),
        other => format!("{other:?}"),
    })
}

async fn take(
    State(shared): State<Arc<Shared>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    shared.asked.send_modify(|asked| *asked += 1);
    let mood = *shared.mood.borrow();
    match mood {
        Mood::Takes => {}
        Mood::Hangs => {
            drop(shared.mood.subscribe().wait_for(|mood| *mood != Mood::Hangs).await);
            return (StatusCode::SERVICE_UNAVAILABLE, "");
        }
        Mood::Raves => return (StatusCode::BAD_GATEWAY, "<html><h1>It works!</h1></html>"),
    }
    let is_one = match uri.path() {
        "/v1/traces" => ExportTraceServiceRequest::decode(body.clone()).is_ok(),
        "/v1/metrics" => ExportMetricsServiceRequest::decode(body.clone()).is_ok(),
        "/v1/logs" => ExportLogsServiceRequest::decode(body.clone()).is_ok(),
        _ => return (StatusCode::NOT_FOUND, ""),
    };
    if !is_one {
        return (StatusCode::BAD_REQUEST, "");
    }
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).map(str::to_owned);
    locked(&shared.pushes).push(Push { path: uri.path().to_owned(), authorization, body: body.to_vec() });
    // Who waits for what came sees it now.
    shared.asked.send_modify(|_| {});
    (StatusCode::OK, "")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
