//! Whatever an author writes: no panic, no hole left, every span on characters.

use proptest::prelude::*;

use dossier::model::source::CSL_TYPES;

use crate::support::{build, files, sources, string, text};

/// Text made of what means something to the parsers, and of what does not.
fn pieces(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(words).prop_map(str::to_owned),
        2 => "[a-zA-Zé¶م \\-\n]{0,6}",
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(word, 0..24).prop_map(|words| words.concat())
}

const MARKDOWN: &[&str] = &[
    "[[",
    "]]",
    "[@",
    "]",
    "[",
    "|",
    "\\|",
    "\\",
    ":count[",
    "]{",
    "}",
    "{",
    "::timeline",
    "::people{of=a}",
    "::",
    "\n",
    "\n\n",
    "`",
    "```",
    "~~~",
    "    ",
    "\t",
    "<b>",
    "<!--",
    "-->",
    "> ",
    "> [!NOTE]\n> ",
    "- ",
    "- [x] ",
    "1. ",
    "# ",
    "## ",
    "###### ",
    "| a | b |\n|---|---|\n| ",
    "[^1]",
    "[^1]: ",
    "![x](",
    "[x](",
    ")",
    "#a",
    "../x.md",
    "javascript:",
    "ada",
    "s ¶1",
    " citing ",
    "'",
    "\"",
    "*",
    "**",
    "_",
    "~",
    ": ",
    "four",
    "meetings",
    "during=2023",
    "with=\"ada bo\"",
    "+++\n",
    "\u{feff}",
    "&amp;",
    "&#0;",
    "{#id}",
    "\r\n",
    "قاسم",
    "\u{2028}",
];

const TOML: &[&str] = &[
    "[ada]\n",
    "[a.b]\n",
    "[[ada]]\n",
    "name",
    " = ",
    "\"",
    "\"Ada\"\n",
    "'",
    "\"\"\"",
    "date = \"2023-06\"\n",
    "date = 2023-06-01\n",
    "participants = [",
    "{ who = \"ada\"",
    ", for = \"x\"",
    " }",
    "]",
    "\n",
    "cite = \"s ¶1 citing s\"\n",
    "names.fa = \"قاسم\"\n",
    "#",
    ",",
    "=",
    ".",
    "true",
    "1",
    "1e9",
    "[",
    "{",
    "roles = [{ role = \"x\", of = \"ada\", from = \"2023~\", to = \"..\" }]\n",
    "type = \"state\"\n",
    "withhold = [\"name\", \"names\"]\n",
    "moved_from = [\"ada\"]\n",
    "status = \"denied\"\n",
    "maybe_same = \"ada\"\n",
    "\\u0000",
    "\\",
    "é",
];

/// A source whatever it says is cited, in any style: its title and the place are on the page, and no mark
/// of the formatter is left.
fn check_source(
    title: &str,
    other: &str,
    place: &str,
    kind: &str,
    style: &str,
    date: &str,
) -> Result<(), TestCaseError> {
    let title = format!("T{title}");
    let place = place.trim();
    let place = if place.is_empty() { "1" } else { place };
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let (title, more) = (quoted(&title), quoted(&format!("O{other}")));
    let source = format!(
        "[paper]\ntitle = {title}\ntype = \"{kind}\"\nby = {more}\nauthor = {more}\n\
         container_title = {more}\npublisher = {more}\nvolume = {more}\nnumber = {more}\npage = {more}\n\
         edition = {more}\ngenre = {more}\ndoi = {more}\npublished = \"{date}\"\n"
    );
    let site = format!("title = \"T\"\ncitation_style = \"{style}\"\n");
    let event = format!("[e]\ntitle = \"E\"\ndate = \"\"\ncite = {}\n", quoted(&format!("paper {place}")));
    let sources =
        sources(&[("site.toml", &site), ("content/sources.toml", &source), ("content/events.toml", &event)]);
    let built = build(&sources);
    prop_assert!(!dossier::has_errors(&built.diagnostics), "{}", text(&sources, &built));
    let html = string(&built, "events/e.html");
    prop_assert!(!html.contains(['\u{E000}', '\u{E001}']), "{}", html);
    prop_assert!(!html.contains("31207") && !html.contains("31 207"), "{}", html);
    prop_assert!(html.contains("sources/paper.html"), "{}", html);
    Ok(())
}

