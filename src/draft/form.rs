//! The one form of a sentence of which a meeting is drafted: names, a verb, names. `On 3 May 2023, the minister Ada Berg
//! met Jon Vik and Otto Falk in Lund`. Whatever stands before and behind that is read only as far as it may change who took
//! part. A sentence of another form tells no meeting, whatever words are in it: it is left to a person.

use super::clauses::{described, is_finite};
use super::dates;
use super::names::{Is, Names, Use};
use super::sentences::Sentence;
use super::spans::is_before_title;
use super::vocabulary::{
    ADVERBS, BEHIND_PARTIES, BUILDINGS, GATHERINGS, KINDS_OF_GATHERING, LEADS, OUTLETS, REPORTS, SUPPOSES,
    TIMES_OF_DAY, WEEKDAYS,
};

/// What a sentence of that form tells.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// The word that tells of it.
    pub verb: usize,
    /// Who took part, in the order of the text.
    pub parties: Vec<usize>,
    pub mode: Option<&'static str>,
}

/// Reads a sentence; nothing where its form is another one.
pub fn read(sentence: &Sentence, uses: &[Use], names: &Names, dates: &[dates::Found]) -> Option<Told> {
    let lower: Vec<String> = sentence.words.iter().map(|word| word.lower()).collect();
    let reader = Reader { sentence, lower: &lower, uses, names, dates };
    let mut start = reader.leads(reader.behind_dateline());
    if let Some(told) = reader.clause(start) {
        return Some(told);
    }
    start = reader.leads(reader.behind_report(start)?);
    reader.clause(start)
}

struct Reader<'r, 't> {
    sentence: &'r Sentence<'t>,
    lower: &'r [String],
    /// The names in the sentence, in their order.
    uses: &'r [Use],
    names: &'r Names,
    dates: &'r [dates::Found],
}

/// Somebody, with titles and with what stands behind the name.
struct Party {
    name: usize,
    end: usize,
    /// Whether a comma may end what stands behind: `Ada Berg, the minister, met`.
    may_end: bool,
}

/// Names one after another.
struct Parties {
    names: Vec<usize>,
    end: usize,
    may_end: bool,
}

/// A verb, and where what it is done with begins.
struct Verb {
    at: usize,
    object: usize,
    mode: Option<&'static str>,
    takes: Takes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Somebody behind it.
    Parties,
    /// The same, and not what may be a building.
    Visited,
    /// Somebody, and behind them that it was by telephone.
    Called,
    /// Nobody: all who took part stand before it.
    Nothing,
}

impl Reader<'_, '_> {
    fn clause(&self, start: usize) -> Option<Told> {
        if let Some(told) = self.gathering_of(start) {
            return Some(told);
        }
        let Parties { names, end, may_end } = self.parties(start)?;
        if !(self.mark(end).is_empty() || may_end && self.mark(end) == ",") {
            return None;
        }
        let mut at = self.when(end);
        while self.is(at, ADVERBS) {
            at += 1;
        }
        self.verbs(at).find_map(|verb| self.told(&verb, &names))
    }

    /// What a verb tells of those before it.
    fn told(&self, verb: &Verb, before: &[usize]) -> Option<Told> {
        let mut parties = before.to_vec();
        let mut end = verb.object;
        if verb.takes != Takes::Nothing {
            if !self.mark(verb.object).is_empty() {
                return None;
            }
            let behind = self.parties(verb.object).or_else(|| self.described(verb))?;
            let is_building = |name: &usize| {
                let text = self.names.all[*name].text.to_lowercase();
                text.split(' ').any(|word| BUILDINGS.contains(&word))
            };
            if verb.takes == Takes::Visited && behind.names.iter().any(is_building) {
                return None;
            }
            if verb.takes == Takes::Called && !self.by_phone(behind.end) {
                return None;
            }
            parties.extend(behind.names);
            end = behind.end;
        }
        let mut all = parties.clone();
        all.sort_unstable();
        all.dedup();
        // Who speaks to a newspaper gives an interview.
        let is_outlet = |name: &usize| {
            let text = self.names.all[*name].text.to_lowercase();
            OUTLETS.contains(&text.rsplit(' ').next().unwrap_or(""))
        };
        let is_plain = all.len() == parties.len() && all.len() > 1 && !all.iter().any(is_outlet);
        (is_plain && self.ends(end)).then_some(Told { verb: verb.at, parties, mode: verb.mode })
    }

