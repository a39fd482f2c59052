//! Finding a member for an act, by a part of the name or by the number. Staff are behind a PIN, so whole names are shown.

use std::collections::BTreeMap;

use tapdesk_core::ids::CoworkerId;
use tapdesk_core::member::Member;

use super::StaffDesk;
use super::facts::known_view;
use super::member::member_view;
use super::view::DeskProblem;
use super::view::detail::MemberView;
use crate::names::folded;
use crate::spaces::governor::Priority;
use crate::spaces::query::Query;
use crate::spaces::records::coworker;

/// How many are found at most.
const FOUND: usize = 20;
/// How many are asked for: some of them are not who was meant.
const ASKED: u32 = 50;

impl StaffDesk {
    /// The members who may be meant, at most twenty, by name; those who are archived last. Without a connection, as far
    /// as they are known here.
    pub async fn members(&self, text: &str) -> Result<Vec<MemberView>, DeskProblem> {
        let typed = folded(text.trim());
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let number = typed.parse().ok().filter(|number| *number > 0);
        let meant = |id: CoworkerId, name: &str| number == Some(id.0) || is_part_of(&typed, name);
        let here = |member: &Member| meant(member.id, &member.full_name);
        let known = self.rooms.directory.members_that(here).into_iter().map(known_view);
        let mut found: BTreeMap<i64, MemberView> = known.map(|member| (member.coworker, member)).collect();
        let client = self.rooms.spaces.client(Priority::Urgent);
        let asked = if let Some(number) = number {
            self.coworker(number).await.map(|member| vec![member])
        } else {
            let query = Query::new().is(coworker::FULL_NAME, text.trim()).size(ASKED);
            self.heard(client.list(&query).await, "Coworker-List").map(|page| page.records)
        };
        match asked {
            Ok(members) => {
                let members = members.iter().filter(|found| meant(found.member.id, &found.member.full_name));
                found.extend(members.map(|member| (member.member.id.0, member_view(member))));
            }
            Err(DeskProblem::Gone) => {}
            // Better than nobody is who is known here.
            Err(problem) if found.is_empty() => return Err(problem),
            Err(_) => {}
        }
        let mut found: Vec<MemberView> = found.into_values().collect();
        found.sort_by_cached_key(|member| (member.archived, folded(&member.name), member.coworker));
        found.truncate(FOUND);
        Ok(found)
    }
}

/// Whether each word that was typed is a part of the name, whatever the case and accents.
fn is_part_of(typed: &str, name: &str) -> bool {
    let name = folded(name);
    typed.split_whitespace().all(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_in_any_order_case_and_accent() {
        for (typed, name, meant) in [
            ("ana", "Ana Prieto", true),
            ("pri an", "Ana Prieto", true),
            ("núñ", "José Ángel Núñez", true),
            ("nunez jose", "José Ángel Núñez", true),
            ("ana lopez", "Ana Prieto", false),
            ("王", "王秀英", true),
        ] {
            assert_eq!(is_part_of(&folded(typed), name), meant, "{typed}");
        }
    }
}