fn check(path: &str, content: &str) -> Result<(), TestCaseError> {
    let base = [
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\nroles = [{ role = \"head\", of = \"grp\" }]\n[bo]\nname = \"Bo\"\n",
        ),
        ("content/groups.toml", "[grp]\nname = \"Grp\"\ntype = \"other\"\n"),
        (
            "content/meetings.toml",
            "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"s ¶1\"\n",
        ),
        ("content/sources.toml", "[s]\ntitle = \"S\"\ntype = \"report\"\n"),
    ];
    let mut sources = sources(&base);
    sources.insert(path, content.as_bytes());
    let site = build(&sources);
    for problem in &site.diagnostics {
        for span in problem.span.into_iter().chain(problem.labels.iter().map(|(span, _)| *span)) {
            let text = sources.text(span.file);
            prop_assert!(text.is_char_boundary(span.start as usize), "{problem:?}");
            prop_assert!(text.is_char_boundary(span.end as usize), "{problem:?}");
        }
        prop_assert!(!problem.message.contains('\n'), "{:?}", problem.message);
    }
    // Nor does the report fail to be drawn.
    text(&sources, &site);
    for (path, bytes) in files(&site).iter().filter(|(path, _)| path.ends_with(".html")) {
        prop_assert!(!bytes.contains(&0) && !bytes.contains(&1), "{path} has a hole");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_markdown(content in pieces(MARKDOWN)) {
        check("content/explainers/x.md", &content)?;
    }

    #[test]
    fn any_prose_of_a_record(content in pieces(MARKDOWN)) {
        check("content/people/ada.md", &content)?;
    }

    #[test]
    fn any_table(content in pieces(TOML), path in prop::sample::select(vec!["people", "groups", "meetings", "events", "places", "relations", "sources", "corrections"])) {
        check(&format!("content/{path}.toml"), &content)?;
    }

    #[test]
    fn any_settings(content in pieces(TOML)) {
        check("site.toml", &content)?;
    }

    #[test]
    fn any_bibliography(content in "(@[a-z]{0,8}\\{[a-z]{0,4},)?[a-z = {}\",@\n]{0,60}\\}?") {
        check("content/sources.bib", &content)?;
    }

    #[test]
    fn any_source_in_any_style(text in "[ -~àéßșאبیж中“”«»¿…\u{300}\u{200f}\u{1f600}]{1,30}", other in "\\PC{0,12}", place in "(pp?\\.|¶|S\\.|)[ 0-9a-zа-я–,-]{1,9}", kind in prop::sample::select(CSL_TYPES.to_vec()), style in prop::sample::select(vec!["chicago-notes", "apa", "mla", "iso-690-numeric"]), date in prop::sample::select(vec!["2023-05-04", "2023", "194X", "[..2023-05]", "2020/..", "-0044"])) {
        check_source(&text, &other, &place, kind, style, date)?;
    }

    #[test]
    fn any_bytes(content in prop::collection::vec(any::<u8>(), 0..200), path in prop::sample::select(vec!["content/people.toml", "content/x.md", "site.toml", "templates/person.html", "templates/strings/en.toml", "content/sources.bib"])) {
        let mut sources = sources(&[]);
        sources.insert(path, content);
        let site = build(&sources);
        text(&sources, &site);
    }
}

/// The list of fields that corrections are checked against is the list that the reader knows: each of
/// them is read (and so never called unknown), and nothing else is.
#[test]
fn the_fields_of_each_kind_are_those_that_are_read() {
    use dossier::model::Kind;
    use dossier::model::fields::fields_of;
    for kind in Kind::RECORDS {
        let unknown = |field: &str| {
            let text = format!("[a]\n{field} = {{ nothing-of-this = 1 }}\n");
            let sources = sources(&[(&format!("content/{}.toml", kind.plural()), &text)]);
            build(&sources)
                .diagnostics
                .iter()
                .any(|problem| problem.message.ends_with(&format!("has no field `{field}`")))
        };
        // The prose stands in a file of its own.
        for (field, _) in fields_of(kind).filter(|(field, _)| *field != "prose") {
            assert!(!unknown(field), "{} does not know `{field}`", kind.singular());
        }
        assert!(unknown("nothing-like-this"), "{}", kind.singular());
    }
}
