//! Where Prometheus reads the figures: `GET /metrics`, with the token where one is kept.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus::{Encoder as _, Registry, TextEncoder};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::connection::Door;
use super::token::{Admission, TokenFile};

/// Between two attempts to listen.
const AGAIN: Duration = Duration::from_millis(250);
/// What was there a moment ago, such as this endpoint before another configuration, may still be going.
const SAID_AFTER: Duration = Duration::from_secs(1);

const NO_TOKEN: &str = "Bring the token of telemetry.token_file, as a bearer token.\n";
const BAD_FILE: &str = "The file of telemetry.token_file holds no token that can be used; the kiosk's log says why.\n";

struct Served {
    registry: Registry,
    token: Option<Arc<TokenFile>>,
}

/// Serves the figures of `registry`, for ever.
pub(super) async fn serve(address: SocketAddr, registry: Registry, token: Option<TokenFile>) {
    let token = token.map(Arc::new);
    if let Some(token) = token.clone() {
        drop(tokio::task::spawn_blocking(move || token.look()).await);
    }
    let served = Arc::new(Served { registry, token });
    let router = Router::new().route("/metrics", get(scrape)).with_state(served);
    let listener = listen(address).await;
    // It ends only where the runtime does.
    drop(axum::serve(Door::new(listener), router).await);
}

/// Tried until it works: the kiosk works without it.
async fn listen(address: SocketAddr) -> TcpListener {
    let (began, mut said) = (Instant::now(), false);
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => {
                tracing::info!(%address, "the figures can be read at /metrics");
                return listener;
            }
            Err(error) if !said && began.elapsed() >= SAID_AFTER => {
                said = true;
                tracing::warn!(%address, %error, "the figures cannot be read: {}; it is tried again", advice(&error));
            }
            Err(_) => {}
        }
        tokio::time::sleep(AGAIN).await;
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::AddrInUse => "end the program that listens there, or set another port as `telemetry.prometheus`",
        ErrorKind::AddrNotAvailable => "set an address of this machine as `telemetry.prometheus`",
        ErrorKind::PermissionDenied => "set a port above 1023 as `telemetry.prometheus`",
        _ => "set another address as `telemetry.prometheus`",
    }
}

async fn scrape(State(served): State<Arc<Served>>, headers: HeaderMap) -> Response {
    if let Some(token) = served.token.clone() {
        let given = bearer(&headers);
        let admits = tokio::task::spawn_blocking(move || token.admits(given.as_deref())).await;
        match admits.unwrap_or(Admission::Unknown) {
            Admission::Granted => {}
            Admission::Denied => {
                let asks = [(header::WWW_AUTHENTICATE, "Bearer")];
                return (asks, answer(StatusCode::UNAUTHORIZED, NO_TOKEN)).into_response();
            }
            Admission::Unknown => return answer(StatusCode::SERVICE_UNAVAILABLE, BAD_FILE),
        }
    }
    let mut text = Vec::new();
    match TextEncoder::new().encode(&served.registry.gather(), &mut text) {
        Ok(()) => answer(StatusCode::OK, text),
        Err(error) => answer(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

/// What follows `Bearer`.
fn bearer(headers: &HeaderMap) -> Option<Vec<u8>> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.as_bytes().split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii().to_vec())
}

/// One answer a connection: none is left that would go on answering for a configuration of before.
fn answer(status: StatusCode, body: impl Into<axum::body::Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        (header::CONNECTION, "close"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.into()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    /// Guard: `Connection` ends by itself, and `Door` counts.
    #[tokio::test(start_paused = true)]
    async fn who_only_holds_connections_open_keeps_nobody_out() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = Arc::new(Served { registry: Registry::new(), token: None });
        let router = Router::new().route("/metrics", get(scrape)).with_state(served);
        tokio::spawn(async move { drop(axum::serve(Door::new(listener), router).await) });
        let mut idle = Vec::new();
        for _ in 0..20 {
            idle.push(TcpStream::connect(address).await.unwrap());
        }
        let mut last = TcpStream::connect(address).await.unwrap();
        last.write_all(b"GET /metrics HTTP/1.1\r\nhost: kiosk\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        last.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("connection: close"), "{answer}");
    }

    #[test]
    fn a_bearer_token_is_read_as_it_is_brought() {
        let cases = [
            (None, None),
            (Some("Bearer opensesame"), Some("opensesame")),
            (Some("bearer  opensesame "), Some("opensesame")),
            (Some("Bearer "), Some("")),
            (Some("Bearer"), None),
            (Some("Basic opensesame"), None),
        ];
        for (brought, expected) in cases {
            let mut headers = HeaderMap::new();
            if let Some(brought) = brought {
                headers.insert(header::AUTHORIZATION, HeaderValue::from_static(brought));
            }
            assert_eq!(bearer(&headers).as_deref(), expected.map(str::as_bytes), "{brought:?}");
        }
    }
}
