//! What a dossier says, statement by statement, and what is behind each.

use sha2::{Digest, Sha256};

use super::{Exception, Section, Sheet, Statement, Support};
use crate::copies::{self, Copy, compare};
use crate::link::Linked;
use crate::link::figures::Count;
use crate::link::refs::{ANY, GROUP, PARTY, PLACE, SOURCE, bodies};
use crate::model::body::{Body, Sentence};
use crate::model::citation::{Citation, Hop};
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::model::meeting::Who;
use crate::model::{Kind, Ref};
use crate::source::{Sources, Span, Spanned, Texts};
use crate::view::corrections;
use crate::view::notes::runs;
use crate::view::occasion::count_text;
use crate::view::page::Rich;
use crate::view::row;
use crate::view::words::Words;

/// The sheet of a dossier whose files are `sources`.
pub fn sheet(words: &Words, sources: &Sources) -> Sheet {
    let maker = Maker { words, sources, texts: Texts::new(sources) };
    let dossier = &words.linked.dossier;
    let records = dossier.all().map(|id| maker.section(id));
    let mut sections: Vec<Section> = std::iter::once(maker.site())
        .chain(records)
        .filter(|section| !section.statements.is_empty())
        .collect();
    let mut statements = 0;
    let mut unsupported = 0;
    for statement in sections.iter_mut().flat_map(|section| &mut section.statements) {
        statements += 1;
        statement.n = statements;
        let rests = !statement.supports.is_empty() || !statement.counted.is_empty();
        unsupported += usize::from(statement.needs_source && !rests);
    }
    let site = dossier.config.title.clone();
    let held = dossier.sources.iter().filter_map(|source| source.data.copy.as_ref());
    let copies_wrong = held.filter(|held| compare(held, sources) != Copy::Same).count();
    Sheet { site, sections, statements, unsupported, copies_wrong, state: state(sources) }
}

struct Maker<'w, 'a> {
    words: &'w Words<'a>,
    sources: &'w Sources,
    texts: Texts<'w>,
}

impl Maker<'_, '_> {
    fn linked(&self) -> &Linked {
        self.words.linked
    }

    /// What stands on every page.
    fn site(&self) -> Section {
        let config = &self.linked().dossier.config;
        let texts = [
            ("part.title", Some(config.title.clone())),
            ("part.description", config.description.clone()),
            ("part.authors", Some(config.authors.join(self.words.comma()))),
            ("part.notice", config.notice.clone()),
            ("part.licence", config.licence.clone()),
        ];
        let texts =
            texts.into_iter().filter_map(|(part, text)| Some((part, text.filter(|text| !text.is_empty())?)));
        Section {
            is_source: false,
            kind: self.words.get("part.kind-site").to_owned(),
            title: config.title.clone(),
            name: "site.toml".to_owned(),
            href: "index.html".to_owned(),
            responses: Vec::new(),
            exceptions: Vec::new(),
            statements: texts
                .map(|(part, text)| Statement {
                    n: 0,
                    part: self.words.capital(self.words.get(part)),
                    text,
                    place: "site.toml".to_owned(),
                    supports: Vec::new(),
                    counted: Vec::new(),
                    needs_source: false,
                })
                .collect(),
        }
    }

    fn section(&self, id: Id) -> Section {
        let dossier = &self.linked().dossier;
        let common = dossier.common(id);
        let name = match id.kind {
            Kind::Article => dossier.key(id).to_owned(),
            kind => format!("{}/{}", kind.plural(), dossier.key(id)),
        };
        let mut statements = self.facts(id);
        for body in bodies(dossier, id) {
            statements.extend(self.sentences(id, body));
        }
        let tags = common.into_iter().flat_map(|common| &common.tags);
        statements.extend(tags.map(|tag| self.statement("part.tag", tag.value.clone(), &[], tag.span)));
        Section {
            is_source: id.kind == Kind::Source,
            kind: self.words.strings.get(&format!("part.kind-{}", id.kind.singular())).to_owned(),
            title: self.words.title(id),
            name,
            href: crate::link::routes::address(dossier, id),
            responses: self.responses(id),
            exceptions: common
                .into_iter()
                .flat_map(|common| &common.allow)
                .map(|allow| Exception { lint: allow.lint.value.clone(), reason: allow.reason.clone() })
                .collect(),
            statements,
        }
    }

