//! What is withheld, taken out of the records that refer to it; and the words that prove it absent.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::identifiers;
use super::mentions;
use super::shown::{self, Shown};
use super::{ANY, GROUP, Keep, Missing, PARTY, PLACE, named};
use crate::model::article::Article;
use crate::model::body::{Body, Piece};
use crate::model::correction::Correction;
use crate::model::dossier::{Form, Told, Withheld};
use crate::model::fold::fold;
use crate::model::meeting::{Participant, Who};
use crate::model::name::Name;
use crate::model::person::Role;
use crate::model::source::By;
use crate::model::{Asset, Common, Kind, Ref, Request, Standing, Withhold};
use crate::parse::ParsedRecord;
use crate::parse::bylines::persons_in;
use crate::source::Spanned;

/// Takes out of a record what refers to a withheld one; nothing when without that it says nothing. A record that
/// refers to none stays the very same.
pub(super) fn without(mut record: ParsedRecord, missing: &Missing) -> Option<ParsedRecord> {
    let hidden = |reference: &Ref, kinds: &[Kind]| missing.withheld(reference, kinds);
    let asked_hidden = |request: &Request| request.from.as_ref().is_some_and(|from| hidden(from, PARTY));
    if record.common().response_sought.iter().any(asked_hidden) {
        record.common_mut().response_sought.retain(|request| !asked_hidden(request));
    }
    let is_party =
        |participant: &Participant| matches!(&participant.who, Who::Record(who) if hidden(who, PARTY));
    let is_hidden =
        |field: &Option<Ref>, kinds: &[Kind]| field.as_ref().is_some_and(|field| hidden(field, kinds));
    let leave = |field: &mut Option<Ref>, kinds: &[Kind]| {
        if is_hidden(field, kinds) {
            *field = None;
        }
    };
    let is_named = |participant: &Participant| {
        is_party(participant)
            || is_hidden(&participant.for_group, GROUP)
            || is_hidden(&participant.stands_in_for, PARTY)
            || is_hidden(&participant.from_place, PLACE)
    };
    let leave_named = |participant: &mut Participant| {
        leave(&mut participant.for_group, GROUP);
        leave(&mut participant.stands_in_for, PARTY);
        leave(&mut participant.from_place, PLACE);
    };
    let takes_position = |standing: &Standing| {
        standing.stances.iter().any(|stance| stance.who.as_ref().is_some_and(|who| hidden(who, PARTY)))
    };
    match &mut record {
        ParsedRecord::Person(person) => {
            let is_there = |role: &Role| is_hidden(&role.place, PLACE);
            if person.data.roles.iter().any(|role| hidden(&role.of, GROUP) || is_there(role)) {
                let roles = &mut Arc::make_mut(person).data.roles;
                roles.retain(|role| !hidden(&role.of, GROUP));
                roles.iter_mut().for_each(|role| leave(&mut role.place, PLACE));
            }
        }
        ParsedRecord::Group(group) => {
            if group.data.part_of.iter().any(|part| hidden(&part.of, GROUP)) {
                Arc::make_mut(group).data.part_of.retain(|part| !hidden(&part.of, GROUP));
            }
        }
        ParsedRecord::Meeting(meeting) => {
            let data = &meeting.data;
            if data.participants.iter().any(is_named)
                || takes_position(&data.standing)
                || is_hidden(&data.place, PLACE)
            {
                let meeting = Arc::make_mut(meeting);
                hide_participants(&mut meeting.data.participants, &is_party);
                meeting.data.participants.iter_mut().for_each(leave_named);
                leave(&mut meeting.data.place, PLACE);
                hide_parties(&mut meeting.data.standing, &hidden);
            }
        }
        ParsedRecord::Event(event) => {
            let data = &event.data;
            if data.involved.iter().any(is_named)
                || takes_position(&data.standing)
                || is_hidden(&data.place, PLACE)
            {
                let event = Arc::make_mut(event);
                hide_participants(&mut event.data.involved, &is_party);
                event.data.involved.iter_mut().for_each(leave_named);
                leave(&mut event.data.place, PLACE);
                hide_parties(&mut event.data.standing, &hidden);
            }
        }
        ParsedRecord::Relation(relation) => {
            if hidden(&relation.data.from, PARTY) || hidden(&relation.data.to, PARTY) {
                return None;
            }
            if takes_position(&relation.data.standing) {
                hide_parties(&mut Arc::make_mut(relation).data.standing, &hidden);
            }
        }
        ParsedRecord::Correction(correction) => {
            if hidden(&correction.data.on, ANY) {
                return None;
            }
        }
        ParsedRecord::Source(source) => {
            let is_hidden = |by: &By| matches!(by, By::Record(by) if hidden(by, PARTY));
            if source.data.makers().any(is_hidden) {
                Arc::make_mut(source).data.leave_makers(|by| hidden(by, PARTY));
            }
        }
        ParsedRecord::Place(place) => {
            if is_hidden(&place.data.within, PLACE) {
                leave(&mut Arc::make_mut(place).data.within, PLACE);
            }
        }
        ParsedRecord::Term(_) => {}
    }
    Some(record)
}

