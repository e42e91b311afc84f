//! People and their ties -> a drawing of them: a wide one, and one for phones.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::drawing::{Number, number};
use super::super::page::{Markup, Network, NetworkDrawing};
use super::super::row;
use super::super::words::Words;
use super::place::{Sides, apart, by_forces, by_sides};
use super::ties::Tie;
use crate::html::{escaped, escaped_text};
use crate::link::routes::address;
use crate::model::Status;
use crate::model::dossier::Id;

/// How large a drawing is, and what finds room in it; lengths are pixels.
struct Size {
    width: f64,
    /// Where the columns of the two sides stand.
    columns: [f64; 2],
    /// From one person of a column to the next.
    pitch: f64,
    /// How many letters of a name stand on one line.
    letters: usize,
    /// The height of a line, and about how wide a letter is.
    line: f64,
    letter: f64,
    /// How many of those of no side stand beside each other.
    others: usize,
    has_roles: bool,
}

const WIDE: Size = Size {
    width: 860.0,
    columns: [300.0, 560.0],
    pitch: 60.0,
    letters: 34,
    line: 18.0,
    letter: 7.2,
    others: 6,
    has_roles: true,
};
/// A wide one that stands within text.
const IN_TEXT: Size = Size { width: 680.0, ..WIDE };
/// A wide one of many people.
const DENSE: Size = Size { pitch: 32.0, has_roles: false, ..WIDE };
const NARROW: Size = Size {
    width: 288.0,
    columns: [100.0, 188.0],
    pitch: 48.0,
    letters: 13,
    line: 15.0,
    letter: 6.4,
    others: 3,
    has_roles: false,
};
/// In a column of more people than this there is no room for their roles.
const MANY: usize = 9;

/// A person at their place. Text stands to the left of it, to the right, or below.
struct Placed {
    id: Id,
    x: f64,
    y: f64,
    text: Text,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Left,
    Right,
    /// Below the mark, of somebody on neither side.
    Other,
    /// Below the mark, where there are no sides.
    Below,
}

/// A tie, and what its line says in the wide drawing as in the one for phones.
struct Line<'t> {
    tie: &'t Tie,
    class: String,
    /// Finished HTML.
    title: String,
    is_dashed: bool,
    status: Option<Status>,
}

impl Line<'_> {
    fn new<'t>(words: &Words, tie: &'t Tie) -> Line<'t> {
        let [one, other] = [tie.a, tie.b].map(|id| escaped(words.linked.dossier.key(id)));
        let names = [("a", &*words.title(tie.a)), ("b", &*words.title(tie.b))];
        let title = words.strings.plural("network.tie", tie.records.len(), &names);
        Line {
            tie,
            class: format!("tie t-{one} t-{other}"),
            title: escaped_text(&title).to_string(),
            is_dashed: tie.only_by_phone(words),
            status: tie.doubted(words),
        }
    }
}

/// The drawing of these people and ties: by sides, where the dossier has them, unless it is that of one
/// person, who then stands out. `root` is the way from its page to the root of the site.
pub fn network(words: &Words, people: &[Id], ties: &[&Tie], ego: Option<Id>, root: &str) -> Network {
    let sides = if ego.is_some() { None } else { by_sides(words, people, ties) };
    let places = if sides.is_some() { Vec::new() } else { by_forces(people, ties) };
    let lines: Vec<Line> = ties.iter().map(|tie| Line::new(words, tie)).collect();
    let drawn = |size: &Size| match &sides {
        Some(sides) => two_sided(words, sides, &lines, size, root),
        None => free(words, people, &places, &lines, ego, size, root),
    };
    let is_dense = sides.as_ref().is_some_and(|sides| sides.left.len().max(sides.right.len()) > MANY);
    Network {
        label: words.get("network.label").to_owned(),
        caption: words
            .get(if sides.is_some() { "network.caption-sides" } else { "network.caption" })
            .to_owned(),
        has_count: ties.iter().any(|tie| tie.records.len() > 1),
        has_dashed: lines.iter().any(|line| line.is_dashed),
        has_status: lines.iter().any(|line| line.status.is_some()),
        wide: drawn(match ego {
            Some(_) => &IN_TEXT,
            None if is_dense => &DENSE,
            None => &WIDE,
        }),
        narrow: drawn(&NARROW),
    }
}