    /// What the fields of a record say, each with its own citations, or those of the record.
    fn facts(&self, id: Id) -> Vec<Statement> {
        let dossier = &self.linked().dossier;
        let whole = dossier.common(id).map_or(&[][..], |common| &common.cite);
        let or_whole = |cite: &'_ [Citation]| if cite.is_empty() { whole.to_vec() } else { cite.to_vec() };
        let mut found = Vec::new();
        let mut add = |part: &str, text: String, cite: &[Citation], span: Span| {
            if !text.is_empty() {
                found.push(self.statement(part, text, cite, span));
            }
        };
        let Some(span) = dossier.span(id) else { return Vec::new() };
        let words = self.words;
        match id.kind {
            Kind::Person => {
                let Some(person) = dossier.people.get(id.index).map(|person| &person.data) else {
                    return found;
                };
                add("part.whole", words.title(id), whole, span);
                if let Some(portrait) = &person.portrait {
                    let text =
                        [&portrait.alt, &portrait.credit, &portrait.licence].map(|text| Some(text.clone()));
                    add("part.picture", joined(text), &[], portrait.file.span);
                }
                for (key, date) in [("fact.born", &person.born), ("fact.died", &person.died)] {
                    if let Some(date) = date {
                        add(key, words.date(&date.value), whole, date.span);
                    }
                }
                for role in &person.roles {
                    let group = dossier.get(&role.of, GROUP).map_or_else(String::new, |id| words.title(id));
                    let term = words.dates.term(role.from.as_ref(), role.to.as_ref(), words.strings);
                    let text = joined([Some(role.role.clone()), Some(group), term]);
                    add("part.role", text, &or_whole(&role.cite), role.of.span);
                }
            }
            Kind::Group => {
                let Some(group) = dossier.groups.get(id.index).map(|group| &group.data) else { return found };
                let kind = words.strings.get(&format!("group-type.{}", group.kind.key())).to_owned();
                let country = group.country.as_ref().map(|country| country.value.clone());
                let text = joined([Some(words.title(id)), group.short.clone(), Some(kind), country]);
                add("part.whole", text, whole, span);
                for (key, date) in [("fact.founded", &group.founded), ("fact.dissolved", &group.dissolved)] {
                    if let Some(date) = date {
                        add(key, words.date(&date.value), whole, date.span);
                    }
                }
                for part in &group.part_of {
                    let of = dossier.get(&part.of, GROUP).map_or_else(String::new, |id| words.title(id));
                    let term = words.dates.term(part.from.as_ref(), part.to.as_ref(), words.strings);
                    add(
                        "part.part-of",
                        joined([Some(of), part.share.clone(), term]),
                        &or_whole(&part.cite),
                        part.of.span,
                    );
                }
            }
            Kind::Meeting | Kind::Event => self.occasion(id, whole, span, &mut found),
            Kind::Relation => {
                let Some(relation) = dossier.relations.get(id.index).map(|relation| &relation.data) else {
                    return found;
                };
                let term = words.dates.term(relation.since.as_ref(), relation.until.as_ref(), words.strings);
                let ends = [&relation.from, &relation.to].map(|end| self.name(end));
                let kind = words.strings.get(&format!("relation-type.{}", relation.kind.key())).to_owned();
                let text = format!("{} {kind} {}", ends[0], ends[1]);
                add("part.whole", joined([Some(text), relation.title.clone(), term]), whole, span);
            }
            Kind::Source => {
                let Some(source) = dossier.sources.get(id.index).map(|source| &source.data) else {
                    return found;
                };
                let text: String = runs(words, id, source, None).into_iter().map(|run| run.text).collect();
                let mut statement = self.statement("part.whole", text, whole, span);
                statement.supports.push(self.of_source(id, None));
                found.push(statement);
                for quote in &source.quotes {
                    let text = joined([
                        Some(quote.locator.value.clone()),
                        Some(quote.text.clone()),
                        quote.translation.clone(),
                    ]);
                    let mut statement = self.statement("part.quote", text, &[], quote.locator.span);
                    statement.supports.push(self.of_source(id, Some(&quote.locator.value)));
                    found.push(statement);
                }
            }
            Kind::Place => {
                let Some(place) = dossier.places.get(id.index).map(|place| &place.data) else { return found };
                let within = place.within.as_ref().map(|within| self.name(within));
                let position = place.position.map(|(lat, lon)| format!("{lat}, {lon}"));
                let country = place.country.as_ref().map(|country| country.value.clone());
                add("part.whole", joined([Some(words.title(id)), within, country, position]), whole, span);
            }
            Kind::Term => {
                let Some(term) = dossier.terms.get(id.index).map(|term| &term.data) else { return found };
                let definition = words.plain(&term.definition.text);
                add("part.whole", joined([Some(words.title(id)), Some(definition)]), whole, span);
            }
            Kind::Correction => {
                let Some(correction) = dossier.corrections.get(id.index).map(|record| &record.data) else {
                    return found;
                };
                let field = correction.field.as_ref().map(|field| words.field(&field.value));
                let on = dossier.get(&correction.on, ANY);
                let was = on.and_then(|on| corrections::was(words, on.kind, correction));
                let was = match was {
                    Some(was) => words.strings.fill("page.quoted", &[("words", &was)]),
                    None => words.get("page.corrected.nothing").to_owned(),
                };
                let text = joined([
                    Some(words.date(&correction.date.value)),
                    Some(self.name(&correction.on)),
                    field,
                    Some(was),
                    Some(correction.why.clone()),
                ]);
                add("part.whole", text, whole, span);
            }
            Kind::Article => {
                let cite = dossier.article(id).map_or(&[][..], |article| &article.cite);
                add("part.title", words.title(id), cite, span);
            }
        }
        for spelling in dossier.name(id).into_iter().flat_map(|name| &name.spellings) {
            let cite = &spelling.cite;
            found.push(self.statement(
                "part.spelling",
                joined([Some(spelling.text.value.clone()), spelling.note.clone()]),
                cite,
                spelling.text.span,
            ));
        }
        for stance in dossier.standing(id).into_iter().flat_map(|standing| &standing.stances) {
            let who = match &stance.who {
                Some(who) => self.name(who),
                None => words.get("detail.withheld").to_owned(),
            };
            let word = words.strings.get(&format!("status.{}", stance.position.key())).to_owned();
            let date = stance.date.as_ref().map(|date| words.date(&date.value));
            let text = joined([Some(who), Some(word), stance.words.clone(), stance.summary.clone(), date]);
            found.push(self.statement("part.stance", text, &stance.cite, stance.span));
        }
        found
    }

