//! Telemetry: what the operator's own systems are told of this kiosk, through the OpenTelemetry SDK and off unless it is set.
//! Nothing on a tap's way waits for it, and nothing of it says whose tap it was.
//!
//! - [`Telemetry`] puts it together for a configuration, and stays while desks come and go.
//! - `figures` are all figures; `endpoint` is where Prometheus reads them, behind `token` and `connection`.
//! - `traces` makes a trace of each tap, [`layer`] sends log lines on; `collector` is the way to whoever takes them.
//!
//! What is told, all of it, is in the next part, which is `METRICS.md` beside this file.
#![doc = include_str!("METRICS.md")]

mod collector;
mod connection;
mod endpoint;
mod figures;
mod logs;
mod token;
mod traces;

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_http::HttpClient;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, MetricExporter, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::SdkTracerProvider;
use prometheus::Registry;
use tapdesk_core::reader::ReaderPlace;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;
use url::Url;

use self::collector::Client;
use self::figures::Figures;
use self::token::TokenFile;
use self::traces::Traces;
use crate::recorder::Recorder;
use crate::recorder::story::{Observer, Part, Story};
use crate::settings::Settings;
use crate::settings::telemetry::TelemetrySettings;
use crate::spaces::governor::Priority;

pub(crate) use self::figures::DeskFacts;
pub use self::logs::layer;

/// The program's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// How long the end may take: what is left is given away in it, or lost.
const END_WITHIN: Duration = Duration::from_secs(1);

/// What is told, and of which kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    settings: TelemetrySettings,
    device: String,
    location: i64,
    readers: usize,
}

impl Plan {
    /// As these settings have it, for this device.
    pub(crate) fn of(settings: &Settings, device: String) -> Self {
        let location = settings.spaces.business_id.0;
        Self { settings: settings.telemetry.clone(), device, location, readers: settings.readers().count() }
    }

    fn is_on(&self) -> bool {
        self.settings.prometheus.is_some() || self.settings.otlp.is_some()
    }

    /// Who speaks.
    fn resource(&self) -> Resource {
        let host = || rustix::system::uname().nodename().to_string_lossy().into_owned();
        let attributes = [
            KeyValue::new("service.name", "tapdesk"),
            KeyValue::new("service.version", VERSION),
            KeyValue::new("service.instance.id", self.device.clone()),
            KeyValue::new("tapdesk.kiosk.name", self.settings.name.clone().unwrap_or_else(host)),
            KeyValue::new("tapdesk.location.id", self.location),
        ];
        Resource::builder_empty().with_attributes(attributes).build()
    }
}

/// A desk begins, with this recorder: what it had told goes on where the plan is the same, and begins anew where it is
/// another.
pub(crate) fn begin(recorder: &Arc<Recorder>, plan: Plan, desk: DeskFacts) {
    let running = recorder.observer();
    let telemetry = running.as_ref().and_then(|running| (&**running as &dyn std::any::Any).downcast_ref::<Telemetry>());
    if let Some(telemetry) = telemetry.filter(|telemetry| telemetry.plan == plan) {
        telemetry.serve(desk);
        return;
    }
    let next = plan.is_on().then(|| Arc::new(Telemetry::new(plan, desk)));
    let before = recorder.observed_by(next.clone().map(|next| next as Arc<dyn Observer>));
    // Its own end is not waited for, but its port is free and no line goes to it any more.
    if let Some(before) = before {
        tokio::spawn(before.end());
    }
    if let Some(next) = next {
        next.start(recorder);
    }
}

/// The program ends, or does something else: nothing is told any more. It takes a second at most.
pub(crate) async fn end(recorder: &Recorder) {
    if let Some(before) = recorder.observed_by(None) {
        before.end().await;
    }
}

/// What is told while one plan holds.
#[derive(Debug)]
struct Telemetry {
    plan: Plan,
    registry: Registry,
    meters: SdkMeterProvider,
    figures: Figures,
    traces: Option<Traces>,
    logs: Option<SdkLoggerProvider>,
    desk: Arc<Mutex<DeskFacts>>,
    endpoint: Mutex<Option<AbortHandle>>,
    ended: AtomicBool,
}

/// What pushes.
struct Pushes {
    metrics: MetricExporter,
    spans: SpanExporter,
    logs: LogExporter,
}

impl Telemetry {
    /// Ready, and told nothing yet.
    fn new(plan: Plan, desk: DeskFacts) -> Self {
        let (resource, registry) = (plan.resource(), Registry::new());
        let mut meters = SdkMeterProvider::builder().with_resource(resource.clone());
        if plan.settings.prometheus.is_some() {
            let exporter =
                opentelemetry_prometheus::exporter().with_registry(registry.clone()).scope_info_enabled(false);
            match exporter.build() {
                Ok(reader) => meters = meters.with_reader(reader),
                Err(error) => tracing::error!(%error, "the figures cannot be read"),
            }
        }
        let (mut traces, mut logs) = (None, None);
        match plan.settings.otlp.as_ref().map(pushes).transpose() {
            Ok(Some(pushes)) => {
                let every = Duration::from_secs(plan.settings.export_every_s);
                meters = meters.with_reader(PeriodicReader::builder(pushes.metrics).with_interval(every).build());
                let spans = SdkTracerProvider::builder().with_resource(resource.clone());
                traces = Some(Traces::new(spans.with_batch_exporter(pushes.spans).build(), plan.location));
                let lines = SdkLoggerProvider::builder().with_resource(resource);
                logs = Some(lines.with_batch_exporter(pushes.logs).build());
            }
            Ok(None) => {}
            Err(why) => tracing::error!(why, "nothing can be pushed to the collector: see to `telemetry.otlp`"),
        }
        let meters = meters.build();
        let figures = Figures::new(&meters.meter("tapdesk"), plan.readers);
        let (desk, endpoint, ended) = (Arc::new(Mutex::new(desk)), Mutex::default(), AtomicBool::new(false));
        Self { plan, registry, meters, figures, traces, logs, desk, endpoint, ended }
    }

