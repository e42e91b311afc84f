//! Sentences that may deny what a record tells, or say that nobody comments: a comment beside the record.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::super::dates;
use super::super::meetings;
use super::super::names::Is;
use super::super::stance;
use super::super::vocabulary::MEETS;
use super::records::{Records, comment};

/// The sentences that become meetings and events, and those that may deny them.
#[derive(Debug, Default)]
pub struct Denials {
    /// Each with the field for it, and the sentence of the record it stands by.
    all: Vec<(usize, &'static str, Option<usize>)>,
    /// Whether those that stand by no record are told.
    pub(super) are_told: bool,
}

/// How many stand by one record.
const TOLD: usize = 3;

impl Records<'_> {
    /// Finds what may be denied, and where.
    pub fn find_denials(&mut self, found: &meetings::Meetings, dates: &[Vec<dates::Found>]) {
        let held = found.sentences();
        let meetings: BTreeSet<usize> = found.held.iter().map(|meeting| meeting.sentence).collect();
        let events = dates
            .iter()
            .enumerate()
            .filter(|(index, found)| !held.contains(index) && self.event_date(*index, found).is_some());
        let all: BTreeSet<usize> = meetings.iter().copied().chain(events.map(|(index, _)| index)).collect();
        let sentences = self.sentences;
        for index in 0..sentences.len() {
            // Who denies a meeting denies no other event.
            let is_of_meeting = sentences[index].words.iter().any(|word| {
                let lower = word.lower();
                MEETS.contains(&lower.as_str())
                    || ["call", "meet", "talk", "conversation"].contains(&lower.as_str())
            });
            let told = if is_of_meeting && !meetings.is_empty() { &meetings } else { &all };
            let next = index.checked_sub(1).filter(|before| {
                told.contains(before) && meetings::denial(sentences, *before) == Some(index)
            });
            let field = stance::of(&sentences[index]).or(next.map(|_| "denied_by or no_comment_by"));
            let Some(field) = field else { continue };
            let own: HashSet<usize> = self.parties(index).collect();
            let shares = |record: &usize| self.parties(*record).any(|name| own.contains(&name));
            let before = || told.range(..index).copied();
            // A sentence without its names may be about it where it is the next, or denies "the call" in the next paragraph.
            let is_near = |record: &usize| {
                next == Some(*record)
                    || is_of_meeting
                        && meetings.contains(record)
                        && sentences[*record].paragraph + 1 >= sentences[index].paragraph
            };
            let nearest = before().next_back().filter(|record| shares(record) || is_near(record));
            // Where the nearest has none of its names and one further up has, either may be meant.
            let is_plain = next.is_some()
                || nearest.is_some_and(|record| shares(&record))
                || !before().any(|record| shares(&record));
            self.denials.all.push((index, field, nearest.filter(|_| is_plain)));
        }
    }

    /// The people and groups in a sentence.
    fn parties(&self, index: usize) -> impl Iterator<Item = usize> {
        let uses = self.names.uses.get(index).map_or(&[][..], Vec::as_slice);
        let is_party = |name: usize| matches!(self.names.all[name].is, Is::Person | Is::Group);
        uses.iter().map(|found| found.name).filter(move |name| is_party(*name))
    }

    /// Those that stand by the record of a sentence.
    pub fn denial(&mut self, sentence: usize) -> String {
        self.told(Some(sentence), "if that is about this")
    }

    /// Those of which it is not plain what they are about.
    pub fn other_denials(&mut self) -> String {
        self.told(None, "what that is about is for you to tell")
    }

    fn told(&mut self, by: Option<usize>, how: &str) -> String {
        let (mut text, mut count) = (String::new(), 0);
        let most = if by.is_some() { TOLD } else { usize::MAX };
        let all = self.denials.all.iter().filter(|(index, _, record)| *record == by && Some(*index) != by);
        for (index, field, _) in all.take(most) {
            // Of several in a sentence, who denies is not told by their order.
            let named: HashSet<usize> = self.parties(*index).collect();
            let who = named.iter().next().filter(|_| named.len() == 1).and_then(|name| self.reference(*name));
            let who = who.as_ref().and_then(Value::as_str).unwrap_or("…");
            let cite = self.cite(*index);
            text.push_str(&self.said(*index));
            text.push_str(&comment(&format!("{how}: {field} = [{{ who = \"{who}\", cite = \"{cite}\" }}]")));
            count += 1;
        }
        self.counts.comments += count;
        text
    }
}
