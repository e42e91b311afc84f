//! What can be wrong within one file, whatever the others say.

use super::characters::Unfit;
use crate::diag::{Code, Diagnostic, Severity, a, did_you_mean, one_of};
use crate::model::Kind;
use crate::source::{Span, turns_direction};

crate::codes! {
    /// A text file is not valid UTF-8. Save it as UTF-8 without other encodings mixed in.
    INVALID_UTF8 = "invalid-utf8";
    /// A text file holds a control character such as NUL. They are invisible, break feeds and data
    /// formats, and never belong in a dossier.
    CONTROL_CHARACTER = "control-character";
    /// A text holds a character that turns the direction of what follows: an override (U+202D, U+202E), or an embedding
    /// or isolate (U+202A, U+202B, U+2066 to U+2068) that is not ended on its line. It is invisible, and readers would
    /// see another order than what is written. Marks (U+200E, U+200F, U+061C), joiners, and isolates that are ended on
    /// their line may stand, and names need none of them: a page sets each apart by itself.
    DIRECTION_CHARACTER = "direction-character";
    /// A line of more than 256 KiB in a text file, which no author wrote: a picture or another file has come into the
    /// text, or its line breaks were lost.
    LONG_LINE = "long-line";
    /// A TOML file, or the front matter of a Markdown file, is not valid TOML 1.1. All syntax errors
    /// of a file are listed; the values that could still be read are checked too.
    TOML_SYNTAX = "toml-syntax";
    /// Front matter starts with a line `+++` and must end with one.
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter";
    /// A field that the kind of record does not have. It is an error rather than ignored, because a
    /// misspelt `withold` would publish what must not be published.
    UNKNOWN_FIELD = "unknown-field";
    /// A field that every record of the kind must have.
    MISSING_FIELD = "missing-field";
    /// A value of another type than the field takes, such as a number where a text belongs.
    WRONG_TYPE = "wrong-type";
    /// The field takes one of a few words, and this is none of them.
    UNKNOWN_VALUE = "unknown-value";
    /// A text that must say something is empty.
    EMPTY_VALUE = "empty-value";
    /// A key is the address of a record for good: lower-case ASCII letters and digits, with single
    /// hyphens between them.
    INVALID_KEY = "invalid-key";
    /// Dates follow EDTF (ISO 8601-2), level 0 and 1 and the sets `[..]` of level 2, and are written
    /// in quotes: `"2023-06"`, `"2023-06~"`, `"[..2023-04]"`.
    INVALID_DATE = "invalid-date";
    /// An interval that ends before it begins, such as a role whose `to` lies before its `from`. A note
    /// where one of the dates is in doubt.
    REVERSED_DATES = "reversed-dates";
    /// A citation reads `source [locator] [citing source [locator]]...`, where a hop that is no record
    /// stands in single quotes.
    INVALID_CITATION = "invalid-citation";
    /// A chain of citations that meets itself proves nothing: a source cannot rest on itself.
    CIRCULAR_CITATION = "circular-citation";
    /// A count of unnamed participants is `"3"`, `"2.."` or `"2..4"`.
    INVALID_COUNT = "invalid-count";
    /// Languages are named by BCP 47 tags, such as `fa`, `ar` or `zh-Hant`.
    INVALID_LANGUAGE = "invalid-language";
    /// Countries are named by their two letters in ISO 3166-1, such as `SE`.
    INVALID_COUNTRY = "invalid-country";
    /// A web address starts with `https://` or `http://`. The `contact` of a site may be an e-mail address, too.
    INVALID_URL = "invalid-url";
    /// A place to publish to is named by an address: a folder, `git:origin#gh-pages`, `s3://bucket/path`,
    /// `sftp://user@host/path`, `rsync:user@host:path`, or a file that ends with `.zip`, `.tar.zst`, `.wacz` or
    /// `.warc.gz`. Passwords and keys belong in no file.
    INVALID_TARGET = "invalid-target";
    /// A checksum is 64 hexadecimal digits, as `sha256sum` prints them.
    INVALID_CHECKSUM = "invalid-checksum";
    /// A latitude lies between -90 and 90, a longitude between -180 and 180 degrees, and neither says
    /// anything without the other.
    INVALID_POSITION = "invalid-position";
    /// A file named in a record is a path inside `content/`, without `..`.
    INVALID_PATH = "invalid-path";
    /// A TOML file inside `content/` that belongs to no kind of record.
    STRAY_FILE = "stray-file";
    /// HTML in Markdown is dropped unless `site.toml` says `unsafe_html = true`; and then what would run, restyle the
    /// page or load something from elsewhere.
    RAW_HTML = "raw-html";
    /// A link whose address would run code, embed data, or work only on a web server.
    UNSAFE_LINK = "unsafe-link";
    /// A wikilink is `[[key]]` or `[[key|words]]`, on one paragraph and with nothing nested in it.
    INVALID_WIKILINK = "invalid-wikilink";
    /// The address and the title of a link or picture are plain text: a link, citation or figure in them would be lost.
    NOTATION_IN_LINK = "notation-in-link";
    /// `:name[words]{query}` within a line, `::name{query}` on a line of its own.
    INVALID_DIRECTIVE = "invalid-directive";
    /// The query of a figure or embed is a kind, then `key=value` terms.
    INVALID_QUERY = "invalid-query";
    /// A leaf directive stands alone: a blank line before and after it, outside lists and quotes.
    MISPLACED_DIRECTIVE = "misplaced-directive";
    /// `[^name]` without a line `[^name]: ...` that says what it stands for.
    UNDEFINED_FOOTNOTE = "undefined-footnote";
    /// `[^name]: ...` that nothing in the text refers to, so that readers would never see it.
    UNUSED_FOOTNOTE = "unused-footnote";
    /// `[words][name]` without a line `[name]: address`.
    UNDEFINED_LINK = "undefined-link";
    /// A link to `#anchor` on the same page, where no heading has that anchor.
    UNKNOWN_ANCHOR = "unknown-anchor";
    /// A page has one title; the headings of its text start at `##` and do not skip a level, so that
    /// readers who hear a page can find their way.
    HEADING_LEVEL = "heading-level";
    /// An article needs a title: in its front matter, or as its first heading.
    MISSING_TITLE = "missing-title";
    /// A summary or note is running text of one paragraph.
    NOT_INLINE = "not-inline";
    /// A BibTeX file that cannot be read. Nothing of it is known then: the report names the first
    /// place that is wrong, and there may be others behind it.
    BIBLIOGRAPHY_SYNTAX = "bibliography-syntax";
}