    /// When, where, what and who, and the status; then each participant with citations of their own.
    fn occasion(&self, id: Id, whole: &[Citation], span: Span, found: &mut Vec<Statement>) {
        let words = self.words;
        let dossier = &self.linked().dossier;
        let Some(row) = row::row(words, id) else { return };
        let plain = |parts: &Rich| parts.iter().map(|part| part.text.as_str()).collect::<String>();
        let status = format!("{} {}", row.status.word, plain(&row.status.by));
        let text = joined([
            Some(plain(&row.title)),
            Some(row.kind.clone()),
            Some(row.when.text.clone()),
            row.when.original.as_ref().map(|original| original.text.clone()),
            row.when.original.as_ref().and_then(|original| Some(original.given.as_ref()?.text.clone())),
            Some(plain(&row.place)),
            Some(plain(&row.people)),
            Some(status),
        ]);
        found.push(self.statement("part.whole", text, whole, span));
        let reported: Option<&Spanned<Date>> = match id.kind {
            Kind::Meeting => dossier.meetings.get(id.index).and_then(|record| record.data.reported.as_ref()),
            _ => dossier.events.get(id.index).and_then(|record| record.data.reported.as_ref()),
        };
        if let Some(date) = reported {
            found.push(self.statement("fact.reported", words.date(&date.value), whole, date.span));
        }
        for participant in dossier.participants(id) {
            let who = match &participant.who {
                Who::Record(who) => self.name(who),
                Who::Unnamed { desc, .. } => desc.clone(),
                Who::Withheld => words.get("detail.withheld").to_owned(),
            };
            let group = participant
                .for_group
                .as_ref()
                .map(|group| words.strings.fill("detail.for", &[("group", &self.name(group))]));
            let place = participant.from_place.as_ref().and_then(|place| dossier.get(place, PLACE));
            let count = match &participant.who {
                Who::Unnamed { count: Some(count), .. } => Some(count_text(words, *count)),
                _ => None,
            };
            let stands_in = participant.stands_in_for.as_ref();
            let stands_in = stands_in
                .map(|person| words.strings.fill("detail.stands-in", &[("person", &self.name(person))]));
            let text = joined([
                Some(who),
                count,
                participant.capacity.clone(),
                group,
                stands_in,
                participant
                    .named_as
                    .as_ref()
                    .map(|name| words.strings.fill("detail.named-as", &[("name", name)])),
                place.map(|place| words.strings.fill("detail.from", &[("place", &words.title(place))])),
            ]);
            let cite = if participant.cite.is_empty() { whole } else { &participant.cite };
            found.push(self.statement("part.participant", text, cite, participant.span));
        }
    }

