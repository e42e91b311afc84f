//! Pieces of a sentence: names, dates, marks of citations, on whose word.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A piece of a sentence: plain text, or a link, possibly in another language.
///
/// Templates see plain text as a text, and a map of any other part: in it `out` where it leads to another website (any
/// other address is from the root of the site), no `href`, or no `lang` and `dir`, where there is none. There are more
/// parts than anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Part {
    pub text: String,
    pub href: Option<String>,
    pub lang: Option<String>,
    /// `ltr` or `rtl`, when the text has a language of its own.
    pub dir: Option<&'static str>,
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.href.is_none() && self.lang.is_none() {
            return serializer.serialize_str(&self.text);
        }
        let leads_out = |href: &String| href.starts_with("https://") || href.starts_with("http://");
        let is_out = self.href.as_ref().is_some_and(leads_out);
        let fields =
            usize::from(self.href.is_some()) + usize::from(is_out) + 2 * usize::from(self.lang.is_some());
        let mut part = serializer.serialize_struct("Part", 1 + fields)?;
        part.serialize_field("text", &self.text)?;
        if let Some(href) = &self.href {
            part.serialize_field("href", href)?;
        }
        if is_out {
            part.serialize_field("out", &true)?;
        }
        if self.lang.is_some() {
            part.serialize_field("lang", &self.lang)?;
            part.serialize_field("dir", &self.dir)?;
        }
        part.end()
    }
}

/// A sentence made of parts, shown one after the other without separators.
pub type Rich = Vec<Part>;

/// A name in its language. `lang` is absent for a name in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    pub text: String,
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
}

/// A date in the words of the page's language, never more precise than its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct When {
    /// `14 June 2022`, `March 2022`, `before February 2023`, `date not reported`.
    pub text: String,
    /// What is missing: `Day not reported`.
    pub note: Option<String>,
    /// For `<time datetime>`: only when the date is one plain day, month or year.
    pub datetime: Option<String>,
    /// As the author wrote it, EDTF (ISO 8601-2).
    pub edtf: Option<String>,
    /// The date in another calendar, as the source gives it.
    pub original: Option<OriginalDate>,
}

/// A date in another calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OriginalDate {
    /// `24 Khordad 1402 AP (Persian calendar)`
    pub text: String,
    /// In the words of the source.
    pub given: Option<Name>,
}

/// A mark in the text that leads to an entry of the page's source list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Mark {
    /// Number of the entry: the link goes to `#src-{n}`.
    pub n: usize,
    /// Anchor of this mark, for the way back: `cite-3-1`.
    pub id: String,
    /// The first to lead there.
    pub is_first: bool,
}

/// An entry of the page's source list, anchored as `src-{n}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Note {
    pub n: usize,
    /// The source in the style of the dossier, its title linked, with the place in it and the chain behind
    /// it.
    pub html: String,
    /// `Newspaper article`.
    pub kind: Option<String>,
    /// Address of the original, where the style does not write it out, and of an archived copy.
    pub url: Option<String>,
    pub archived: Option<String>,
    /// Address of a copy held with the dossier.
    pub copy: Option<String>,
    /// Anchors of the marks that lead here.
    pub back: Vec<String>,
}

/// Who reports, confirms or denies: always a word, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Status {
    /// `reported`, `confirmed`, `disputed`, `denied`, `retracted`, `inferred`.
    pub key: &'static str,
    pub word: String,
    /// `by the Foreign Ministry of Selvara`; empty when the attribution beside it says it.
    pub by: Rich,
}

/// "According to A, citing B."
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Attribution {
    /// One sentence for each chain of citations.
    pub sentences: Vec<Rich>,
    /// Number of independent origins: the distinct last hops of the chains.
    pub origins: usize,
    /// `One origin`, `2 independent origins`; empty when nothing is cited.
    pub origins_text: String,
}