pub fn invalid_utf8(span: Span) -> Diagnostic {
    Diagnostic::error(INVALID_UTF8, span, "this file is not valid UTF-8")
        .label("the first byte that is not")
        .help("save the file as UTF-8")
}

pub fn unfit(span: Span, unfit: Unfit) -> Diagnostic {
    let c = unfit.character();
    let name = format!("U+{:04X}", u32::from(c));
    let turned = |message: String, help: &str| simple(DIRECTION_CHARACTER, span, message, help);
    match unfit {
        Unfit::Control(_) => simple(
            CONTROL_CHARACTER,
            span,
            format!("control character {name} in the text"),
            "delete it; it is invisible in most editors",
        ),
        Unfit::Override(_) => turned(
            format!("{name} makes readers see the text in another order than it is written"),
            "delete it; it is invisible in most editors",
        ),
        Unfit::Open(_) => turned(
            format!("{name} turns the direction of the text, and nothing on this line ends that"),
            match c {
                '\u{202A}' | '\u{202B}' => "delete it, or end it on the same line with U+202C",
                _ => "delete it, or end it on the same line with U+2069",
            },
        ),
        Unfit::Close(_) => turned(
            format!("{name} ends a direction of the text that nothing on this line begins"),
            "delete it; it is invisible in most editors",
        ),
    }
}

/// Of a character that is written as `&#1;`.
pub fn by_number(span: Span, c: char) -> Diagnostic {
    let code = if turns_direction(c) { DIRECTION_CHARACTER } else { CONTROL_CHARACTER };
    let message = format!("U+{:04X}, written by its number, may not stand in a text", u32::from(c));
    simple(code, span, message, "delete it; readers do not see it")
}

