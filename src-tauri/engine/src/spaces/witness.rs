//! Who sees each call, beside the one that made it: for figures and traces. Nothing waits for it.

use std::fmt;
use std::time::Duration;

use super::governor::Priority;

/// A call that goes out.
#[derive(Debug)]
pub struct Sent<'a> {
    /// GET, POST, PUT or DELETE.
    pub method: &'static str,
    /// Under the API's base.
    pub path: &'a str,
    /// How often it has been sent, this time included.
    pub attempt: u32,
}

/// Sees each call.
pub trait Witness: Send + Sync + fmt::Debug {
    /// It goes out; a number to know it again by, where it is followed further.
    fn goes_out(&self, sent: &Sent<'_>) -> Option<usize>;
    /// The call of this number came to this, one of a closed list of words.
    fn came_back(&self, priority: Priority, number: Option<usize>, outcome: &'static str, took: Duration);
    /// The budget, or the service's own word, did not let it go out in time.
    fn not_sent(&self, priority: Priority);
}