    /// Those behind `met` and small words that say who they are: `arms dealer Viktor Blom`. Nobody else has a name of two words.
    fn described(&self, verb: &Verb) -> Option<Parties> {
        if self.word(verb.at) != "met" {
            return None;
        }
        let start = verb.object + usize::from(self.is(verb.object, &["the", "a", "an"]));
        let end = start + described(self.sentence, start);
        // `met widow and heir Jon Vik` may be one or two.
        let is_one = (start..end).all(|at| self.word(at) != "and");
        let parties = self.parties(end).filter(|_| end > start && is_one && self.is_beside(end))?;
        let first = &self.names.all[parties.names[0]];
        (first.is == Is::Person && first.text.contains(' ')).then_some(parties)
    }

    /// `A meeting of Ada Berg and Jon Vik took place`.
    fn gathering_of(&self, start: usize) -> Option<Told> {
        let mut at = start + usize::from(self.is(start, &["a", "an", "the"]));
        while self.is(at, KINDS_OF_GATHERING) && self.is_beside(at) {
            at += 1;
        }
        let verb = at;
        if !(self.is(at, GATHERINGS) && self.is(at + 1, &["of", "between"]) && self.is_beside(at + 1)) {
            return None;
        }
        let Parties { end, names, .. } = self.parties(at + 2)?;
        let is_held = self.is(end, &["was", "were"]) && self.is(end + 1, &["held"])
            || self.is(end, &["took"]) && self.is(end + 1, &["place"]);
        let is_plain = names.len() > 1 && is_held && self.ends(end + 2);
        is_plain.then_some(Told { verb, parties: names, mode: None })
    }

    /// The verbs that may begin at a word, with what belongs to them.
    fn verbs(&self, at: usize) -> impl Iterator<Item = Verb> {
        let mut verbs = Vec::new();
        let mut add = |at, object, mode, takes| verbs.push(Verb { at, object, mode, takes });
        let mut own = at + usize::from(self.is(at, &["had", "has", "have"]));
        while self.is(own, ADVERBS) {
            own += 1;
        }
        match self.word(own) {
            "met" => {
                add(own, own + 1 + usize::from(self.is(own + 1, &["with"])), None, Takes::Parties);
                add(own, own + 1, None, Takes::Nothing);
            }
            "visited" => add(own, own + 1, Some("visit"), Takes::Visited),
            "received" | "hosted" => add(own, own + 1, None, Takes::Parties),
            "phoned" | "telephoned" | "rang" => add(own, own + 1, Some("phone"), Takes::Parties),
            "called" => add(own, own + 1, Some("phone"), Takes::Called),
            "conferred" | "dined" | "lunched" if self.is(own + 1, &["with"]) => {
                add(own, own + 2, None, Takes::Parties);
            }
            "sat" if self.is(own + 1, &["down"]) && self.is(own + 2, &["with"]) => {
                add(own, own + 3, None, Takes::Parties);
            }
            "spoke" | "spoken" => {
                let end = self.phone(own + 1);
                let with = end.unwrap_or(own + 1);
                let mode = end.map(|_| "phone");
                if self.is(with, &["with", "to"]) {
                    let behind = self.parties(with + 1);
                    let is_by_phone = behind.is_some_and(|behind| self.by_phone(behind.end));
                    add(own, with + 1, mode.or(is_by_phone.then_some("phone")), Takes::Parties);
                } else if let Some(end) = end {
                    add(own, end, mode, Takes::Nothing);
                }
            }
            _ => {}
        }
        // `was received by`
        let is_passive = self.is(at, &["was", "were"]) && self.is(at + 2, &["by"]);
        if is_passive && self.is(at + 1, &["received", "visited", "hosted"]) {
            let mode = self.is(at + 1, &["visited"]).then_some("visit");
            add(at + 1, at + 3, mode, Takes::Parties);
        }
        // `held secret talks with`
        if self.is(at, &["held", "had"]) {
            let mut noun = at + 1 + usize::from(self.is(at + 1, &["a", "an"]));
            while self.is(noun, KINDS_OF_GATHERING) {
                noun += 1;
            }
            let is_phone = self.is(noun - 1, &["phone", "telephone"]);
            let is_call = self.is(noun, &["call", "conversation"]) && is_phone;
            if self.is(noun, GATHERINGS) && !is_phone || is_call {
                let mode = is_call.then_some("phone");
                if self.is(noun + 1, &["with"]) {
                    add(noun, noun + 2, mode, Takes::Parties);
                }
                add(noun, noun + 1, mode, Takes::Nothing);
            }
        }
        verbs.into_iter()
    }