/// The fields that records and articles withhold, each by kind and key.
pub(super) fn hidden_fields(
    records: &[ParsedRecord],
    articles: &[Arc<Article>],
) -> BTreeSet<((Kind, String), String)> {
    let records = records.iter().map(|record| (record.kind(), record.key(), record.common()));
    let articles = articles.iter().map(|article| (Kind::Article, article.path.as_str(), &article.common));
    let mut found = BTreeSet::new();
    for (kind, key, common) in records.chain(articles) {
        if let Withhold::Fields(fields) = &common.withhold {
            found.extend(fields.iter().map(|field| ((kind, key.to_owned()), field.value.clone())));
        }
    }
    found
}

/// Whether a record tells what stood in one of these fields.
pub(super) fn corrects(record: &ParsedRecord, hidden: &BTreeSet<((Kind, String), String)>) -> bool {
    let ParsedRecord::Correction(correction) = record else { return false };
    named(&correction.data.on, ANY).any(|name| match &correction.data.field {
        Some(field) => hidden.contains(&(name, field.value.clone())),
        // It may be of any of them.
        None => hidden.range((name.clone(), String::new())..).next().is_some_and(|(other, _)| *other == name),
    })
}

/// Leaves of a withheld party that somebody takes the position, without whose words it could be known.
fn hide_parties(standing: &mut Standing, hidden: &dyn Fn(&Ref, &[Kind]) -> bool) {
    for stance in &mut standing.stances {
        if stance.who.as_ref().is_some_and(|who| hidden(who, PARTY)) {
            stance.who = None;
            stance.words = None;
            stance.summary = None;
        }
    }
}

/// Leaves of a withheld participant that there was one, and for which group.
fn hide_participants(participants: &mut [Participant], is_hidden: &dyn Fn(&Participant) -> bool) {
    for participant in participants.iter_mut().filter(|participant| is_hidden(participant)) {
        let for_group = participant.for_group.take();
        let span = participant.span;
        *participant = Participant { for_group, ..Participant::of(Who::Withheld, span) };
    }
}

/// How other records spell what is withheld, whether or not they are shown themselves: sources of meetings and events the
/// name of who was there, corrections what a name was before.
pub(super) fn spellings(
    record: &ParsedRecord,
    missing: &Missing,
    fields: &BTreeSet<((Kind, String), String)>,
    shown: &Shown,
) -> Vec<Withheld> {
    let named = |participants: &[Participant]| -> Vec<Withheld> {
        let spelling = |participant: &Participant| match &participant.who {
            Who::Record(who) if missing.withheld(who, PARTY) => {
                let (word, owner) = (participant.named_as.clone()?, who.text.clone());
                Some(Withheld { word, form: Form::Person, owner, span: participant.span })
            }
            _ => None,
        };
        participants.iter().filter_map(spelling).collect()
    };
    let mut found = match record {
        ParsedRecord::Meeting(meeting) => named(&meeting.data.participants),
        ParsedRecord::Event(event) => named(&event.data.involved),
        ParsedRecord::Correction(correction) => {
            let data = &correction.data;
            let named = data.undo.iter().flat_map(participants_in);
            let named = named.filter(|(who, _)| missing.withheld(who, PARTY));
            let named = named.map(|(who, word)| {
                let (form, owner) = (Form::Person, who.text);
                Withheld { word, form, owner, span: correction.span }
            });
            let named: Vec<Withheld> = named.collect();
            let is_told = !missing.withheld(&data.on, ANY) && !corrects(record, fields);
            // What of it is withheld itself is among the words already.
            if is_told || correction.common.withhold == Withhold::Record {
                return named;
            }
            let spelling = |word: String| {
                let (form, owner) = (Form::Person, data.on.text.clone());
                Withheld { word, form, owner, span: correction.span }
            };
            let own =
                super::named(&data.on, ANY).next().unwrap_or((Kind::Correction, correction.key.clone()));
            // The name of a person is a secret where a label says it, and none where somebody else is called so.
            let is_shown = |word: &String| match own.0 {
                Kind::Person => shown.calls_somebody(word),
                _ => shown.names(word, &own),
            };
            former(data)
                .into_iter()
                .filter(|word| !is_shown(word) && !shown.is_key(word))
                .map(spelling)
                .chain(named.clone())
                .collect()
        }
        _ => Vec::new(),
    };
    // What a withheld party says is left out with its name.
    let stances = record.standing().into_iter().flat_map(|standing| &standing.stances);
    for request in &record.common().response_sought {
        let is_hidden = |from: &&Ref| missing.withheld(from, PARTY);
        let (Some(how), Some(from)) = (&request.how, request.from.as_ref().filter(is_hidden)) else {
            continue;
        };
        if is_long(how) {
            let (form, owner) = (Form::Text, from.text.clone());
            found.push(Withheld { word: beginning(how).to_owned(), form, owner, span: request.span });
        }
    }
    for stance in stances {
        let Some(who) = stance.who.as_ref().filter(|who| missing.withheld(who, PARTY)) else { continue };
        let said = [&stance.words, &stance.summary].into_iter().flatten().filter(|said| is_long(said));
        found.extend(said.map(|said| {
            let (form, owner) = (Form::Text, who.text.clone());
            Withheld { word: beginning(said).to_owned(), form, owner, span: stance.span }
        }));
    }
    let said = |word: &Withheld| Some(Withheld { word: Told::turned(&word.word)?, ..word.clone() });
    let names = found.iter().filter(|word| word.form == Form::Person);
    let turned: Vec<Withheld> = names.filter_map(said).collect();
    found.extend(turned);
    found
}

