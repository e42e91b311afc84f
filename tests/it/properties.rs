//! Whatever is written into a source is cited, and the fields of each kind are those that are read.

use proptest::prelude::*;

use dossier::model::source::CSL_TYPES;

use crate::support::{build, sources, string, text};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_source_in_any_style(text in "[ -~àéßșאبیж中“”«»¿…\u{300}\u{200f}\u{1f600}]{1,30}", other in "\\PC{0,12}", place in "(pp?\\.|¶|S\\.|)[ 0-9a-zа-я–,-]{1,9}", kind in prop::sample::select(CSL_TYPES.to_vec()), style in prop::sample::select(vec!["chicago-notes", "apa", "mla", "iso-690-numeric"]), date in prop::sample::select(vec!["2023-05-04", "2023", "194X", "[..2023-05]", "2020/..", "-0044"])) {
        check_source(&text, &other, &place, kind, style, date)?;
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