    /// The end of `by phone` at a word.
    fn phone(&self, at: usize) -> Option<usize> {
        let is_led = self.is(at, &["by", "on", "over"]);
        let noun = at + 1 + usize::from(self.is(at + 1, &["the"]));
        (is_led && self.is(noun, &["phone", "telephone"])).then_some(noun + 1)
    }

    fn by_phone(&self, at: usize) -> bool {
        self.mark(at).is_empty() && self.phone(at).is_some()
    }

    /// Names one after another: `Ada Berg, the minister, and Jon Vik`. Commas part them only where an `and` follows.
    fn parties(&self, start: usize) -> Option<Parties> {
        let Party { name, mut end, mut may_end } = self.party(start)?;
        let mut names = vec![name];
        let mut waiting: Vec<usize> = Vec::new();
        let mut at = end;
        loop {
            let mark = self.mark(at);
            if self.word(at) == "and"
                && (mark.is_empty() || mark == ",")
                && let Some(last) = self.party(at + 1)
            {
                names.append(&mut waiting);
                names.push(last.name);
                (at, end, may_end) = (last.end, last.end, last.may_end);
            } else if mark == ","
                && let Some(next) = self.party(at)
            {
                waiting.push(next.name);
                at = next.end;
            } else {
                return Some(Parties { names, end, may_end });
            }
        }
    }

    fn party(&self, start: usize) -> Option<Party> {
        let mut at = start;
        if self.is(at, &["the", "a", "an", "his", "her", "its", "their"]) {
            at += 1;
            if !self.is_beside(at) {
                return None;
            }
        }
        at = self.behind_owner(at);
        let titles = at;
        while self.is_title(at)
            && self.used(at).is_none_or(|used| used.words.start != at)
            && (at == titles || self.is_beside(at))
        {
            at += 1;
        }
        // `the minister of Norland, Ada Berg,`: of several, that may be two.
        let of = self.behind_of(at).max(self.behind_plain_of(at));
        if of > at && at > titles && titles > start && self.mark(of) == "," {
            let found = self.uses.iter().find(|found| found.words.start == of)?;
            let end = self.behind_brackets(found.words.end);
            let is_closed = self.mark(end) == "," && !self.is(end, &["and", "or"]);
            let is_person = self.names.all[found.name].is == Is::Person && found.from == of;
            let is_last = self.party(end).is_none();
            return (is_closed && is_person && is_last).then_some(Party {
                name: found.name,
                end,
                may_end: true,
            });
        }
        let found = self.uses.iter().find(|found| found.words.start == at || found.from == at)?;
        // `the envoy, Jon Vik,`, `the envoy, Col. Jon Vik,`
        let is_apart = at > titles && titles > start && self.mark(at) == ",";
        let is_named = at == start || self.mark(at).is_empty() || is_apart;
        let is_party = matches!(self.names.all[found.name].is, Is::Person | Is::Group);
        let last = self.sentence.words.get(found.words.end - 1)?;
        let is_owner = last.is_possessive || self.leads_title(found.words.end);
        if !is_named || !is_party || is_owner {
            return None;
        }
        let end = self.behind_brackets(self.behind_of(found.words.end));
        let aside = self.behind_aside(end);
        Some(Party { name: found.name, end: aside, may_end: is_apart || aside > end })
    }

