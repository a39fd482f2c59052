//! What the account may do of the staff's acts, as far as that can be found out without doing any.

use super::StaffDesk;
use crate::rights::{EDITS, Held, try_edit};
use crate::spaces::governor::Priority;

impl StaffDesk {
    /// Finds out which edits the account may make: a full administrator all, another one by an empty PUT each, which names
    /// no record and so can change none. What it may create and read is learnt from use: an empty POST could become a record.
    pub async fn look_at_rights(&self) {
        // Where nobody can say who is signed in, what is refused is remembered then.
        if self.rooms.spaces.account().await.map_or(true, |account| account.is_admin) {
            return;
        }
        for role in EDITS {
            match try_edit(role, self.rooms.spaces.client(Priority::Background)).await {
                Held::Yes => self.lacking.note_permitted(role),
                Held::No => self.lacking.note_refused(role),
                Held::Unknown => {}
            }
        }
        // What is lacking stands in the frame.
        self.rooms.recorder.touch();
    }
}
