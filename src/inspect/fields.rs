//! A record -> its fields, as readers see them on its page.

use serde::Serialize;

use super::{line, name};
use crate::link::refs::ANY;
use crate::link::routes::{address, has_page};
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::prepared::Prepared;
use crate::view::page::{Fact, Participant, Relation, Rich, Role, Spelling, Stance, Status, View};
use crate::view::words::Words;
use crate::view::{corrections, page_at, record};

/// What a page says under one label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    pub label: String,
    pub values: Vec<String>,
}

/// The fields of a record in the order of its page: the summary and the facts, then what is said of it.
pub fn fields(prepared: &Prepared, words: &Words, id: Id) -> Vec<Field> {
    let mut fields = Fields { found: Vec::new() };
    let page = has_page(id.kind).then(|| page_at(words, &prepared.site, &address(&words.linked.dossier, id)));
    let page = page.flatten();
    fields.add("Summary", page.as_ref().and_then(|page| page.description.clone()));
    match page.map(|page| page.view) {
        Some(View::Person(person)) => {
            fields.add("Office", person.office);
            fields.add("Side", person.side);
            fields.facts(&person.facts, &["roles", "names"]);
            fields.add("Roles", person.roles.iter().map(role));
            fields.spellings(&person.spellings);
            fields.add("Relations", person.relations.iter().map(relation));
            fields.add("Says", person.stances.iter().map(stance));
            fields.add("Named", Some(person.named_text));
        }
        Some(View::Group(group)) => {
            fields.add("Short", group.short);
            fields.facts(&group.facts, &["names"]);
            fields.spellings(&group.spellings);
            fields.add(
                "Members",
                group.members.iter().map(|member| {
                    let roles: Vec<String> = member.roles.iter().map(of_member).collect();
                    format!("{}: {}", member.card.name.text, roles.join("; "))
                }),
            );
            let more = group.members_count - group.members.len().min(group.members_count);
            fields.add("", (more > 0).then(|| format!("and {more} more")));
            fields.add("Relations", group.relations.iter().map(relation));
            fields.add("Says", group.stances.iter().map(stance));
            fields.add("Named", Some(group.named_text));
        }
        Some(View::Occasion(occasion)) => {
            fields.facts(&occasion.facts, &[]);
            let original = occasion.row.when.original.as_ref();
            fields.add(
                "Original date",
                original.map(|original| {
                    let given = original.given.as_ref().map(|given| format!(", {}", given.text));
                    format!("{}{}", original.text, given.unwrap_or_default())
                }),
            );
            let people = occasion.parties.iter().flat_map(|party| &party.participants);
            fields.add("Participants", people.map(participant));
            let same = occasion.maybe_same.iter().map(|link| link.text.clone());
            fields.add("Maybe the same as", same);
            fields.add("Who says what", occasion.stances.iter().map(stance));
        }
        Some(View::Place(place)) => {
            fields.facts(&place.facts, &[]);
            fields.spellings(&place.spellings);
            fields.add("Parts", place.parts.iter().map(|part| part.text.clone()));
        }
        Some(View::Source(source)) => {
            fields.facts(&source.facts, &[]);
            fields.add("Rests on it", Some(source.resting_text));
            fields.add(
                "Passages",
                source.quotes.iter().map(|quote| format!("{}: {}", quote.locator, quote.text)),
            );
            fields.add("Copy", source.copy.map(|copy| format!("{}, SHA-256 {}", copy.href, copy.sha256)));
        }
        _ => fields.without_page(words, id),
    }
    fields.common(words, id);
    fields.found
}

struct Fields {
    found: Vec<Field>,
}

impl Fields {
    /// A field that says something.
    fn add(&mut self, label: &str, values: impl IntoIterator<Item = String>) {
        let values = values.into_iter().map(|value| line(&value)).filter(|value| !value.is_empty());
        let values: Vec<String> = values.collect();
        if !values.is_empty() {
            self.found.push(Field { label: label.to_owned(), values });
        }
    }

    /// The facts at the side of a page, but for those that show these fields.
    fn facts(&mut self, facts: &[Fact], but: &[&str]) {
        for fact in facts.iter().filter(|fact| fact.field.is_none_or(|field| !but.contains(&field))) {
            self.add(&fact.label, fact.values.iter().map(plain));
        }
    }

    fn spellings(&mut self, spellings: &[Spelling]) {
        for spelling in spellings {
            let note = spelling.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
            self.add(&spelling.label, Some(format!("{}{note}", spelling.name.text)));
        }
    }

