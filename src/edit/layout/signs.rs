//! The spaces around the equals signs of a table: one each, but where its author has aligned several lines.

/// A line as it is written.
pub struct Line {
    /// How many characters its key has.
    pub key: usize,
    /// What stands before its sign, and behind it.
    pub before: String,
    pub behind: String,
}

/// What should stand before the sign of each line, and behind it.
pub fn spaces(lines: &[Line]) -> Vec<(String, String)> {
    let is_gap = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b' ');
    let signs: Vec<Option<usize>> =
        lines.iter().map(|line| is_gap(&line.before).then(|| line.key + line.before.len())).collect();
    let signs: Vec<Option<usize>> = (0..lines.len())
        .map(|at| signs[at].filter(|_| lines[at].before == " " || is_shared(&signs, at)))
        .collect();
    let values: Vec<Option<usize>> = lines
        .iter()
        .zip(&signs)
        .map(|(line, sign)| sign.filter(|_| is_gap(&line.behind)).map(|sign| sign + line.behind.len()))
        .collect();
    let one = || " ".to_owned();
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let before = signs[at].map_or_else(one, |_| line.before.clone());
            let behind = if is_shared(&values, at) { line.behind.clone() } else { one() };
            (before, behind)
        })
        .collect()
}

/// Whether another line has something in the same column.
fn is_shared(columns: &[Option<usize>], at: usize) -> bool {
    columns[at].is_some() && columns.iter().filter(|column| **column == columns[at]).count() > 1
}