    /// Behind `Norland's`, `the club's`, `the Harbour Board`, where the title of somebody follows.
    fn behind_owner(&self, at: usize) -> usize {
        const LONGEST: usize = 4;
        let named = self.used(at).filter(|owner| owner.is_aside && owner.from == owner.words.start);
        let noun = self.sentence.words.get(at).filter(|word| word.is_possessive).map(|_| at + 1);
        // What is no record may own as well: `the Norland envoy`.
        let is_plain = |at: &usize| {
            let word = self.sentence.words.get(*at);
            let is_capital = word.is_some_and(|word| word.text.starts_with(char::is_uppercase));
            is_capital && self.used(*at).is_none() && !self.is_title(*at)
        };
        let capitals = at + (at..at + LONGEST).take_while(is_plain).count();
        let end = named.map(|owner| owner.words.end).or(noun).unwrap_or(capitals);
        if end > at && self.is_title(end) && self.is_beside(end) { end } else { at }
    }

    /// Behind `of the Harbour Board`.
    fn behind_of(&self, at: usize) -> usize {
        if !(self.is(at, &["of", "from", "for"]) && self.is_beside(at)) {
            return at;
        }
        let of = at + 1 + usize::from(self.is(at + 1, &["the"]));
        self.uses.iter().find(|found| found.words.start == of).map_or(at, |of| of.words.end)
    }

    /// Behind `of the harbour office`, which is no name, where a comma ends that.
    fn behind_plain_of(&self, at: usize) -> usize {
        const LONGEST: usize = 6;
        if !(self.is(at, &["of", "for"]) && self.is_beside(at)) {
            return at;
        }
        let end = (at + 1..self.lower.len().min(at + LONGEST)).find(|at| !self.mark(*at).is_empty());
        let is_plain = |at: usize| {
            self.sentence.words[at].text.starts_with(char::is_lowercase) && !is_finite(&self.lower[at])
        };
        end.filter(|end| (at + 1..*end).all(is_plain)).unwrap_or(at)
    }

    /// The first word behind what stands in brackets at a word.
    fn behind_brackets(&self, at: usize) -> usize {
        let Some(word) = self.sentence.words.get(at).filter(|word| word.gap.ends_with('(')) else {
            return at;
        };
        if word.gap.trim() != "(" {
            return at;
        }
        let end = (at..self.lower.len()).find(|at| self.sentence.gap_behind(*at).starts_with(')'));
        end.map_or(at, |end| end + 1)
    }

    /// The first word behind `, the minister of harbours` and before the comma that ends it, or `at` where there is none.
    fn behind_aside(&self, at: usize) -> usize {
        const LONGEST: usize = 12;
        let is_age = self.word(at).bytes().all(|byte| byte.is_ascii_digit());
        let leads = ["the", "a", "an", "then", "former", "now", "its", "his", "her", "their"];
        let is_led = self.is(at, &leads) || self.is_title(at) && self.used(at).is_none();
        if self.mark(at) != "," || !(is_led || is_age && !self.word(at).is_empty()) {
            return at;
        }
        // A name with its article is the next of several.
        if self.party(at).is_some_and(|next| self.names.all[next.name].is == Is::Group) {
            return at;
        }
        let end = (at + 1..(at + LONGEST).min(self.lower.len())).find(|at| !self.mark(*at).is_empty());
        let Some(end) = end.filter(|end| self.mark(*end) == ",") else { return at };
        let is_plain = (at..end).all(|at| {
            let is_person = self.used(at).is_some_and(|found| self.names.all[found.name].is == Is::Person);
            !is_person && !is_finite(&self.lower[at])
        });
        if is_plain { end } else { at }
    }

    /// Behind the place in which a report was written: `PORT LUND (AP) — Ada Berg met`.
    fn behind_dateline(&self) -> usize {
        const LONGEST: usize = 6;
        let is_capital = |at: &usize| self.sentence.words[*at].text.starts_with(char::is_uppercase);
        let count = (0..self.lower.len().min(LONGEST)).take_while(is_capital).count();
        let end = (1..=count).find(|at| ["—", "–", "-", "--"].contains(&self.mark(*at)));
        end.unwrap_or(0)
    }

