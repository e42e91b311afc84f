//! Where a meeting was, as far as its sentence says it plainly; else a comment beside the record.

use std::collections::BTreeSet;

use super::super::clauses;
use super::super::dates;
use super::super::meetings;
use super::super::names::{Is, Use};
use super::records::Records;

impl<'r> Records<'r> {
    /// The only place that a sentence names, where it says that they met in it: `met Jon Vik in Lund`. Behind any other
    /// word, as in `the head of the branch in Lund`, it may be that of something else.
    pub(super) fn plain_place(&self, meeting: &meetings::Found, dates: &[dates::Found]) -> Option<usize> {
        let sentence = self.sentences.get(meeting.sentence)?;
        let uses = self.uses(meeting.sentence);
        let mut places = uses.iter().filter(|found| self.is(found, Is::Place));
        let place = places.next().filter(|_| places.next().is_none())?;
        let lead = place.from.checked_sub(1).filter(|lead| *lead > meeting.verb)?;
        let is_led = sentence.words[lead].lower() == "in";
        // Behind a date it belongs to what the date does.
        let date = dates.iter().find(|date| date.at.end == lead);
        let ends_a_part = date.is_some()
            || lead == meeting.verb + 1
            || sentence.words[lead].gap.contains(',')
            || uses.iter().any(|found| self.is(found, Is::Person) && found.words.end == lead);
        let at = date.map_or(place.from..place.words.end, |date| date.at.clone());
        let is_its_own = || clauses::why_another(sentence, meeting.verb, &at).is_none();
        // Who telephones is in two places.
        let is_there = !matches!(meeting.mode, Some("phone" | "video"));
        let is_whole = is_there && is_led && ends_a_part && self.ends_there(meeting.sentence, place);
        (is_whole && is_its_own()).then_some(place.name)
    }

    /// Whether a name is that of a place, as far as it and the word behind it tell: not `in Spanish`, `in Russian custody`,
    /// `in Operation Storm`, nor the first of `in Vienna and Prague`.
    fn ends_there(&self, sentence: usize, place: &Use) -> bool {
        const OTHERS: [&str; 14] = [
            "arabic",
            "chinese",
            "dutch",
            "english",
            "french",
            "german",
            "greek",
            "hebrew",
            "latin",
            "operation",
            "opposition",
            "parliament",
            "war",
            "zoom",
        ];
        const LEADS: [&str; 18] = [
            "on", "at", "in", "with", "for", "to", "by", "during", "after", "before", "over", "from", "as",
            "when", "where", "while", "last", "this",
        ];
        let Some(sentence) = self.sentences.get(sentence) else { return false };
        let is_other = sentence.words[place.from..place.words.end].iter().any(|word| {
            let lower = word.lower();
            let is_of_people = ["ish", "ese", "ian"].iter().any(|end| lower.ends_with(end));
            is_of_people || OTHERS.contains(&lower.as_str())
        });
        let goes_on = sentence.words.get(place.words.end).is_some_and(|next| {
            next.gap == " "
                && next.text.starts_with(char::is_lowercase)
                && !LEADS.contains(&next.lower().as_str())
        });
        !is_other && !goes_on
    }

    /// The places that a sentence names.
    pub(super) fn named_places(&self, sentence: usize) -> BTreeSet<usize> {
        let places = self.uses(sentence).iter().filter(|found| self.is(found, Is::Place));
        places.map(|found| found.name).collect()
    }

    fn is(&self, found: &Use, is: Is) -> bool {
        self.names.all[found.name].is == is
    }

    fn uses(&self, sentence: usize) -> &'r [Use] {
        self.names.uses.get(sentence).map_or(&[][..], Vec::as_slice)
    }

    /// Where a sentence says that something was, of which there is no draft: `in the Town Hall`.
    pub(super) fn left_place(&self, index: usize, dates: &[dates::Found]) -> Option<&'r str> {
        let sentence = self.sentences.get(index)?;
        let uses = self.uses(index);
        let words = &sentence.words;
        let is_capital =
            |at: usize| words.get(at).is_some_and(|word| word.text.starts_with(char::is_uppercase));
        let mut known = vec![false; words.len()];
        let taken = uses.iter().map(|found| found.from..found.words.end);
        for at in taken.chain(dates.iter().map(|date| date.at.clone())).flatten() {
            known[at] = true;
        }
        let is_known = |at: usize| known.get(at) == Some(&true);
        (0..words.len()).find_map(|at| {
            let start = at + 1 + usize::from(words.get(at + 1).is_some_and(|word| word.lower() == "the"));
            let mut end = start;
            while is_capital(end) && words[end].gap == " " && !is_known(end) {
                end += 1;
            }
            let goes_on = is_known(end) && words.get(end).is_some_and(|word| word.gap == " ");
            let leads = ["in", "at", "inside", "near"].contains(&words[at].lower().as_str());
            (leads && end > start && !goes_on).then(|| sentence.slice(at..end))
        })
    }
}
