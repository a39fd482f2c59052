//! When a sign-in is renewed, under which id, and when its end is said: against an endpoint that answers by a script.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Mutex;

use chrono::TimeDelta;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::governor::Budget;
use super::*;
use crate::keys::KeyStore;
use crate::keys::MemoryKeyStore;

/// What the endpoint answers next: a pair of this name, or a refusal.
#[derive(Clone, Copy)]
enum Answer {
    Pair(&'static str),
    Refusal,
    Gateway,
}

/// A question: its `client_id`, and its form.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

struct Bench {
    session: Session,
    tokens: TokenStore,
    device: DeviceId,
    asked: Asked,
    _folder: tempfile::TempDir,
}

async fn answer(mut stream: TcpStream, asked: &Asked, answer: Answer) -> std::io::Result<()> {
    let mut received = Vec::new();
    let (head, form) = loop {
        stream.read_buf(&mut received).await?;
        let text = String::from_utf8_lossy(&received).into_owned();
        let Some((head, form)) = text.split_once("\r\n\r\n") else { continue };
        let field = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next()
        };
        if field("content-length").and_then(|length| length.parse().ok()) == Some(form.len()) {
            break (field("client_id").unwrap_or_default(), form.to_owned());
        }
    };
    asked.lock().unwrap().push((head, form));
    let (status, body) = match answer {
        Answer::Pair(name) => (
            "200 OK",
            format!(r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","expires_in":604799}}"#),
        ),
        Answer::Refusal => ("400 Bad Request", r#"{"error":"invalid_grant"}"#.to_owned()),
        Answer::Gateway => ("502 Bad Gateway", "nobody is there".to_owned()),
    };
    let length = body.len();
    let reply = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(reply.as_bytes()).await?;
    stream.shutdown().await
}

impl Bench {
    /// An endpoint that answers like this, one after the other.
    async fn with(script: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = Url::parse(&format!("http://{}/api", listener.local_addr().unwrap())).unwrap();
        let asked = Asked::default();
        let mut script: VecDeque<Answer> = script.iter().copied().collect();
        tokio::spawn({
            let asked = Arc::clone(&asked);
            async move {
                while let Some(next) = script.pop_front() {
                    let (stream, _) = listener.accept().await.unwrap();
                    answer(stream, &asked, next).await.unwrap();
                }
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let device = DeviceId::of(folder.path()).unwrap();
        let tokens = TokenStore::new(Arc::new(MemoryKeyStore::default()) as Arc<dyn KeyStore>, &device);
        let plenty = NonZeroU32::new(10_000).unwrap();
        let budget = Budget { spacing: Duration::ZERO, per_minute: plenty, writes_per_minute: plenty };
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let governor = Arc::new(Governor::new(budget));
        let session = Session::new(http, &address, device.clone(), tokens.clone(), governor);
        Self { session, tokens, device, asked, _folder: folder }
    }

    /// Keeps a pair that was issued so long ago.
    async fn holds(&self, name: &str, issued: TimeDelta) -> Tokens {
        let issued_at = Utc::now() - issued;
        let tokens = Tokens {
            access: format!("access-{name}").into(),
            refresh: format!("refresh-{name}").into(),
            issued_at,
            access_ends: issued_at + TimeDelta::days(7),
            client_id: None,
            username: None,
        };
        self.tokens.save(&tokens).await.unwrap();
        tokens
    }

    async fn access(&self) -> String {
        self.session.access().await.unwrap().expose_secret().to_owned()
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn ends(&self) -> Option<DateTime<Utc>> {
        *self.session.sign_in_ends().borrow()
    }
}

/// Lets a clock go forward that only goes forward, and with it nothing else.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_pair_is_refreshed_at_half_of_its_life_and_not_before() {
    for (hours, expected) in [(83, "access-old"), (85, "access-new")] {
        let bench = Bench::with(&[Answer::Pair("new")]).await;
        bench.holds("old", TimeDelta::hours(hours)).await;
        assert_eq!(bench.access().await, expected, "after {hours} hours");
        assert_eq!(bench.access().await, expected);
        assert_eq!(bench.asked(), usize::from(hours > 84));
        assert_eq!(bench.ends(), None);
    }
}

/// Guard: `Tokens::client_id` goes with each refresh, and on into the next pair.
#[tokio::test]
async fn a_sign_in_under_an_id_of_its_own_is_refreshed_under_it() {
    let bench = Bench::with(&[Answer::Pair("first"), Answer::Pair("second"), Answer::Pair("device")]).await;
    let (password, totp) = ("hunter2".into(), "123456".into());
    bench.session.sign_in_afresh("desk@example.org", &password, Some(&totp)).await.unwrap();
    let kept = bench.tokens.load().await.unwrap().unwrap();
    let own = kept.client_id.clone().unwrap();
    assert_ne!(own, bench.device.as_str());
    bench.session.after_rejection(&kept.access).await.unwrap();
    assert_eq!(bench.tokens.load().await.unwrap().unwrap().client_id, Some(own.clone()));
    bench.session.sign_in("desk@example.org", &password, None).await.unwrap();
    assert_eq!(bench.tokens.load().await.unwrap().unwrap().client_id, None);
    let asked = bench.asked.lock().unwrap().clone();
    let ids: Vec<&str> = asked.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, [&own, &own, bench.device.as_str()]);
    assert!(asked[0].1.contains("password=hunter2&totp=123456"), "the form is what the service wants");
    assert!(asked[1].1.contains("refresh_token=refresh-first") && !asked[2].1.contains("totp"));
}

/// Guard: `Held::early_again` and `Dead::again`.
#[tokio::test]
async fn a_refresh_that_was_refused_is_tried_again_after_an_hour_and_one_that_failed_after_a_minute() {
    let bench = Bench::with(&[Answer::Gateway, Answer::Refusal, Answer::Refusal, Answer::Pair("new")]).await;
    let old = bench.holds("old", TimeDelta::days(4)).await;
    // The time that passes, how often it has asked by then, whether the end is said.
    let steps = [
        (Duration::ZERO, 1, false),
        (Duration::from_secs(50), 1, false),
        (Duration::from_secs(20), 2, true),
        (Duration::from_mins(2), 2, true),
        (Duration::from_mins(55), 2, true),
        (Duration::from_mins(5), 3, true),
        (Duration::from_mins(30), 3, true),
    ];
    for (time, asked, said) in steps {
        pass(time).await;
        assert_eq!(bench.access().await, "access-old", "it works until its end");
        assert_eq!((bench.asked(), bench.ends()), (asked, said.then_some(old.access_ends)), "after {time:?}");
    }
    pass(Duration::from_mins(31)).await;
    assert_eq!(bench.access().await, "access-new");
    assert_eq!((bench.asked(), bench.ends()), (4, None));
}

#[tokio::test]
async fn the_end_is_said_until_somebody_signs_in_anew() {
    let bench = Bench::with(&[Answer::Refusal, Answer::Pair("new")]).await;
    let old = bench.holds("old", TimeDelta::days(4)).await;
    let mut ends = bench.session.sign_in_ends();
    bench.access().await;
    ends.changed().await.unwrap();
    assert_eq!(*ends.borrow_and_update(), Some(old.access_ends));
    bench.session.sign_in("desk@example.org", &"hunter2".into(), None).await.unwrap();
    ends.changed().await.unwrap();
    assert_eq!(*ends.borrow_and_update(), None);
}

/// The other process is `tapdesk sign-in`.
#[tokio::test]
async fn a_sign_in_by_another_process_is_noticed_within_a_minute() {
    let bench = Bench::with(&[Answer::Refusal]).await;
    bench.holds("old", TimeDelta::days(4)).await;
    bench.access().await;
    assert!(bench.ends().is_some());
    bench.holds("other", TimeDelta::zero()).await;
    pass(Duration::from_secs(61)).await;
    assert_eq!((bench.access().await.as_str(), bench.ends()), ("access-other", None));
}

#[tokio::test]
async fn a_sign_in_that_is_over_ended_when_the_service_said_so() {
    let bench = Bench::with(&[Answer::Refusal]).await;
    let old = bench.holds("old", TimeDelta::hours(1)).await;
    let before = Utc::now();
    assert!(matches!(bench.session.after_rejection(&old.access).await, Err(Trouble::SignedOut(_))));
    let ended = bench.ends().unwrap();
    assert!((before..=Utc::now()).contains(&ended), "{ended}, and not at the end of the token");
    assert!(matches!(bench.session.access().await, Err(Trouble::SignedOut(_))));
    assert_eq!((bench.asked(), bench.ends()), (1, Some(ended)));
}

/// Nobody answers at all: what is known is the refresh token's age.
#[tokio::test]
async fn a_kiosk_that_was_off_for_long_says_when_its_sign_in_ends() {
    for (days, said) in [(10, false), (12, true), (20, true)] {
        let bench = Bench::with(&[Answer::Gateway]).await;
        let old = bench.holds("old", TimeDelta::days(days)).await;
        assert_eq!(bench.access().await, "access-old");
        assert_eq!(bench.ends(), said.then_some(old.issued_at + TimeDelta::days(15)), "{days} days");
    }
}