    /// Lets it be read and sent.
    fn start(&self, recorder: &Arc<Recorder>) {
        figures::observe(&self.meters.meter("tapdesk"), &Arc::downgrade(recorder), &self.desk);
        if let Some(logs) = &self.logs {
            logs::send_by(logs);
        }
        if let Some(address) = self.plan.settings.prometheus {
            let token = self.plan.settings.token_file.clone().map(TokenFile::new);
            let serving = tokio::spawn(endpoint::serve(address, self.registry.clone(), token));
            *self.endpoint.lock().unwrap_or_else(PoisonError::into_inner) = Some(serving.abort_handle());
        }
    }

    /// Another desk runs.
    fn serve(&self, desk: DeskFacts) {
        *self.desk.lock().unwrap_or_else(PoisonError::into_inner) = desk;
    }

    /// Nothing is told from now on; tells when what was left is given away. Each signal goes by a thread of its own: one that
    /// waits for the collector keeps neither the others nor the runtime.
    fn shut_down(&self) -> Vec<oneshot::Receiver<()>> {
        if self.ended.swap(true, Ordering::SeqCst) {
            return Vec::new();
        }
        if let Some(endpoint) = self.endpoint.lock().unwrap_or_else(PoisonError::into_inner).take() {
            endpoint.abort();
        }
        let mut ends: Vec<Box<dyn FnOnce() + Send>> = Vec::new();
        let meters = self.meters.clone();
        ends.push(Box::new(move || drop(meters.shutdown_with_timeout(END_WITHIN))));
        if let Some(traces) = &self.traces {
            let spans = traces.provider.clone();
            ends.push(Box::new(move || drop(spans.shutdown_with_timeout(END_WITHIN))));
        }
        if let Some(lines) = self.logs.clone() {
            logs::send_nothing();
            ends.push(Box::new(move || drop(lines.shutdown_with_timeout(END_WITHIN))));
        }
        let run = |end: Box<dyn FnOnce() + Send>| {
            let (done, ended) = oneshot::channel();
            let thread = std::thread::Builder::new().name("telemetry-end".to_owned());
            let started = thread.spawn(move || {
                end();
                // Nobody may wait any more.
                _ = done.send(());
            });
            started.is_ok().then_some(ended)
        };
        ends.into_iter().filter_map(run).collect()
    }
}

impl Observer for Telemetry {
    fn part(&self, part: Part, took: Duration) {
        self.figures.part(part, took);
    }

    fn verdict(&self, kind: &'static str, revised: bool) {
        self.figures.verdict(kind, revised);
    }

    fn tap(&self, story: &Story, origin: SystemTime) {
        if let Some(traces) = &self.traces {
            traces.tap(story, origin);
        }
    }

    fn call(&self, priority: Priority, outcome: &'static str, took: Option<Duration>) {
        self.figures.call(priority, outcome, took);
    }

    fn reader_restarted(&self, place: ReaderPlace) {
        self.figures.reader_restarted(place);
    }

    fn end(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let ends = self.shut_down();
        Box::pin(async move {
            let all = async {
                for end in ends {
                    drop(end.await);
                }
            };
            if tokio::time::timeout(END_WITHIN, all).await.is_err() {
                tracing::info!("the collector was not given all that was left for it");
            }
        })
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        // The SDK would wait for it here, in the way of whatever else this thread has to do.
        drop(self.shut_down());
    }
}

/// The three ways to the collector, or in a sentence why there are none.
fn pushes(base: &Url) -> Result<Pushes, String> {
    let client = Client::new(base.authority().to_owned()).map_err(|error| error.to_string())?;
    let client: Arc<dyn HttpClient> = Arc::new(client);
    let base = base.as_str().trim_end_matches('/');
    let build = || -> Result<Pushes, ExporterBuildError> {
        let metrics = MetricExporter::builder().with_http().with_shared_http_client(Arc::clone(&client));
        let spans = SpanExporter::builder().with_http().with_shared_http_client(Arc::clone(&client));
        let logs = LogExporter::builder().with_http().with_shared_http_client(Arc::clone(&client));
        let (protocol, within) = (Protocol::HttpBinary, collector::WHOLE);
        Ok(Pushes {
            metrics: metrics
                .with_endpoint(format!("{base}/v1/metrics"))
                .with_protocol(protocol)
                .with_timeout(within)
                .build()?,
            spans: spans
                .with_endpoint(format!("{base}/v1/traces"))
                .with_protocol(protocol)
                .with_timeout(within)
                .build()?,
            logs: logs.with_endpoint(format!("{base}/v1/logs")).with_protocol(protocol).with_timeout(within).build()?,
        })
    };
    build().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
