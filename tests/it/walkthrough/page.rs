//! What a page of the guide, or README.md, tells its reader to do: the blocks of code in it, in their order.

/// A block of code that a reader writes, runs or sees.
#[derive(Debug)]
pub struct Block {
    /// The line its text begins at, from 1.
    pub line: usize,
    pub text: String,
    pub step: Step,
}

#[derive(Debug, PartialEq)]
pub enum Step {
    /// ```` ```sh ````: commands, each on a line of its own.
    Run,
    /// ```` ```text ````: what the commands before it print.
    Printed,
    /// "In `path`:": the whole file.
    Write(String),
    /// "Add to `path`:": what comes behind the rest of the file.
    Add(String),
    /// "Change in `path`:": the table that takes the place of the one with this name.
    Change(String),
}

/// The blocks of a page. Any that a test could not run or write is an error, so no example can drift.
pub fn blocks(name: &str, text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut paragraph = String::new();
    let mut ends = false;
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let code = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            let text: String = code.map(|line| format!("{line}\n")).collect();
            let step = step(language, &paragraph)
                .unwrap_or_else(|| panic!("{name}:{}: which file is this `{language}` in?", n + 1));
            found.push(Block { line: n + 2, text, step });
            paragraph.clear();
        } else if line.trim().is_empty() {
            ends = true;
        } else {
            if ends {
                paragraph.clear();
                ends = false;
            }
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    found
}

/// What is done with a block of this language behind this paragraph.
fn step(language: &str, paragraph: &str) -> Option<Step> {
    if language == "sh" {
        return Some(Step::Run);
    }
    if let Some(before) = paragraph.trim_end().strip_suffix("`:") {
        let (before, path) = before.rsplit_once('`')?;
        let verb = before.trim_end().rsplit(['.', ':']).next()?.trim_start();
        return Some(match verb.split(' ').next()? {
            "Add" => Step::Add(path.to_owned()),
            "Change" => Step::Change(path.to_owned()),
            _ => Step::Write(path.to_owned()),
        });
    }
    (language == "text").then_some(Step::Printed)
}

/// Every block of code of a page: its language, the line its text begins at, and the text.
pub fn fenced(text: &str) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let code = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            found.push((language.to_owned(), n + 2, code.map(|line| format!("{line}\n")).collect()));
        }
    }
    found
}

/// The commands of a block, without comments; a backslash goes on on the next line.
pub fn commands(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        let line = line.split_once("  #").map_or(line, |(command, _)| command).trim();
        let command = found.last_mut().unwrap();
        if let Some(part) = line.strip_suffix('\\') {
            command.push_str(part);
        } else {
            command.push_str(line);
            found.push(String::new());
        }
    }
    found.retain(|command| !command.is_empty());
    found
}

/// The commands of `dossier` that stand in the text of a page, in code: `dossier build --watch`.
pub fn mentioned(text: &str) -> Vec<Vec<String>> {
    let prose: String = text.split("```").step_by(2).collect();
    let code = prose.split('`').skip(1).step_by(2);
    code.filter_map(|code| code.strip_prefix("dossier "))
        .map(|rest| rest.split_whitespace().map(str::to_owned).collect())
        .collect()
}

/// A file in which a table takes the place of the one of the same name.
pub fn changed(file: &str, table: &str) -> Option<String> {
    let head = table.lines().next()?;
    let start = file.match_indices(head).map(|(at, _)| at).find(|at| {
        let stands_alone = file[at + head.len()..].starts_with('\n');
        stands_alone && (*at == 0 || file[..*at].ends_with('\n'))
    })?;
    let end = file[start..].find("\n[").map_or(file.len(), |at| start + at + 1);
    let space = if end < file.len() { "\n" } else { "" };
    Some(format!("{}{table}{space}{}", &file[..start], &file[end..]))
}
