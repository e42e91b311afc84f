//! HTML and SVG that authors write themselves -> what of it may stand on a page: it runs nothing, asks nobody else for
//! anything, and ends where its text ends. What is let through is decided by `ammonia`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use url::Url;

use crate::parse::characters::unfit;

/// Elements beside those that `ammonia` lets through by itself.
const TAGS: [&str; 34] = [
    "section",
    "tfoot",
    "input",
    "video",
    "audio",
    "source",
    "track",
    "picture",
    "desc",
    "title",
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "defs",
    "symbol",
    "use",
    "marker",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "switch",
    "view",
];

/// Elements that would fetch or hold what is none of a text's, or that no browser has shown for long.
const NOT_THESE: [&str; 6] = ["area", "map", "acronym", "center", "strike", "tt"];

/// Attributes of any element.
const ATTRIBUTES: [&str; 11] = [
    "class",
    "id",
    "dir",
    "lang",
    "title",
    "role",
    "tabindex",
    "translate",
    "hidden",
    "xml:lang",
    "xml:space",
];

/// Attributes of drawings.
const DRAWN: [&str; 94] = [
    "viewBox",
    "preserveAspectRatio",
    "xmlns",
    "version",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "dx",
    "dy",
    "d",
    "points",
    "pathLength",
    "transform",
    "rotate",
    "lengthAdjust",
    "textLength",
    "startOffset",
    "method",
    "spacing",
    "side",
    "offset",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "href",
    "xlink:href",
    "systemLanguage",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "opacity",
    "color",
    "display",
    "visibility",
    "overflow",
    "clip-path",
    "clip-rule",
    "mask",
    "marker-start",
    "marker-mid",
    "marker-end",
    "stop-color",
    "stop-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "font-stretch",
    "font-variant",
    "letter-spacing",
    "word-spacing",
    "text-anchor",
    "text-decoration",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "writing-mode",
    "unicode-bidi",
    "direction",
    "paint-order",
    "shape-rendering",
];

/// What an address may begin with.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

struct Rules {
    builder: Builder<'static>,
    tags: HashSet<&'static str>,
    generic: HashSet<&'static str>,
    attributes: HashMap<&'static str, HashSet<&'static str>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(TAGS)
        .rm_tags(NOT_THESE)
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .add_generic_attribute_prefixes(["aria-"])
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .filter_style_properties(HashSet::from(["text-align"]))
        .attribute_filter(|element, attribute, value| {
            is_allowed(element, attribute, value).then_some(Cow::Borrowed(value))
        });
    let own: [(&str, &[&str]); 12] = [
        ("a", &["rel", "download"]),
        ("img", &["srcset", "sizes", "loading", "decoding"]),
        ("input", &["type", "checked", "disabled"]),
        ("video", &["src", "poster", "controls", "width", "height", "preload", "loop", "muted"]),
        ("audio", &["src", "controls", "preload", "loop"]),
        ("source", &["src", "srcset", "sizes", "type", "media", "width", "height"]),
        ("track", &["src", "kind", "srclang", "label", "default"]),
        ("details", &["open"]),
        ("ol", &["type", "reversed"]),
        ("li", &["value"]),
        ("th", &["style"]),
        ("td", &["style"]),
    ];
    for (element, attributes) in own {
        builder.add_tag_attributes(element, attributes.iter().copied());
    }
    for element in TAGS.iter().skip_while(|name| **name != "svg") {
        builder.add_tag_attributes(*element, DRAWN);
    }
    Rules {
        tags: builder.clone_tags(),
        generic: builder.clone_generic_attributes(),
        attributes: builder.clone_tag_attributes(),
        builder,
    }
});

/// The HTML of a text, of which parts are an author's own, without what may not stand on a page. All that is opened in
/// it is closed in it.
pub(super) fn cleaned(html: &str) -> String {
    RULES.builder.clean(html).to_string()
}

/// What is found in a piece of an author's HTML.
#[derive(Default)]
pub(super) struct Found {
    /// What [`cleaned`] leaves out, in words that `is dropped` can follow; each once.
    pub(super) dropped: Vec<String>,
    /// A character that no text may hold, written by its number.
    pub(super) unfit: Option<char>,
    /// How many elements are open behind it that were not before it, or the other way round.
    pub(super) opened: isize,
}

