//! What a kiosk learns of its link to the service without a call: whether the address can be reached, and when the sign-in
//! will end.

use std::sync::Arc;
use std::time::Duration;

use tapdesk_core::checkin::Trouble;
use tapdesk_core::event::Event;
use tokio::sync::mpsc::UnboundedSender;

use crate::controller::Handle;
use crate::screen::News;
use crate::spaces::desk::Spaces;

/// Between two looks whether the service's address can be reached: no call, only a connection.
const REACH_EVERY: Duration = Duration::from_secs(10);
/// How long such a connection may take.
const REACH_WITHIN: Duration = Duration::from_secs(3);

/// Tells when the sign-in will end, as soon as that is known.
pub(crate) async fn tell_of_the_end(spaces: Arc<Spaces>, handle: Handle) {
    let mut ends = spaces.http().session().sign_in_ends();
    let mut told = None;
    loop {
        let known = *ends.borrow_and_update();
        if known != told {
            if let Some(at) = known {
                tracing::warn!(%at, "the sign-in ends then; sign in again by the staff's window or `tapdesk sign-in`");
            }
            handle.news(News::SignInEnds(known));
            told = known;
        }
        if ends.changed().await.is_err() {
            return;
        }
    }
}

/// Notices within seconds that the service's address cannot be reached, which no idle kiosk would learn from its calls.
pub(crate) async fn watch_reach(spaces: Arc<Spaces>, events: UnboundedSender<Event>) {
    let behind_proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let Some((host, port)) = spaces.http().authority().filter(|_| !behind_proxy) else { return };
    let host = host.trim_matches(['[', ']']).to_owned();
    while !events.is_closed() {
        tokio::time::sleep(REACH_EVERY).await;
        let reached = tokio::time::timeout(REACH_WITHIN, tokio::net::TcpStream::connect((host.as_str(), port))).await;
        let why = match reached {
            Ok(Ok(_)) => continue,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer in time".to_owned(),
        };
        if events.send(Event::Observed(Err(Trouble::Unreachable(why)))).is_err() {
            return;
        }
    }
}
