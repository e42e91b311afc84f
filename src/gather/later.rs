//! What came into a dossier after a day, taken out of it, and with it what refers to it: for a dossier as
//! it stood on that day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::mentions::{citations_of, mentioned, page, texts_of, texts_of_article};
use super::{ANY, GROUP, Missing, PARTY, PLACE, named, problems, tied_to};
use crate::as_of::is_later;
use crate::diag::{Checked, Diagnostic};
use crate::html::escaped_text;
use crate::model::article::Article;
use crate::model::body::{Body, Piece};
use crate::model::citation::{Citation, Hop};
use crate::model::date::{Date, Day, End, Shape};
use crate::model::dossier::Absent;
use crate::model::kinds::SOURCE;
use crate::model::meeting::{Participant, Who};
use crate::model::name::Name;
use crate::model::{Common, Kind, Ref, Standing, Status};
use crate::parse::ParsedRecord;
use crate::source::Spanned;

/// The records that were there on the day, without what they say by way of later ones, and the sentences
/// that nobody could write then; the articles are changed in place. What was left out is entered into
/// `absent`.
pub(super) fn without(
    records: Vec<ParsedRecord>,
    articles: &mut Vec<Arc<Article>>,
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
    // Sources that were there and that the authors had not read themselves: known behind others alone.
    let unread: BTreeSet<String> =
        kept.iter().filter(|record| is_unread(record, day)).map(|record| record.key().to_owned()).collect();
    let is_gone = |record: &ParsedRecord, absent: &BTreeMap<(Kind, String), Absent>| {
        is_of_later(record, day)
            || all_later(&record.common().cite, &Later { missing: Missing(absent), unread: &unread })
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
            || article.date.is_none()
                && rests_on_later(article, &Later { missing: Missing(absent), unread: &unread });
        if gone {
            let name = (Kind::Article, article.path.clone());
            absent.insert(name, Absent::Later);
        }
        !gone
    });
    let texts =
        kept.iter().flat_map(texts_of).chain(articles.iter().flat_map(|article| texts_of_article(article)));
    let later = Later { missing: Missing(absent), unread: &unread };
    let diagnostics = unsourced(texts, &later, day);
    let gone = Gone { later, titles: &titles, day };
    for article in articles.iter_mut().map(Arc::make_mut) {
        gone.leave_common(&mut article.common);
        gone.leave_citations(&mut article.cite);
        article.summary.iter_mut().for_each(|body| gone.leave_body(body));
        gone.leave_body(&mut article.body);
    }
    let mut kept: Vec<ParsedRecord> = kept.into_iter().filter_map(|record| gone.leave(record)).collect();
    // A source that the authors had not read is there as long as another one is said to cite it.
    let behind = cited_behind(&kept, articles);
    let (gone, rest): (Vec<_>, Vec<_>) = kept.into_iter().partition(|record| {
        record.kind() == Kind::Source && unread.contains(record.key()) && !behind.contains(record.key())
    });
    kept = rest;
    absent.extend(gone.iter().map(|record| ((Kind::Source, record.key().to_owned()), Absent::Later)));
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
    }
    let missing = Missing(absent);
    kept.retain(|record| match record {
        ParsedRecord::Correction(record) => !missing.names(&record.data.on, ANY, Absent::Later),
        _ => true,
    });
    Checked { value: kept, diagnostics }
}

/// The sentences all of whose sources are later ones.
fn unsourced<'b>(texts: impl Iterator<Item = &'b Body>, later: &Later, day: Day) -> Vec<Diagnostic> {
    let sentences = texts.flat_map(|body| &body.sentences);
    let unsourced = sentences.filter(|sentence| all_later(&sentence.citations, later));
    unsourced
        .map(|sentence| {
            let message = format!("this sentence rests on sources from after {} alone", day.iso());
            Diagnostic::warning(problems::SENTENCE_OF_LATER_SOURCES, sentence.span, message)
                .help("it stays, without a source: say in a correction of `prose` what stood there before")
        })
        .collect()
}