/// Elements that have no end, or whose end is often left out (HTML, 13.1.2).
const ENDLESS: [&str; 28] = [
    "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "option", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track", "wbr",
];

pub(super) fn found(raw: &str) -> Found {
    let tokenizer = Tokenizer::new(Finder::default(), Default::default());
    let input = BufferQueue::default();
    input.push_back(raw.into());
    // Nothing of the sink stops the tokenizer.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

#[derive(Default)]
struct Finder(RefCell<Found>);

impl TokenSink for Finder {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut found = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                found.opened += match tag.kind {
                    _ if ENDLESS.contains(&tag.name.as_ref()) => 0,
                    TagKind::StartTag => isize::from(!tag.self_closing),
                    TagKind::EndTag => -1,
                };
                let values = tag.attrs.iter().find_map(|attribute| first_unfit(&attribute.value));
                found.unfit = found.unfit.or(values);
                of_tag(&tag, &mut found.dropped);
            }
            Token::DoctypeToken(_) => found.dropped.push("`<!DOCTYPE>`".to_owned()),
            Token::CharacterTokens(text) => found.unfit = found.unfit.or(first_unfit(&text)),
            _ => {}
        }
        found.dropped.dedup();
        TokenSinkResult::Continue
    }
}

fn first_unfit(text: &str) -> Option<char> {
    Some(unfit(text).next()?.1.character())
}

fn of_tag(tag: &Tag, found: &mut Vec<String>) {
    let element = tag.name.as_ref();
    // Where a tag stands decides whether its name is one of SVG, with capital letters.
    let Some(known) = RULES.tags.iter().find(|known| known.eq_ignore_ascii_case(element)) else {
        let slash = if tag.kind == TagKind::EndTag { "/" } else { "" };
        return found.push(format!("`<{slash}{element}>`"));
    };
    let of_element = RULES.attributes.get(known);
    for attribute in &tag.attrs {
        let name = attribute.name.local.as_ref();
        let is_known = |known: &&&str| known.eq_ignore_ascii_case(name);
        let is_style = name != "style" || attribute.value.trim_start().starts_with("text-align");
        let known =
            RULES.generic.iter().chain(of_element.into_iter().flatten()).any(|known| is_known(&known));
        if !(known && is_style || name.starts_with("aria-")) {
            found.push(format!("the attribute `{name}` of `<{element}>`"));
        } else if !is_allowed(element, name, &attribute.value) || has_foreign_scheme(name, &attribute.value) {
            found.push(format!("the value of `{name}` of `<{element}>`"));
        }
    }
}

/// Whether an attribute may have a value. What is loaded comes from the site itself, so that it works offline and tells
/// nobody who reads it; what draws refers to what is drawn beside it.
fn is_allowed(element: &str, attribute: &str, value: &str) -> bool {
    let value = value.trim();
    match (element, attribute) {
        (_, "src" | "poster") => is_own(value),
        (_, "srcset") => value.split(',').all(|candidate| is_own(candidate.trim())),
        ("input", "type") => value.eq_ignore_ascii_case("checkbox"),
        ("use" | "textPath" | "textpath", "href" | "xlink:href") => value.starts_with('#'),
        ("linearGradient" | "radialGradient" | "pattern", "href" | "xlink:href") => value.starts_with('#'),
        (_, "class" | "id" | "title" | "alt" | "href") => true,
        _ => {
            let value = value.to_ascii_lowercase();
            !value.contains("url(") || value.matches("url(").count() == value.matches("url(#").count()
        }
    }
}

/// Whether an address leads to a file of the site.
fn is_own(address: &str) -> bool {
    let shown = address.replace('\\', "/");
    !shown.starts_with("//") && matches!(Url::parse(&shown), Err(url::ParseError::RelativeUrlWithoutBase))
}

fn has_foreign_scheme(attribute: &str, value: &str) -> bool {
    let is_address = matches!(attribute, "href" | "xlink:href" | "src" | "poster");
    is_address && Url::parse(value).is_ok_and(|url| !SCHEMES.contains(&url.scheme()))
}
