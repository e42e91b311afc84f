//! The tables in lists of records: roles, participants, memberships and others.

use serde_json::{Value, json};

use super::columns::parts_of;
use super::{At, Reading};
use crate::export::plain::Fields;
use crate::import::merge::as_text;
use crate::import::taken::add;
use crate::import::text::host;
use crate::model::Kind;
use crate::model::fields::Holds;

impl Reading<'_, '_> {
    /// Adds what a row says of one role, participant or the like; what misses its half is told.
    pub fn part(&mut self, kind: Kind, key: &str, list: &str, mut part: Fields, at: &At) {
        let has = |part: &Fields, field: &str| part.contains_key(field);
        let missing = match list {
            "roles" if !has(&part, "of") => Some("a role stands in a group: no cell of the row names one"),
            "part_of" if !has(&part, "of") => Some("no cell of the row says of which group it is a part"),
            "participants" | "involved"
                if !["who", "desc", "withheld"].iter().any(|field| has(&part, field)) =>
            {
                Some("no cell of the row says who it was")
            }
            "links" if !has(&part, "url") => Some("a link without an address"),
            "confirmed_by" | "denied_by" | "retracted_by" | "no_comment_by" if !has(&part, "who") => {
                Some("no cell of the row says whose word it is")
            }
            _ => None,
        };
        if let Some(why) = missing {
            let only = part.iter().next().filter(|_| part.len() == 1);
            let (field, value) = match only {
                Some((field, value)) => (format!("{list}.{field}"), as_text(value)),
                None => (list.to_owned(), as_text(&Value::Object(part))),
            };
            self.taken.lose(&at.record, field, value, why);
            return;
        }
        if list == "roles" && !has(&part, "role") {
            part.insert("role".to_owned(), json!("member"));
            let of = part.get("of").map(as_text).unwrap_or_default();
            self.taken.lose(
                &at.record,
                "roles.role",
                of,
                "no cell says which role it is: it became `member`",
            );
        }
        if list == "links" && !has(&part, "title") {
            let title = part.get("url").and_then(Value::as_str).map(host).unwrap_or_default();
            part.insert("title".to_owned(), json!(title));
        }
        let ordered =
            parts_of(list).filter_map(|field| Some((field.name.to_owned(), part.get(field.name)?.clone())));
        let ordered: Fields = ordered.collect();
        add(self.taken.record(kind, key), list, Value::Object(ordered));
    }

    /// Adds a role, participant or the like for each that a cell names.
    pub fn each_part(
        &mut self,
        kind: Kind,
        key: &str,
        (list, field, holds): (&str, &str, Holds),
        cell: &str,
        at: &At,
    ) {
        for one in super::values::items(cell) {
            let path = format!("{list}.{field}");
            if let Some(value) = self.value(kind, &path, holds, &one, at) {
                let part = Fields::from_iter([(field.to_owned(), value)]);
                self.part(kind, key, list, part, at);
            }
        }
    }
}
