//! What came into a dossier after a day, taken out of it, and with it what refers to it: for a dossier as
//! it stood on that day.

use std::collections::BTreeMap;

use super::mentions::{mentioned, page, texts_of, texts_of_article};
use super::{ANY, GROUP, Missing, PARTY, PLACE, named, problems, tied_to};
use crate::as_of::is_later;
use crate::diag::{Checked, Diagnostic};
use crate::html::escaped_text;
use crate::model::article::Article;
use crate::model::body::{Body, Piece};
use crate::model::citation::{Citation, Hop};
use crate::model::date::{Date, Day};
use crate::model::dossier::Absent;
use crate::model::meeting::{Participant, Who};
use crate::model::name::Name;
use crate::model::{Common, Kind, Ref, Standing, Status};
use crate::parse::ParsedRecord;
use crate::source::Spanned;

const SOURCE: &[Kind] = &[Kind::Source];

/// The records that were there on the day, without what they say by way of later ones, and the sentences
/// that nobody could write then; the articles are changed in place. What was left out is entered into
/// `absent`.
pub(super) fn without(
    records: Vec<ParsedRecord>,
    articles: &mut Vec<Article>,
    day: Day,
    absent: &mut BTreeMap<(Kind, String), Absent>,
) -> Checked<Vec<ParsedRecord>> {
    // The names of what goes, for the links of texts that stay.
    let mut titles: BTreeMap<(Kind, String), String> = BTreeMap::new();
    let named_today = mentioned(&records, articles);
    let (mut kept, others): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|record| record.kind() == Kind::Source);
    let mut leave = |record: &ParsedRecord, absent: &mut BTreeMap<(Kind, String), Absent>| {
        let name = (record.kind(), record.key().to_owned());
        titles.extend(title(record).map(|title| (name.clone(), title)));
        absent.insert(name, Absent::Later);
    };
    let is_gone = |record: &ParsedRecord, absent: &BTreeMap<(Kind, String), Absent>| {
        is_of_later(record, day) || rests_on_later(record.common(), &Missing(absent))
    };
    // A source that is known through a later one is later, too, and so on.
    loop {
        let (gone, rest): (Vec<_>, Vec<_>) = kept.into_iter().partition(|record| is_gone(record, absent));
        kept = rest;
        gone.iter().for_each(|record| leave(record, absent));
        if gone.is_empty() {
            break;
        }
    }
    let (gone, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(|record| is_gone(record, absent));
    kept.extend(rest);
    gone.iter().for_each(|record| leave(record, absent));
    let tied = tied_to(&kept, &Missing(absent), Absent::Later);
    let (gone, kept): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|record| tied.contains(&(record.kind(), record.key().to_owned())));
    gone.iter().for_each(|record| leave(record, absent));
    articles.retain(|article| {
        let added = article.common.added.iter().chain(&article.date);
        let gone = added.map(|date| &date.value).any(|date| is_later(date, day))
            || all_later(&article.cite, &Missing(absent));
        if gone {
            let name = (Kind::Article, article.path.clone());
            titles.insert(name.clone(), article.title.clone());
            absent.insert(name, Absent::Later);
        }
        !gone
    });
    let texts = kept.iter().flat_map(texts_of).chain(articles.iter().flat_map(texts_of_article));
    let diagnostics = unsourced(texts, &Missing(absent), day);
    let gone = Gone { missing: Missing(absent), titles: &titles, day };
    for article in articles.iter_mut() {
        gone.leave_common(&mut article.common);
        gone.leave_citations(&mut article.cite);
        article.summary.iter_mut().for_each(|body| gone.leave_body(body));
        gone.leave_body(&mut article.body);
    }
    let mut kept: Vec<ParsedRecord> = kept.into_iter().filter_map(|record| gone.leave(record)).collect();
    // Whom only later records name came with them.
    loop {
        let named_then = mentioned(&kept, articles);
        let came_with = |record: &ParsedRecord| {
            let name = (record.kind(), record.key().to_owned());
            let common = record.common();
            let alone = common.added.is_none() && common.cite.is_empty();
            alone && named_today.contains(&name) && !named_then.contains(&name)
        };
        let (gone, rest): (Vec<_>, Vec<_>) = kept.into_iter().partition(came_with);
        kept = rest;
        if gone.is_empty() {
            break;
        }
        absent.extend(gone.iter().map(|record| ((record.kind(), record.key().to_owned()), Absent::Later)));
        let missing = Missing(absent);
        kept.retain(|record| match record {
            ParsedRecord::Correction(record) => !missing.names(&record.data.on, ANY, Absent::Later),
            _ => true,
        });
    }
    Checked { value: kept, diagnostics }
}

/// The sentences all of whose sources are later ones.
fn unsourced<'b>(texts: impl Iterator<Item = &'b Body>, missing: &Missing, day: Day) -> Vec<Diagnostic> {
    let later =
        texts.flat_map(|body| &body.sentences).filter(|sentence| all_later(&sentence.citations, missing));
    later
        .map(|sentence| {
            let message = format!("this sentence rests on sources from after {} alone", day.iso());
            Diagnostic::warning(problems::SENTENCE_OF_LATER_SOURCES, sentence.span, message)
                .help("it stays, without a source: say in a correction of `prose` what stood there before")
        })
        .collect()
}