/// The telling texts that stood in a field before a correction, or in a record: there it is not said in which field.
fn former(correction: &Correction) -> Vec<String> {
    let field = correction.field.as_ref().and_then(|field| field.value.split('.').next());
    // Of what has no name of its own it may be anything.
    let kind = correction.on.text.split_once('/').and_then(|(kind, _)| Kind::from_plural(kind));
    let has_name =
        kind.is_none_or(|kind| [Kind::Person, Kind::Group, Kind::Place, Kind::Term].contains(&kind));
    let is_name = field.map_or(has_name, |field| NAMES.contains(&field));
    let undone = correction.undo.iter().flat_map(|undo| texts_of(&undo.value));
    std::iter::once(correction.was.clone())
        .chain(undone)
        .flat_map(|word| {
            // A name tells, wherever it stands.
            let names = if is_name { Vec::new() } else { persons_in(&word) };
            let is_telling = !word.trim().is_empty() && (is_name || word.chars().count() >= SENTENCE);
            is_telling.then_some(word).into_iter().chain(names)
        })
        .collect()
}

/// Whom a former list of participants names, and how: `undo = [{ who = "vera", named_as = "Vera Kwill" }]`.
fn participants_in(undo: &Spanned<String>) -> Vec<(Ref, String)> {
    let table = format!("value = {}", undo.value).parse::<toml::Table>().unwrap_or_default();
    let items = table.get("value").and_then(toml::Value::as_array);
    let text = |item: &toml::Value, field: &str| Some(item.get(field)?.as_str()?.to_owned());
    let named = |item: &toml::Value| {
        Some((Ref { text: text(item, "who")?, span: undo.span }, text(item, "named_as")?))
    };
    items.into_iter().flatten().filter_map(named).collect()
}

/// The fields whose texts are telling, however short they are.
const NAMES: [&str; 16] = [
    "name",
    "names",
    "sort_name",
    "short",
    "title",
    "ids",
    "links",
    "portrait",
    "url",
    "archived",
    "doi",
    "isbn",
    "by",
    "author",
    "authors",
    "editor",
];

/// The length from which a text of any field is telling.
const SENTENCE: usize = 24;