/// Whether what is wrong keeps a part of a file from being read.
pub fn is_of_syntax(problem: &Diagnostic) -> bool {
    [TOML_SYNTAX, UNCLOSED_FRONT_MATTER, BIBLIOGRAPHY_SYNTAX].contains(&problem.code)
}

/// Of a file of a kind in which a table or a long value was left out.
pub fn unread(span: Span, kind: Kind) -> Diagnostic {
    let message =
        format!("until this is mended, references to {}, figures and lints are not checked", kind.plural());
    Diagnostic::new(TOML_SYNTAX, Severity::Note, Some(span), message)
}

pub fn notation_in_link(span: Span) -> Diagnostic {
    let message = "the address and the title of a link are plain text, and here is notation in one";
    simple(NOTATION_IN_LINK, span, message, "write the words themselves there")
}

pub fn long_line(span: Span) -> Diagnostic {
    Diagnostic::error(LONG_LINE, span, "this line is too long to have been written by somebody")
        .label("more than 256 KiB")
        .help("break it into several lines, or put what it holds into a file of its own")
}

pub fn unknown_field(span: Span, what: &str, field: &str, known: &[&str]) -> Diagnostic {
    let help = match did_you_mean(field, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!(
                "the fields of {} are {}",
                a(what),
                one_of(known.iter().copied()).replace(" or ", " and ")
            )
        }
    };
    Diagnostic::error(UNKNOWN_FIELD, span, format!("{} has no field `{field}`", a(what))).help(help)
}

pub fn missing_field(span: Span, what: &str, field: &str, example: &str) -> Diagnostic {
    Diagnostic::error(MISSING_FIELD, span, format!("this {what} has no `{field}`"))
        .help(format!("add `{field} = {example}`"))
}

pub fn wrong_type(span: Span, field: &str, wanted: &str, got: &str) -> Diagnostic {
    Diagnostic::error(WRONG_TYPE, span, format!("`{field}` must be {wanted}, not {got}"))
}

pub fn unknown_value<'a>(
    span: Span,
    field: &str,
    value: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let help = match did_you_mean(value, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", one_of(known)),
    };
    Diagnostic::error(UNKNOWN_VALUE, span, format!("`{field}` cannot be `{value}`")).help(help)
}

pub fn never_published(span: Span, field: &str) -> Diagnostic {
    let message = format!("`{field}` is never published, and cannot be withheld");
    Diagnostic::error(UNKNOWN_VALUE, span, message).help(
        "name a field of which readers would see something, or write `withhold = true` for the whole record",
    )
}

pub fn empty(span: Span, field: &str) -> Diagnostic {
    Diagnostic::error(EMPTY_VALUE, span, format!("`{field}` is empty"))
        .help("fill it in, or leave the field out where it may be absent")
}

/// How many letters a key may have: file systems take names of 255 bytes, and the program puts something behind.
pub const LONGEST_KEY: usize = 200;

/// How a key must be that this one is not.
pub fn key_help(key: &str) -> String {
    match key.len() > LONGEST_KEY {
        true => format!("write no more than {LONGEST_KEY} letters: it is the name of a file, too"),
        false => {
            "lower-case letters a-z, digits, and single hyphens between them, such as `ada-berg`".to_owned()
        }
    }
}

pub fn invalid_key(span: Span, what: &str, key: &str) -> Diagnostic {
    if key.len() > LONGEST_KEY {
        return Diagnostic::error(INVALID_KEY, span, format!("`{key}` cannot be {what}: it is too long"))
            .help(key_help(key));
    }
    let slug = slug::slugify(key);
    Diagnostic::error(INVALID_KEY, span, format!("`{key}` cannot be {what}"))
        .label("lower-case letters a-z, digits, and single hyphens between them")
        .maybe_help((!slug.is_empty() && slug != key).then(|| format!("did you mean `{slug}`?")))
}

pub fn simple(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    let help = help.into();
    Diagnostic::error(code, span, message).maybe_help((!help.is_empty()).then_some(help))
}