/// Whether a record came later by its own dates.
fn is_of_later(record: &ParsedRecord, day: Day) -> bool {
    let dates: Vec<_> = match record {
        ParsedRecord::Meeting(record) => vec![&record.data.date, &record.data.reported],
        ParsedRecord::Event(record) => vec![&record.data.date, &record.data.reported],
        // Read again later is read before.
        ParsedRecord::Source(record) if record.common.added.is_some() => vec![&record.data.published],
        ParsedRecord::Source(record) => vec![&record.data.published, &record.data.accessed],
        ParsedRecord::Group(record) => vec![&record.data.founded],
        ParsedRecord::Relation(record) => vec![&record.data.since],
        ParsedRecord::Correction(record) => return is_later(&record.data.date.value, day),
        ParsedRecord::Person(_) | ParsedRecord::Place(_) => Vec::new(),
    };
    dates.into_iter().chain([&record.common().added]).flatten().any(|date| is_later(&date.value, day))
}

/// Whether all that a record cites came later.
fn rests_on_later(common: &Common, missing: &Missing) -> bool {
    all_later(&common.cite, missing)
}

fn all_later(citations: &[Citation], missing: &Missing) -> bool {
    !citations.is_empty() && citations.iter().all(|citation| cites_later(citation, missing))
}

fn cites_later(citation: &Citation, missing: &Missing) -> bool {
    citation.hops.iter().any(|hop| match hop {
        Hop::Source { source, .. } => missing.names(source, SOURCE, Absent::Later),
        Hop::Unrecorded { .. } => false,
    })
}

