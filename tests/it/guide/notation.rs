//! Directives, and the terms of their queries.

use dossier::model::query::{TERMS, VOCABULARY};
use dossier::parse::inline::TEXT_DIRECTIVES;
use dossier::parse::notation::LEAVES;

use super::{Pages, article, head, row};

pub fn pages() -> Pages {
    let mut text =
        "## Figures {#figures}\n\nA number in a sentence, and the query that must bear it out: [the rules](../manual/figures.md).\n\n"
            .to_owned();
    text.push_str(&head(&["directive", "meaning"]));
    for name in TEXT_DIRECTIVES {
        let about = match name {
            "count" => {
                "the build reads the number in the words and counts the records of the query; where they disagree it fails"
            }
            other => panic!("`:{other}` is not explained"),
        };
        text.push_str(&row(&[&format!("`:{name}[words]{{query}}`"), about]));
    }
    text.push_str("\n## Live views {#views}\n\nAlone on a line, with a blank line before and after it; without braces it asks for all.\n\n");
    text.push_str(&head(&["directive", "shows"]));
    for (name, .., about) in LEAVES {
        text.push_str(&row(&[&format!("`::{name}{{query}}`"), about]));
    }
    text.push_str("\n## Queries {#queries}\n\nA query is a kind, then terms that all hold: `meetings with=ada-berg during=2023`. \
                   `dossier list` asks the same from the terminal. Without a kind it asks for meetings and events. What counts as certain or possible: [queries](../manual/queries.md).\n\n");
    text.push_str(&head(&["term", "for", "meaning"]));
    for term in VOCABULARY {
        let kinds: Vec<&str> = TERMS
            .iter()
            .filter(|(_, terms)| terms.contains(&term.name))
            .map(|(kind, _)| kind.plural())
            .collect();
        text.push_str(&row(&[&format!("`{}={}`", term.name, term.value), &kinds.join(", "), term.meaning]));
    }
    let summary = "Figures, live views, and the terms of their queries.";
    Pages::from([("directives.md".to_owned(), article("Directives and queries", 302, summary, &text))])
}
