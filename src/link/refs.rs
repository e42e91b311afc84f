//! Every reference of a record, with the kinds that may stand there; and whether each holds.

use super::{problems, provenance};
use crate::diag::{Diagnostic, Severity, a, did_you_mean};
use crate::model::body::{Body, Piece, THEME_ANCHORS};
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::{Absent, Dossier, Id, Resolution};
use crate::model::meeting::{Participant, Who};
use crate::model::query::{Query, Term};
use crate::model::source::By;
use crate::model::{Kind, Position, Ref, Standing, Status};
use crate::source::{Span, Spanned};

pub use crate::model::kinds::{ANY, GROUP, OCCASION, PARTY, PERSON, PLACE, RELATION, SOURCE};

/// Which part of a record a reference or citation stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The record as a whole.
    Whole,
    Role,
    Spelling,
    Participant,
    Stance,
    PartOf,
    Prose,
}

/// One reference, and what may stand there.
pub struct Mention<'d> {
    pub reference: &'d Ref,
    pub kinds: &'static [Kind],
    pub part: Part,
}

/// Every reference that the fields of a record make, but its citations and prose.
pub fn fields(dossier: &Dossier, id: Id) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    let mut add = |reference, kinds, part| found.push(Mention { reference, kinds, part });
    match id.kind {
        Kind::Person => {
            for role in dossier.people.get(id.index).into_iter().flat_map(|person| &person.data.roles) {
                add(&role.of, GROUP, Part::Role);
                role.place.iter().for_each(|place| add(place, PLACE, Part::Role));
            }
        }
        Kind::Group => {
            for part in dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of) {
                add(&part.of, GROUP, Part::PartOf);
            }
        }
        Kind::Meeting => {
            if let Some(meeting) = dossier.meetings.get(id.index) {
                meeting.data.place.iter().for_each(|place| add(place, PLACE, Part::Whole));
                participants(&meeting.data.participants, &mut add);
                standing(&meeting.data.standing, OCCASION, &mut add);
            }
        }
        Kind::Event => {
            if let Some(event) = dossier.events.get(id.index) {
                event.data.place.iter().for_each(|place| add(place, PLACE, Part::Whole));
                participants(&event.data.involved, &mut add);
                standing(&event.data.standing, OCCASION, &mut add);
            }
        }
        Kind::Relation => {
            if let Some(relation) = dossier.relations.get(id.index) {
                add(&relation.data.from, PARTY, Part::Whole);
                add(&relation.data.to, PARTY, Part::Whole);
                standing(&relation.data.standing, RELATION, &mut add);
            }
        }
        Kind::Place => {
            let within = dossier.places.get(id.index).and_then(|place| place.data.within.as_ref());
            within.into_iter().for_each(|place| add(place, PLACE, Part::Whole));
        }
        Kind::Source => {
            for maker in dossier.sources.get(id.index).into_iter().flat_map(|source| source.data.makers()) {
                if let By::Record(by) = maker {
                    add(by, PARTY, Part::Whole);
                }
            }
        }
        Kind::Correction => {
            if let Some(correction) = dossier.corrections.get(id.index) {
                add(&correction.data.on, ANY, Part::Whole);
            }
        }
        Kind::Term | Kind::Article => {}
    }
    let requests = dossier.common(id).into_iter().flat_map(|common| &common.response_sought);
    requests.filter_map(|request| request.from.as_ref()).for_each(|from| add(from, PARTY, Part::Stance));
    found
}

fn participants<'d>(participants: &'d [Participant], add: &mut impl FnMut(&'d Ref, &'static [Kind], Part)) {
    for participant in participants {
        if let Who::Record(who) = &participant.who {
            add(who, PARTY, Part::Participant);
        }
        participant.for_group.iter().for_each(|group| add(group, GROUP, Part::Participant));
        participant.stands_in_for.iter().for_each(|person| add(person, PERSON, Part::Participant));
        participant.from_place.iter().for_each(|place| add(place, PLACE, Part::Participant));
    }
}

fn standing<'d>(
    standing: &'d Standing,
    same: &'static [Kind],
    add: &mut impl FnMut(&'d Ref, &'static [Kind], Part),
) {
    let parties = standing.stances.iter().filter_map(|stance| stance.who.as_ref());
    parties.for_each(|who| add(who, PARTY, Part::Stance));
    standing.maybe_same.iter().for_each(|other| add(other, same, Part::Whole));
}