/// Whether a record came later by its own dates.
pub(super) fn is_of_later(record: &ParsedRecord, day: Day) -> bool {
    let dates: Vec<_> = match record {
        ParsedRecord::Meeting(record) => vec![&record.data.date, &record.data.reported],
        ParsedRecord::Event(record) => vec![&record.data.date, &record.data.reported],
        ParsedRecord::Source(record) => vec![&record.data.published],
        ParsedRecord::Group(record) => vec![&record.data.founded],
        ParsedRecord::Relation(record) => vec![&record.data.since],
        ParsedRecord::Correction(record) => return is_later(&record.data.date.value, day),
        ParsedRecord::Person(_) | ParsedRecord::Place(_) | ParsedRecord::Term(_) => Vec::new(),
    };
    dates.into_iter().chain([&record.common().added]).flatten().any(|date| is_later(&date.value, day))
}

/// Whether a source was read after the day. When it came in before, it was read again.
fn is_unread(record: &ParsedRecord, day: Day) -> bool {
    let ParsedRecord::Source(source) = record else { return false };
    let read = source.data.accessed.as_ref();
    source.common.added.is_none() && read.is_some_and(|read| is_later(&read.value, day))
}

/// The sources that stand behind others in the citations of records and texts.
fn cited_behind(records: &[ParsedRecord], articles: &[Arc<Article>]) -> BTreeSet<String> {
    let texts = records
        .iter()
        .flat_map(texts_of)
        .chain(articles.iter().flat_map(|article| texts_of_article(article)));
    let in_texts = texts.flat_map(|body| &body.pieces).flat_map(|piece| match piece {
        Piece::Cite(citations) => citations.as_slice(),
        _ => &[],
    });
    let all = records.iter().flat_map(citations_of).chain(articles.iter().flat_map(|article| &article.cite));
    let behind = all.chain(in_texts).flat_map(|citation| citation.hops.iter().skip(1));
    behind
        .filter_map(|hop| match hop {
            Hop::Source { source, .. } => Some(source.text.rsplit('/').next()?.to_owned()),
            Hop::Unrecorded { .. } => None,
        })
        .collect()
}

/// Which sources were not there, or not read.
struct Later<'a> {
    missing: Missing<'a>,
    unread: &'a BTreeSet<String>,
}

/// Whether all that an article cites, at its head and in its text, came later.
fn rests_on_later(article: &Article, later: &Later) -> bool {
    let in_text = article.body.pieces.iter().flat_map(|piece| match piece {
        Piece::Cite(citations) => citations.as_slice(),
        _ => &[],
    });
    let mut all = article.cite.iter().chain(in_text).peekable();
    all.peek().is_some() && all.all(|citation| cites_later(citation, later))
}

fn all_later(citations: &[Citation], later: &Later) -> bool {
    !citations.is_empty() && citations.iter().all(|citation| cites_later(citation, later))
}

/// Whether a chain names a source that was not there, or begins with one that nobody had read.
fn cites_later(citation: &Citation, later: &Later) -> bool {
    citation.hops.iter().zip(0..).any(|(hop, at)| match hop {
        Hop::Source { source, .. } => {
            let key = source.text.rsplit('/').next().unwrap_or_default();
            later.missing.names(source, SOURCE, Absent::Later) || at == 0 && later.unread.contains(key)
        }
        Hop::Unrecorded { .. } => false,
    })
}

