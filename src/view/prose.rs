//! Prose with its holes filled, for one page: links, numbered citations, figures and live views.

use super::lists;
use super::notes::{self, Notes};
use super::page::{Block, Figure, LeftOut};
use super::words::Words;
use super::{network, record, row};
use crate::html::{escaped, escaped_text};
use crate::link::figures::disagreement;
use crate::link::refs::ANY;
use crate::link::routes::{Column, Target, address, picture, target};
use crate::link::select::{denied, select};
use crate::model::Kind;
use crate::model::body::{Body, Embed, Piece};
use crate::model::query::Query;

/// A page being written: what its texts have in common.
pub struct Writer<'w, 'a> {
    pub words: &'w Words<'a>,
    pub notes: Notes,
    pub figures: Vec<Figure>,
    /// The way back to the site's root.
    root: String,
    /// Whether the page has no list that marks and figures could lead to.
    bare: bool,
    /// Whether the page has a margin, in which its sources stand in short beside their first marks.
    pub margin: bool,
    /// Whether nothing of the text at hand is written yet, so that what comes is seen at once.
    is_first: bool,
}

/// How wide the theme shows pictures in a text.
const TEXT_SIZES: &str = "(min-width: 48rem) 42rem, calc(100vw - 2rem)";

impl<'w, 'a> Writer<'w, 'a> {
    pub fn new(words: &'w Words<'a>, path: &str) -> Self {
        let root = super::root(path);
        Writer {
            words,
            notes: Notes::new(root.clone()),
            figures: Vec::new(),
            root,
            bare: false,
            margin: false,
            is_first: false,
        }
    }

    /// For a text that is shown away from its own page: without marks, and figures as plain words.
    pub fn bare(words: &'w Words<'a>, path: &str) -> Self {
        Writer { bare: true, ..Writer::new(words, path) }
    }

    /// Running text as finished HTML.
    pub fn inline(&mut self, body: Option<&Body>) -> Option<String> {
        let body = body?;
        let mut html = String::new();
        for piece in &body.pieces {
            self.push(&mut html, piece);
        }
        Some(html)
    }

