//! What the account may do: the roles that Tapdesk's calls need, no more, and which of them it has.

use tapdesk_core::checkin::Trouble;
use tapdesk_core::ids::{CheckinId, FailedCheckinId, TimePassId};

use crate::spaces::client::Client;
use crate::spaces::desk::Spaces;
use crate::spaces::governor::Priority;
use crate::spaces::query::Query;
use crate::spaces::records::Record;
use crate::spaces::records::business::Business;
use crate::spaces::records::checkin::Checkin;
use crate::spaces::records::coworker::Coworker;
use crate::spaces::records::coworker_time_pass::CoworkerTimePass;
use crate::spaces::records::failed_checkin::FailedCheckin;
use crate::spaces::records::time_pass::TimePass;
use crate::spaces::records::time_zone::SimpleTimeZone;

/// A role by the service's own name, and whether the kiosk works without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// `{Entity}-{Right}`, as the service names it.
    pub name: &'static str,
    /// Without it the kiosk cannot work; else it only shows or mends less.
    pub needed: bool,
}

/// Every role that a call of Tapdesk needs (`nexudus-api.md` section 1.5), in the order in which they are shown.
pub const ROLES: [Role; 18] = [
    needed("Business-List"),
    needed("Business-Read"),
    needed("Coworker-List"),
    needed("Coworker-Read"),
    needed("Checkin-List"),
    needed("Checkin-Read"),
    needed("Checkin-Create"),
    needed("Checkin-Edit"),
    needed("FailedCheckin-List"),
    needed("FailedCheckin-Create"),
    useful("SimpleTimeZone-Read"),
    useful("Checkin-Delete"),
    useful("CoworkerTimePass-List"),
    useful("TimePass-List"),
    useful("TimePass-Read"),
    useful("FailedCheckin-Read"),
    useful("FailedCheckin-Edit"),
    useful("Coworker-Edit"),
];

const fn needed(name: &'static str) -> Role {
    Role { name, needed: true }
}

const fn useful(name: &'static str) -> Role {
    Role { name, needed: false }
}

/// Whether the account has a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It has.
    Yes,
    /// It has not: the service said so.
    No,
    /// Nobody asked, or the answer says nothing.
    Unknown,
}

/// What the account may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// All of [`ROLES`].
    pub roles: Vec<(Role, Held)>,
    /// Whether the roles to write were tried.
    pub writes_tried: bool,
}

impl Rights {
    /// The needed roles that the account has not.
    pub fn lacking(&self) -> Vec<&'static str> {
        let lacking = self.roles.iter().filter(|(role, held)| role.needed && *held == Held::No);
        lacking.map(|(role, _)| role.name).collect()
    }
}

/// The least set of roles, one a line, for whoever gives the account its roles.
pub fn list() -> String {
    let names = |needed: bool| ROLES.iter().filter(move |role| role.needed == needed).map(|role| role.name);
    let lines = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<Vec<_>>().join("\n");
    format!("{}\n\n# useful\n{}\n", lines(&mut names(true)), lines(&mut names(false)))
}

/// Looks at the account's rights by reading. With `writes` the roles to create and edit are tried too, by empty records,
/// which the service refuses for the fields that they lack: nothing is recorded.
///
/// A full administrator has them all, and is not tried.
pub async fn look(spaces: &Spaces, administrator: bool, writes: bool) -> Rights {
    if administrator {
        return Rights { roles: ROLES.map(|role| (role, Held::Yes)).to_vec(), writes_tried: true };
    }
    let client = spaces.client(Priority::Urgent);
    // Asked once, since two roles show in each.
    let (location, member) = (spaces.location().await, first::<Coworker>(client).await);
    let mut roles = Vec::new();
    for role in ROLES {
        roles.push((role, held(role.name, &location, &member, client, writes).await));
    }
    Rights { roles, writes_tried: writes }
}

