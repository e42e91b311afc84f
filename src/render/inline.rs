//! Components of the theme -> what they write, in the place of their calls, before the templates are compiled.
//!
//! A call of a component takes as long as writing twenty parts of a sentence: a map of its arguments, a context and a
//! machine of its own. Most components are a line or two, and a page calls some fifty of them. So the text of a small
//! one is put where it is called, its parameters replaced by what they are given and its own variables renamed. Calls
//! stay where a component is large, calls itself, or is replaced by one of the dossier's, and so do all calls in the
//! dossier's own templates, since errors name places in them.

mod pieces;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use pieces::{Call, Component, Piece, is_loop, parse, written};
use words::{assigned, is_literal, is_path, replaced, words};

/// How many bytes a component may have that is put in the place of its calls.
const LARGEST: usize = 1000;

/// The names of the components that a template may have: one too many leaves a call where it is.
pub fn components(template: &str) -> Vec<String> {
    let after = template.split("component").skip(1).map(str::trim_start);
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    after.map(name).collect()
}

/// The theme's templates without calls of small components, but for those in `replaced`.
pub fn all(templates: Vec<String>, replaced: &BTreeSet<String>) -> Vec<String> {
    let parsed: Vec<Option<Vec<Piece>>> = templates.iter().map(|template| parse(template)).collect();
    let mut inliner = Inliner::default();
    for pieces in parsed.iter().flatten() {
        let found = pieces::components(pieces);
        inliner.components.extend(found.into_iter().filter(|(name, _)| !replaced.contains(*name)));
    }
    let made = templates.iter().zip(&parsed).map(|(template, pieces)| match pieces {
        Some(pieces) => written(&inliner.expanded(pieces)),
        None => template.clone(),
    });
    made.collect()
}

#[derive(Default)]
struct Inliner<'t> {
    components: BTreeMap<&'t str, Component<'t>>,
    /// What components write once those within them are put in.
    bodies: BTreeMap<&'t str, Vec<Piece>>,
    /// The components whose bodies are being made.
    within: Vec<&'t str>,
    /// How many calls were replaced: variables are named by it.
    calls: usize,
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
                let known = self.body(name).map(<[Piece]>::to_vec);
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

    /// What a component writes, or nothing while that is being made, and of one that is the dossier's.
    fn body(&mut self, name: &str) -> Option<&[Piece]> {
        let (name, component) = self.components.get_key_value(name)?;
        let (name, pieces): (&'t str, &'t [Piece]) = (name, component.body);
        if !self.bodies.contains_key(name) {
            if self.within.contains(&name) {
                return None;
            }
            self.within.push(name);
            let body = self.expanded(pieces);
            self.within.pop();
            self.bodies.insert(name, body);
        }
        self.bodies.get(name).map(Vec::as_slice)
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
        let body = self.body(call.name)?.to_vec();
        let has_loop = body.iter().any(is_loop);
        if body.iter().map(Piece::len).sum::<usize>() > LARGEST || !takes(&body, has_loop, content) {
            return None;
        }
        let parameters = &self.components.get(call.name)?.parameters;
        let locals: BTreeSet<&str> = body.iter().flat_map(|piece| assigned(piece.code())).collect();
        let is_known = |(name, _): &(&str, String)| parameters.iter().any(|one| one.name == *name);
        if !call.arguments.iter().all(is_known) || parameters.iter().any(|one| locals.contains(one.name)) {
            return None;
        }
        self.calls += 1;
        let mut made = Vec::new();
        let mut values: BTreeMap<&str, String> =
            locals.iter().map(|local| (*local, format!("{local}__{}", self.calls))).collect();
        for parameter in parameters {
            let given = call.arguments.iter().find(|(name, _)| *name == parameter.name);
            let value = match given {
                Some((_, value)) => value.as_str(),
                None if parameter.is_implicit => continue,
                None => parameter.default?,
            };
            // It is another within a loop.
            if has_loop && words(value).any(|word| word == "loop") {
                return None;
            }
            let value = if is_path(value) || is_literal(value) {
                value.to_owned()
            } else {
                let variable = format!("{}__{}", parameter.name, self.calls);
                made.push(Piece::Tag(format!("set {variable} = {value}")));
                variable
            };
            values.insert(parameter.name, value);
        }
        for piece in &body {
            match (piece, content) {
                (piece, Some(content)) if is_content(piece) => made.extend_from_slice(content),
                (Piece::Text(_), _) => made.push(piece.clone()),
                (Piece::Print(code), _) => made.push(Piece::print(replaced(code, &values))),
                (Piece::Tag(code), _) => made.push(Piece::Tag(replaced(code, &values))),
            }
        }
        Some(made)
    }
}

/// Whether it shows what stands between the tags of a call.
fn is_content(piece: &Piece) -> bool {
    matches!(piece, Piece::Print(code) if code == CONTENT)
}

/// The name of that.
const CONTENT: &str = "body";

/// Whether content can be put into a component: it shows it once and in no loop, or never asks for it.
fn takes(body: &[Piece], has_loop: bool, content: Option<&[Piece]>) -> bool {
    let asks = |piece: &&Piece| words(piece.code()).any(|word| word == CONTENT);
    match body.iter().filter(asks).count() {
        0 => true,
        1 => content.is_some() && !has_loop && body.iter().any(is_content),
        _ => false,
    }
}