/// Every text of a record or article.
pub fn bodies(dossier: &Dossier, id: Id) -> Vec<&Body> {
    let common = dossier.common(id);
    let mut found: Vec<&Body> =
        common.into_iter().flat_map(|common| common.note.iter().chain(common.prose.as_deref())).collect();
    let summary = match id.kind {
        Kind::Person => dossier.people.get(id.index).and_then(|record| record.data.summary.as_ref()),
        Kind::Group => dossier.groups.get(id.index).and_then(|record| record.data.summary.as_ref()),
        Kind::Meeting => dossier.meetings.get(id.index).and_then(|record| record.data.summary.as_ref()),
        Kind::Event => dossier.events.get(id.index).and_then(|record| record.data.summary.as_ref()),
        Kind::Article => dossier.article(id).and_then(|article| article.summary.as_ref()),
        Kind::Term => dossier.terms.get(id.index).map(|term| &term.data.definition),
        _ => None,
    };
    found.extend(summary);
    found.extend(dossier.article(id).map(|article| &article.body));
    found
}

/// The citations of each statement of a record, in the order of its fields, then of its texts.
pub fn statements(dossier: &Dossier, id: Id) -> Vec<(&[Citation], Part)> {
    let mut found: Vec<(&[Citation], Part)> = Vec::new();
    let mut add = |cite, part| found.push((cite, part));
    add(dossier.common(id).map_or(&[], |common| common.cite.as_slice()), Part::Whole);
    match id.kind {
        Kind::Person => {
            let roles = dossier.people.get(id.index).into_iter().flat_map(|person| &person.data.roles);
            roles.for_each(|role| add(&role.cite, Part::Role));
        }
        Kind::Group => {
            let parts = dossier.groups.get(id.index).into_iter().flat_map(|group| &group.data.part_of);
            parts.for_each(|part| add(&part.cite, Part::PartOf));
        }
        _ => {}
    }
    let spellings = dossier.name(id).into_iter().flat_map(|name| &name.spellings);
    spellings.for_each(|spelling| add(&spelling.cite, Part::Spelling));
    for participant in dossier.participants(id) {
        add(&participant.cite, Part::Participant);
    }
    for stance in dossier.standing(id).into_iter().flat_map(|standing| &standing.stances) {
        add(&stance.cite, Part::Stance);
    }
    for body in bodies(dossier, id) {
        for piece in &body.pieces {
            if let Piece::Cite(citations) = piece {
                add(citations, Part::Prose);
            }
        }
    }
    found.retain(|(cite, _)| !cite.is_empty());
    found
}

/// All that a record or article refers to, by where it does.
pub struct Said<'d> {
    pub fields: Vec<Mention<'d>>,
    pub statements: Vec<(&'d [Citation], Part)>,
    pub bodies: Vec<&'d Body>,
}

impl<'d> Said<'d> {
    pub fn of(dossier: &'d Dossier, id: Id) -> Said<'d> {
        Said { fields: fields(dossier, id), statements: statements(dossier, id), bodies: bodies(dossier, id) }
    }

    /// Every citation, in the order of the statements.
    pub fn citations(&self) -> impl Iterator<Item = (&'d Citation, Part)> {
        self.statements.iter().flat_map(|(cite, part)| cite.iter().map(|citation| (citation, *part)))
    }
}

/// Every citation of a record, in the same order.
pub fn citations(dossier: &Dossier, id: Id) -> Vec<(&Citation, Part)> {
    let statements = statements(dossier, id).into_iter();
    statements.flat_map(|(cite, part)| cite.iter().map(move |citation| (citation, part))).collect()
}

/// Every reference that a query makes.
pub fn of_query(query: &Query) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    for term in &query.terms {
        let mut add = |reference, kinds| found.push(Mention { reference, kinds, part: Part::Prose });
        match term {
            Term::With(refs) => refs.iter().for_each(|reference| add(reference, PARTY)),
            Term::Between(a, b) => {
                add(a, PARTY);
                add(b, PARTY);
            }
            Term::Place(place) => add(place, PLACE),
            Term::Of(of) => add(of, if query.kind == Some(Kind::Source) { PARTY } else { GROUP }),
            _ => {}
        }
    }
    found
}

