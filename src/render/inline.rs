//! Components of the theme -> what they write, in the place of their calls, before the templates are compiled.
//!
//! A call of a component takes as long as writing twenty parts of a sentence: a map of its arguments, a context and a
//! machine of its own. Most components are a line or two, and a page calls some fifty of them. So the text of a small
//! one is put where it is called, its parameters replaced by what they are given and its own variables renamed. Calls
//! stay where a component is large or calls itself. A dossier with templates of its own has the theme's as they are
//! written: it may replace any component, by one that sees other variables, and errors name places in templates.

mod pieces;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use pieces::{Call, Component, Piece, is_loop, parse, written};
use words::{Word, assigned, is_literal, is_path, replaced, values, words};

/// How many bytes a component may have that is put in the place of its calls.
const LARGEST: usize = 1000;

/// How many records make so many pages that it takes longer to render their calls than to put components in.
pub const WORTH: usize = 300;

/// Whether it is worth while for a dossier of so many records.
pub fn is_worth(records: usize) -> bool {
    records >= WORTH
}

/// The theme's templates, each with its name, without calls of small components.
pub fn all(templates: Vec<(String, String)>) -> Vec<(String, String)> {
    let parsed: Vec<Option<Vec<Piece>>> = templates.iter().map(|(_, template)| parse(template)).collect();
    let mut inliner = Inliner::default();
    for pieces in parsed.iter().flatten() {
        inliner.components.extend(pieces::components(pieces));
    }
    let made = templates.iter().zip(&parsed).map(|((name, template), pieces)| {
        let made = pieces.as_ref().map(|pieces| written(&inliner.expanded(pieces)));
        (name.clone(), made.unwrap_or_else(|| template.clone()))
    });
    made.collect()
}

#[derive(Default)]
struct Inliner<'t> {
    components: BTreeMap<&'t str, Component<'t>>,
    /// What components write once those within them are put in.
    bodies: BTreeMap<&'t str, Rc<Body>>,
    /// The components whose bodies are being made.
    within: Vec<&'t str>,
    /// How many calls were replaced: variables are named by it.
    calls: usize,
}

/// What a component writes.
struct Body {
    pieces: Vec<Piece>,
    /// The names in each of them.
    names: Vec<Vec<Word>>,
    is_small: bool,
    has_loop: bool,
    /// Whether it shows what stands between the tags of a call, and how often it asks for that.
    shows_content: bool,
    asks: usize,
    /// The names of its own variables.
    locals: BTreeSet<String>,
}

impl Body {
    fn new(pieces: Vec<Piece>) -> Body {
        let asks = |piece: &&Piece| words(piece.code()).any(|word| word == CONTENT);
        let locals = pieces.iter().flat_map(|piece| assigned(piece.code()));
        Body {
            is_small: pieces.iter().map(Piece::len).sum::<usize>() <= LARGEST,
            has_loop: pieces.iter().any(is_loop),
            shows_content: pieces.iter().any(is_content),
            asks: pieces.iter().filter(asks).count(),
            locals: locals.map(str::to_owned).collect(),
            names: pieces.iter().map(|piece| values(piece.code())).collect(),
            pieces,
        }
    }

    /// Whether content can be put into it: it shows it once and in no loop, or never asks for it.
    fn takes(&self, has_content: bool) -> bool {
        match self.asks {
            0 => true,
            1 => has_content && self.shows_content && !self.has_loop,
            _ => false,
        }
    }
}

/// The name of what stands between the tags of a call.
const CONTENT: &str = "body";

fn is_content(piece: &Piece) -> bool {
    matches!(piece, Piece::Print(code) if code == CONTENT)
}