    /// The sentences of a text. Those without a citation of their own in the summary or note of a record
    /// rest on what the record cites.
    fn sentences(&self, id: Id, body: &Body) -> Vec<Statement> {
        let dossier = &self.linked().dossier;
        let common = dossier.common(id);
        let prose = common.and_then(|common| common.prose.as_deref());
        let is_line = id.kind != Kind::Article && prose != Some(body);
        let whole = common.filter(|_| is_line).map_or(&[][..], |common| &common.cite);
        let sentences = body.sentences.iter().map(|sentence| {
            let cite = if sentence.citations.is_empty() { whole } else { &sentence.citations };
            let mut statement = self.statement("", self.words.plain(&sentence.text), cite, sentence.span);
            statement.counted = self.counted(sentence);
            statement
        });
        let lines = body
            .lines
            .iter()
            .map(|line| self.statement("part.line", self.words.plain(&line.value), whole, line.span));
        let pictures = body.images.iter().map(|image| {
            let text = joined([image.alt.clone(), image.credit.clone(), image.licence.clone()]);
            self.statement("part.picture", text, whole, image.span)
        });
        let mut found: Vec<Statement> = sentences.chain(lines).chain(pictures).collect();
        found.retain(|statement| statement.text.chars().any(char::is_alphanumeric));
        let line =
            |statement: &Statement| statement.place.rsplit_once(':').and_then(|(_, line)| line.parse().ok());
        found.sort_by_key(|statement| line(statement).unwrap_or(0u32));
        found
    }

    /// What the build counted for the figures of a sentence.
    fn counted(&self, sentence: &Sentence) -> Vec<String> {
        let counts = sentence.figures.iter().filter_map(|(_, span)| self.linked().figure(*span));
        let titles = |count: &Count| {
            let titles: Vec<String> = count.records.iter().map(|id| self.words.title(*id)).collect();
            titles.join(self.words.get("page.semicolon"))
        };
        counts
            .map(|count| match count.records.as_slice() {
                [] => self.words.counted(count),
                _ => format!("{}: {}", self.words.counted(count), titles(count)),
            })
            .collect()
    }

    fn statement(&self, part: &str, text: String, cite: &[Citation], span: Span) -> Statement {
        let (position, _) = self.texts.positions(span);
        Statement {
            n: 0,
            part: if part.is_empty() {
                String::new()
            } else {
                self.words.capital(self.words.strings.get(part))
            },
            text,
            place: format!("{}:{}", self.sources.path(span.file), position.line),
            supports: cite.iter().map(|citation| self.support(citation)).collect(),
            counted: Vec::new(),
            needs_source: !matches!(part, "part.title" | "part.line" | "part.picture" | "part.tag"),
        }
    }