    /// Prose as blocks: HTML, with the live views between.
    pub fn blocks(&mut self, body: &Body) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut html = String::new();
        for piece in &body.pieces {
            self.is_first = blocks.is_empty() && ["<figure>", "<p>"].contains(&html.trim());
            if let Piece::Embed { embed, query, .. } = piece {
                push_html(&mut blocks, &mut html);
                blocks.push(self.embed(*embed, query));
                blocks.extend(self.left_out(*embed, query).into_iter().map(Block::LeftOut));
            } else {
                self.push(&mut html, piece);
            }
        }
        self.is_first = false;
        push_html(&mut blocks, &mut html);
        blocks
    }

    /// Adds a piece; a citation mark stands against the word before it, whatever space the author left.
    fn push(&mut self, html: &mut String, piece: &Piece) {
        if matches!(piece, Piece::Cite(_)) {
            html.truncate(html.trim_end().len());
        }
        html.push_str(&self.piece(piece));
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let dossier = &self.words.linked.dossier;
        match piece {
            Piece::Html(html) => html.clone(),
            Piece::Word(key) => escaped(self.words.strings.get(key)),
            Piece::Wikilink { target, anchor, label } => match dossier.get(target, ANY) {
                Some(id) => {
                    let name = self.words.name(id);
                    let own = match (&name.lang, name.dir) {
                        (Some(lang), Some(dir)) => {
                            format!(
                                "<bdi lang=\"{}\" dir=\"{dir}\">{}</bdi>",
                                escaped(lang),
                                escaped_text(&name.text)
                            )
                        }
                        _ => escaped_text(&name.text),
                    };
                    let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
                    let href = escaped(&format!("{}{}{anchor}", self.root, address(dossier, id)));
                    format!("<a href=\"{href}\">{}</a>", label.as_ref().unwrap_or(&own))
                }
                None => label.clone().unwrap_or_else(|| escaped_text(&target.text)),
            },
            Piece::File { path, anchor, .. } => {
                let address = match target(dossier, path) {
                    Some(Target::Page(path) | Target::File(path) | Target::Static(path)) => path,
                    None => path.clone(),
                };
                let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
                escaped(&format!("{}{}{anchor}", self.root, encoded(&address)))
            }
            Piece::Image { path, alt, .. } => self.image(path, alt),
            Piece::Cite(_) if self.bare => String::new(),
            Piece::Cite(citations) => {
                let mut marks = Vec::new();
                let mut beside = String::new();
                for citation in citations {
                    let mark = self.notes.mark(self.words, citation);
                    marks.push(format!("<a href=\"#src-{}\" id=\"{}\">[{}]</a>", mark.n, mark.id, mark.n));
                    if self.margin && mark.is_first {
                        let short = escaped_text(&notes::short(self.words, citation));
                        // The list of sources says it in full, to those who listen, too.
                        beside.push_str(&format!(
                            "<span class=\"margin-note\" aria-hidden=\"true\" data-n=\"{}\"><b>{}</b> {short}</span>",
                            mark.n, mark.n
                        ));
                    }
                }
                // The word joiner keeps the mark on the line of the word it belongs to.
                format!("\u{2060}<sup class=\"cite\">{}</sup>{beside}", marks.join(" "))
            }
            Piece::Figure(figure) if self.bare => figure.html.clone(),
            Piece::Figure(figure) => self.figure(figure),
            Piece::Embed { .. } => String::new(),
        }
    }

    /// A picture that brings its size along, so that the text below it does not move when it comes.
    fn image(&self, path: &str, alt: &str) -> String {
        let found = picture(&self.words.linked.dossier, path);
        let found = found.and_then(|path| self.words.pictures.shown(&path, Column::Text));
        // Without one the site has an error and is not written.
        let Some(picture) = found else { return String::new() };
        let address = |path: &str| escaped(&format!("{}{}", self.root, encoded(path)));
        let src = picture.files.first().map_or_else(String::new, |(path, _)| address(path));
        let files: Vec<String> =
            picture.files.iter().map(|(path, width)| format!("{} {width}w", address(path))).collect();
        let set = match files.as_slice() {
            [_, _, ..] => format!(" srcset=\"{}\" sizes=\"{TEXT_SIZES}\"", files.join(", ")),
            _ => String::new(),
        };
        format!(
            "<img src=\"{src}\"{set} width=\"{}\" height=\"{}\" alt=\"{}\"{} decoding=\"async\">",
            picture.width,
            picture.height,
            escaped(alt),
            if self.is_first { "" } else { " loading=\"lazy\"" },
        )
    }

    fn figure(&mut self, figure: &crate::model::body::Figure) -> String {
        let Some(count) = self.words.linked.figure(figure.span) else { return figure.html.clone() };
        let n = self.figures.len() + 1;
        let exact = count.low == count.high;
        let note = match (count.maybe_same, count.uncertain) {
            _ if exact => None,
            (true, true) => Some("say.range-both"),
            (true, false) => Some("say.range-same"),
            _ => Some("say.range-dates"),
        };
        self.figures.push(Figure {
            n,
            words: figure.words.clone(),
            query: if figure.query.text.is_empty() {
                self.words.get("say.everything").to_owned()
            } else {
                figure.query.text.clone()
            },
            count: self.words.counted(count),
            note: note.map(|key| self.words.get(key).to_owned()),
            records: count.records.iter().map(|id| self.words.link(*id)).collect(),
        });
        // The words are of today, and the records of a former day may say otherwise.
        let then = self.words.linked.dossier.as_of.and_then(|_| disagreement(self.words.linked, figure));
        if let Some((_, count)) = then {
            let then = self.words.strings.fill("say.then", &[("count", &self.words.counted(count))]);
            return format!(
                "<a class=\"figure\" href=\"#fig-{n}\">{}</a> ({})",
                figure.html,
                escaped_text(&then)
            );
        }
        let shown =
            if exact { String::new() } else { format!(" ({})", escaped_text(&self.words.counted(count))) };
        format!("<a class=\"figure\" href=\"#fig-{n}\">{}</a>{shown}", figure.html)
    }

    fn embed(&mut self, embed: Embed, query: &Query) -> Block {
        let words = self.words;
        let ids = select(words.linked, query).all(words.linked);
        match embed {
            Embed::Timeline => Block::Rows {
                count_text: words.count("say.records", ids.len()),
                rows: ids.iter().filter_map(|id| row::row(words, *id)).collect(),
            },
            Embed::Network => network::block(words, &ids, &self.root),
            Embed::Matrix => network::matrix_block(words, &ids),
            Embed::List => match query.kind {
                Some(Kind::Person) => Block::People {
                    count_text: words.count("say.people", ids.len()),
                    people: words
                        .sorted(ids)
                        .into_iter()
                        .map(|id| row::person_card(words, id, None))
                        .collect(),
                },
                Some(Kind::Relation) => {
                    let relations: Vec<_> =
                        words.sorted(ids).into_iter().filter_map(|id| record::relation(words, id)).collect();
                    Block::Relations { count_text: words.count("say.relations", relations.len()), relations }
                }
                Some(Kind::Group) => Block::Groups {
                    count_text: words.count("say.groups", ids.len()),
                    groups: words.sorted(ids).into_iter().map(|id| row::group_card(words, id)).collect(),
                },
                kind => {
                    let key = if kind == Some(Kind::Place) { "say.places" } else { "say.sources" };
                    Block::Links {
                        count_text: words.count(key, ids.len()),
                        links: words
                            .sorted(ids)
                            .into_iter()
                            .map(|id| lists::link_with_date(words, id))
                            .collect(),
                    }
                }
            },
        }
    }

    /// What a live view does not show, though it is in the period and so on.
    fn left_out(&self, embed: Embed, query: &Query) -> Vec<LeftOut> {
        let words = self.words;
        let denied = denied(words.linked, query).all(words.linked);
        let denied = (!denied.is_empty()).then(|| LeftOut {
            text: words.count("say.denied-left-out", denied.len()),
            records: denied.iter().map(|id| words.link(*id)).collect(),
        });
        let crowds = match embed {
            Embed::Network | Embed::Matrix => {
                network::left_out(words, &select(words.linked, query).all(words.linked))
            }
            Embed::Timeline | Embed::List => None,
        };
        crowds.into_iter().chain(denied).collect()
    }
}

fn push_html(blocks: &mut Vec<Block>, html: &mut String) {
    let done = std::mem::take(html);
    if !done.trim().is_empty() {
        blocks.push(Block::Html { html: done });
    }
}

/// The path of a file as an address: what a browser would take for something else is escaped, as a colon, which would
/// make a scheme of what stands before it.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | ':' => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}