impl<'t> Inliner<'t> {
    fn expanded(&mut self, pieces: &[Piece]) -> Vec<Piece> {
        let mut made = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            at += 1;
            if let Some((name, _)) = Component::named(piece)
                && let Some(length) = pieces[at..].iter().position(Piece::ends_component)
            {
                let known = self.body(name).map(|body| body.pieces.clone());
                let body = known.unwrap_or_else(|| self.expanded(&pieces[at..at + length]));
                made.push(self.seeing_root(piece, name, &body));
                made.extend(body);
                at += length;
                continue;
            }
            let Some(call) = Call::of(piece) else {
                made.push(piece.clone());
                continue;
            };
            let end = if call.has_content { pieces::end_of(pieces, at, call.name) } else { None };
            let content = end.map(|end| self.expanded(&pieces[at..end]));
            match self.put_in(&call, content.as_deref()) {
                Some(body) => {
                    made.extend(body);
                    at = end.map_or(at, |end| end + 1);
                }
                None => {
                    made.push(piece.clone());
                    made.extend(content.into_iter().flatten());
                    at = end.unwrap_or(at);
                }
            }
        }
        made
    }

    /// What a component writes, or nothing while that is being made.
    fn body(&mut self, name: &str) -> Option<Rc<Body>> {
        let (name, component) = self.components.get_key_value(name)?;
        let (name, pieces): (&'t str, &'t [Piece]) = (name, component.body);
        if let Some(body) = self.bodies.get(name) {
            return Some(Rc::clone(body));
        }
        if self.within.contains(&name) {
            return None;
        }
        self.within.push(name);
        let body = Rc::new(Body::new(self.expanded(pieces)));
        self.within.pop();
        self.bodies.insert(name, Rc::clone(&body));
        Some(body)
    }

    /// The head of a component, with the parameter that what was put into it asks for.
    fn seeing_root(&self, head: &Piece, name: &str, body: &[Piece]) -> Piece {
        const ROOT: &str = "root";
        let uses = body.iter().flat_map(|piece| words(piece.code())).any(|word| word == ROOT);
        let knows = |component: &Component| component.parameters.iter().any(|one| one.name == ROOT);
        match (self.components.get(name), head) {
            (Some(component), Piece::Tag(tag)) if uses && !knows(component) => {
                let comma = if component.parameters.is_empty() { "" } else { ", " };
                Piece::Tag(tag.replacen(')', &format!("{comma}@{ROOT})"), 1))
            }
            _ => head.clone(),
        }
    }

    /// What stands in the place of a call, with `content` between its tags; or nothing where it stays a call.
    fn put_in(&mut self, call: &Call, content: Option<&[Piece]>) -> Option<Vec<Piece>> {
        let body = self.body(call.name)?;
        if !body.is_small || !body.takes(content.is_some()) {
            return None;
        }
        let parameters = &self.components.get(call.name)?.parameters;
        let is_known = |(name, _): &(&str, String)| parameters.iter().any(|one| one.name == *name);
        if !call.arguments.iter().all(is_known) || parameters.iter().any(|one| body.locals.contains(one.name))
        {
            return None;
        }
        self.calls += 1;
        let mut made = Vec::new();
        let mut given: BTreeMap<&str, String> =
            body.locals.iter().map(|local| (local.as_str(), format!("{local}__{}", self.calls))).collect();
        for parameter in parameters {
            let value = match call.arguments.iter().find(|(name, _)| *name == parameter.name) {
                Some((_, value)) => value.as_str(),
                None if parameter.is_implicit => continue,
                None => parameter.default?,
            };
            // It is another within a loop.
            if body.has_loop && words(value).any(|word| word == "loop") {
                return None;
            }
            let value = if is_path(value) || is_literal(value) {
                value.to_owned()
            } else {
                let variable = format!("{}__{}", parameter.name, self.calls);
                made.push(Piece::Tag(format!("set {variable} = {value}")));
                variable
            };
            given.insert(parameter.name, value);
        }
        for (piece, names) in body.pieces.iter().zip(&body.names) {
            match (piece, content) {
                (piece, Some(content)) if is_content(piece) => made.extend_from_slice(content),
                (Piece::Text(_), _) => made.push(piece.clone()),
                (Piece::Print(code), _) => made.push(Piece::print(replaced(code, names, &given))),
                (Piece::Tag(code), _) => made.push(Piece::Tag(replaced(code, names, &given))),
            }
        }
        Some(made)
    }
}
