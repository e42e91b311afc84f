//! A membership of Popolo -> a role of a person, or a part of a group.

use serde_json::{Value, json};

use super::{Owner, Popolo};
use crate::export::plain::Fields;
use crate::import::merge::as_text;
use crate::import::object::Object;
use crate::import::taken::{add, put};
use crate::import::when;
use crate::model::Kind;
use crate::model::kinds::{GROUP, PARTY, PERSON, PLACE};

impl Popolo<'_, '_> {
    /// Puts a membership onto the record of whose it is. `at` is its number, for a report on one without an identifier,
    /// and `owner` the object that it stands in.
    pub(super) fn membership(&mut self, at: usize, owner: Owner, object: &Object) {
        let name = object.text("id").unwrap_or_else(|| format!("membership {at}"));
        let owner = |kind: Kind| owner.as_ref().filter(|(known, _)| *known == kind).map(|(_, id)| id.clone());
        let post = object.text("post_id");
        let post = post.as_ref().and_then(|id| self.posts.get(id));
        let of_post = |field: &str| post.and_then(|post| post.text(field));
        let organization =
            object.text("organization_id").or_else(|| of_post("organization_id")).or(owner(Kind::Group));
        let person = object.text("person_id").or(owner(Kind::Person));
        let member = object.text("member_id");
        let role = object.text("role").or_else(|| object.text("label"));
        let role = role
            .or_else(|| of_post("label"))
            .or_else(|| of_post("role"))
            .unwrap_or_else(|| "member".to_owned());
        let area = object.text("area_id").or_else(|| of_post("area_id"));
        // What stands there in full is read by itself.
        object.skip(&["person", "organization", "post", "area", "member", "id"]);

        let of = organization.as_ref().and_then(|id| self.taken.key(id, GROUP));
        let of_person = person.as_ref().and_then(|id| self.taken.keys.get(id, PERSON));
        let whose = of_person.or_else(|| self.taken.keys.get(member.as_ref()?, PARTY));
        let (Some(of), Some((kind, key))) = (of, whose.clone()) else {
            let missing = if organization.is_none() || person.is_none() && member.is_none() {
                "a membership of nobody, or in nothing"
            } else {
                "its person or its organization is not in the file"
            };
            let name = whose.map_or(name, |(kind, key)| format!("{}/{key}", kind.plural()));
            let ends = [person.or(member), organization].map(Option::unwrap_or_default).join(" in ");
            self.taken.lose(name, "membership", format!("{role}: {ends}"), missing);
            return;
        };
        let record = format!("{}/{key}", kind.plural());
        let mut fields = Fields::new();
        if kind == Kind::Person {
            let behalf = object.text("on_behalf_of_id");
            let role = match behalf.as_ref().map(|id| self.names.get(id).unwrap_or(id)) {
                Some(behalf) => format!("{role} (for {behalf})"),
                None => role,
            };
            put(&mut fields, "role", Some(&role));
        }
        put(&mut fields, "of", Some(&of));
        let term = object.text("legislative_period_id");
        let (mut from, mut to) = (object.text("start_date"), object.text("end_date"));
        let dates = term.as_ref().and_then(|term| self.terms.get(term));
        match (&from, &to, dates) {
            (None, None, Some((Some(start), Some(end)))) => {
                // Somebody was a member in that term, for all of it or less.
                from = when::between(start, end);
                to = from.clone();
            }
            _ => {
                if let Some(term) = term {
                    let why = "a role has dates, and no term";
                    self.taken.lose(&record, "membership.legislative_period_id", term, why);
                }
            }
        }
        for (field, text) in [("from", from), ("to", to)] {
            let date = text.as_deref().and_then(when::iso);
            put(&mut fields, field, date.as_deref());
            if let (None, Some(text)) = (date, text) {
                self.taken.lose(&record, format!("membership.{field}"), text, "no date");
            }
        }
        match area.map(|area| self.taken.key(&area, PLACE).ok_or(area)) {
            Some(Ok(place)) if kind == Kind::Person => put(&mut fields, "place", Some(&place)),
            Some(Ok(area) | Err(area)) => {
                self.taken.lose(&record, "membership.area_id", area, "not in the file, or no field for it");
            }
            None => {}
        }
        for source in self.sources(&record, object) {
            add(&mut fields, "cite", json!(source));
        }
        for (field, value) in object.rest() {
            let value = as_text(&value);
            self.taken.lose(&record, format!("membership.{field}"), value, "no field for it");
        }
        let list = if kind == Kind::Person { "roles" } else { "part_of" };
        add(self.taken.record(kind, &key), list, Value::Object(fields));
    }
}