/// Reports every reference of a record or article that does not hold.
pub fn check(dossier: &Dossier, id: Id, said: &Said) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for mention in &said.fields {
        found.extend(problem(dossier, mention, false));
        // Groups and places that lie in themselves are found with all other circles.
        let own = matches!(id.kind, Kind::Meeting | Kind::Event);
        if own && dossier.get(mention.reference, mention.kinds) == Some(id) {
            let message = format!("the {} \"{}\" names itself", id.kind.singular(), dossier.key(id));
            found.push(problems::error(problems::CIRCULAR_REFERENCE, mention.reference.span, message));
        }
    }
    if let Some(relation) = dossier.relations.get(id.index).filter(|_| id.kind == Kind::Relation) {
        let ends = [&relation.data.from, &relation.data.to].map(|end| dossier.get(end, PARTY));
        if ends[0].is_some() && ends[0] == ends[1] {
            let message = "this relation leads from somebody to the same";
            let problem = problems::error(problems::CIRCULAR_REFERENCE, relation.data.to.span, message);
            found.push(problem.also(relation.data.from.span, "from here"));
        }
    }
    for (citation, _) in said.citations() {
        for hop in &citation.hops {
            if let Hop::Source { source, locator } = hop {
                let locator = locator.as_deref().unwrap_or("");
                found.extend(source_problem(dossier, source, locator, citation.span));
            }
        }
    }
    found.extend(status_problem(dossier, id));
    // What is cited within one sentence is one statement, also in several brackets.
    let sentences = said.bodies.iter().flat_map(|body| &body.sentences);
    let sentences = sentences.map(|sentence| sentence.citations.as_slice());
    let statements = said.statements.iter().map(|(cite, _)| *cite);
    let mut circles: Vec<Diagnostic> = Vec::new();
    for circle in statements.chain(sentences).filter_map(circle_problem) {
        if circles.iter().all(|known| known.span != circle.span) {
            circles.push(circle);
        }
    }
    found.extend(circles);
    for body in &said.bodies {
        found.extend(body.brackets.iter().filter_map(|brackets| forgotten_sign(dossier, brackets)));
        for piece in &body.pieces {
            match piece {
                Piece::Wikilink { target, anchor, .. } => {
                    let mention = Mention { reference: target, kinds: ANY, part: Part::Prose };
                    found.extend(problem(dossier, &mention, true));
                    if let (Some(id), Some(anchor)) = (dossier.get(target, ANY), anchor) {
                        found.extend(anchor_problem(dossier, id, anchor, target.span));
                    }
                }
                Piece::File { path, anchor: Some(anchor), span, .. } => {
                    let article = path.strip_suffix(".md").and_then(|path| dossier.find(Kind::Article, path));
                    found.extend(article.and_then(|id| anchor_problem(dossier, id, anchor, *span)));
                }
                Piece::Figure(figure) => found.extend(
                    of_query(&figure.query).iter().filter_map(|mention| problem(dossier, mention, true)),
                ),
                Piece::Embed { query, .. } => {
                    found.extend(of_query(query).iter().filter_map(|mention| problem(dossier, mention, true)))
                }
                _ => {}
            }
        }
    }
    found
}

/// A status other than that somebody reports or infers, with nobody to say so.
fn status_problem(dossier: &Dossier, id: Id) -> Option<Diagnostic> {
    let (standing, common) = (dossier.standing(id)?, dossier.common(id)?);
    let status = standing.status.as_ref()?;
    let says = |position| standing.by(position).next().is_some();
    let has_actor = match status.value {
        Status::Reported | Status::Inferred => true,
        Status::Confirmed => says(Position::Confirmed),
        Status::Denied => says(Position::Denied),
        Status::Retracted => says(Position::Retracted),
        Status::Disputed => says(Position::Denied) || says(Position::Retracted),
    };
    if has_actor || common.cites {
        return None;
    }
    let message = format!(
        "this {} is called {}, and nobody is named who says so",
        id.kind.singular(),
        status.value.key()
    );
    let fields = "`confirmed_by`, `denied_by` or `retracted_by`";
    Some(
        problems::error(problems::STATUS_WITHOUT_ACTOR, status.span, message)
            .help(format!("name the party in {fields}, or the source in `cite`")),
    )
}

/// The chains of one statement that rest on each other, with the circle spelt out.
fn circle_problem(cite: &[Citation]) -> Option<Diagnostic> {
    let circle = provenance::circle(cite)?;
    let names: Vec<&str> = circle.iter().map(|hop| hop.origin().1).collect();
    let message = format!("these sources rest on each other: {}", names.join(" citing "));
    let first = circle.first()?.span();
    let back = circle.iter().rev().nth(1)?.span();
    Some(
        problems::error(problems::CIRCULAR_SOURCING, first, message)
            .label("starts here")
            .also(back, "comes back from here")
            .help("find out which of them has it from elsewhere, and end the chains there"),
    )
}

