//! Records over the years -> a chart of lanes, as wide as the picture.

use super::fonts::Face;
use super::layout::{INK, LINE, MUTED, RULE};
use super::marks::{colour, kind, status};
use super::pen::{EDGE, INNER, Pen, Side, Style};
use crate::view::page::{ShareLane, ShareLanes, ShareRecord, Stretch};

/// Where the lanes begin, behind their names.
const START: f32 = 226.0;
const WIDE: f32 = EDGE + INNER - START;
/// The line with the years.
const HEAD: f32 = 26.0;
/// How high a lane is at most, and where the chart ends.
const LANE: f32 = 46.0;
const BOTTOM: f32 = 508.0;
const BAR: f32 = 13.0;
const MARK: f32 = 16.0;

const LABEL: Style = Style { face: Face::Sans, weight: 600.0, size: 16.0, colour: INK };

/// Draws the chart with its head at `top`.
pub fn lanes(pen: &mut Pen, shown: &ShareLanes, top: f32) {
    let first = top + HEAD;
    let height = LANE.min((BOTTOM - first) / shown.lanes.len().max(1) as f32);
    let end = first + height * shown.lanes.len() as f32;
    let mut free = START;
    for tick in &shown.ticks {
        let at = START + tick.at as f32 * WIDE;
        let (thick, colour, from) = if tick.is_year { (2.0, LINE, top) } else { (1.5, RULE, top + 17.0) };
        pen.rect(at, from, thick, end - from, &format!("fill=\"{colour}\""));
        let look = if tick.is_year { LABEL } else { Style { weight: 400.0, colour: MUTED, ..LABEL } };
        let wide = pen.width(&tick.text, look);
        if at >= free && at + 7.0 + wide <= EDGE + INNER && pen.fonts.cover(&tick.text) {
            pen.text(&tick.text, look, at + 7.0, top + 16.0, Side::Start);
            free = at + 7.0 + wide;
        }
    }
    pen.rect(EDGE, top, START - EDGE, 1.5, &format!("fill=\"{RULE}\""));
    for (index, shown) in shown.lanes.iter().enumerate() {
        let top = first + height * index as f32;
        pen.rect(EDGE, top, INNER, 1.5, &format!("fill=\"{RULE}\""));
        lane(pen, shown, top, height);
    }
}

fn lane(pen: &mut Pen, shown: &ShareLane, top: f32, height: f32) {
    let middle = top + (height / 2.0).min(20.0);
    pen.mark(EDGE, middle - 6.5, 13.0, 12.0, &kind(shown.mark));
    let room = START - EDGE - 30.0;
    let (lines, _) = pen.wrap(&shown.title, LABEL, room);
    let lines = pen.cut(lines, if height >= 40.0 { 2 } else { 1 }, LABEL, room);
    let mut base = middle + if lines.len() > 1 { 3.0 } else { 6.0 };
    for line in lines.iter().filter(|line| pen.fonts.cover(line)) {
        pen.text(line, LABEL, EDGE + 22.0, base, Side::Start);
        base += 17.0;
    }
    // What overlaps stands below, as far as there is room.
    let most = ((height / (BAR + 3.0)).floor() as usize).max(1);
    let mut rows: Vec<f32> = Vec::new();
    for record in &shown.records {
        let (from, to) = extent(record);
        let row = rows.iter().position(|end| *end <= from).unwrap_or(rows.len()).min(most - 1);
        match rows.get_mut(row) {
            Some(end) => *end = end.max(to),
            None => rows.push(to),
        }
        let one = most == 1 || shown.records.len() == 1;
        let middle = if one { middle + 2.0 } else { top + 12.0 + row as f32 * (BAR + 3.0) };
        draw(pen, record, shown.mark, middle);
    }
}

/// From where to where a record takes room, its status included.
fn extent(record: &ShareRecord) -> (f32, f32) {
    let place = |at: f64| START + at as f32 * WIDE;
    let first = record.stretches.iter().map(|stretch| place(stretch.from)).fold(f32::INFINITY, f32::min);
    let last = record.stretches.iter().map(|stretch| place(stretch.to)).fold(f32::NEG_INFINITY, f32::max);
    (first, last + MARK + 8.0)
}

fn draw(pen: &mut Pen, record: &ShareRecord, mark: &str, middle: f32) {
    for stretch in &record.stretches {
        let Stretch { from, to, look } = *stretch;
        let (from, to) = (START + from as f32 * WIDE, START + to as f32 * WIDE);
        let width = to - from;
        let solid = format!("fill=\"{}\"", colour(mark));
        let hatch = format!("fill=\"url(#hatch-{mark})\"");
        match look {
            // A known day; a day among others, or in doubt, is as thin as it is.
            "tick" if record.stretches.len() == 1 => {
                pen.mark((from + to) / 2.0 - 9.0, middle - 9.0, 18.0, 12.0, &kind(mark))
            }
            "stop" => pen.rect(from - 1.0, middle - BAR / 2.0 - 1.0, 2.5, BAR + 2.0, &solid),
            "thin" => pen.rect(from, middle - 3.0, width, 6.0, &hatch),
            "hatched" => {
                let dashed = format!("{hatch} stroke=\"{}\" stroke-dasharray=\"3 2\"", colour(mark));
                pen.rect(from, middle - BAR / 2.0, width.max(4.0), BAR, &dashed);
            }
            "fade-left" | "fade-right" => {
                let fading = format!("fill=\"url(#{look}-{mark})\"");
                pen.rect(from, middle - BAR / 2.0, width, BAR, &fading);
            }
            _ => pen.rect(from, middle - BAR / 2.0, width.max(4.0), BAR, &solid),
        }
    }
    let (_, end) = extent(record);
    let beside = if record.stretches.iter().any(|stretch| stretch.look == "tick") { 6.0 } else { 0.0 };
    let at = (end - MARK - 2.0 + beside).min(EDGE + INNER - MARK);
    pen.mark(at, middle - MARK / 2.0, MARK, 16.0, &status(record.status, INK));
}
