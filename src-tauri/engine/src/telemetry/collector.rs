//! The way to a collector: the HTTP client that everything else here goes out with, told where it runs. A collector that is
//! away is said once, and once when it is back; what could not be given away is in nobody's way.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use tokio::runtime::Handle;

use crate::spaces::http::sentence;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(2);
/// How long a whole push may take.
pub(super) const WHOLE: Duration = Duration::from_secs(5);
/// A collector's reply says next to nothing.
const LARGEST_REPLY: usize = 64 << 10;

/// The client.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    /// What pushes does so from threads of its own, which are in no runtime.
    runtime: Handle,
    /// The collector, in words for a log.
    collector: String,
    away: AtomicBool,
}

impl Client {
    /// A client that works in the runtime that this is called in.
    pub(super) fn new(collector: String) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Tapdesk/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, runtime: Handle::current(), collector, away: AtomicBool::new(false) })
    }

    fn note(&self, why: Option<&str>) {
        match why {
            Some(why) if !self.away.swap(true, Ordering::Relaxed) => tracing::warn!(
                collector = self.collector,
                why,
                "the collector takes nothing: see to it, or to `telemetry.otlp`; it is tried again, and the kiosk goes on"
            ),
            None if self.away.swap(false, Ordering::Relaxed) => {
                tracing::info!(collector = self.collector, "the collector takes what it is given again");
            }
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        let sending = self.runtime.spawn(send(self.http.clone(), request));
        // A runtime that has ended sends nothing, and no collector is to blame.
        match sending.await? {
            Ok(response) => {
                let status = response.status();
                self.note((!status.is_success()).then(|| format!("it answered {status}")).as_deref());
                Ok(response)
            }
            Err(why) => {
                self.note(Some(&why));
                Err(why.into())
            }
        }
    }
}

async fn send(http: reqwest::Client, request: reqwest::Request) -> Result<Response<Bytes>, String> {
    let mut reply = http.execute(request).await.map_err(|error| sentence(&error))?;
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(|error| sentence(&error))? {
        if body.len() + chunk.len() > LARGEST_REPLY {
            return Err("its reply is too large for a collector's".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = reply.status();
    *response.headers_mut() = std::mem::take(reply.headers_mut());
    Ok(response)
}