fn two_sided(words: &Words, sides: &Sides, ties: &[Line], size: &Size, root: &str) -> NetworkDrawing {
    const HEAD: f64 = 20.0;
    let heads: Vec<Vec<String>> = (0..2)
        .map(|side| {
            let title = words.linked.dossier.config.sides.get(side).map_or("", |side| &side.title);
            lines(title, size.letters + 5)
        })
        .collect();
    // The names of the sides end on one line.
    let head_lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let top = HEAD + size.line * (head_lines - 1.0) + 36.0;
    let rows = sides.left.len().max(sides.right.len());
    let mut placed = Vec::new();
    for (people, x, text) in
        [(&sides.left, size.columns[0], Text::Left), (&sides.right, size.columns[1], Text::Right)]
    {
        // The shorter column stands in the middle of the longer.
        let shift = (rows - people.len()) as f64 * size.pitch / 2.0;
        placed.extend(people.iter().zip(0..).map(|(id, at)| Placed {
            id: *id,
            x,
            y: top + shift + size.pitch * f64::from(at),
            text,
        }));
    }
    let mut height = top + size.pitch * (rows as f64 - 0.5) + 10.0;
    let is_one_row = sides.others.len() <= size.others;
    for (nth, row) in sides.others.chunks(size.others).enumerate() {
        // Lines come from above: none runs through somebody in the row before.
        let aside = if is_one_row {
            0.0
        } else if nth % 2 == 0 {
            -0.2
        } else {
            0.2
        };
        let cell = size.width / row.len().max(2) as f64;
        let first = (size.width - cell * row.len() as f64) / 2.0;
        placed.extend(row.iter().zip(0..).map(|(id, at)| Placed {
            id: *id,
            x: first + cell * (f64::from(at) + 0.5) + aside * cell,
            y: height + 30.0,
            text: Text::Other,
        }));
        height += 30.0 + size.line * 3.5;
    }
    let mut canvas = Canvas::new(words, size, None, root);
    for (side, names) in heads.iter().enumerate() {
        let (x, anchor) =
            if side == 0 { (size.columns[0] + 8.0, "end") } else { (size.columns[1] - 8.0, "start") };
        let (x, anchor) = (Number(mirrored(words, size, x)), turned(words, anchor));
        let first = HEAD + size.line * (head_lines - names.len() as f64);
        for (at, text) in names.iter().enumerate() {
            let (y, text) = (Number(first + size.line * at as f64), escaped_text(text));
            // Writing to a string cannot fail.
            let _ = write!(
                canvas.svg,
                r#"<text class="head" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>"#
            );
        }
    }
    assembled(canvas, &placed, ties, height)
}

fn free(
    words: &Words,
    people: &[Id],
    places: &[(f64, f64)],
    ties: &[Line],
    ego: Option<Id>,
    size: &Size,
    root: &str,
) -> NetworkDrawing {
    let names: Vec<Vec<String>> = people.iter().map(|id| lines(&words.title(*id), size.letters)).collect();
    // As high as its people need, and not flatter than a page.
    let count = people.len() as f64;
    let height = (count * size.line * 5.0 * 860.0 / size.width.max(400.0) / 3.0).max(260.0);
    let mut boxes: Vec<(f64, f64, f64, f64)> = places
        .iter()
        .zip(&names)
        .map(|((x, y), name)| {
            let (width, high) = (widest(name) * size.letter + 8.0, 22.0 + size.line * name.len() as f64);
            let half = width.min(size.width) / 2.0;
            (half + x * (size.width - 2.0 * half), high / 2.0 + y * height, width, high)
        })
        .collect();
    apart(&mut boxes);
    let top = boxes.iter().map(|(_, y, _, high)| y - high / 2.0).fold(f64::INFINITY, f64::min);
    let bottom = boxes.iter().map(|(_, y, _, high)| y + high / 2.0).fold(0.0, f64::max);
    let placed: Vec<Placed> = people
        .iter()
        .zip(&boxes)
        .map(|(id, (x, y, _, high))| Placed {
            id: *id,
            x: *x,
            y: y - high / 2.0 - top + 12.0,
            text: Text::Below,
        })
        .collect();
    let size = Size { has_roles: false, ..*size };
    assembled(Canvas::new(words, &size, ego, root), &placed, ties, bottom - top + 12.0)
}

/// A drawing under way.
struct Canvas<'a> {
    words: &'a Words<'a>,
    size: &'a Size,
    /// Whose network it is.
    ego: Option<Id>,
    /// The way to the root of the site.
    root: &'a str,
    svg: String,
    /// What is written on lines, which stands above all of them.
    above: String,
    taken: Taken,
}

/// The drawing of people at their places, after what is drawn already.
fn assembled(mut canvas: Canvas, placed: &[Placed], ties: &[Line], height: f64) -> NetworkDrawing {
    let at: BTreeMap<Id, &Placed> = placed.iter().map(|placed| (placed.id, placed)).collect();
    let names = placed.iter().filter(|placed| matches!(placed.text, Text::Other | Text::Below));
    canvas.taken.names = names.map(|placed| name_below(canvas.words, placed, canvas.size)).collect();
    let most = ties.iter().map(|line| line.tie.records.len()).max().unwrap_or(0);
    for line in ties {
        if let (Some(a), Some(b)) = (at.get(&line.tie.a), at.get(&line.tie.b)) {
            canvas.tie(line, a, b, line_width(line.tie.records.len(), most));
        }
    }
    let above = std::mem::take(&mut canvas.above);
    canvas.svg.push_str(&above);
    placed.iter().for_each(|placed| canvas.node(placed));
    let (width, height) = (number(canvas.size.width), number(height.ceil()));
    NetworkDrawing { width, height, svg: Markup(canvas.svg) }
}

