//! What the account may do of the staff's acts, as far as that can be found out without doing any.

use tapdesk_core::checkin::Trouble;

use super::StaffDesk;
use crate::spaces::client::{Client, Update};
use crate::spaces::governor::Priority;
use crate::spaces::records::checkin::Checkin;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::records::failed_checkin::FailedCheckin;

impl StaffDesk {
    /// Finds out which edits the account may make: a full administrator all, another one by an empty PUT each, which names
    /// no record and so can change none. What it may create and read is learnt from use: an empty POST could become a record.
    pub async fn look_at_rights(&self) {
        match self.rooms.spaces.account().await {
            Ok(account) if account.is_admin => return,
            Ok(_) => {}
            // Nobody can say: what is refused is remembered then.
            Err(_) => return,
        }
        let client = self.rooms.spaces.client(Priority::Background);
        self.try_editing::<Checkin>(client, "Checkin-Edit").await;
        self.try_editing::<FailedCheckin>(client, "FailedCheckin-Edit").await;
        self.try_editing::<Coworker>(client, "Coworker-Edit").await;
        // What is lacking stands in the frame.
        self.rooms.recorder.touch();
    }

    async fn try_editing<E: Update>(&self, client: Client<'_>, role: &str) {
        match client.try_editing::<E>().await {
            Ok(()) | Err(Trouble::NotFound | Trouble::Invalid(_)) => self.lacking.note_permitted(role),
            Err(Trouble::NotPermitted(_)) => self.lacking.note_refused(role),
            Err(_) => {}
        }
    }
}