/// The name or title that the authors gave a record.
fn title(record: &ParsedRecord) -> Option<String> {
    match record {
        ParsedRecord::Person(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Group(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Place(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Event(record) => Some(record.data.title.clone()),
        ParsedRecord::Source(record) => Some(record.data.title.clone()),
        ParsedRecord::Meeting(record) => record.data.title.clone(),
        ParsedRecord::Relation(record) => record.data.title.clone(),
        ParsedRecord::Correction(_) => None,
    }
}

/// What is gone, and how to leave it out.
struct Gone<'a> {
    missing: Missing<'a>,
    titles: &'a BTreeMap<(Kind, String), String>,
    day: Day,
}

impl Gone<'_> {
    fn has(&self, reference: &Ref, kinds: &[Kind]) -> bool {
        self.missing.names(reference, kinds, Absent::Later)
    }

    fn later(&self, date: &Option<Spanned<Date>>) -> bool {
        date.as_ref().is_some_and(|date| is_later(&date.value, self.day))
    }

    /// Leaves out a date that nobody could know on the day.
    fn leave_date(&self, date: &mut Option<Spanned<Date>>) {
        if self.later(date) {
            *date = None;
        }
    }

    fn leave_ref(&self, reference: &mut Option<Ref>, kinds: &[Kind]) {
        if reference.as_ref().is_some_and(|reference| self.has(reference, kinds)) {
            *reference = None;
        }
    }

    /// A record without what refers to later ones; nothing when without that it says nothing.
    fn leave(&self, mut record: ParsedRecord) -> Option<ParsedRecord> {
        let cited = record.common().cite.len();
        self.leave_common(record.common_mut());
        let fewer = record.common().cite.len() < cited;
        match &mut record {
            ParsedRecord::Person(person) => {
                self.leave_date(&mut person.data.died);
                person.data.roles.retain_mut(|role| {
                    self.leave_ref(&mut role.place, PLACE);
                    self.leave_date(&mut role.to);
                    self.known(&mut role.cite) && !self.later(&role.from) && !self.has(&role.of, GROUP)
                });
                self.leave_spellings(&mut person.data.name);
                person.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Group(group) => {
                self.leave_date(&mut group.data.dissolved);
                group.data.part_of.retain_mut(|part| {
                    self.leave_date(&mut part.to);
                    self.known(&mut part.cite) && !self.later(&part.from) && !self.has(&part.of, GROUP)
                });
                self.leave_spellings(&mut group.data.name);
                group.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Meeting(meeting) => {
                self.leave_ref(&mut meeting.data.place, PLACE);
                self.leave_participants(&mut meeting.data.participants);
                self.leave_standing(&mut meeting.data.standing, fewer);
                meeting.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Event(event) => {
                self.leave_ref(&mut event.data.place, PLACE);
                self.leave_participants(&mut event.data.involved);
                self.leave_standing(&mut event.data.standing, fewer);
                event.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Relation(relation) => {
                self.leave_date(&mut relation.data.until);
                self.leave_standing(&mut relation.data.standing, fewer);
            }
            ParsedRecord::Correction(correction) => {
                if self.has(&correction.data.on, ANY) {
                    return None;
                }
            }
            ParsedRecord::Source(source) => {
                source.data.leave_makers(|by| self.has(by, PARTY));
                self.leave_date(&mut source.data.accessed);
                source.data.copy = source.data.copy.take().filter(|copy| !self.later(&copy.got));
            }
            ParsedRecord::Place(place) => {
                self.leave_ref(&mut place.data.within, PLACE);
                self.leave_spellings(&mut place.data.name);
            }
        }
        Some(record)
    }

    fn leave_common(&self, common: &mut Common) {
        self.leave_citations(&mut common.cite);
        self.leave_date(&mut common.updated);
        common.response_sought.retain(|request| {
            !self.later(&request.date) && !request.from.as_ref().is_some_and(|from| self.has(from, PARTY))
        });
        for body in common.note.iter_mut().chain(&mut common.prose) {
            self.leave_body(body);
        }
    }

    fn leave_participants(&self, participants: &mut Vec<Participant>) {
        participants.retain_mut(|participant| {
            self.leave_ref(&mut participant.for_group, GROUP);
            self.leave_ref(&mut participant.stands_in_for, &[Kind::Person]);
            self.leave_ref(&mut participant.from_place, PLACE);
            self.known(&mut participant.cite)
                && match &participant.who {
                    Who::Record(who) => !self.has(who, PARTY),
                    Who::Unnamed { .. } | Who::Withheld => true,
                }
        });
    }

    fn leave_spellings(&self, name: &mut Name) {
        name.spellings.retain_mut(|spelling| self.known(&mut spelling.cite));
    }

    /// Without the positions of later parties, those taken later, and those known from later sources alone.
    /// The status that the authors wrote is theirs of today: with fewer positions or sources (`fewer`) it
    /// follows from those that are left.
    fn leave_standing(&self, standing: &mut Standing, fewer: bool) {
        let stances = standing.stances.len();
        standing.stances.retain_mut(|stance| {
            self.known(&mut stance.cite)
                && !self.later(&stance.date)
                && !stance.who.as_ref().is_some_and(|who| self.has(who, PARTY))
        });
        if fewer || standing.stances.len() < stances {
            standing.status = standing.status.take().filter(|status| status.value == Status::Inferred);
        }
        standing.maybe_same.retain(|other| !self.has(other, ANY));
    }

    /// Takes later sources out of what a statement cites; whether it was known without them.
    fn known(&self, citations: &mut Vec<Citation>) -> bool {
        let cited = !citations.is_empty();
        self.leave_citations(citations);
        !cited || !citations.is_empty()
    }

    fn leave_citations(&self, citations: &mut Vec<Citation>) {
        citations.retain(|citation| !cites_later(citation, &self.missing));
    }

    /// A text whose links to later records are their words, and without citations of later sources.
    fn leave_body(&self, body: &mut Body) {
        for at in 0..body.pieces.len() {
            match &mut body.pieces[at] {
                Piece::Wikilink { target, label, .. } if self.has(target, ANY) => {
                    let title = self.title(target);
                    if let (None, Some(title)) = (&label, title) {
                        let key = format!("[[{}]]", target.text);
                        body.text = body.text.replace(&key, title);
                        for sentence in &mut body.sentences {
                            sentence.text = sentence.text.replace(&key, title);
                        }
                    }
                    let words = label.take().or_else(|| title.map(escaped_text));
                    body.pieces[at] = words.map_or(Piece::Word("say.later-record"), Piece::Html);
                }
                Piece::File { path, span, .. } if self.has(&page(path, *span), &[Kind::Article]) => {
                    unlink(&mut body.pieces, at);
                }
                Piece::Cite(citations) => {
                    self.leave_citations(citations);
                    if let (true, Some(Piece::Html(before))) =
                        (citations.is_empty(), before(&mut body.pieces, at))
                    {
                        before.truncate(before.trim_end().len());
                    }
                }
                _ => {}
            }
        }
        body.pieces.retain(|piece| !matches!(piece, Piece::Cite(citations) if citations.is_empty()));
        for sentence in &mut body.sentences {
            self.leave_citations(&mut sentence.citations);
        }
    }

    /// The name of what a reference led to, where it has one of its own.
    fn title(&self, target: &Ref) -> Option<&str> {
        named(target, ANY).find_map(|name| self.titles.get(&name)).map(String::as_str)
    }
}

fn before(pieces: &mut [Piece], at: usize) -> Option<&mut Piece> {
    pieces.get_mut(at.checked_sub(1)?)
}

/// Takes a link away whose address is the piece at `at`, and leaves its words. Links hold no links, so the
/// next end of one is its own.
fn unlink(pieces: &mut [Piece], at: usize) {
    let Some(Piece::Html(html)) = before(pieces, at) else { return };
    let Some(start) = html.rfind("<a ") else { return };
    html.truncate(start);
    pieces[at] = Piece::Html(String::new());
    let mut in_tag = true;
    for piece in &mut pieces[at + 1..] {
        let Piece::Html(html) = piece else { continue };
        if in_tag {
            let Some(end) = html.find('>') else { continue };
            html.replace_range(..=end, "");
            in_tag = false;
        }
        if let Some(end) = html.find("</a>") {
            html.replace_range(end..end + "</a>".len(), "");
            return;
        }
    }
}
