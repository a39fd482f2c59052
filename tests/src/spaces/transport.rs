//! The wire: a listener that can stop listening, and connections that can be cut, reset, truncated or slowed.
//!
//! Knows nothing of requests; the service lays a plan on a connection before it answers.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

/// What becomes of the bytes of the next reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// They are sent.
    Whole,
    /// The connection is closed instead.
    Close,
    /// The connection is reset instead.
    Reset,
    /// The connection is closed after so many bytes of the body.
    Truncate { keep: usize },
    /// The body goes in pieces with a pause before each.
    Trickle { bytes: usize, every: Duration },
}

#[derive(Debug)]
struct Progress {
    plan: Plan,
    /// How much of the blank line that ends the head has gone by.
    head_end: usize,
    body_sent: usize,
}

/// The service's hand on one connection.
#[derive(Debug, Clone)]
pub(crate) struct Connection(Arc<Mutex<Progress>>);

impl Connection {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Progress { plan: Plan::Whole, head_end: 0, body_sent: 0 })))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays down what becomes of the next reply.
    pub(crate) fn plan(&self, plan: Plan) {
        *self.progress() = Progress { plan, head_end: 0, body_sent: 0 };
    }
}

impl Connected<IncomingStream<'_, Listener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().connection.clone()
    }
}

const BLANK_LINE: &[u8] = b"\r\n\r\n";

impl Progress {
    /// How many of these bytes belong to the head, from its end state on.
    fn head_bytes(&self, bytes: &[u8]) -> (usize, usize) {
        let mut matched = self.head_end;
        for (place, byte) in bytes.iter().enumerate() {
            if matched == BLANK_LINE.len() {
                return (place, matched);
            }
            matched = match byte {
                byte if *byte == BLANK_LINE[matched] => matched + 1,
                b'\r' => 1,
                _ => 0,
            };
        }
        (bytes.len(), matched)
    }

    fn sent(&mut self, bytes: &[u8]) {
        let (head, matched) = self.head_bytes(bytes);
        self.head_end = matched;
        self.body_sent += bytes.len() - head;
    }
}

/// One accepted connection.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    connection: Connection,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let mut progress = wire.connection.progress();
        let (head, _) = progress.head_bytes(buffer);
        let allowed = match progress.plan {
            Plan::Whole => buffer.len(),
            Plan::Close => return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
            Plan::Reset => {
                wire.stream.set_zero_linger()?;
                return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
            }
            Plan::Truncate { keep } => {
                let allowed = buffer.len().min(head + keep.saturating_sub(progress.body_sent));
                if allowed == 0 {
                    return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
                }
                allowed
            }
            Plan::Trickle { .. } if head > 0 => head,
            Plan::Trickle { bytes, every } => {
                ready!(wire.pause.get_or_insert_with(|| Box::pin(sleep(every))).as_mut().poll(context));
                buffer.len().min(bytes.max(1))
            }
        };
        let written = ready!(Pin::new(&mut wire.stream).poll_write(context, &buffer[..allowed]))?;
        wire.pause = None;
        progress.sent(&buffer[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Listens on one address, or not, as the watched flag says; a client then finds the connection refused.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    socket: Option<TcpListener>,
    listening: watch::Receiver<bool>,
}

impl Listener {
    pub(crate) async fn bind(address: SocketAddr, listening: watch::Receiver<bool>) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        Ok(Self { address: socket.local_addr()?, socket: Some(socket), listening })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl axum::serve::Listener for Listener {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        loop {
            if !*self.listening.borrow_and_update() {
                self.socket = None;
                if self.listening.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
                continue;
            }
            let Some(socket) = &self.socket else {
                match TcpListener::bind(self.address).await {
                    Ok(socket) => self.socket = Some(socket),
                    Err(_) => sleep(Duration::from_millis(20)).await,
                }
                continue;
            };
            tokio::select! {
                changed = self.listening.changed() => {
                    if changed.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
                accepted = socket.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let _ = stream.set_nodelay(true);
                        return (Wire { stream, connection: Connection::new(), pause: None }, peer);
                    }
                    Err(_) => sleep(Duration::from_millis(20)).await,
                },
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