/// What is wrong with a cited source, or with a locator that has swallowed another citation.
fn source_problem(dossier: &Dossier, source: &Ref, locator: &str, span: Span) -> Option<Diagnostic> {
    let mention = Mention { reference: source, kinds: SOURCE, part: Part::Whole };
    if let Some(found) = problem(dossier, &mention, true) {
        // `unnamed officials` without quotes reads as a source and a locator.
        let words = !locator.is_empty() && !locator.contains(|c: char| c.is_numeric() || c == '¶');
        let unknown = found.code == problems::UNKNOWN_REFERENCE && found.help.is_some();
        return Some(if words && unknown {
            found.help(format!(
                "an origin that is no record stands in single quotes: `'{} {locator}'`",
                source.text
            ))
        } else {
            found
        });
    }
    // A key with a hyphen is no word of a place; others are one unless a comma or an `@` stands before.
    let words: Vec<&str> = locator.split_whitespace().collect();
    let swallowed = words.iter().enumerate().find_map(|(at, word)| {
        let key = word.trim_matches([',', ';', '@']);
        let apart = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| before.ends_with([',', ';']));
        let meant = key.contains('-') || word.starts_with('@') || apart;
        (meant && dossier.find(Kind::Source, key).is_some()).then_some(key)
    })?;
    let message = format!("\"{swallowed}\" is a source of its own, not a place in \"{}\"", source.text);
    let list = format!(
        "write a list, `[\"{} ..\", \"{swallowed} ..\"]`; in prose, `[@{} ..; @{swallowed} ..]`",
        source.text, source.text
    );
    Some(problems::error(problems::CITATION_IN_LOCATOR, span, message).help(list))
}

