//! On whose word a sentence stands: a comment beside its record.

use serde_json::Value;

use super::super::names::Is;
use super::super::stance;
use super::records::{Records, comment};

impl Records<'_> {
    /// On whose word a sentence stands, and how to cite that.
    pub(super) fn said_by(&self, sentence: usize) -> String {
        let said = self.sentences.get(sentence).and_then(stance::said_by);
        let Some(stance::Said { who, confirms }) = said else { return String::new() };
        if confirms {
            let named = self.named_in(sentence, who).and_then(|name| self.reference(name));
            let key = named.as_ref().and_then(Value::as_str).unwrap_or("…");
            let cite = self.cite(sentence);
            return comment(&format!(
                "said by: \"{who}\"; then: confirmed_by = [{{ who = \"{key}\", cite = \"{cite}\" }}]"
            ));
        }
        if stance::is_pronoun(who) {
            return comment(&format!("said by: \"{who}\": who that is, is for you to tell"));
        }
        // A quoted name in a citation ends at the next such mark.
        if who.contains(['\'', '"', '’']) {
            return comment(&format!("said by: \"{who}\""));
        }
        comment(&format!("said by: \"{who}\"; then: cite = \"{} citing '{who}'\"", self.cite(sentence)))
    }

    /// The sentence behind one, where it may take that back: `This is false.`, `The paper has withdrawn the claim.`
    pub(super) fn taken_back(&self, sentence: usize) -> String {
        const WORDS: [&str; 11] = [
            "false",
            "untrue",
            "true",
            "withdrawn",
            "withdrew",
            "retracted",
            "fabricated",
            "never",
            "hoax",
            "invented",
            "mistaken",
        ];
        let (Some(own), Some(next)) = (self.sentences.get(sentence), self.sentences.get(sentence + 1)) else {
            return String::new();
        };
        let takes_back = next.paragraph == own.paragraph
            && next.words.iter().any(|word| WORDS.contains(&word.lower().as_str()));
        if takes_back { comment(&format!("but the next sentence: {}", next.text)) } else { String::new() }
    }

    /// The only person or group whose name stands in some words of a sentence.
    fn named_in(&self, index: usize, words: &str) -> Option<usize> {
        let sentence = self.sentences.get(index)?;
        let uses = self.names.uses.get(index)?.iter();
        let mut named = uses.filter(|found| {
            let is_party = matches!(self.names.all[found.name].is, Is::Person | Is::Group);
            is_party && words.contains(sentence.slice(found.words.clone()))
        });
        named.next().map(|found| found.name).filter(|_| named.next().is_none())
    }
}