    /// Behind what may stand before the names: a time, a place, a word such as "later", on whose word it is.
    fn leads(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let before = at;
            at = self.when(at);
            at = self.where_at(at);
            while self.is(at, LEADS) {
                at += 1;
            }
            if self.is(at, &["according"]) && self.is(at + 1, &["to"]) {
                let end = (at + 2..self.lower.len()).find(|at| self.mark(*at) == ",");
                at = end.unwrap_or(at);
            }
            if at == before {
                return at;
            }
        }
    }

    /// Behind a time with the words that lead to it.
    fn when(&self, start: usize) -> usize {
        let mut at = start;
        let leads = ["on", "in", "at", "during", "the", "of"];
        while self.is(at, &leads) || self.is(at, TIMES_OF_DAY) || self.is(at, &WEEKDAYS) {
            at += 1;
        }
        let date = (start..=at).find_map(|at| self.dates.iter().find(|date| date.at.start == at));
        date.map_or(start, |date| date.at.end)
    }

    /// Behind `in Lund`.
    fn where_at(&self, start: usize) -> usize {
        let place = self.used(start + 1).filter(|found| self.names.all[found.name].is == Is::Place);
        match place {
            Some(place) if self.is(start, &["in", "at", "near"]) => place.words.end,
            _ => start,
        }
    }

    /// Behind `Otto Falk said that`: what somebody only supposes is not said.
    fn behind_report(&self, start: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let most = self.lower.len().min(start + LONGEST);
        let end = self.parties(start).map(|parties| parties.end);
        let is_small =
            |at: usize| at == start || self.sentence.words[at].text.starts_with(char::is_lowercase);
        let plain = (start + 1..most).take_while(|at| is_small(*at) && self.mark(*at).is_empty());
        let verb = end.or_else(|| plain.into_iter().find(|at| self.is(*at, REPORTS)))?;
        let is_said = self.is(verb, REPORTS) && !self.is(verb, SUPPOSES);
        let behind = self.when(verb + 1);
        is_said.then_some(behind + usize::from(self.is(behind, &["that"])))
    }

    /// Whether the names end here: what follows may tell more, and is no part of them.
    fn ends(&self, at: usize) -> bool {
        let is_time = self.dates.iter().any(|date| date.at.contains(&at)) || self.is(at, &WEEKDAYS);
        at >= self.lower.len()
            || !self.mark(at).is_empty()
            || is_time
            || self.is(at, BEHIND_PARTIES)
            || self.word(at).ends_with("ly")
    }

    /// What stands before a word, without brackets that end there.
    fn mark(&self, at: usize) -> &str {
        let Some(word) = self.sentence.words.get(at) else { return "." };
        if self.is_joined(at) {
            return "";
        }
        let mark = word.gap.trim();
        mark.strip_prefix(')').unwrap_or(mark).trim()
    }

    fn is_beside(&self, at: usize) -> bool {
        self.sentence.words.get(at).is_some_and(|word| word.gap == " ") || self.is_joined(at)
    }

    /// Whether a word stands beside the one before it, or behind the full stop of a short form: `Dr. Jon Vik`.
    fn is_joined(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.sentence.words.get(before));
        self.sentence.words.get(at).zip(before).is_some_and(|(word, before)| word.is_joined(before))
    }

    /// The name, with its titles, that begins at a word.
    fn used(&self, at: usize) -> Option<&Use> {
        self.uses.iter().find(|found| found.from == at || found.words.start == at)
    }

    fn is_title(&self, at: usize) -> bool {
        self.lower.get(at).is_some_and(|word| is_before_title(word))
    }

    /// Whether a title stands behind a name and belongs to another: `the Harbour Board director`.
    fn leads_title(&self, at: usize) -> bool {
        self.is_title(at) && self.is_beside(at)
    }

    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        self.lower.get(at).is_some_and(|word| list.contains(&word.as_str()))
    }
}