/// Brackets that would be a citation, were there an `@` in them, or a link, were there two.
fn forgotten_sign(dossier: &Dossier, brackets: &Spanned<String>) -> Option<Diagnostic> {
    let inner = brackets.value.as_str();
    // A key of one word is often a word of the text.
    if inner.contains('-') && dossier.named(inner, ANY).is_some_and(|id| id.kind != Kind::Source) {
        let message =
            format!("readers see these brackets as they stand: only two make a link of \"{inner}\"");
        let problem =
            Diagnostic::new(problems::LINK_IN_ONE_BRACKET, Severity::Warning, Some(brackets.span), message);
        return Some(problem.help(format!("did you mean `[[{inner}]]`?")));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let key = inner.split(|c| !is_part(c)).next()?;
    dossier.find(Kind::Source, key)?;
    let message = format!("readers see these brackets as they stand: no `@` makes a citation of \"{key}\"");
    let help = format!("did you mean `[@{inner}]`?");
    let span = Some(brackets.span);
    Some(Diagnostic::new(problems::CITATION_WITHOUT_AT, Severity::Warning, span, message).help(help))
}

/// An anchor that the text of another page does not have.
fn anchor_problem(dossier: &Dossier, id: Id, anchor: &str, span: Span) -> Option<Diagnostic> {
    let themed = THEME_ANCHORS.iter().any(|prefix| anchor.starts_with(prefix));
    let known: Vec<&str> =
        bodies(dossier, id).into_iter().flat_map(|body| &body.anchors).map(String::as_str).collect();
    if themed || known.contains(&anchor) {
        return None;
    }
    let near = did_you_mean(anchor, known).map(|near| format!("did you mean `#{near}`?"));
    let message = format!(
        "no heading of the {} \"{}\" has the anchor `#{anchor}`",
        id.kind.singular(),
        dossier.key(id)
    );
    Some(problems::error(problems::MISSING_ANCHOR, span, message).maybe_help(near))
}

/// What is wrong with one reference. Fields may name withheld records, which the site leaves out;
/// `in_prose` may not.
pub fn problem(dossier: &Dossier, mention: &Mention, in_prose: bool) -> Option<Diagnostic> {
    let Mention { reference, kinds, .. } = mention;
    let (text, span) = (&reference.text, reference.span);
    let resolution = dossier.resolve(text, kinds);
    if matches!(resolution, Resolution::Found(_)) {
        return None;
    }
    // Prose can link to anything, which is better called a record than by eight names.
    let wanted = match kinds.len() {
        0..=3 => crate::diag::one_of(kinds.iter().map(|kind| kind.singular())),
        _ => "record".to_owned(),
    };
    match resolution {
        Resolution::Found(_) => None,
        Resolution::Ambiguous(ids) => {
            let choices: Vec<String> =
                ids.iter().map(|id| format!("{}/{}", id.kind.plural(), dossier.key(*id))).collect();
            let mut problem = problems::error(
                problems::AMBIGUOUS_REFERENCE,
                span,
                format!("\"{text}\" is the key of several records"),
            )
            .help(format!("write {}", crate::diag::one_of(choices.iter().map(String::as_str))));
            for id in ids {
                if let Some(place) = dossier.span(id) {
                    problem = problem.also(place, format!("this {}", id.kind.singular()));
                }
            }
            Some(problem)
        }
        Resolution::WrongKind(id) => {
            let mut problem = problems::error(
                problems::WRONG_KIND,
                span,
                format!("\"{text}\" is {}, and here belongs {}", a(id.kind.singular()), a(&wanted)),
            );
            if let Some(place) = dossier.span(id) {
                problem = problem.also(place, "defined here");
            }
            Some(problem)
        }
        Resolution::Moved(id) => Some(
            problems::error(problems::UNKNOWN_REFERENCE, span, format!("\"{text}\" is a former key"))
                .help(format!("write \"{}\"", dossier.key(id))),
        ),
        Resolution::Absent(kind, Absent::Draft(place)) => Some(
            problems::error(
                problems::REFERENCE_TO_DRAFT,
                span,
                format!("the {} \"{text}\" is a draft", kind.singular()),
            )
            .also(place, "the draft")
            .help(
                "accept it by deleting its `draft = true`, make this a draft too, or build with `--drafts`",
            ),
        ),
        Resolution::Absent(_, Absent::Withheld) if !in_prose => None,
        Resolution::Absent(_, Absent::Faulty | Absent::Later) => None,
        Resolution::Absent(kind, Absent::Withheld) => Some(
            problems::error(
                problems::REFERENCE_TO_WITHHELD,
                span,
                format!("this {} is withheld", kind.singular()),
            )
            .help("take the reference out of the text"),
        ),
        Resolution::Unknown => {
            let named = text.split_once('/').and_then(|(kind, key)| Some((Kind::from_plural(kind)?, key)));
            let meant = named.as_ref().map_or(*kinds, |(kind, _)| std::slice::from_ref(kind));
            if meant.iter().any(|kind| dossier.unread.contains(kind)) {
                return None;
            }
            // No key has capitals, and names have.
            let near = match named {
                Some((kind, key)) => did_you_mean(
                    &key.to_lowercase(),
                    dossier.ids(kind).map(|id| dossier.key(id)).collect::<Vec<_>>(),
                )
                .map(|near| format!("{}/{near}", kind.plural())),
                None => {
                    let known: Vec<&str> =
                        kinds.iter().flat_map(|kind| dossier.ids(*kind)).map(|id| dossier.key(id)).collect();
                    did_you_mean(&text.to_lowercase(), known).map(str::to_owned)
                }
            };
            let suggestion =
                near.as_ref().map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            let key = named.map_or(text.as_str(), |(_, key)| key);
            let kinds = named.as_ref().map_or(*kinds, |(kind, _)| std::slice::from_ref(kind));
            let wanted = named.map_or(wanted, |(kind, _)| kind.singular().to_owned());
            let help = (near.is_none() && !key.contains('/')).then(|| added(kinds, key));
            let message = format!("unknown {wanted} \"{text}\"{suggestion}");
            Some(problems::error(problems::UNKNOWN_REFERENCE, span, message).maybe_help(help))
        }
    }
}

/// How to add a record that may be of any of these kinds.
fn added(kinds: &[Kind], text: &str) -> String {
    let slug = slug::slugify(text);
    let key = if slug.is_empty() { "KEY" } else { slug.as_str() };
    match kinds {
        [kind] => format!("add it with `dossier new {} {key}`", kind.singular()),
        [one, other] => format!(
            "add it with `dossier new {} {key}` or `dossier new {} {key}`",
            one.singular(),
            other.singular()
        ),
        _ => format!("add it with `dossier new KIND {key}`, where KIND is person, group, meeting or another"),
    }
}