async fn held(
    role: &str,
    location: &Result<Business, Trouble>,
    member: &Result<Option<Coworker>, Trouble>,
    client: Client<'_>,
    writes: bool,
) -> Held {
    let tried = match role {
        "Business-List" => first::<Business>(client).await.map(drop),
        "Business-Read" => location.as_ref().map(drop).map_err(Trouble::clone),
        "Coworker-List" => member.as_ref().map(drop).map_err(Trouble::clone),
        "Coworker-Read" => match member {
            Ok(Some(member)) => client.get::<Coworker>(member.id()).await.map(drop),
            Ok(None) => return Held::Unknown,
            Err(trouble) => Err(trouble.clone()),
        },
        "Checkin-List" => first::<Checkin>(client).await.map(drop),
        // A location may have no check-in yet: there is none of this number, and only who may read is told so.
        "Checkin-Read" => client.get::<Checkin>(CheckinId(0)).await.map(drop),
        "FailedCheckin-List" => first::<FailedCheckin>(client).await.map(drop),
        // As with the check-ins: there is none of this number.
        "FailedCheckin-Read" => client.get::<FailedCheckin>(FailedCheckinId(0)).await.map(drop),
        "SimpleTimeZone-Read" => match location.as_ref().map(|location| location.time_zone) {
            Ok(Some(zone)) => client.get::<SimpleTimeZone>(zone).await.map(drop),
            _ => return Held::Unknown,
        },
        "CoworkerTimePass-List" => first::<CoworkerTimePass>(client).await.map(drop),
        "TimePass-List" => first::<TimePass>(client).await.map(drop),
        "TimePass-Read" => client.get::<TimePass>(TimePassId(0)).await.map(drop),
        "Checkin-Create" if writes => client.try_creating::<Checkin>().await,
        edit if writes && EDITS.contains(&edit) => return try_edit(edit, client).await,
        "FailedCheckin-Create" if writes => client.try_creating::<FailedCheckin>().await,
        _ => return Held::Unknown,
    };
    shown_by(&tried)
}

/// The roles to edit.
pub(crate) const EDITS: [&str; 3] = ["Checkin-Edit", "FailedCheckin-Edit", "Coworker-Edit"];

/// Whether the account has one of [`EDITS`], tried by an empty PUT: it names no record, and so can change none.
pub(crate) async fn try_edit(role: &str, client: Client<'_>) -> Held {
    shown_by(&match role {
        "Checkin-Edit" => client.try_editing::<Checkin>().await,
        "FailedCheckin-Edit" => client.try_editing::<FailedCheckin>().await,
        "Coworker-Edit" => client.try_editing::<Coworker>().await,
        _ => return Held::Unknown,
    })
}

/// What a call says of the role that it needs.
fn shown_by(tried: &Result<(), Trouble>) -> Held {
    match tried {
        Ok(()) | Err(Trouble::NotFound | Trouble::Invalid(_)) => Held::Yes,
        Err(Trouble::NotPermitted(_)) => Held::No,
        Err(_) => Held::Unknown,
    }
}

async fn first<E: Record>(client: Client<'_>) -> Result<Option<E>, Trouble> {
    Ok(client.list(&Query::<E>::new().size(1)).await?.records.into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_each_role_once_and_what_is_only_useful_last() {
        let list = list();
        for role in ROLES {
            assert_eq!(list.lines().filter(|line| *line == role.name).count(), 1, "{}", role.name);
        }
        let place = |name: &str| list.find(name).unwrap();
        assert!(place("FailedCheckin-Create") < place("# useful") && place("# useful") < place("Coworker-Edit"));
    }

    #[test]
    fn only_what_the_kiosk_cannot_work_without_is_lacking() {
        let without = |name: &str| Rights {
            roles: ROLES.map(|role| (role, if role.name == name { Held::No } else { Held::Unknown })).to_vec(),
            writes_tried: false,
        };
        assert_eq!(without("Checkin-Create").lacking(), ["Checkin-Create"]);
        assert!(without("TimePass-List").lacking().is_empty());
    }
}