impl<'a> Canvas<'a> {
    fn new(words: &'a Words<'a>, size: &'a Size, ego: Option<Id>, root: &'a str) -> Self {
        let taken = Taken { names: Vec::new(), places: Vec::new() };
        Canvas { words, size, ego, root, svg: String::new(), above: String::new(), taken }
    }

    /// Draws a person.
    fn node(&mut self, placed: &Placed) {
        let Canvas { words, size, ego, root, ref mut svg, .. } = *self;
        let dossier = &words.linked.dossier;
        let name = words.name(placed.id);
        let names = lines(&name.text, size.letters);
        let role = words
            .main_role(placed.id, None)
            .filter(|_| size.has_roles && matches!(placed.text, Text::Left | Text::Right));
        let role = role.map(|role| words.capital(&role.role));
        let (dx, anchor) = match placed.text {
            Text::Left => (-16.0, "end"),
            Text::Right => (16.0, "start"),
            Text::Other | Text::Below => (0.0, "middle"),
        };
        let count = names.len() + usize::from(role.is_some());
        let first = match placed.text {
            Text::Other | Text::Below => placed.y + 12.0 + size.line * 0.8,
            // The lines stand around the middle of the mark.
            _ => placed.y + 4.5 - size.line * (count as f64 - 1.0) / 2.0,
        };
        let beside = (Number(mirrored(words, size, placed.x + dx)), turned(words, anchor));
        let line = |line: usize| Number(first + size.line * line as f64);
        let (x, y) = (Number(mirrored(words, size, placed.x)), Number(placed.y));
        let (key, href) = (escaped(dossier.key(placed.id)), escaped(&address(dossier, placed.id)));
        let is_ego = if ego == Some(placed.id) { " ego" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(svg, "\n<a class=\"n-{key}{is_ego}\" href=\"{root}{href}\">");
        let shape = match row::outline(words, placed.id) {
            "dashed" if dossier.config.sides.is_empty() => "circle",
            outline => outline,
        };
        let _ = match shape {
            "square" => {
                write!(svg, r#"<rect x="{x}" y="{y}" width="16" height="16" transform="translate(-8 -8)"/>"#)
            }
            "dashed" => write!(
                svg,
                r#"<rect x="{x}" y="{y}" width="15" height="15" transform="rotate(45 {x} {y}) translate(-7.5 -7.5)"/>"#
            ),
            _ => write!(svg, r#"<circle cx="{x}" cy="{y}" r="8.5"/>"#),
        };
        let lang = name.lang.map(|lang| format!(" lang=\"{}\"", escaped(&lang))).unwrap_or_default();
        let _ = write!(svg, r#"<text class="name"{lang}>"#);
        let (x, anchor) = beside;
        for (at, text) in names.iter().enumerate() {
            let space = if at + 1 < names.len() { " " } else { "" };
            let (y, text) = (line(at), escaped_text(text));
            let _ = write!(svg, r#"<tspan x="{x}" y="{y}" text-anchor="{anchor}">{text}{space}</tspan>"#);
        }
        svg.push_str("</text>");
        if let Some(role) = role {
            let (y, role) = (line(names.len()), escaped_text(&role));
            let _ = write!(svg, r#"<text class="role" x="{x}" y="{y}" text-anchor="{anchor}">{role}</text>"#);
        }
        svg.push_str("</a>");
    }

    /// Draws the line between two people, and above it in how many records they are named. Sides are joined, and those
    /// of no side with them; who stands on one side, or on none, is joined to their like in the table only.
    fn tie(&mut self, line: &Line, a: &Placed, b: &Placed, width: f64) {
        let Canvas { words, size, ref mut svg, ref mut above, ref mut taken, .. } = *self;
        let (a, b) = match (a.text, b.text) {
            (Text::Left, Text::Left) | (Text::Right, Text::Right) | (Text::Other, Text::Other) => return,
            (Text::Right, Text::Left) | (Text::Other, Text::Left | Text::Right) => (b, a),
            _ => (a, b),
        };
        // The points of a cubic curve; a straight line where nobody stands in a column.
        let points = match b.text {
            Text::Other => [(a.x, a.y), (b.x, a.y), (b.x, a.y), (b.x, b.y)],
            Text::Below => {
                let part = |share: f64| (a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
                [(a.x, a.y), part(1.0 / 3.0), part(2.0 / 3.0), (b.x, b.y)]
            }
            _ => {
                let middle = (a.x + b.x) / 2.0;
                [(a.x, a.y), (middle, a.y), (middle, b.y), (b.x, b.y)]
            }
        }
        .map(|(x, y)| (mirrored(words, size, x), y));
        let Line { tie, class, title, is_dashed, status } = line;
        let [from, first, second, to] = points.map(|(x, y)| (Number(x), Number(y)));
        let dashed = if *is_dashed { r#" stroke-dasharray="5 4""# } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            r#"<g class="{class}" aria-hidden="true"><title>{title}</title><path d="M{} {}C{} {} {} {} {} {}" stroke-width="{}"{dashed}/></g>"#,
            from.0,
            from.1,
            first.0,
            first.1,
            second.0,
            second.1,
            to.0,
            to.1,
            Number(width),
        );
        if tie.records.len() < 2 && status.is_none() {
            return;
        }
        let (x, y) = free_place(&points, taken);
        let _ = match status {
            Some(status) => write!(
                above,
                r##"<g class="{class}" aria-hidden="true"><use class="glyph" href="#status-{}" x="{}" y="{}"/></g>"##,
                status.key(),
                Number(x - 8.0),
                Number(y - 8.0),
            ),
            None => write!(
                above,
                r#"<text class="{class}" aria-hidden="true" x="{}" y="{}" text-anchor="middle">{}</text>"#,
                Number(x),
                Number(y + 4.0),
                tie.records.len(),
            ),
        };
    }
}

/// How wide the line of so many records is, where the strongest has `most`: as wide as its root, so that a
/// strong one does not hide the others.
fn line_width(records: usize, most: usize) -> f64 {
    const WIDEST: f64 = 6.0;
    // Few records make no wide line, also where nobody shares more.
    const FULL: usize = 8;
    1.0 + (WIDEST - 1.0) * ((records.max(1) - 1) as f64 / (most.max(FULL) - 1) as f64).sqrt()
}

/// How many letters the longest line has.
fn widest(lines: &[String]) -> f64 {
    lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as f64
}

/// Where something is written: the names below marks, each from left to right and from top to bottom, and
/// what stands on lines.
struct Taken {
    names: Vec<[f64; 4]>,
    places: Vec<(f64, f64)>,
}

impl Taken {
    fn is_free(&self, (x, y): (f64, f64)) -> bool {
        const APART: f64 = 15.0;
        let is_in =
            |[left, right, top, bottom]: &[f64; 4]| x > *left && x < *right && y > *top && y < *bottom;
        !self.names.iter().any(is_in)
            && self.places.iter().all(|(other_x, other_y)| (x - other_x).hypot(y - other_y) > APART)
    }
}

/// The room of a name below its mark, also when its reader spaces letters out.
fn name_below(words: &Words, placed: &Placed, size: &Size) -> [f64; 4] {
    const SPACED: f64 = 1.2;
    const EDGE: f64 = 6.0;
    let lines = lines(&words.title(placed.id), size.letters);
    let x = mirrored(words, size, placed.x);
    let half = widest(&lines) * size.letter * SPACED / 2.0 + EDGE;
    let top = placed.y + 12.0;
    [x - half, x + half, top - EDGE, top + size.line * lines.len() as f64 + EDGE]
}

/// A place on a curve for what is written on it: its middle, or near it where nothing else is written.
fn free_place(points: &[(f64, f64); 4], taken: &mut Taken) -> (f64, f64) {
    const SHARES: [f64; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];
    let at = |share: f64| {
        let rest = 1.0 - share;
        let weights = [
            rest * rest * rest,
            3.0 * rest * rest * share,
            3.0 * rest * share * share,
            share * share * share,
        ];
        points
            .iter()
            .zip(weights)
            .fold((0.0, 0.0), |(x, y), (point, weight)| (x + point.0 * weight, y + point.1 * weight))
    };
    let place =
        SHARES.into_iter().map(at).find(|place| taken.is_free(*place)).unwrap_or_else(|| at(SHARES[0]));
    taken.places.push(place);
    place
}

/// A name on as many lines as it needs, at most three; the last may be longer.
fn lines(name: &str, letters: usize) -> Vec<String> {
    const MOST: usize = 3;
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let full = lines.len() == MOST;
        match lines.last_mut() {
            Some(line) if full || line.chars().count() + word.chars().count() < letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn mirrored(words: &Words, size: &Size, x: f64) -> f64 {
    if words.is_right_to_left() { size.width - x } else { x }
}

/// An anchor of text in a drawing that is mirrored; within drawings text runs from left to right, so that
/// `start` is always the left.
fn turned(words: &Words, anchor: &'static str) -> &'static str {
    match anchor {
        "start" if words.is_right_to_left() => "end",
        "end" if words.is_right_to_left() => "start",
        anchor => anchor,
    }
}
