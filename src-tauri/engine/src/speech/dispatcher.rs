//! Speech Dispatcher: a connection of our own to its socket, so that only what Tapdesk said is cut.

use std::os::unix::net::UnixStream;
use std::process::Stdio;

use ssip_client_async::fifo::synchronous::Builder;
use ssip_client_async::{Client, ClientError, ClientName, ClientScope, MessageScope, OK_CANCELED, OK_LANGUAGE_SET};
use ssip_client_async::{OK_OUTPUT_MODULES_LIST_SENT, OK_SSML_MODE_SET, OK_VOLUME_SET};
use tokio::process::Command;

use super::WITHIN;

/// The module that says, aloud, that nothing is configured.
const NO_VOICE: &str = "dummy";
/// Its default language, where none is asked for.
const DEFAULT_LANGUAGE: &str = "en";

/// The connection, kept while it works: the daemon ends some seconds after its last one.
#[derive(Default)]
pub(super) struct Dispatcher {
    client: Option<Client<UnixStream>>,
    /// Whether there may be words to be cut.
    speaks: bool,
}

impl Dispatcher {
    /// Makes sure of a connection to a daemon with a voice, starting it where it does not run. Fails with why not.
    pub(super) async fn connect(&mut self) -> Result<(), String> {
        if let Some(client) = &mut self.client
            && voices(client).is_ok()
        {
            return Ok(());
        }
        self.client = None;
        let mut client = greet();
        if client.is_err() {
            start().await?;
            client = greet();
        }
        self.client = Some(client.map_err(|error| format!("Speech Dispatcher: {error}"))?);
        Ok(())
    }

    /// Speaks, instead of what it speaks.
    pub(super) fn speak(&mut self, text: &str, language: Option<&str>, percent: u64) {
        let Some(client) = &mut self.client else { return };
        self.speaks = true;
        if let Err(error) = say(client, text, language.unwrap_or(DEFAULT_LANGUAGE), percent) {
            tracing::warn!(%error, "Speech Dispatcher");
            self.client = None;
        }
    }

    /// Ends what it speaks of ours.
    pub(super) fn stop(&mut self) {
        let Some(client) = self.client.as_mut().filter(|_| std::mem::take(&mut self.speaks)) else { return };
        if let Err(error) = client.cancel(MessageScope::Last).and_then(|client| client.check_status(OK_CANCELED)) {
            tracing::warn!(%error, "Speech Dispatcher");
            self.client = None;
        }
    }
}

/// Starts the daemon, as its own library does. It goes into the background by itself.
async fn start() -> Result<(), String> {
    let mut command = Command::new("speech-dispatcher");
    command.arg("--spawn").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match tokio::time::timeout(WITHIN, command.status()).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(format!("speech-dispatcher ended with {status}")),
        Ok(Err(error)) => Err(format!("speech-dispatcher: {error}")),
        Err(_) => Err("speech-dispatcher did not start in time".to_owned()),
    }
}

fn greet() -> Result<Client<UnixStream>, ClientError> {
    let mut client = Builder::new().timeout(WITHIN).build()?;
    client.set_client_name(ClientName::new("tapdesk", "tapdesk"))?.check_client_name_set()?;
    client.set_ssml_mode(false)?.check_status(OK_SSML_MODE_SET)?;
    voices(&mut client)?;
    Ok(client)
}

/// Fails where no module has a voice.
fn voices(client: &mut Client<UnixStream>) -> Result<(), ClientError> {
    let modules = client.list_output_modules()?.receive_lines(OK_OUTPUT_MODULES_LIST_SENT)?;
    if modules.iter().any(|module| module != NO_VOICE) { Ok(()) } else { Err(ClientError::TooFewLines) }
}

fn say(client: &mut Client<UnixStream>, text: &str, language: &str, percent: u64) -> Result<(), ClientError> {
    client.set_language(ClientScope::Current, language)?.check_status(OK_LANGUAGE_SET)?;
    client.set_volume(ClientScope::Current, volume(percent))?.check_status(OK_VOLUME_SET)?;
    client.speak()?.check_receiving_data()?.send_line(&stuffed(text))?.receive_message_id()?;
    Ok(())
}

/// A line that begins with a dot would end the text; one dot more is taken away at the other end.
fn stuffed(text: &str) -> String {
    if text.starts_with('.') { format!(".{text}") } else { text.to_owned() }
}

/// Percent on its scale from -100 to 100.
fn volume(percent: u64) -> i8 {
    i8::try_from(percent.min(100)).map_or(100, |percent| (percent - 50).saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_are_put_on_its_scale() {
        assert_eq!([0, 25, 50, 100, 1000].map(volume), [-100, -50, 0, 100, 100]);
    }

    #[test]
    fn a_text_does_not_end_at_its_first_dot() {
        assert_eq!(stuffed("."), "..");
        assert_eq!(stuffed("a."), "a.");
    }
}