    fn support(&self, citation: &Citation) -> Support {
        let words = self.words;
        let mut hops = citation.hops.iter();
        let mut support = match hops.next() {
            Some(Hop::Source { source, locator }) => match self.linked().dossier.get(source, SOURCE) {
                Some(id) => self.of_source(id, locator.as_deref()),
                None => Support { source: source.text.clone(), ..Support::default() },
            },
            Some(Hop::Unrecorded { text, .. }) => {
                Support { source: words.capital(text), ..Support::default() }
            }
            None => Support::default(),
        };
        let mut chain: Vec<String> = Vec::new();
        for hop in hops {
            let unseen = if words.unseen(hop) { words.get("attribution.unseen") } else { "" };
            let place = match hop {
                Hop::Source { locator: Some(locator), .. } => format!(" {locator}"),
                _ => String::new(),
            };
            chain.push(format!("{} {}{place}{unseen}", words.get("note.citing-word"), words.hop(hop).text));
        }
        support.chain = chain.join(words.comma());
        support
    }

    /// A source at a place, with what the dossier holds of it.
    fn of_source(&self, id: Id, locator: Option<&str>) -> Support {
        let dossier = &self.linked().dossier;
        let Some(source) = dossier.sources.get(id.index).map(|source| &source.data) else {
            return Support::default();
        };
        let quote = locator.and_then(|locator| source.quote(locator));
        let text: String = runs(self.words, id, source, None).into_iter().map(|run| run.text).collect();
        let address =
            |url: &Option<Spanned<String>>| url.as_ref().map_or_else(String::new, |url| url.value.clone());
        Support {
            source: text,
            locator: locator.unwrap_or_default().to_owned(),
            chain: String::new(),
            quotation: quote.map_or_else(String::new, |quote| quote.text.clone()),
            translation: quote.and_then(|quote| quote.translation.clone()).unwrap_or_default(),
            url: address(&source.url),
            archived: address(&source.archived),
            copy: source.copy.as_ref().map_or_else(String::new, |copy| copy.file.path.clone()),
            sha256: source.copy.as_ref().map_or_else(String::new, |copy| copy.sha256.value.to_lowercase()),
            copy_state: match source.copy.as_ref().map(|copy| compare(copy, self.sources)) {
                Some(Copy::Same) => "same",
                Some(Copy::Differs(_)) => "differs",
                Some(Copy::Missing) => "missing",
                None => "",
            },
            recorded: true,
        }
    }

    /// Whom the authors asked, how, and what they answered.
    fn responses(&self, id: Id) -> Vec<String> {
        let words = self.words;
        let dossier = &self.linked().dossier;
        let own = matches!(id.kind, Kind::Person | Kind::Group).then_some(id);
        let requests = dossier.common(id).into_iter().flat_map(|common| &common.response_sought);
        requests
            .filter_map(|request| {
                let party = request.from.as_ref().map_or(own, |from| dossier.get(from, PARTY))?;
                let asked = words.asked(request);
                let stances = dossier.standing(id).into_iter().flat_map(|standing| &standing.stances);
                let answers = stances.filter(|stance| {
                    stance.who.as_ref().and_then(|who| dossier.get(who, PARTY)) == Some(party)
                });
                let answers: Vec<String> = answers
                    .map(|stance| words.strings.get(&format!("status.{}", stance.position.key())).to_owned())
                    .collect();
                let answer = if answers.is_empty() {
                    words.get("status.no-response").to_owned()
                } else {
                    answers.join(words.comma())
                };
                Some(format!("{}: {asked} {answer}.", words.title(party)))
            })
            .collect()
    }

    fn name(&self, reference: &Ref) -> String {
        let id = self.linked().dossier.get(reference, ANY);
        id.map_or_else(|| reference.text.clone(), |id| self.words.title(id))
    }
}

/// A checksum over the names and bytes of all files.
fn state(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for file in sources.iter() {
        hasher.update(file.path.as_bytes());
        hasher.update([0]);
        hasher.update(Sha256::digest(&file.bytes));
    }
    copies::hex(&hasher.finalize())
}

/// The parts that say something, with semicolons between them.
fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    parts.join("; ")
}
