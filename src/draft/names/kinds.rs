//! What stands beside a name, and what that makes of it.

use super::super::language::Language;
use super::super::sentences::Sentence;
use super::super::spans::Span;
use super::super::vocabulary::{FIRMS, GOES, IN, SITES, SPEAKS, THINGS};
use super::Is;
use super::offices;

/// What stands beside a name somewhere.
#[derive(Debug)]
pub struct Evidence {
    pub is_titled: bool,
    pub speaks: bool,
    pub is_in: bool,
    pub has_article: bool,
    /// Behind the word for a ship, a newspaper and the like.
    pub is_thing: bool,
    pub is_group: bool,
    /// Its words may go on behind `and`.
    pub may_go_on: bool,
    /// It stands before a dash at the beginning, as does the place in which a report is written.
    pub is_dateline: bool,
    /// Somebody holds an office in it that states and bodies have.
    pub has_office: bool,
    /// Somebody holds an office in it that places have.
    pub is_seat: bool,
    /// It stands nowhere but at the beginning of sentences.
    pub only_first: bool,
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence {
            is_titled: false,
            speaks: false,
            is_in: false,
            has_article: false,
            is_thing: false,
            is_group: false,
            may_go_on: false,
            is_dateline: false,
            has_office: false,
            is_seat: false,
            only_first: true,
        }
    }
}

impl Evidence {
    pub fn add(&mut self, sentence: &Sentence, span: &Span) {
        let words = &sentence.words;
        let before =
            span.words.start.checked_sub(1).and_then(|index| words.get(index)).map(|word| word.lower());
        let is_near = words.get(span.words.start).is_some_and(|word| word.gap == " ");
        let before = before.filter(|_| is_near).unwrap_or_default();
        let is_possessive = words.get(span.words.end - 1).is_some_and(|word| word.is_possessive);
        let next = words
            .get(span.words.end)
            .filter(|word| word.gap == " " && !is_possessive)
            .map(|word| word.lower());
        self.is_titled |= !span.titles.is_empty() || offices::behind(sentence, span).is_some();
        self.speaks |= next.is_some_and(|next| SPEAKS.contains(&next.as_str()));
        let verb =
            span.words.start.checked_sub(2).and_then(|index| words.get(index)).map(|word| word.lower());
        let leads_to = before == "to" && verb.is_some_and(|verb| GOES.contains(&verb.as_str()));
        // "in FY 2024"
        let is_numbered = words
            .get(span.words.end)
            .is_some_and(|next| next.gap == " " && next.text.starts_with(|c: char| c.is_ascii_digit()));
        self.is_in |= (leads_to || IN.contains(&before.as_str())) && !is_possessive && !is_numbered;
        self.has_article |= ["the", "a", "an"].contains(&before.as_str());
        self.is_thing |= span.titles.is_empty() && THINGS.contains(&before.as_str());
        self.is_group |= span.is_group;
        self.may_go_on |= span.may_go_on;
        self.is_dateline |= is_dateline(sentence, span);
        match offices::held_in(sentence, span) {
            Some(offices::Held::Office) => self.has_office = true,
            Some(offices::Held::Seat) => self.is_seat = true,
            None => {}
        }
        self.only_first &= span.words.start == 0 && span.titles.is_empty();
    }
}

/// Whether a name stands at the beginning of a sentence and before its only dash: `PORT LUND (AP) — …`.
fn is_dateline(sentence: &Sentence, span: &Span) -> bool {
    let text = sentence.slice(span.words.clone());
    let Some(behind) = sentence.text.strip_prefix(text).filter(|_| span.words.start == 0) else {
        return false;
    };
    let agency = behind.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(_, rest)| rest);
    let dashes = [" — ", " – ", " - ", " -- "];
    let mut rests = dashes.iter().filter_map(|dash| agency.unwrap_or(behind).strip_prefix(dash));
    rests.any(|rest| !dashes.iter().any(|dash| rest.contains(dash)))
}

/// Months that end names of people as well: `Theresa May`.
const MONTH_NAMES: [&str; 4] = ["april", "may", "june", "august"];

const PERHAPS: &str = "nothing beside the name says that it is a person's";

/// What a name is, and why that is in doubt.
pub fn decide(
    text: &str,
    evidence: &Evidence,
    has_short: bool,
    is_alone: bool,
    language: &Language,
) -> (Is, Option<&'static str>) {
    let count = text.split(' ').count();
    if evidence.is_group || has_short && !evidence.is_titled {
        let doubt = "its name may go on behind \"and\"";
        return (Is::Group, evidence.may_go_on.then_some(doubt));
    }
    if evidence.is_titled {
        return (Is::Person, None);
    }
    if evidence.is_dateline && !(evidence.is_in || evidence.speaks || is_alone) {
        return (Is::Unsure, None);
    }
    let last = text.rsplit(' ').next().unwrap_or(text).to_lowercase();
    let is_english = language.is_english() && count > 1;
    if is_english && SITES.contains(&last.as_str()) {
        return (if evidence.is_in { Is::Place } else { Is::Unsure }, None);
    }
    let is_month = is_english && MONTH_NAMES.contains(&last.as_str());
    if is_english && FIRMS.contains(&last.as_str()) {
        return (Is::Group, Some("its last word is one of companies"));
    }
    if evidence.has_office && !(count > 1 && is_alone) {
        let doubt = "somebody is said to hold an office in it; it may be a state, a body or a place";
        return (Is::Group, Some(doubt));
    }
    if count > 1 && evidence.speaks && !evidence.has_article {
        return (Is::Person, None);
    }
    if evidence.is_seat || evidence.is_in {
        return (Is::Place, None);
    }
    let particles = text.split(' ').filter(|word| word.chars().all(char::is_lowercase)).count();
    if !(2..=4).contains(&(count - particles)) || evidence.has_article || evidence.is_thing {
        return (Is::Unsure, None);
    }
    let doubt = if is_alone && !is_month { None } else { Some(PERHAPS) };
    let doubt = if language.is_english() { doubt } else { Some(PERHAPS) };
    (Is::Person, doubt)
}