/// The texts of a value in TOML.
fn texts_of(value: &str) -> Vec<String> {
    fn collect(value: &toml::Value, texts: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => texts.push(text.clone()),
            toml::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
            toml::Value::Table(table) => table.iter().for_each(|(_, value)| collect(value, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    if let Ok(table) = format!("value = {value}").parse::<toml::Table>() {
        collect(&toml::Value::Table(table), &mut texts);
    }
    texts
}

/// What of a record must not be found in the output: the texts of its withheld fields, and when all of it is
/// withheld its key, names, spellings and file names.
pub(super) fn words(record: &ParsedRecord, all: bool, shown: &Shown, keep: Keep) -> Vec<(String, Form)> {
    let common = record.common();
    if common.withhold == Withhold::Record && !all {
        return Vec::new();
    }
    let name = match record {
        ParsedRecord::Person(_) | ParsedRecord::Correction(_) => Form::Person,
        _ => Form::Text,
    };
    let own = (record.kind(), record.key().to_owned());
    let mut words = texts(common, shown, &own);
    if all {
        words.push((record.key().to_owned(), Form::Key));
        words.extend(common.moved_from.iter().map(|old| (old.value.clone(), Form::Key)));
        let ids = common.ids.iter().map(|(_, id)| id).filter(|id| !shown.identifies(id, &own));
        words.extend(ids.map(|id| (id.clone(), Form::Text)));
        // Two of one title are two, and one of them may be shown; two of one name may be one.
        let is_titled = matches!(
            record,
            ParsedRecord::Meeting(_)
                | ParsedRecord::Event(_)
                | ParsedRecord::Relation(_)
                | ParsedRecord::Source(_)
        );
        let is_nobodys = matches!(record.kind(), Kind::Group | Kind::Place | Kind::Term);
        let names = names(record).into_iter().filter(|text| {
            !(is_titled && shown.names(text, &own)
                || is_nobodys && shown.calls_another_kind(text, record.kind()))
        });
        words.extend(names.map(|text| (text, name)));
        let addresses = addresses(record).into_iter().filter(|address| !shown.identifies(address, &own));
        let forms = addresses.flat_map(|address| identifiers::forms(&address));
        words.extend(forms.map(|text| (text, Form::Text)));
        let files = files(record).into_iter().flat_map(|file| shown.unlike(&file.path));
        words.extend(files.map(|text| (text, Form::Text)));
    } else if shown::is_shown(common, keep) {
        // A spelling that stands within the name that is shown cannot be absent.
        let own: Vec<String> = names(record).iter().map(|name| format!(" {} ", fold(name))).collect();
        let is_own = |word: &str| own.iter().any(|name| name.contains(&format!(" {} ", fold(word))));
        words.retain(|(word, _)| !is_own(word) && !Told::turned(word).is_some_and(|word| is_own(&word)));
    }
    as_said(&mut words);
    let mut seen: HashSet<(String, Form)> = HashSet::new();
    words.retain(|word| !word.0.trim().is_empty() && seen.insert(word.clone()));
    words
}

/// Adds to the names of persons the forms in which those with the family name in front are said.
fn as_said(words: &mut Vec<(String, Form)>) {
    let persons = words.iter().filter(|(_, form)| *form == Form::Person);
    let said: Vec<_> = persons.filter_map(|(name, form)| Some((Told::turned(name)?, *form))).collect();
    words.extend(said);
}

/// The telling texts of what is withheld, and the files of the pictures in them.
fn texts(common: &Common, shown: &Shown, own: &(Kind, String)) -> Vec<(String, Form)> {
    let mut words = Vec::new();
    let text = |word: String| (word, Form::Text);
    for told in &common.withheld_texts {
        match told {
            Told::Id(id) if shown.identifies(id, own) => {}
            Told::Id(id) => words.push(text(id.clone())),
            Told::Word(name, _) | Told::Maker(name) | Told::Title(name) | Told::Label(name)
                if shown.names(name, own) => {}
            Told::Word(word, form) => words.push((word.clone(), *form)),
            Told::Maker(name) => words.push((name.clone(), Form::Person)),
            Told::Title(title) => words.push(text(title.clone())),
            Told::Shared(word) if shown.identifies(word, own) || shown.names(word, own) => {}
            Told::Shared(word) if identifiers::is_one(word) => {
                words.extend(identifiers::forms(word).into_iter().map(text));
            }
            Told::Shared(word) | Told::Said(word) | Told::Label(word) => {
                let said = shown.with_names(word);
                let is_telling = is_long(&said) && !shown.calls_another(&said, own);
                words.extend(is_telling.then(|| text(beginning(&said).to_owned())));
            }
            Told::File(file) => words.extend(shown.unlike(&file.path).into_iter().map(text)),
        }
    }
    words
}

/// Whether a text of any field is telling.
fn is_long(text: &str) -> bool {
    text.chars().count() >= SENTENCE && text.contains(char::is_alphanumeric)
}

/// The beginning of a long text: where all of it stands, that does, and so does what somebody copied of it.
fn beginning(text: &str) -> &str {
    const MOST: usize = 256;
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(MOST) else { return text };
    let start = &text[..end];
    // At the end of a word, in scripts that part them.
    start.rfind(char::is_whitespace).filter(|at| *at > end / 2).map_or(start, |at| &start[..at])
}

/// What a record is called, its first name first.
pub(super) fn names(record: &ParsedRecord) -> Vec<String> {
    let all = |name: &Name| name.all().map(str::to_owned).collect::<Vec<_>>();
    match record {
        ParsedRecord::Person(person) => {
            let mut names = all(&person.data.name);
            names.extend(person.data.sort_name.clone());
            names
        }
        ParsedRecord::Group(group) => {
            let mut names = all(&group.data.name);
            names.extend(group.data.short.clone());
            names
        }
        ParsedRecord::Place(place) => all(&place.data.name),
        ParsedRecord::Term(term) => all(&term.data.name),
        ParsedRecord::Meeting(meeting) => meeting.data.title.iter().cloned().collect(),
        ParsedRecord::Event(event) => vec![event.data.title.clone()],
        ParsedRecord::Relation(relation) => relation.data.title.iter().cloned().collect(),
        ParsedRecord::Source(source) => vec![source.data.title.clone()],
        ParsedRecord::Correction(correction) => former(&correction.data),
    }
}

/// The last names of a person who is withheld, or whose names are: the last word of each name, and what stands before the
/// comma where it is sorted.
pub(super) fn surnames(record: &ParsedRecord, all: bool) -> Vec<String> {
    const LEAST: usize = 3;
    let ParsedRecord::Person(person) = record else { return Vec::new() };
    let data = &person.data;
    let own = [Some(data.name.text.value.as_str()), data.sort_name.as_deref()].into_iter().flatten();
    let texts = record.common().withheld_texts.iter();
    let withheld = texts.filter_map(|told| match told {
        Told::Word(name, Form::Person) => Some(name.as_str()),
        _ => None,
    });
    let mut found: Vec<String> = Vec::new();
    for name in own.filter(|_| all).chain(withheld) {
        let sorted = name.split_once(Told::COMMAS).map(|(last, _)| last.trim());
        let last = sorted.or_else(|| name.split_whitespace().next_back()).map(str::to_owned);
        found.extend(last.filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() >= LEAST));
    }
    found.dedup();
    if !all {
        // What is shown is no secret.
        let is_shown =
            |last: &String| data.name.all().any(|name| name.split_whitespace().any(|word| word == last));
        found.retain(|last| !is_shown(last));
    }
    found
}

/// The addresses of what a record links to.
pub(super) fn addresses(record: &ParsedRecord) -> Vec<String> {
    match record {
        ParsedRecord::Person(person) => person.data.links.iter().map(|link| link.url.value.clone()).collect(),
        ParsedRecord::Group(group) => group.data.links.iter().map(|link| link.url.value.clone()).collect(),
        ParsedRecord::Source(source) => {
            source.data.url.iter().chain(&source.data.archived).map(|url| url.value.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// The files that a record shows.
pub(super) fn files(record: &ParsedRecord) -> Vec<Asset> {
    let own = match record {
        ParsedRecord::Person(person) => person.data.portrait.as_ref().map(|portrait| &portrait.file),
        ParsedRecord::Source(source) => source.data.copy.as_ref().map(|copy| &copy.file),
        _ => None,
    };
    own.cloned().into_iter().chain(mentions::texts_of(record).flat_map(pictures)).collect()
}

/// The files of the pictures in a text.
pub(super) fn pictures(prose: &Body) -> impl Iterator<Item = Asset> {
    prose.pieces.iter().filter_map(|piece| match piece {
        Piece::Image { path, span, .. } => Some(Asset { path: path.clone(), span: *span }),
        _ => None,
    })
}

/// The files that the withheld fields of a record or article name.
pub(super) fn files_of_fields(common: &Common) -> impl Iterator<Item = Asset> {
    common.withheld_texts.iter().filter_map(|told| match told {
        Told::File(file) => Some(file.clone()),
        _ => None,
    })
}

/// The same of an article: its title, its address and its pictures.
pub(super) fn words_of_article(article: &Article, all: bool, shown: &Shown) -> Vec<(String, Form)> {
    let texts = texts(&article.common, shown, &(Kind::Article, article.path.clone()));
    if !all {
        let of_fields = article.common.withhold != Withhold::Record;
        return if of_fields { texts } else { Vec::new() };
    }
    let name = article.path.rsplit('/').next().unwrap_or(&article.path);
    let old = article.common.moved_from.iter().map(|old| old.value.as_str());
    let keys = std::iter::once(article.path.as_str()).chain(old).map(|key| (key.to_owned(), Form::Key));
    let keys = keys.chain(shown.name_of_page(name, &article.path));
    let files = mentions::texts_of_article(article)
        .flat_map(pictures)
        .flat_map(|file| shown.unlike(&file.path))
        .map(|file| (file, Form::Text));
    std::iter::once((article.title.clone(), Form::Text)).chain(texts).chain(keys).chain(files).collect()
}
