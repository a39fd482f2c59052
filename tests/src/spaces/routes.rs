//! What is served where: paths and verbs to routes, whatever the case, with or without a trailing slash
//! (nexudus-api.md section 1.1); and an explanation for a request that nobody expected.

use serde_json::json;

use super::replies::Reply;
use super::schema::{Entity, Schema};

/// One thing that can be asked of the service.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Route {
    Token,
    Me,
    Enums,
    Avatar(i64),
    PublicCheckin,
    Commands(&'static Schema),
    RunCommand(&'static Schema),
    List(&'static Schema),
    /// `?id=[1,2]`; found once the query is read.
    Several(&'static Schema),
    One(&'static Schema, Option<i64>),
    Create(&'static Schema),
    Update(&'static Schema),
    Delete(&'static Schema, Option<i64>),
}

/// Why there is no route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRoute {
    Path,
    Verb,
}

impl Route {
    /// The route of a request.
    pub(crate) fn find(method: &str, path: &str) -> Result<Self, NoRoute> {
        let path = path.to_ascii_lowercase();
        let segments: Vec<&str> = path.trim_end_matches('/').split('/').skip(1).collect();
        let only = |verb, route| if method == verb { Ok(route) } else { Err(NoRoute::Verb) };
        match segments.as_slice() {
            ["api", "token"] => only("POST", Self::Token),
            ["api", "auth", "me"] => only("GET", Self::Me),
            ["api", "utils", "enums"] => only("GET", Self::Enums),
            ["api", "public", "checkin"] => only("POST", Self::PublicCheckin),
            ["api", "spaces", "coworkers", "getavatar", id] => only("GET", Self::Avatar(id.parse().unwrap_or(-1))),
            ["api", module, plural] => match (method, schema(module, plural)?) {
                ("GET", schema) => Ok(Self::List(schema)),
                ("POST", schema) if schema.verbs.contains(&"POST") => Ok(Self::Create(schema)),
                ("PUT", schema) if schema.verbs.contains(&"PUT") => Ok(Self::Update(schema)),
                _ => Err(NoRoute::Verb),
            },
            ["api", module, plural, "commands"] => only("GET", Self::Commands(schema(module, plural)?)),
            ["api", module, plural, "runcommand"] => only("POST", Self::RunCommand(schema(module, plural)?)),
            ["api", module, plural, id] => match (method, schema(module, plural)?) {
                ("GET", schema) => Ok(Self::One(schema, id.parse().ok())),
                ("DELETE", schema) if schema.verbs.contains(&"DELETE") => Ok(Self::Delete(schema, id.parse().ok())),
                _ => Err(NoRoute::Verb),
            },
            _ => Err(NoRoute::Path),
        }
    }

    /// The role it asks for (section 1.5).
    pub(crate) fn role(self) -> Option<String> {
        let (schema, right) = match self {
            Self::Token | Self::Me | Self::Enums | Self::PublicCheckin => return None,
            Self::Avatar(_) => (Entity::Coworker.schema(), "Read"),
            Self::Commands(schema) | Self::List(schema) => (schema, "List"),
            Self::One(schema, _) | Self::Several(schema) => (schema, "Read"),
            Self::Create(schema) => (schema, "Create"),
            Self::Update(schema) | Self::RunCommand(schema) => (schema, "Edit"),
            Self::Delete(schema, _) => (schema, "Delete"),
        };
        Some(format!("{}-{right}", schema.name))
    }
}

fn schema(module: &str, plural: &str) -> Result<&'static Schema, NoRoute> {
    let found =
        Entity::ALL.map(Entity::schema).into_iter().find(|schema| schema.module == module && schema.plural == plural);
    found.ok_or(NoRoute::Path)
}

/// Every route, as `VERB /path`.
pub(crate) fn known() -> Vec<String> {
    let mut known: Vec<String> = [
        "POST /api/token",
        "GET /api/auth/me",
        "GET /api/utils/enums?name=",
        "POST /api/public/checkin",
        "GET /api/spaces/coworkers/getavatar/{id}",
    ]
    .map(str::to_owned)
    .to_vec();
    for schema in Entity::ALL.map(Entity::schema) {
        let path = format!("/api/{}/{}", schema.module, schema.plural);
        known.push(format!("GET {path}/{{id}}"));
        known.push(format!("GET {path}?id=[{{id}},{{id}}]"));
        known.push(format!("GET {path}/commands"));
        known.push(format!("POST {path}/runcommand"));
        known.extend(schema.verbs.iter().map(|verb| match *verb {
            "DELETE" => format!("DELETE {path}/{{id}}"),
            verb => format!("{verb} {path}"),
        }));
    }
    known
}

/// The answer to a request that nobody expected: what it was and what it may have meant.
pub(crate) fn explain(method: &str, path: &str, why: NoRoute) -> Reply {
    let asked = format!("{method} {}", path.to_ascii_lowercase().trim_end_matches('/'));
    let mut nearest = known();
    nearest.sort_by_key(|route| distance(&asked, &route.to_ascii_lowercase().replace("get ", "GET ")));
    nearest.truncate(3);
    let (status, message) = match why {
        NoRoute::Path => (404, format!("No HTTP resource was found that matches the request {method} {path}.")),
        NoRoute::Verb => (405, format!("The requested resource does not support http method '{method}'.")),
    };
    Reply::json(status, &json!({ "Message": message, "Method": method, "Path": path, "Nearest": nearest }))
}

/// Insertions, deletions and replacements between two texts.
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut corner = above;
        row[0] = above + 1;
        for (place, other) in two.iter().enumerate() {
            let replaced = corner + usize::from(letter != *other);
            corner = row[place + 1];
            row[place + 1] = replaced.min(corner + 1).min(row[place] + 1);
        }
    }
    row[two.len()]
}
