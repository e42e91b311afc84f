//! What a bibliography may not do, since reading it would never end: braces within braces without number, entries and
//! abbreviations that take from themselves, and abbreviations that grow by each other.

use std::collections::HashMap;
use std::ops::Range;

use biblatex::{Field, RawBibliography, RawChunk};

/// How deep braces may lie in each other. Titles have a few.
const DEEPEST: usize = 100;

/// How many bytes an abbreviation may become, and of how many others an entry may take.
const LONGEST: usize = 64 * 1024;

/// What is out of bounds: where, what it is, and what to do.
pub struct Problem {
    pub range: Range<usize>,
    pub message: String,
    pub help: &'static str,
}

/// The first brace that lies too deep in others.
pub fn braces(text: &str) -> Option<Problem> {
    let mut depth = 0usize;
    let at = text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })?;
    let message = format!("braces in more than {DEEPEST} others");
    Some(Problem { range: at..at + 1, message, help: "close the braces before" })
}

/// The first abbreviation or entry that rests on itself or grows without end.
pub fn references(raw: &RawBibliography) -> Option<Problem> {
    let abbreviations = raw.abbreviations.iter().map(|pair| {
        let to = pair.value.v.iter().filter_map(|chunk| match chunk.v {
            RawChunk::Abbreviation(name) => Some(name.to_owned()),
            RawChunk::Normal(_) => None,
        });
        let names = vec![pair.key.v.to_owned()];
        Node { names, range: pair.key.span.clone(), len: pair.value.span.len(), to: to.collect() }
    });
    let entries = raw.entries.iter().map(|entry| {
        let fields = |names: &'static [&str]| {
            let fields = entry.v.fields.iter();
            let fields =
                fields.filter(|field| names.iter().any(|name| field.key.v.eq_ignore_ascii_case(name)));
            fields.flat_map(|field| keys(&field.value.v))
        };
        let names = std::iter::once(entry.v.key.v.to_owned()).chain(fields(&["ids"])).collect();
        let to = fields(&["crossref", "xdata"]).collect();
        Node { names, range: entry.v.key.span.clone(), len: 1, to }
    });
    let abbreviations: Vec<Node> = abbreviations.collect();
    let entries: Vec<Node> = entries.collect();
    grown(&abbreviations, "abbreviation").or_else(|| grown(&entries, "entry"))
}

/// The keys of the entries that a field names.
fn keys(field: &Field) -> Vec<String> {
    let texts = field.iter().filter_map(|chunk| match chunk.v {
        RawChunk::Normal(text) => Some(text),
        RawChunk::Abbreviation(_) => None,
    });
    let text: String = texts.collect();
    text.split(',')
        .map(|key| key.trim_matches(|c: char| c.is_whitespace() || "{}".contains(c)).to_owned())
        .collect()
}

/// Something that takes from others of its kind.
struct Node {
    names: Vec<String>,
    range: Range<usize>,
    /// What it brings itself.
    len: usize,
    to: Vec<String>,
}

/// The first that becomes too much, or that cannot be put together before itself. `what` they are is told.
fn grown(nodes: &[Node], what: &str) -> Option<Problem> {
    let names =
        nodes.iter().enumerate().flat_map(|(at, node)| node.names.iter().map(move |name| (&**name, at)));
    let places: HashMap<&str, usize> = names.collect();
    // Of each that is put together, how long it is and how many others lie in each other in it.
    let mut known: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut waiting: Vec<(usize, &Node)> = nodes.iter().enumerate().collect();
    loop {
        let before = waiting.len();
        let mut left = Vec::new();
        for (at, node) in waiting {
            let parts =
                node.to.iter().filter_map(|name| places.get(&**name)).map(|part| known.get(part).copied());
            let Some(parts) = parts.collect::<Option<Vec<_>>>() else {
                left.push((at, node));
                continue;
            };
            let len = parts.iter().map(|(len, _)| len).sum::<usize>() + node.len;
            let depth = parts.iter().map(|(_, depth)| depth + 1).max().unwrap_or(0);
            if len > LONGEST || depth > DEEPEST {
                let name = node.names.first()?;
                let message = format!("the {what} `{name}` takes too much from others");
                let help = "write out what it stands for";
                return Some(Problem { range: node.range.clone(), message, help });
            }
            known.insert(at, (len, depth));
        }
        if left.is_empty() {
            return None;
        }
        if left.len() == before {
            let (_, node) = left.first()?;
            let message =
                format!("the {what} `{}` takes from itself, or from others that do", node.names.first()?);
            return Some(Problem { range: node.range.clone(), message, help: "take it out of the circle" });
        }
        waiting = left;
        // Most take from what stands all above or all below them.
        waiting.reverse();
    }
}
