//! What an operator of many kiosks has: minisign with a key, and a web server for one file, which can go wrong in the ways
//! that web servers do.

use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, bail};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The file's name at the server.
const NAME: &str = "/kiosks.toml";
/// Its signature's.
const SIGNATURE: &str = "/kiosks.toml.minisig";

/// A key of minisign's, without a password.
pub struct Signer {
    folder: TempDir,
}

impl Signer {
    /// Makes a key.
    pub fn new() -> anyhow::Result<Self> {
        let signer = Self { folder: TempDir::new()? };
        signer.minisign(&["-G", "-W", "-p", "key.pub", "-s", "key.sec"])?;
        Ok(signer)
    }

    /// The public key, as it stands in a kiosk's configuration.
    pub fn public_key(&self) -> anyhow::Result<String> {
        let text = std::fs::read_to_string(self.folder.path().join("key.pub"))?;
        Ok(text.lines().nth(1).context("a key")?.to_owned())
    }

    /// The `.minisig` of a file with this text.
    pub fn sign(&self, text: &str) -> anyhow::Result<String> {
        self.sign_with(text, &[])
    }

    /// The same, signed with these options too.
    pub fn sign_with(&self, text: &str, options: &[&str]) -> anyhow::Result<String> {
        std::fs::write(self.folder.path().join("file"), text)?;
        self.minisign(&[&["-S", "-W", "-s", "key.sec", "-m", "file"], options].concat())?;
        Ok(std::fs::read_to_string(self.folder.path().join("file.minisig"))?)
    }

    fn minisign(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let run =
            Command::new("minisign").args(arguments).current_dir(self.folder.path()).stdin(Stdio::null()).output();
        let output = run.context("minisign; `./dev test` installs it")?;
        if !output.status.success() {
            bail!("minisign {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

/// How a server gives a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Manner {
    /// As it should.
    #[default]
    Whole,
    /// It says how long it is, and closes after half of it.
    Half,
    /// It says that it is shorter, by so many bytes.
    TooShort(usize),
    /// It never answers.
    Hangs,
    /// With this status, and no file.
    Status(u16),
    /// It sends to another address.
    Redirects(String),
}

/// A request, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What for.
    pub path: String,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

#[derive(Debug, Default)]
struct Served {
    file: Option<(String, String)>,
    signature: Option<String>,
    manner: Manner,
    asked: Vec<Asked>,
}

/// A web server for one file and its signature; it ends when dropped.
pub struct WebServer {
    port: u16,
    served: Arc<Mutex<Served>>,
    accepting: JoinHandle<()>,
}

impl WebServer {
    /// One that has nothing yet.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let (port, served) = (listener.local_addr()?.port(), Arc::<Mutex<Served>>::default());
        let shared = Arc::clone(&served);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = Arc::clone(&shared);
                // Whoever hangs up early has seen enough.
                tokio::spawn(async move { drop(answer(stream, &served).await) });
            }
        });
        Ok(Self { port, served, accepting })
    }

    /// Where the file is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{NAME}", self.port)
    }

    /// Puts a file and its signature there.
    pub fn publish(&self, text: &str, signature: Option<&str>) {
        let mut served = self.served();
        // As good a tag as any: it changes with the file.
        let tag =
            format!("\"{}\"", text.bytes().fold(0_u64, |tag, byte| tag.wrapping_mul(31).wrapping_add(byte.into())));
        served.file = Some((text.to_owned(), tag));
        served.signature = signature.map(str::to_owned);
        served.manner = Manner::Whole;
    }

    /// Gives the file in this manner from now on.
    pub fn give(&self, manner: Manner) {
        self.served().manner = manner;
    }

    /// All that it was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.served().asked.clone()
    }

    fn served(&self) -> MutexGuard<'_, Served> {
        lock(&self.served)
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(served: &Mutex<Served>) -> MutexGuard<'_, Served> {
    served.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one request, and closes.
async fn answer(stream: TcpStream, served: &Mutex<Served>) -> anyhow::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut path, mut if_none_match, mut line) = (String::new(), None, String::new());
    while stream.read_line(&mut line).await? > 0 && !line.trim().is_empty() {
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("if-none-match") => {
                if_none_match = Some(value.trim().to_owned());
            }
            None => path = line.split(' ').nth(1).unwrap_or_default().to_owned(),
            Some(_) => {}
        }
        line.clear();
    }
    let (found, manner) = {
        let mut served = lock(served);
        served.asked.push(Asked { path: path.clone(), if_none_match: if_none_match.clone() });
        let found = match path.as_str() {
            NAME => served.file.clone(),
            SIGNATURE => served.signature.clone().map(|signature| (signature, String::new())),
            _ => None,
        };
        // What lies beside the file is small, and comes well.
        (found, if path == NAME { served.manner.clone() } else { Manner::Whole })
    };
    let whole = |status: &str, headers: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
    };
    let reply = match (manner, found) {
        (Manner::Hangs, _) => return std::future::pending().await,
        (Manner::Status(status), _) => whole(&format!("{status} so"), "", "<html><p>Not now</p></html>"),
        (Manner::Redirects(to), _) => whole("302 Found", &format!("Location: {to}\r\n"), ""),
        (_, None) => whole("404 Not Found", "", "<html><p>Not here</p></html>"),
        (_, Some((_, tag))) if !tag.is_empty() && if_none_match.as_ref() == Some(&tag) => {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned()
        }
        (manner, Some((text, tag))) => {
            let tag = if tag.is_empty() { String::new() } else { format!("ETag: {tag}\r\n") };
            let reply = whole("200 OK", &tag, &text);
            match manner {
                Manner::Half => reply[..reply.len() - text.len() / 2].to_owned(),
                Manner::TooShort(by) => {
                    let (said, told) = (format!("Content-Length: {}", text.len()), text.len().saturating_sub(by));
                    reply.replacen(&said, &format!("Content-Length: {told}"), 1)
                }
                _ => reply,
            }
        }
    };
    stream.get_mut().write_all(reply.as_bytes()).await?;
    stream.get_mut().shutdown().await?;
    Ok(())
}
