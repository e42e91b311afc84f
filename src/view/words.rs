//! Names, titles and sentences about records, in the language of the site.

use std::collections::HashSet;
use std::sync::Arc;

use super::dates::{Dates, capitalised};
use super::known::{Known, kept, once};
use super::page::{
    Attribution, Link, Name, OriginalDate, Part, PersonCard, Rich, Row, Shared, SharedRecord, Status,
};
use super::source::places_elsewhere;
use super::strings::Strings;
use crate::bibliography::{Bibliography, said};
use crate::link::Linked;
use crate::link::figures::Count;
use crate::link::graph::{Party, counts_for, date, group_chain};
use crate::link::provenance::origins;
use crate::link::refs::{ANY, GROUP, PARTY, PLACE, SOURCE};
use crate::link::routes::address;
use crate::model::body::with_names;
use crate::model::calendar::AsGiven;
use crate::model::citation::{Citation, Hop};
use crate::model::date::{Date, Day};
use crate::model::dossier::Id;
use crate::model::meeting::{Meeting, Who};
use crate::model::name::direction;
use crate::model::person::Role;
use crate::model::source::By;
use crate::model::{Kind, Position, Ref, Request, Standing, Status as ModelStatus};
use crate::pictures::Pictures;

/// The dossier, and the means to speak about it.
pub struct Words<'a> {
    pub linked: &'a Linked,
    pub strings: &'a Strings,
    pub bibliography: &'a Bibliography,
    pub pictures: &'a Pictures,
    pub dates: &'a Dates,
    known: &'a Known,
}

impl<'a> Words<'a> {
    pub fn new(
        linked: &'a Linked,
        strings: &'a Strings,
        bibliography: &'a Bibliography,
        pictures: &'a Pictures,
        known: &'a Known,
    ) -> Self {
        Words { linked, strings, bibliography, pictures, dates: &known.dates, known }
    }

    pub fn is_right_to_left(&self) -> bool {
        self.known.is_right_to_left
    }

    pub fn get(&self, key: &'a str) -> &'a str {
        self.strings.get(key)
    }

    /// What stands between the items of a list.
    pub fn comma(&self) -> &'a str {
        self.get("note.comma")
    }

    /// That somebody was asked, when and how.
    pub fn asked(&self, request: &Request) -> String {
        let date = request.date.as_ref().map(|date| self.date(&date.value));
        let key = match (&date, &request.how) {
            (Some(_), Some(_)) => "stance.asked",
            (Some(_), None) => "stance.asked-date",
            (None, Some(_)) => "stance.asked-how",
            (None, None) => "stance.asked-only",
        };
        let how = request.how.as_deref().unwrap_or_default();
        self.strings.fill(key, &[("date", date.as_deref().unwrap_or_default()), ("how", how)])
    }

    /// How many records were counted: "4", or "3 to 5".
    pub fn counted(&self, count: &Count) -> String {
        let [low, high] = [count.low, count.high].map(|n| n.to_string());
        if low == high { low } else { self.strings.fill("say.range", &[("low", &low), ("high", &high)]) }
    }

    /// The name of a field of a record.
    pub fn field(&self, field: &str) -> String {
        self.strings.get(&format!("field.{field}")).to_owned()
    }

    pub fn count(&self, key: &str, n: usize) -> String {
        self.strings.plural(key, n, &[])
    }

    /// The name or title of a record or article.
    pub fn title(&self, id: Id) -> String {
        once(&self.known.titles, id, || self.made_title(id)).cloned().unwrap_or_default()
    }

    /// A meeting or event as a row, as it is `made` first.
    pub fn row(&self, id: Id, made: impl FnOnce() -> Option<Row>) -> Option<Shared<Row>> {
        once(&self.known.rows, id, || made().map(Shared::new)).cloned().flatten()
    }

