//! The kiosk's page for a browser: served as files over loopback, with the answers that Tapdesk's window gave it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{Path as Asked, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::window::Window;

/// How long the page's own questions may take.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// What stands in for the shell, loaded before the page's own script.
const BRIDGE: &str = include_str!("bridge.js");

/// What Tapdesk's window tells its page, to be told to the same page elsewhere.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The scene that stands.
    pub scene: Value,
    /// How it looks.
    pub appearance: Value,
}

impl Answers {
    /// Asks the shell of this window as its page does, once the reader is up and the service is reached.
    pub async fn of(window: &Window) -> anyhow::Result<Self> {
        window.wait_for_state("link", "online", ANSWERS_WITHIN).await?;
        let ask = "const [command, done] = arguments; window.__TAURI_INTERNALS__.invoke(command).then(done)";
        let answer = async |command: &str| window.run_async(ask, vec![json!(command)]).await;
        Ok(Self { scene: answer("current_scene").await?, appearance: answer("appearance").await? })
    }
}

/// The running server; it ends when dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    server: JoinHandle<()>,
}

struct Page {
    folder: PathBuf,
    answers: Answers,
}

impl Served {
    /// Serves the page as it is built.
    pub async fn start(answers: Answers) -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
        let index = folder.join("index.html");
        anyhow::ensure!(index.is_file(), "the page is not built: run `npm --prefix ui run build`");
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let page = std::sync::Arc::new(Page { folder, answers });
        let root = get(async |State(page): State<std::sync::Arc<Page>>| page.file("index.html"));
        let file = get(async |State(page): State<std::sync::Arc<Page>>, Asked(path): Asked<String>| page.file(&path));
        let router = Router::new().route("/", root).route("/{*path}", file).with_state(page);
        let server = tokio::spawn(async move {
            // It serves until it is dropped.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, server })
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The same for a page that follows the scenes sent at another address.
    pub fn address_with(&self, scenes: &str) -> String {
        format!("{}?scenes={scenes}", self.address())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Page {
    fn file(&self, path: &str) -> Response {
        match path {
            "bridge.js" => typed(path, BRIDGE),
            "scene.json" => typed(path, self.answers.scene.to_string()),
            "appearance.json" => typed(path, self.answers.appearance.to_string()),
            "index.html" => match self.index() {
                Ok(text) => typed(path, text),
                Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
            },
            // Nothing outside of the folder.
            path if path.split('/').any(|part| part == "..") => StatusCode::NOT_FOUND.into_response(),
            path => match std::fs::read(self.folder.join(path)) {
                Ok(bytes) => typed(path, bytes),
                Err(_) => StatusCode::NOT_FOUND.into_response(),
            },
        }
    }

    /// The page itself, with the bridge before its own script.
    fn index(&self) -> anyhow::Result<String> {
        let text = std::fs::read_to_string(self.folder.join("index.html"))?;
        let (before, after) = text.split_once("<script").context("the page has no script")?;
        Ok(format!("{before}<script src=\"/bridge.js\"></script><script{after}"))
    }
}

fn typed(path: &str, body: impl IntoResponse) -> Response {
    let kind = match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}
