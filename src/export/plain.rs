//! A record -> its fields as plain values, under the names and in the order in which authors write them.
//!
//! What is withheld was taken out before. `allow`, `draft`, `undo` and `withhold` are the authors' own affair and are
//! not told.

use serde_json::{Map, Value, json};

use crate::model::body::Body;
use crate::model::calendar::AsGiven;
use crate::model::citation::Citation;
use crate::model::date::Date;
use crate::model::dossier::{Dossier, Id};
use crate::model::kinds::{ANY, GROUP, OCCASION, PARTY, PERSON, PLACE, RELATION};
use crate::model::meeting::{Count, Participant, Who};
use crate::model::name::{Name, SpellingKind};
use crate::model::source::By;
use crate::model::{Common, Kind, Position, Ref, Stance, Standing, WebLink};
use crate::source::Spanned;

/// Fields by their names.
pub type Fields = Map<String, Value>;

/// The fields of a record or article, `key` before all others.
pub fn record(dossier: &Dossier, id: Id) -> Fields {
    let mut plain = Plain { dossier, fields: Fields::new() };
    plain.fields.insert("key".to_owned(), json!(dossier.key(id)));
    let index = id.index;
    match id.kind {
        Kind::Person => dossier.people.get(index).map(|record| plain.person(&record.data)),
        Kind::Group => dossier.groups.get(index).map(|record| plain.group(&record.data)),
        Kind::Meeting => dossier.meetings.get(index).map(|record| plain.meeting(&record.data)),
        Kind::Event => dossier.events.get(index).map(|record| plain.event(&record.data)),
        Kind::Relation => dossier.relations.get(index).map(|record| plain.relation(&record.data)),
        Kind::Place => dossier.places.get(index).map(|record| plain.place(&record.data)),
        Kind::Source => dossier.sources.get(index).map(|record| plain.source(&record.data)),
        Kind::Term => dossier.terms.get(index).map(|record| {
            plain.name(&record.data.name);
            plain.markdown("definition", Some(&record.data.definition));
        }),
        Kind::Correction => dossier.corrections.get(index).map(|record| plain.correction(&record.data)),
        Kind::Article => dossier.article(id).map(|article| plain.article(article)),
    };
    if let Some(standing) = dossier.standing(id) {
        plain.standing(standing, id.kind);
    }
    if let Some(common) = dossier.common(id) {
        plain.common(common);
    }
    plain.fields
}

/// How many the unnamed are, as authors write it: `2..4`.
pub fn count(count: &Count) -> String {
    match count.at_most {
        Some(most) if most == count.at_least => most.to_string(),
        Some(most) => format!("{}..{most}", count.at_least),
        None => format!("{}..", count.at_least),
    }
}

struct Plain<'d> {
    dossier: &'d Dossier,
    fields: Fields,
}

impl<'d> Plain<'d> {
    /// A table within the record.
    fn table(&self, fill: impl FnOnce(&mut Plain<'d>)) -> Value {
        let mut table = Plain { dossier: self.dossier, fields: Fields::new() };
        fill(&mut table);
        Value::Object(table.fields)
    }

    fn put(&mut self, field: &str, value: Value) {
        self.fields.insert(field.to_owned(), value);
    }

    fn text(&mut self, field: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(field, json!(text));
        }
    }