    /// What a record is called on charts, as it is `made` first.
    pub fn chart_name(&self, id: Id, made: impl FnOnce() -> String) -> &'a str {
        once(&self.known.chart_names, id, made).map_or("", String::as_str)
    }

    /// A meeting or event in short, as it is `made` first.
    pub fn short(&self, id: Id, made: impl FnOnce() -> SharedRecord) -> Option<Shared<SharedRecord>> {
        once(&self.known.shorts, id, || Shared::new(made())).cloned()
    }

    /// The card of a person with an office, as it is `made` first.
    pub fn card(
        &self,
        id: Id,
        office: Option<String>,
        made: impl FnOnce(Option<String>) -> PersonCard,
    ) -> Shared<PersonCard> {
        kept(&self.known.cards, (id, office), |(_, office)| Shared::new(made(office.clone())))
    }

    /// What is drawn of some years, as it is `made` first.
    pub fn years(&self, first: i32, count: i32, made: impl FnOnce() -> String) -> Arc<str> {
        kept(&self.known.years, (first, count), |_| made().into())
    }

    pub fn link(&self, id: Id) -> Link {
        Link { text: self.title(id), href: address(&self.linked.dossier, id) }
    }

    /// A text of an author's without markup, with the names of the records that it links to.
    pub fn plain(&self, text: &str) -> String {
        let dossier = &self.linked.dossier;
        let later = || dossier.as_of.map(|_| self.get("say.later-record").to_owned());
        let name = |key: &str| dossier.named(key, ANY).map(|id| self.title(id)).or_else(later);
        with_names(text, name)
    }

    /// A record as a linked part of a sentence, in its language.
    pub fn part(&self, id: Id) -> Part {
        let lang = self.linked.dossier.name(id).and_then(|name| name.lang.clone());
        Part {
            text: self.title(id),
            href: Some(address(&self.linked.dossier, id)),
            dir: lang.as_deref().map(direction),
            lang,
        }
    }

    /// Sorts records by name, in the order of the language.
    pub fn sorted(&self, ids: impl IntoIterator<Item = Id>) -> Vec<Id> {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_by(|a, b| self.order(*a).cmp(&self.order(*b)));
        ids
    }

    pub fn name(&self, id: Id) -> Name {
        let lang = self.linked.dossier.name(id).and_then(|name| name.lang.clone());
        Name { text: self.title(id), dir: lang.as_deref().map(direction), lang }
    }

    /// The name in its own script.
    pub fn native(&self, id: Id) -> Option<Name> {
        let (text, tag) = self.linked.dossier.name(id)?.native()?;
        Some(Name { text: text.to_owned(), lang: Some(tag.to_owned()), dir: Some(direction(tag)) })
    }

    /// Letters for the mark of a person: the first of the first and of the last name.
    pub fn initials(&self, id: Id) -> String {
        let title = self.title(id);
        let first = |word: &str| {
            // "al-Sinwar" is listed under S, and an opening quote stands for a letter of another script.
            let word = word.rsplit('-').next().unwrap_or(word);
            word.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string())
        };
        let mut words = title.split_whitespace();
        let start = words
            .next()
            .and_then(|word| word.chars().find(|c| c.is_alphanumeric()))
            .map(|c| c.to_uppercase().to_string());
        let end = words.next_back().and_then(first);
        start.into_iter().chain(end).collect()
    }

    /// The side of a person, as a place in the settings.
    pub fn side(&self, id: Id) -> Option<usize> {
        *once(&self.known.sides, id, || self.find_side(id))?
    }

    fn find_side(&self, id: Id) -> Option<usize> {
        let dossier = &self.linked.dossier;
        let roles = &dossier.people.get(id.index)?.data.roles;
        self.side_of(roles.iter().filter_map(|role| dossier.get(&role.of, GROUP)))
    }

    /// The first side that has one of these groups, or one that they are parts of, as a place in the settings.
    pub fn side_of(&self, groups: impl Iterator<Item = Id>) -> Option<usize> {
        let dossier = &self.linked.dossier;
        if dossier.config.sides.is_empty() {
            return None;
        }
        let groups: Vec<Id> = groups.flat_map(|group| group_chain(dossier, group)).collect();
        let mut sides = dossier.config.sides.iter();
        sides.position(|side| {
            let mut own = side.groups.iter().filter_map(|group| dossier.get(group, GROUP));
            own.any(|group| groups.contains(&group))
        })
    }

    /// The name of a side, or of those on none.
    pub fn side_title(&self, side: Option<usize>) -> &str {
        let sides = &self.linked.dossier.config.sides;
        match side.and_then(|side| sides.get(side)) {
            Some(side) => &side.title,
            None => self.get(if sides.is_empty() { "side.all" } else { "side.others" }),
        }
    }

    /// The office to name a person by: the first that is not over, else the one that ended last; on a date,
    /// only those that they may have held then.
    pub fn main_role(&self, id: Id, on: Option<&Date>) -> Option<&'a Role> {
        let roles = &self.linked.dossier.people.get(id.index)?.data.roles;
        let held = |role: &Role, on: &Date| {
            let over = role.to.as_ref().is_some_and(|to| to.value.is_surely_before(on));
            let to_come = role.from.as_ref().is_some_and(|from| on.is_surely_before(&from.value));
            !over && !to_come
        };
        let shown = |role: &&Role| {
            on.is_none_or(|on| held(role, on)) && self.linked.dossier.get(&role.of, GROUP).is_some()
        };
        let mut last: Option<&Role> = None;
        let until = |role: &Role| role.to.as_ref().map(|to| to.value.sort_key());
        for role in roles.iter().filter(shown) {
            if role.to.is_none() {
                return Some(role);
            }
            last = last.filter(|last| until(last) > until(role)).or(Some(role));
        }
        last
    }

    /// The same in words: "Commander, Quds Force".
    pub fn office(&self, id: Id, on: Option<&Date>) -> Option<String> {
        let role = self.main_role(id, on)?;
        let group = self.linked.dossier.get(&role.of, GROUP)?;
        let short = self.linked.dossier.groups.get(group.index)?.data.short.clone();
        let group = short.unwrap_or_else(|| self.title(group));
        Some(self.strings.fill("detail.of-text", &[("role", &self.capital(&role.role)), ("group", &group)]))
    }

    /// People with a role in a group, or in one while it was part of it, each with the index of the role.
    pub fn members(&self, group: Id) -> Vec<(Id, usize)> {
        let mut groups = vec![group];
        let mut at = 0;
        while let Some(group) = groups.get(at).copied() {
            let parts = self.linked.parts(group).iter().filter(|part| !groups.contains(part));
            let parts: Vec<Id> = parts.copied().collect();
            groups.extend(parts);
            at += 1;
        }
        let dossier = &self.linked.dossier;
        let role = |(person, at): &(Id, usize)| dossier.people.get(person.index)?.data.roles.get(*at);
        let all = groups.iter().flat_map(|group| self.linked.members(*group)).copied();
        all.filter(|member| role(member).is_some_and(|role| counts_for(dossier, role, group))).collect()
    }

    /// A date in another calendar, and in the words of the source.
    pub fn original(&self, given: &AsGiven) -> OriginalDate {
        OriginalDate {
            text: self.dates.original(&given.date.value, self.strings),
            given: given.text.as_ref().map(|text| Name {
                text: text.clone(),
                dir: given.lang.as_deref().map(direction),
                lang: given.lang.clone(),
            }),
        }
    }

    pub fn day(&self, day: Day) -> String {
        Date::parse(&day.iso()).map_or_else(|_| day.iso(), |date| self.date(&date))
    }

    pub fn date(&self, date: &Date) -> String {
        self.dates.text(date, self.strings)
    }

    /// From the first to the last of these meetings and events, by months, or as coarsely as they are dated.
    pub fn span(&self, occasions: &[Id]) -> Option<String> {
        let dates: Vec<&Date> = occasions.iter().filter_map(|id| date(&self.linked.dossier, *id)).collect();
        self.dates.extent(&dates, self.strings)
    }

    /// The latest day on which anything says it was changed.
    pub fn updated(&self) -> Option<String> {
        let dossier = &self.linked.dossier;
        let updates = dossier.all().filter_map(|id| dossier.common(id)?.updated.as_ref());
        let corrections = dossier.corrections.iter().map(|correction| &correction.data.date);
        updates.chain(corrections).max_by_key(|date| date.value.sort_key()).map(|date| self.date(&date.value))
    }

    // Titles.

    fn made_title(&self, id: Id) -> String {
        let dossier = &self.linked.dossier;
        if let Some(name) = dossier.name(id) {
            return name.text.value.clone();
        }
        match id.kind {
            Kind::Article => dossier.article(id).map_or_else(String::new, |article| article.title.clone()),
            Kind::Event => {
                dossier.events.get(id.index).map_or_else(String::new, |event| event.data.title.clone())
            }
            Kind::Source => {
                dossier.sources.get(id.index).map_or_else(String::new, |source| source.data.title.clone())
            }
            Kind::Meeting => match dossier.meetings.get(id.index) {
                Some(meeting) => match &meeting.data.title {
                    Some(title) => title.clone(),
                    None => self.meeting_title(&meeting.data),
                },
                None => String::new(),
            },
            Kind::Relation => dossier.relations.get(id.index).map_or_else(String::new, |relation| {
                let name = |end: &Ref| {
                    dossier
                        .get(end, PARTY)
                        .and_then(|id| dossier.name(id))
                        .map_or("", |name| &name.text.value)
                };
                let made = || {
                    let kind = format!("relation-type.{}", relation.data.kind.key());
                    format!(
                        "{} {} {}",
                        name(&relation.data.from),
                        self.strings.get(&kind),
                        name(&relation.data.to)
                    )
                };
                relation.data.title.clone().unwrap_or_else(made)
            }),
            _ => dossier.key(id).to_owned(),
        }
    }

    /// Made from participants, mode and place: the names when they are few, else their groups.
    fn meeting_title(&self, meeting: &Meeting) -> String {
        const FEW: usize = 3;
        /// So many names stand in a title at most, beside how many others there are.
        const MANY: usize = 6;
        let dossier = &self.linked.dossier;
        let name = |id: Id| dossier.name(id).map(|name| name.text.value.clone());
        let who = |who: &Who| match who {
            Who::Record(who) => dossier.get(who, PARTY).and_then(name),
            Who::Unnamed { .. } | Who::Withheld => None,
        };
        let group =
            |group: &Option<Ref>| group.as_ref().and_then(|group| dossier.get(group, GROUP)).and_then(name);
        let mut names: Vec<String> = Vec::new();
        let few = meeting.participants.len() <= FEW
            && meeting.participants.iter().any(|participant| who(&participant.who).is_some());
        for participant in &meeting.participants {
            let name = match who(&participant.who).filter(|_| few) {
                Some(name) => Some(name),
                None => group(&participant.for_group).or_else(|| who(&participant.who)),
            };
            names.extend(name.filter(|name| !names.contains(name)));
        }
        if names.is_empty() {
            names.push(self.strings.get("title.nobody").to_owned());
        }
        let more = names.len().saturating_sub(MANY);
        if more > 1 {
            names.truncate(MANY);
            names.push(self.count("title.others", more));
        }
        let who = match &self.known.list {
            Some(list) => list.format(names.iter()).to_string(),
            None => names.join(self.comma()),
        };
        let mode = meeting.mode.map_or("unknown", |mode| mode.key());
        let title = self.strings.fill(&format!("title.{mode}"), &[("who", &who)]);
        match meeting.place.as_ref().and_then(|place| dossier.get(place, PLACE)).and_then(name) {
            Some(place) => self.strings.fill("title.in", &[("title", &title), ("place", &place)]),
            None => title,
        }
    }

    /// What a text is sorted by in the language of the site; marks in front of its words do not count.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut key = Vec::new();
        match &self.known.collator {
            // Writing to a vector cannot fail.
            Some(collator) => {
                let _ = collator.write_sort_key_to(text, &mut key);
            }
            None => key.extend_from_slice(text.as_bytes()),
        }
        key
    }

    /// The name by which a record is sorted.
    pub fn sorted_by(&self, id: Id) -> String {
        let person = self.linked.dossier.people.get(id.index).filter(|_| id.kind == Kind::Person);
        person.and_then(|person| person.data.sort_name.clone()).unwrap_or_else(|| self.title(id))
    }

    /// The place of a record in the alphabet of the language.
    fn order(&self, id: Id) -> (Option<&[u8]>, Id) {
        let key = once(&self.known.sort_keys, id, || self.sort_key(&self.sorted_by(id)));
        (key.map(Vec::as_slice), id)
    }

    // On whose word.

    /// "According to A, citing B." for each chain.
    pub fn attribution(&self, citations: &[Citation]) -> Attribution {
        let origins = origins(&self.linked.dossier, citations).len();
        let mut sentences: Vec<Rich> = Vec::new();
        for citation in citations {
            let sentence = self.chain(citation);
            // Two places in one source make the same sentence; the source list has both.
            let same =
                |other: &Rich| other.iter().map(|part| &part.text).eq(sentence.iter().map(|part| &part.text));
            if !sentences.iter().any(same) {
                sentences.push(sentence);
            }
        }
        if sentences.is_empty() {
            sentences.push(vec![text(self.get("attribution.none"))]);
        }
        sentences.shrink_to_fit();
        let origins_text =
            if origins == 0 { String::new() } else { self.count("attribution.origins", origins) };
        Attribution { sentences, origins, origins_text }
    }

    fn chain(&self, citation: &Citation) -> Rich {
        let mut sentence = Rich::new();
        for (hop, at) in citation.hops.iter().zip(0..) {
            let (before, after) = self
                .strings
                .around(if at == 0 { "attribution.according" } else { "attribution.citing" }, "source");
            sentence.extend([text(&before), self.hop(hop), text(&after)]);
            if at > 0 && self.unseen(hop) {
                sentence.push(text(self.get("attribution.unseen")));
            }
        }
        sentence.push(text(self.get("attribution.end")));
        joined(sentence)
    }

    /// Whether a hop is a source that the authors know only through others. An origin that is no record is
    /// none that anybody could look up.
    pub fn unseen(&self, hop: &Hop) -> bool {
        let Hop::Source { source, .. } = hop else { return false };
        self.linked.dossier.get(source, SOURCE).is_some_and(|id| self.linked.unseen(id))
    }

    /// A hop by the name of who made the source, linked to the place in it.
    pub fn hop(&self, hop: &Hop) -> Part {
        match hop {
            Hop::Unrecorded { text: origin, .. } => text(origin),
            Hop::Source { source, locator } => match self.linked.dossier.get(source, SOURCE) {
                Some(id) => Part { href: Some(self.locator_href(id, locator.as_deref())), ..self.maker(id) },
                None => text(&source.text),
            },
        }
    }

    /// Who made a source: the one in `by`, else its authors; its title when nobody is named.
    pub fn maker(&self, source: Id) -> Part {
        let data = self.linked.dossier.sources.get(source.index).map(|source| &source.data);
        let by = match data.and_then(|data| data.by.as_ref()) {
            Some(By::Text(name)) => Some(text(name)),
            Some(By::Record(reference)) => self.linked.dossier.get(reference, PARTY).map(|id| self.part(id)),
            None => None,
        };
        by.or_else(|| match self.authors(source).as_slice() {
            [] => None,
            [author] => Some(author.clone()),
            several => {
                let names: Vec<&str> = several.iter().map(|author| author.text.as_str()).collect();
                Some(text(&names.join(self.comma())))
            }
        })
        .unwrap_or_else(|| text(&self.title(source)))
    }

    /// The authors of a source.
    pub fn authors(&self, source: Id) -> Vec<Part> {
        let data = self.linked.dossier.sources.get(source.index).map(|source| &source.data);
        data.map_or_else(Vec::new, |data| self.people(&data.imprint.author))
    }

    /// Authors or editors as one says their names; those that are no records are written `Berg, Ada`.
    pub fn people(&self, all: &[By]) -> Vec<Part> {
        let part = |by: &By| match by {
            By::Record(reference) => self.linked.dossier.get(reference, PARTY).map(|id| self.part(id)),
            By::Text(name) => Some(text(&said(name))),
        };
        all.iter().filter_map(part).collect()
    }

    /// The place of a locator on the page of its source.
    pub fn locator_href(&self, source: Id, locator: Option<&str>) -> String {
        let page = address(&self.linked.dossier, source);
        let Some(anchor) = locator.map(locator_anchor) else { return page };
        let elsewhere = once(&self.known.elsewhere, source, || places_elsewhere(self, source));
        let page = elsewhere.and_then(|places| places.get(&anchor).cloned()).unwrap_or(page);
        format!("{page}#{anchor}")
    }

    /// A status with its actor: the parties whose stance it is, or on whose word it stands; and the parties
    /// that say otherwise.
    pub fn status(&self, standing: &Standing, citations: &[Citation]) -> Status {
        let status = standing.status();
        let own = match status {
            ModelStatus::Confirmed => Some(Position::Confirmed),
            ModelStatus::Denied => Some(Position::Denied),
            ModelStatus::Retracted => Some(Position::Retracted),
            ModelStatus::Reported | ModelStatus::Disputed | ModelStatus::Inferred => None,
        };
        let own_parties = own.and_then(|own| self.of_parties(standing, own, "status.by"));
        let first = match status {
            ModelStatus::Inferred => Some(vec![text(self.get("status.by-editors"))]),
            ModelStatus::Reported => Some(self.of_sources(citations, "status.by")),
            ModelStatus::Disputed => self.disputed(standing, citations),
            ModelStatus::Confirmed => own_parties.or_else(|| Some(self.accounts(citations, "status.agree"))),
            _ => own_parties.or_else(|| Some(self.of_sources(citations, "status.according"))),
        };
        let others = [
            (Position::Confirmed, "status.confirmed-by"),
            (Position::Denied, "status.denied-by"),
            (Position::Retracted, "status.retracted-by"),
        ];
        let others = others.into_iter().filter(|(position, _)| own != Some(*position));
        let clauses = others.filter_map(|(position, key)| self.of_parties(standing, position, key));
        let mut by = Rich::new();
        for clause in first.into_iter().chain(clauses) {
            if !by.is_empty() {
                by.push(text(self.get("status.and")));
            }
            by.extend(clause);
        }
        Status {
            key: status.key(),
            word: self.strings.get(&format!("status.{}", status.key())).to_owned(),
            by: joined(by),
        }
    }

    /// Whose accounts differ, when no party says that it was not so.
    fn disputed(&self, standing: &Standing, citations: &[Citation]) -> Option<Rich> {
        let against = |position| standing.by(position).next().is_some();
        if against(Position::Denied) || against(Position::Retracted) {
            return None;
        }
        Some(self.accounts(citations, "status.differ"))
    }

    /// That the accounts of the origins agree or differ; of one alone, that it says so.
    fn accounts(&self, citations: &[Citation], key: &'static str) -> Rich {
        let several = origins(&self.linked.dossier, citations).len() > 1;
        self.of_origins(citations, if several { key } else { "status.according" })
    }

    /// The parties that take a position, each once. Whose name is withheld is said so.
    fn of_parties(&self, standing: &Standing, position: Position, key: &str) -> Option<Rich> {
        let mut met: HashSet<Option<Id>> = HashSet::new();
        let mut parts: Vec<Part> = Vec::new();
        for stance in standing.by(position) {
            let who = stance.who.as_ref().map(|who| self.linked.dossier.get(who, PARTY));
            match who {
                Some(Some(id)) if met.insert(Some(id)) => parts.push(self.part(id)),
                None if met.insert(None) => parts.push(text(self.get("detail.withheld"))),
                _ => {}
            }
        }
        (!parts.is_empty()).then(|| self.sentence(key, "who", parts))
    }

    /// The sources that were read.
    fn of_sources(&self, citations: &[Citation], key: &str) -> Rich {
        self.of_hops(citations.iter().filter_map(|citation| citation.hops.first()), key)
    }

    /// Those whom the statement comes from.
    fn of_origins(&self, citations: &[Citation], key: &str) -> Rich {
        self.of_hops(origins(&self.linked.dossier, citations).into_iter(), key)
    }

    /// Hops by who made them, each maker once; that there is none is said, and what nobody has read is marked.
    fn of_hops<'h>(&self, hops: impl Iterator<Item = &'h Hop>, key: &str) -> Rich {
        let mut makers: Vec<Part> = Vec::new();
        for hop in hops {
            let mut maker = self.hop(hop);
            if self.unseen(hop) {
                maker.text.push_str(self.get("attribution.unseen"));
            }
            if makers.iter().all(|known| known.text != maker.text) {
                makers.push(maker);
            }
        }
        if makers.is_empty() {
            return vec![text(self.get("status.nobody"))];
        }
        self.sentence(key, "who", makers)
    }

    /// A text of the table with a list of parts in place of its placeholder.
    pub fn sentence(&self, key: &str, placeholder: &str, items: Vec<Part>) -> Rich {
        let (before, after) = self.strings.around(key, placeholder);
        let mut sentence = vec![text(&before)];
        sentence.extend(self.listed(items));
        sentence.push(text(&after));
        joined(sentence)
    }

    /// Items as the language lists them: "A, B and C".
    fn listed(&self, items: Vec<Part>) -> Rich {
        // What stands between the items is told by a list of marks.
        const MARK: char = '\u{E000}';
        let marks = vec![MARK; items.len()];
        let between = match &self.known.list {
            Some(list) => list.format(marks.iter()).to_string(),
            None => marks.iter().map(char::to_string).collect::<Vec<_>>().join(self.comma()),
        };
        let mut items = items.into_iter();
        let mut listed = Rich::new();
        for (words, at) in between.split(MARK).zip(0..) {
            listed.extend((at > 0).then(|| items.next()).flatten());
            listed.push(text(words));
        }
        listed
    }

    /// Who a party is, for lists of those named.
    pub fn party(&self, party: &Party, desc: Option<&str>) -> Option<Part> {
        match (party.who, desc) {
            (Some(id), _) => Some(self.part(id)),
            (None, Some(desc)) => Some(text(desc)),
            (None, None) => None,
        }
    }

    /// A text of the record's own, as a sentence begins.
    pub fn capital(&self, text: &str) -> String {
        capitalised(text)
    }
}

/// A part without a link.
pub fn text(text: &str) -> Part {
    Part { text: text.to_owned(), ..Part::default() }
}

/// Drops empty parts and joins plain neighbours.
fn joined(parts: Rich) -> Rich {
    let mut out: Rich = Vec::with_capacity(parts.len());
    for part in parts {
        if part.text.is_empty() {
            continue;
        }
        let plain = |part: &Part| part.href.is_none() && part.lang.is_none();
        match out.last_mut() {
            Some(last) if plain(last) && plain(&part) => last.text.push_str(&part.text),
            _ => out.push(part),
        }
    }
    out.shrink_to_fit();
    out
}

/// The anchor of a locator: `p-17` for `¶17`, `p-p-4` for `p. 4`.
pub fn locator_anchor(locator: &str) -> String {
    let slug = slug::slugify(locator.replace('¶', " "));
    if slug.is_empty() { "p-0".to_owned() } else { format!("p-{slug}") }
}