    /// Of what shares a page with others, and of articles, whose page is their text.
    fn without_page(&mut self, words: &Words, id: Id) {
        let dossier = &words.linked.dossier;
        match id.kind {
            Kind::Relation => {
                let Some(relation) = record::relation(words, id) else { return };
                let between = format!("{} {} {}", plain(&relation.from), relation.kind, plain(&relation.to));
                self.add("Relation", Some(between));
                self.add("When", relation.term);
                let stances = dossier.standing(id).into_iter().flat_map(|standing| &standing.stances);
                let said = stances.map(|stance| {
                    let who = stance.who.as_ref().and_then(|who| dossier.get(who, ANY));
                    let who =
                        who.map_or_else(|| words.get("detail.withheld").to_owned(), |id| words.title(id));
                    let key = format!("status.{}", stance.position.key());
                    format!("{who}: {}", words.strings.get(&key))
                });
                self.add("Who says what", said);
            }
            Kind::Term => {
                let definition = dossier.terms.get(id.index).map(|term| &term.data.definition.text);
                self.add("Definition", definition.map(|definition| words.plain(definition)));
            }
            Kind::Correction => {
                let Some(data) = dossier.corrections.get(id.index).map(|record| &record.data) else { return };
                let on = dossier.get(&data.on, ANY);
                self.add("Date", Some(words.date(&data.date.value)));
                self.add("Corrects", on.map(|on| format!("{}, {}", name(dossier, on), words.title(on))));
                self.add("Field", data.field.as_ref().map(|field| words.field(&field.value)));
                self.add("It said", on.and_then(|on| corrections::was(words, on.kind, data)));
                self.add("Why", Some(data.why.clone()));
            }
            _ => {
                let Some(article) = dossier.article(id) else { return };
                self.add("Date", article.date.as_ref().map(|date| words.date(&date.value)));
                self.add("Authors", Some(article.authors.join(words.comma())));
                self.add("Length", Some(super::count(article.body.words(), "word", "words")));
            }
        }
    }

    /// What records of all kinds have.
    fn common(&mut self, words: &Words, id: Id) {
        let dossier = &words.linked.dossier;
        let Some(common) = dossier.common(id) else { return };
        self.add("Note", common.note.as_ref().map(|note| words.plain(&note.text)));
        let prose = common.prose.as_ref().map(|prose| super::count(prose.words(), "word", "words"));
        self.add("Text", prose);
        let tags: Vec<&str> = common.tags.iter().map(|tag| tag.value.as_str()).collect();
        self.add("Tags", Some(tags.join(words.comma())));
        let asked = common.response_sought.iter().map(|request| {
            let from = request.from.as_ref().and_then(|from| dossier.get(from, ANY)).unwrap_or(id);
            format!("{}: {}", words.title(from), words.asked(request))
        });
        self.add("Response sought", asked);
        self.add("Updated", common.updated.as_ref().map(|date| words.date(&date.value)));
        self.add(
            "Set aside",
            common.allow.iter().map(|allow| format!("{}: {}", allow.lint.value, allow.reason)),
        );
    }
}

/// A sentence without its links.
pub fn plain(rich: &Rich) -> String {
    line(&rich.iter().map(|part| part.text.as_str()).collect::<String>())
}

fn with_term(text: String, term: Option<&String>) -> String {
    term.map_or(text.clone(), |term| format!("{text}; {term}"))
}

fn role(role: &Role) -> String {
    with_term(format!("{}, {}", role.role, plain(&role.group)), role.term.as_ref())
}

fn of_member(role: &Role) -> String {
    with_term(role.role.clone(), role.term.as_ref())
}

fn relation(relation: &Relation) -> String {
    let text = format!("{} {} {}", plain(&relation.from), relation.kind, plain(&relation.to));
    format!("{}; {}", with_term(text, relation.term.as_ref()), status_text(&relation.status))
}

/// `Reported by The Herald`, `Disputed: confirmed by Selvara, denied by Norland`
pub fn status_text(status: &Status) -> String {
    let between = if status.key == "disputed" { ": " } else { " " };
    line(&format!("{}{between}{}", status.word, plain(&status.by)))
}

fn stance(stance: &Stance) -> String {
    let mut parts = vec![format!("{}: {}", plain(&stance.party), stance.word)];
    let through = plain(&stance.through);
    parts.extend((!through.is_empty()).then_some(through));
    parts.extend(stance.date.clone());
    parts.extend(stance.words.as_ref().map(|words| format!("“{words}”")));
    parts.extend(stance.summary.clone());
    parts.extend(stance.asked.clone());
    let on = plain(&stance.on);
    parts.extend((!on.is_empty()).then_some(on));
    parts.join("; ")
}

fn participant(participant: &Participant) -> String {
    let name = match &participant.card {
        Some(card) => card.name.text.clone(),
        None => plain(&participant.text),
    };
    let office = participant.card.as_ref().and_then(|card| card.role.clone());
    let parts = [Some(name), office, participant.capacity.clone()].into_iter().flatten();
    parts.chain(participant.details.iter().map(plain)).collect::<Vec<_>>().join("; ")
}
