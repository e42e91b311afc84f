//! What can be wrong between files: references, addresses, figures.

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

crate::codes! {
    /// A reference to a record that does not exist.
    UNKNOWN_REFERENCE = "unknown-reference";
    /// A reference to a record of a kind that does not belong there, such as a place among the
    /// participants.
    WRONG_KIND = "wrong-kind";
    /// A bare key that records of several kinds have. Write the kind before it: `groups/hamas`.
    AMBIGUOUS_REFERENCE = "ambiguous-reference";
    /// A reference to a draft. A site without its drafts would have a hole there: publish the record,
    /// make what refers to it a draft too, or build with `--drafts`.
    REFERENCE_TO_DRAFT = "reference-to-draft";
    /// Prose that links to a withheld record. Fields that refer to one are left out of the site; prose
    /// cannot be rewritten, so the author must.
    REFERENCE_TO_WITHHELD = "reference-to-withheld";
    /// A record that lies in itself by way of others: a group that is part of its own part, a place
    /// that lies in a place inside it.
    CIRCULAR_REFERENCE = "circular-reference";
    /// A group that is part of another, that of a third and so on, or a place in a place in a place, more than a
    /// hundred times. Every page would name them all, and no author means it.
    NESTED_TOO_DEEP = "nested-too-deep";
    /// A link to an anchor of another page, where no heading of that page's text has it.
    MISSING_ANCHOR = "missing-anchor";
    /// Several chains of one statement that lead from one to the other and back: each source rests on
    /// the other, and none of them is an origin.
    CIRCULAR_SOURCING = "circular-sourcing";
    /// A status that nobody stands behind: it says that a record is confirmed, disputed, denied or
    /// retracted, and neither a party nor a source says so. Readers never see a status without its actor.
    STATUS_WITHOUT_ACTOR = "status-without-actor";
    /// A citation whose locator holds the key of another source. Several citations are a list in TOML,
    /// and stand apart by `;` in prose; the second would be taken for a place in the first.
    CITATION_IN_LOCATOR = "citation-in-locator";
    /// Brackets in a text that begin with the key of a source, without the `@` that makes a citation of them. Readers
    /// would see the key as it stands, and the sentence would rest on nothing.
    CITATION_WITHOUT_AT = "citation-without-at";
    /// The key of a record in single brackets, which readers would see as they stand: a link has two, `[[ada-berg]]`. A key
    /// of one word is not asked about: it is often a word that an editor put into a quotation.
    LINK_IN_ONE_BRACKET = "link-in-one-bracket";
    /// Two files that would be written to the same address, or one that would be written among the files of
    /// the search.
    ADDRESS_CONFLICT = "address-conflict";
    /// A file that a record or text names is not there.
    MISSING_FILE = "missing-file";
    /// A file in `content/` that is not read, and whose name is nearly that of one that is: `people.TOML`,
    /// `page.md.txt`, `people.csv`. What a page shows or links to may have any name.
    UNREAD_FILE = "unread-file";
    /// A correction of a field that the record does not have.
    UNKNOWN_CORRECTED_FIELD = "unknown-corrected-field";
    /// A figure whose words hold no number that can be read, or more than one.
    UNREADABLE_FIGURE = "unreadable-figure";
    /// A figure that the records allow but do not settle: uncertain dates, or records that may
    /// describe the same occasion, make the count a range. The page says so.
    FIGURE_RANGE = "figure-range";
    /// A withheld word was found in the output, or the bytes of a withheld file. Nothing is written before it is gone.
    ///
    /// A name is looked for as it was written down. A last name alone is a spelling of its own: write it into
    /// `names.aka`, or only `withheld-surname` warns of it.
    WITHHELD_LEAK = "withheld-leak";
        /// Something is withheld, and files are published in which no word can be looked for: a PDF, an archive that is
        /// not read, sound or film, or one of no known kind.
        WITHHELD_UNSEARCHED = "withheld-unsearched";
}

pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, span, message)
}