    fn list(&mut self, field: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.put(field, Value::Array(values));
        }
    }

    fn date(&mut self, field: &str, date: Option<&Spanned<Date>>) {
        self.text(field, date.map(|date| date.value.text()));
    }

    fn as_given(&mut self, field: &str, given: Option<&AsGiven>) {
        if let Some(given) = given {
            let value = self.table(|table| {
                table.text("calendar", Some(given.date.value.calendar().name()));
                table.text("date", Some(&given.date.value.to_string()));
                table.text("text", given.text.as_deref());
                table.text("lang", given.lang.as_deref());
            });
            self.put(field, value);
        }
    }

    fn markdown(&mut self, field: &str, body: Option<&Body>) {
        self.text(field, body.map(|body| body.markdown.as_str()));
    }

    /// The key of a record of one of these kinds, with its kind where there are several; nothing for one that is
    /// not in the dossier, since it may be withheld.
    fn key(&self, reference: &Ref, kinds: &[Kind]) -> Option<String> {
        let id = self.dossier.get(reference, kinds)?;
        let key = self.dossier.key(id);
        let is_plain = kinds.len() == 1 || id.kind == Kind::Article;
        Some(if is_plain { key.to_owned() } else { format!("{}/{key}", id.kind.plural()) })
    }

    fn reference(&mut self, field: &str, reference: Option<&Ref>, kinds: &[Kind]) {
        let key = reference.and_then(|reference| self.key(reference, kinds));
        self.text(field, key.as_deref());
    }

    fn cite(&mut self, citations: &[Citation]) {
        self.list("cite", citations.iter().map(|citation| json!(citation.to_string())).collect());
    }

    fn name(&mut self, name: &Name) {
        self.text("name", Some(&name.text.value));
        self.text("name_lang", name.lang.as_deref());
        let mut names = Fields::new();
        for spelling in &name.spellings {
            let key = match &spelling.kind {
                SpellingKind::Language(tag) => tag.as_str(),
                other => {
                    SpellingKind::OTHER.iter().find(|(_, kind)| kind == other).map_or("aka", |(key, _)| key)
                }
            };
            let written = match (spelling.cite.is_empty(), &spelling.note) {
                (true, None) => json!(spelling.text.value),
                _ => self.table(|table| {
                    table.text("text", Some(&spelling.text.value));
                    table.text("note", spelling.note.as_deref());
                    table.cite(&spelling.cite);
                }),
            };
            match names.entry(key).or_insert(Value::Null) {
                Value::Array(several) => several.push(written),
                known @ Value::Null => *known = written,
                known => *known = Value::Array(vec![known.take(), written]),
            }
        }
        if !names.is_empty() {
            self.put("names", Value::Object(names));
        }
    }

    fn ids(&mut self, ids: &[(String, String)]) {
        if !ids.is_empty() {
            self.put("ids", ids.iter().map(|(name, id)| (name.clone(), json!(id))).collect());
        }
    }

    fn links(&mut self, links: &[WebLink]) {
        let link = |link: &WebLink| json!({ "url": link.url.value, "title": link.title });
        self.list("links", links.iter().map(link).collect());
    }

    fn person(&mut self, person: &crate::model::person::Person) {
        self.name(&person.name);
        self.text("sort_name", person.sort_name.as_deref());
        self.markdown("summary", person.summary.as_ref());
        self.date("born", person.born.as_ref());
        self.date("died", person.died.as_ref());
        let role = |role: &crate::model::person::Role| {
            self.table(|table| {
                table.text("role", Some(&role.role));
                table.reference("of", Some(&role.of), GROUP);
                table.date("from", role.from.as_ref());
                table.date("to", role.to.as_ref());
                table.reference("place", role.place.as_ref(), PLACE);
                table.cite(&role.cite);
            })
        };
        let roles = person.roles.iter().map(role).collect();
        self.list("roles", roles);
        if let Some(portrait) = &person.portrait {
            let portrait = json!({
                "file": portrait.file.path, "alt": portrait.alt, "credit": portrait.credit,
                "licence": portrait.licence,
            });
            self.put("portrait", portrait);
        }
        self.links(&person.links);
    }

    fn group(&mut self, group: &crate::model::group::Group) {
        self.name(&group.name);
        self.text("short", group.short.as_deref());
        self.text("type", Some(group.kind.key()));
        let part_of = |part: &crate::model::group::PartOf| {
            self.table(|table| {
                table.reference("of", Some(&part.of), GROUP);
                table.date("from", part.from.as_ref());
                table.date("to", part.to.as_ref());
                table.text("share", part.share.as_deref());
                table.cite(&part.cite);
            })
        };
        let part_of = group.part_of.iter().map(part_of).collect();
        self.list("part_of", part_of);
        self.list("exclusive_roles", group.exclusive_roles.iter().map(|role| json!(role.value)).collect());
        self.text("country", group.country.as_ref().map(|country| country.value.as_str()));
        self.date("founded", group.founded.as_ref());
        self.date("dissolved", group.dissolved.as_ref());
        self.markdown("summary", group.summary.as_ref());
        self.links(&group.links);
    }

    fn meeting(&mut self, meeting: &crate::model::meeting::Meeting) {
        self.text("title", meeting.title.as_deref());
        self.text("mode", meeting.mode.map(|mode| mode.key()));
        self.date("date", meeting.date.as_ref());
        self.as_given("date_original", meeting.date_original.as_deref());
        self.date("reported", meeting.reported.as_ref());
        self.reference("place", meeting.place.as_ref(), PLACE);
        self.participants("participants", &meeting.participants);
        self.markdown("summary", meeting.summary.as_ref());
    }

    fn event(&mut self, event: &crate::model::event::Event) {
        self.text("title", Some(&event.title));
        self.date("date", event.date.as_ref());
        self.as_given("date_original", event.date_original.as_deref());
        self.text("type", event.kind.as_deref());
        self.date("reported", event.reported.as_ref());
        self.participants("involved", &event.involved);
        self.reference("place", event.place.as_ref(), PLACE);
        self.markdown("summary", event.summary.as_ref());
    }

    fn participants(&mut self, field: &str, participants: &[Participant]) {
        let participant = |participant: &Participant| {
            self.table(|table| {
                match &participant.who {
                    Who::Record(who) => table.reference("who", Some(who), PARTY),
                    Who::Withheld => table.put("withheld", json!(true)),
                    Who::Unnamed { desc, count: many } => {
                        table.text("desc", Some(desc));
                        table.text("count", many.as_ref().map(count).as_deref());
                    }
                }
                table.reference("for", participant.for_group.as_ref(), GROUP);
                table.text("as", participant.capacity.as_deref());
                table.text("named_as", participant.named_as.as_deref());
                table.reference("stands_in_for", participant.stands_in_for.as_ref(), PERSON);
                table.reference("from_place", participant.from_place.as_ref(), PLACE);
                table.cite(&participant.cite);
            })
        };
        let participants = participants.iter().map(participant).collect();
        self.list(field, participants);
    }

    fn relation(&mut self, relation: &crate::model::relation::Relation) {
        self.reference("from", Some(&relation.from), PARTY);
        self.reference("to", Some(&relation.to), PARTY);
        self.text("type", Some(relation.kind.key()));
        self.text("title", relation.title.as_deref());
        self.date("since", relation.since.as_ref());
        self.date("until", relation.until.as_ref());
    }

    fn place(&mut self, place: &crate::model::place::Place) {
        self.name(&place.name);
        self.reference("in", place.within.as_ref(), PLACE);
        self.text("country", place.country.as_ref().map(|country| country.value.as_str()));
        if let Some((lat, lon)) = place.position {
            self.put("lat", json!(lat));
            self.put("lon", json!(lon));
        }
    }

    fn source(&mut self, source: &crate::model::source::Source) {
        let by = |by: &By| match by {
            By::Record(by) => self.key(by, PARTY),
            By::Text(text) => Some(text.clone()),
        };
        let makers = |makers: &[By]| makers.iter().filter_map(|maker| Some(json!(by(maker)?))).collect();
        let (maker, author, editor) =
            (source.by.as_ref().and_then(by), makers(&source.imprint.author), makers(&source.imprint.editor));
        self.text("title", Some(&source.title));
        self.text("by", maker.as_deref());
        self.text("type", Some(&source.kind));
        self.date("published", source.published.as_ref());
        self.as_given("published_original", source.published_original.as_deref());
        self.date("accessed", source.accessed.as_ref());
        self.text("url", source.url.as_ref().map(|url| url.value.as_str()));
        self.text("archived", source.archived.as_ref().map(|url| url.value.as_str()));
        if let Some(copy) = &source.copy {
            let copy = self.table(|table| {
                table.text("file", Some(&copy.file.path));
                table.text("sha256", Some(&copy.sha256.value));
                table.date("got", copy.got.as_ref());
            });
            self.put("copy", copy);
        }
        self.text("language", source.language.as_deref());
        let grades = &crate::model::source::Grade::ALL;
        let grade = source.grade.and_then(|grade| grades.iter().find(|(_, known)| *known == grade));
        self.text("grade", grade.map(|(name, _)| *name));
        self.list("author", author);
        self.list("editor", editor);
        for (field, text) in source.imprint.texts() {
            self.text(field, text.as_deref());
        }
        let mut quotes = Fields::new();
        for quote in &source.quotes {
            let quoted = match (&quote.language, &quote.translation) {
                (None, None) => json!(quote.text),
                _ => self.table(|table| {
                    table.text("text", Some(&quote.text));
                    table.text("language", quote.language.as_deref());
                    table.text("translation", quote.translation.as_deref());
                }),
            };
            quotes.insert(quote.locator.value.clone(), quoted);
        }
        if !quotes.is_empty() {
            self.put("quotes", Value::Object(quotes));
        }
    }

    fn correction(&mut self, correction: &crate::model::correction::Correction) {
        self.date("date", Some(&correction.date));
        let record = self.key(&correction.on, ANY);
        let on = record.map(|record| match &correction.field {
            Some(field) => format!("{record}.{}", field.value),
            None => record,
        });
        self.text("on", on.as_deref());
        self.text("was", Some(&correction.was));
        self.text("now", correction.now.as_deref());
        self.text("why", Some(&correction.why));
    }

    fn article(&mut self, article: &crate::model::article::Article) {
        self.text("title", Some(&article.title));
        self.markdown("summary", article.summary.as_ref());
        self.date("date", article.date.as_ref());
        self.list("authors", article.authors.iter().map(|author| json!(author)).collect());
        if let Some(order) = article.order {
            self.put("order", json!(order));
        }
        self.cite(&article.cite);
        self.markdown("prose", Some(&article.body));
    }

    fn standing(&mut self, standing: &Standing, kind: Kind) {
        self.text("status", standing.status.as_ref().map(|status| status.value.key()));
        for (field, _, position) in Position::ALL {
            let stances = standing.stances.iter().filter(|stance| stance.position == position);
            let stances = stances.map(|stance| self.stance(stance)).collect();
            self.list(field, stances);
        }
        let kinds = if kind == Kind::Relation { RELATION } else { OCCASION };
        let same =
            standing.maybe_same.iter().filter_map(|same| Some(json!(self.key(same, kinds)?))).collect();
        self.list("maybe_same", same);
    }

    fn stance(&self, stance: &Stance) -> Value {
        self.table(|table| {
            match &stance.who {
                Some(who) => table.reference("who", Some(who), PARTY),
                None => table.put("withheld", json!(true)),
            }
            table.text("words", stance.words.as_deref());
            table.text("summary", stance.summary.as_deref());
            table.date("date", stance.date.as_ref());
            table.cite(&stance.cite);
        })
    }

    fn common(&mut self, common: &Common) {
        self.ids(&common.ids);
        self.list("tags", common.tags.iter().map(|tag| json!(tag.value)).collect());
        self.markdown("note", common.note.as_ref());
        self.date("added", common.added.as_ref());
        self.date("updated", common.updated.as_ref());
        let sought = common.response_sought.iter().map(|request| {
            self.table(|table| {
                table.reference("from", request.from.as_ref(), PARTY);
                table.date("date", request.date.as_ref());
                table.text("how", request.how.as_deref());
            })
        });
        let sought = sought.collect();
        self.list("response_sought", sought);
        self.list("moved_from", common.moved_from.iter().map(|old| json!(old.value)).collect());
        self.markdown("prose", common.prose.as_deref());
        self.cite(&common.cite);
    }
}
