//! The marks of kinds and statuses, as the templates draw them, in light colours.

use super::layout::{INK, PAPER};

/// The colour of a kind of record.
pub fn colour(mark: &str) -> &'static str {
    match mark {
        "meeting" => "#7e2410",
        "call" => "#00759a",
        "visit" => "#46308c",
        "statement" => "#8a6700",
        _ => INK,
    }
}

/// Kind of record: circle, diamond, triangle, square, bar; 12 pixels wide.
pub fn kind(mark: &str) -> String {
    let shape = match mark {
        "meeting" => "<circle cx=\"6\" cy=\"6\" r=\"5\"/>",
        "call" => "<path d=\"M6 0l6 6-6 6-6-6z\"/>",
        "visit" => "<path d=\"M6 .7l6 10.6H0z\"/>",
        "statement" => "<path d=\"M1 1h10v10H1z\"/>",
        _ => "<path d=\"M0 4h12v4H0z\"/>",
    };
    format!("<g fill=\"{}\">{shape}</g>", colour(mark))
}

/// Status: one ink, told apart by shape; 16 pixels wide.
pub fn status(key: &str, colour: &str) -> String {
    let shape = match key {
        "confirmed" => "<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path d=\"M5.2 8.2l2 2 3.7-4.2\"/>",
        "disputed" => {
            "<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path fill=\"#1b1d22\" d=\"M8 1.8v12.4a6.2 6.2 0 0 1 0-12.4z\"/>"
        }
        "denied" => "<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path d=\"M12.2 3.8l-8.4 8.4\"/>",
        "retracted" => "<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path d=\"M4.6 8h6.8\"/>",
        "inferred" => {
            "<circle cx=\"8\" cy=\"8\" r=\"6.2\" stroke-dasharray=\"2 1.9\"/><circle fill=\"#1b1d22\" cx=\"8\" cy=\"8\" r=\"2\"/>"
        }
        _ => "<circle cx=\"8\" cy=\"8\" r=\"6.2\" stroke-dasharray=\"2 1.9\"/>",
    };
    format!("<g fill=\"{PAPER}\" stroke=\"{colour}\" stroke-width=\"1.5\">{shape}</g>")
}

/// What dates in doubt are filled with, and open ends.
pub fn textures() -> String {
    ["meeting", "call", "visit", "statement", "event"]
        .map(|mark| {
            let colour = colour(mark);
            let fade = |name: &str, from: u8, to: u8| {
                format!(
                    "<linearGradient id=\"fade-{name}-{mark}\"><stop stop-color=\"{colour}\" \
                     stop-opacity=\"{from}\"/><stop offset=\"1\" stop-color=\"{colour}\" \
                     stop-opacity=\"{to}\"/></linearGradient>"
                )
            };
            format!(
                "<pattern id=\"hatch-{mark}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><path d=\"M0 0h2.2v5h-2.2z\" fill=\"{colour}\"/></pattern>{}{}",
                fade("left", 0, 1),
                fade("right", 1, 0)
            )
        })
        .concat()
}