/// The name of a person, group, place or term, which a text may know before its record. What a later record
/// happened to be called, nobody could write.
fn title(record: &ParsedRecord) -> Option<String> {
    match record {
        ParsedRecord::Person(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Group(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Place(record) => Some(record.data.name.text.value.clone()),
        ParsedRecord::Term(record) => Some(record.data.name.text.value.clone()),
        _ => None,
    }
}

/// What is gone, and how to leave it out.
struct Gone<'a> {
    later: Later<'a>,
    titles: &'a BTreeMap<(Kind, String), String>,
    day: Day,
}

impl Gone<'_> {
    fn has(&self, reference: &Ref, kinds: &[Kind]) -> bool {
        self.later.missing.names(reference, kinds, Absent::Later)
    }

    fn is_later(&self, date: &Option<Spanned<Date>>) -> bool {
        date.as_ref().is_some_and(|date| is_later(&date.value, self.day))
    }

    /// Leaves out a date that nobody could know on the day.
    fn leave_date(&self, date: &mut Option<Spanned<Date>>) {
        if self.is_later(date) {
            *date = None;
        }
    }

    /// Leaves out when something ended that had not ended on the day.
    fn leave_end(&self, date: &mut Option<Spanned<Date>>) {
        let Some(date) = date else { return };
        let Shape::Interval(End::At(_), End::At(end)) = date.value.shape() else { return };
        let open = date.value.text().split_once('/').map(|(start, _)| format!("{start}/.."));
        if let (true, Some(open)) = (end.span().0 > self.day, open.and_then(|open| Date::parse(&open).ok())) {
            date.value = open;
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
                let person = Arc::make_mut(person);
                self.leave_date(&mut person.data.died);
                person.data.roles.retain_mut(|role| {
                    self.leave_ref(&mut role.place, PLACE);
                    self.leave_date(&mut role.to);
                    self.known(&mut role.cite) && !self.is_later(&role.from) && !self.has(&role.of, GROUP)
                });
                self.leave_spellings(&mut person.data.name);
                person.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Group(group) => {
                let group = Arc::make_mut(group);
                self.leave_date(&mut group.data.dissolved);
                group.data.part_of.retain_mut(|part| {
                    self.leave_date(&mut part.to);
                    self.known(&mut part.cite) && !self.is_later(&part.from) && !self.has(&part.of, GROUP)
                });
                self.leave_spellings(&mut group.data.name);
                group.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Meeting(meeting) => {
                let meeting = Arc::make_mut(meeting);
                self.leave_end(&mut meeting.data.date);
                self.leave_ref(&mut meeting.data.place, PLACE);
                self.leave_participants(&mut meeting.data.participants);
                self.leave_standing(&mut meeting.data.standing, fewer);
                meeting.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Event(event) => {
                let event = Arc::make_mut(event);
                self.leave_end(&mut event.data.date);
                self.leave_ref(&mut event.data.place, PLACE);
                self.leave_participants(&mut event.data.involved);
                self.leave_standing(&mut event.data.standing, fewer);
                event.data.summary.iter_mut().for_each(|body| self.leave_body(body));
            }
            ParsedRecord::Relation(relation) => {
                let relation = Arc::make_mut(relation);
                self.leave_date(&mut relation.data.until);
                self.leave_standing(&mut relation.data.standing, fewer);
            }
            ParsedRecord::Correction(correction) => {
                if self.has(&correction.data.on, ANY) {
                    return None;
                }
            }
            ParsedRecord::Source(source) => {
                let source = Arc::make_mut(source);
                source.data.leave_makers(|by| self.has(by, PARTY));
                self.leave_date(&mut source.data.accessed);
                source.data.copy = source.data.copy.take().filter(|copy| !self.is_later(&copy.got));
            }
            ParsedRecord::Place(place) => {
                let place = Arc::make_mut(place);
                self.leave_ref(&mut place.data.within, PLACE);
                self.leave_spellings(&mut place.data.name);
            }
            ParsedRecord::Term(term) => self.leave_spellings(&mut Arc::make_mut(term).data.name),
        }
        Some(record)
    }

    fn leave_common(&self, common: &mut Common) {
        self.leave_citations(&mut common.cite);
        self.leave_date(&mut common.updated);
        common.response_sought.retain(|request| {
            !self.is_later(&request.date) && !request.from.as_ref().is_some_and(|from| self.has(from, PARTY))
        });
        for body in common.note.iter_mut().chain(common.prose.as_mut().map(Arc::make_mut)) {
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
                && !self.is_later(&stance.date)
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
        citations.retain(|citation| !cites_later(citation, &self.later));
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
