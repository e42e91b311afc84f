//! Much of it: lines of ten megabytes, openings that never close, rows of a thousand records, and what would take the
//! square of it.

use super::{Case, case};

const A: &str = "content/explainers/bad.md";
const P: &str = "content/people/bad.toml";
const TEN_MB: usize = 10_000_000;

/// What stands so many times in a text, with a link to nobody at its end, which is told at the end of it all: the
/// text before that is taken in a time that an author would wait.
const REPEATED: &[(&str, &str, usize)] = &[
    ("brackets that never close", "[", 100_000),
    ("brackets in lines", "[[[[[[[[[[\n", 20_000),
    ("brackets that never open", "]", 100_000),
    ("angles", "<", 50_000),
    ("tags that never close", "<a ", 50_000),
    ("comments that never close", "<!-- ", 50_000),
    ("parentheses in a link", "[a](", 50_000),
    ("emphasis that never closes", "*a ", 60_000),
    ("strong emphasis that never closes", "**a", 60_000),
    ("lines through words that never close", "~~a ", 50_000),
    ("marks of footnotes that never close", "[^a", 50_000),
    ("images that never close", "![", 50_000),
    ("figures that never close", ":count[four ", 20_000),
    ("braces", "{", 100_000),
    ("colons", ":a[", 50_000),
    ("escapes", "\\", 100_001),
    ("escaped brackets", "\\[", 50_000),
    ("quotes in quotes", "> ", 100_000),
    ("lists in lists", "- ", 100_000),
    ("quotes in lists in quotes", "> - ", 50_000),
    ("definitions in definitions", ": ", 50_000),
    ("footnotes in footnotes", "[^1]: ", 20_000),
    ("entities", "&amp;", 50_000),
    ("headings of one name", "## a\n\n", 20_000),
    ("views of everything", "::people\n\n", 1_000),
    ("fences", "```\n", 20_000),
    ("code in a language", "```rust\nfn a() {}\n```\n", 1_000),
    ("cells", "|a", 50_000),
    ("definitions of links", "[a]: https://a.example\n", 50_000),
];

pub fn cases() -> Vec<Case> {
    let mut all: Vec<Case> = REPEATED
        .iter()
        .map(|(name, piece, times)| {
            let text = piece.repeat(*times);
            let line = 3 + text.matches('\n').count() + 2;
            // Where code or a comment is left open, nothing behind it is a link; the file beside it is told.
            let open = ["comments that never close", "tags that never close"].contains(name);
            let article = format!("# T\n\n{text}\n\n[[nobody]]\n");
            let made =
                case(format!("{times} {name}"), "unknown-reference").file(A, article).says("nobody").drawn();
            if open {
                made.file("content/explainers/other.md", "# T\n\n[[nobody]]\n")
            } else {
                made.at(A, line)
            }
        })
        .collect();
    let mut more = |name: &str, code, path: &'static str, text: String, line| {
        all.push(case(name, code).file(path, text).at(path, line).drawn());
    };
    let x = "x".repeat(TEN_MB);
    // Lines that nobody wrote.
    more("a line of 10 MB in TOML", "long-line", P, format!("[bad]\nname = \"{x}\"\n"), 2);
    more("a key of 10 MB", "long-line", P, format!("[bad]\nname = \"Bad\"\n{x} = 1\n"), 3);
    more("a line of 10 MB that does not end", "long-line", P, format!("[bad]\nname = \"{x}"), 2);
    more("a header of 10 MB", "long-line", P, format!("[{x}]\nname = \"Bad\"\n"), 1);
    more("a line of 10 MB in Markdown", "long-line", A, format!("# T\n\n{x}\n"), 3);
    more("words of 10 MB on a line", "long-line", A, format!("# T\n\n{}\n", "word ".repeat(TEN_MB / 5)), 3);
    more(
        "code of 10 MB on a line",
        "long-line",
        A,
        format!("# T\n\n```rust\n{}\n```\n", "fn a(){}".repeat(TEN_MB / 8)),
        4,
    );
    more("a line of 10 MB in front matter", "long-line", A, format!("+++\ntitle = \"{x}\"\n+++\n"), 2);
    more(
        "a line of 10 MB in a bibliography",
        "long-line",
        "content/sources/bad.bib",
        format!("@book{{bad,\n title = {{{x}}}\n}}\n"),
        2,
    );
    more(
        "a line of 10 MB in the settings",
        "long-line",
        "site.toml",
        format!("title = \"D\"\nnotice = \"{x}\"\n"),
        2,
    );
    more(
        "a line of 10 MB in words",
        "long-line",
        "templates/strings/en.toml",
        format!("[page.person]\neyebrow = \"{x}\"\n"),
        2,
    );
    more(
        "a line of 10 MB in a template",
        "template-syntax",
        "templates/person.html",
        format!("{{% extends \"theme/person.html\" %}}\n{{% block listing_note %}}{x}{{{{ \n"),
        2,
    );
    // Errors without number.
    let article = |piece: &str, times| format!("# T\n\n{}\n", piece.repeat(times));
    more("20,000 links without an end", "invalid-wikilink", A, article("[[ ", 20_000), 3);
    more("20,000 citations without an end", "invalid-citation", A, article("[@ a\n", 20_000), 3);
    more("20,000 links to nobody", "unknown-reference", A, article("word [[nobody]] ", 10_000), 3);
    more("20,000 footnotes of nothing", "undefined-footnote", A, article("[^1]", 20_000), 3);
    more("20,000 names of no link", "undefined-link", A, article("[a][b] ", 20_000), 3);
    more("20,000 views that nobody knows", "invalid-directive", A, article("::timelin{}\n\n", 20_000), 3);
    more("10,000 images of nowhere", "missing-file", A, article("![a](x.png) ", 5_000), 3);
    more(
        "10,000 figures that are wrong",
        "figure-mismatch",
        A,
        article(":count[nine]{meetings during=1800} ", 2_000),
        3,
    );
    more("100,000 lines of nonsense", "toml-syntax", P, "= = =\n".repeat(100_000), 1);
    more(
        "10,000 times the same field",
        "toml-syntax",
        P,
        format!("[bad]\n{}", "name = \"Bad\"\n".repeat(10_000)),
        3,
    );
    more("10,000 times the same record", "toml-syntax", P, "[bad]\nname = \"Bad\"\n".repeat(10_000), 3);
    let fields: String = (0..20_000).map(|n| format!("naem{n} = 1\n")).collect();
    more(
        "20,000 fields that nobody knows",
        "unknown-field",
        P,
        format!("[bad]\nname = \"Bad\"\n{fields}"),
        3,
    );
    more("100,000 control characters", "control-character", A, article("a\u{7}", 100_000), 3);
    let who: Vec<String> = (0..1_000).map(|n| format!("\"nobody-{n}\"")).collect();
    more(
        "1,000 participants who are nobody",
        "unknown-reference",
        "content/meetings/bad.toml",
        format!("[bad]\ndate = \"2022\"\nparticipants = [\n{}\n]\n", who.join(",\n")),
        4,
    );
    // Queries and dates.
    more(
        "a figure with a query of 1 MB",
        "invalid-directive",
        A,
        format!("# T\n\n:count[four]{{meetings {}}}\n", "with=a\n".repeat(150_000)),
        3,
    );
    more(
        "a figure that asks for a thousand",
        "unknown-reference",
        A,
        format!("# T\n\n:count[four]{{meetings with=\"{}\"}}\n", "nobody ".repeat(500)),
        3,
    );
    let years: Vec<String> = (0..9_000).map(|n| format!("{}", 1000 + n)).collect();
    more(
        "a date of 9,000 years and one that is none",
        "invalid-date",
        P,
        format!("[bad]\nname = \"Bad\"\nborn = \"[{},2000-13]\"\n", years.join(",")),
        3,
    );
    more(
        "a date of nine million digits",
        "long-line",
        P,
        format!("[bad]\nname = \"Bad\"\nborn = \"{}\"\n", "9".repeat(9_000_000)),
        3,
    );
    // Rows.
    let chain: Vec<String> = (0..10_000).map(|n| format!("s{n}")).collect();
    more(
        "a chain of 10,000 citations",
        "invalid-citation",
        P,
        format!("[bad]\nname = \"Bad\"\ncite = \"{}\"\n", chain.join(" citing ")),
        3,
    );
    let groups = |last: usize, back: bool| -> String {
        let whole = |n: usize| match n == last {
            true if !back => String::new(),
            true => "part_of = \"g0\"\n".to_owned(),
            false => format!("part_of = \"g{}\"\n", n + 1),
        };
        (0..=last).map(|n| format!("[g{n}]\nname = \"G{n}\"\ntype = \"other\"\n{}", whole(n))).collect()
    };
    more("groups in a row of 400", "nested-too-deep", "content/groups/bad.toml", groups(400, false), 1200);
    more("groups in a circle of 400", "circular-reference", "content/groups/bad.toml", groups(400, true), 1);
    let places = |n: usize| {
        format!(
            "[p{n}]\nname = \"P{n}\"\n{}",
            if n < 999 { format!("in = \"p{}\"\n", n + 1) } else { String::new() }
        )
    };
    more(
        "places in a row of 1,000",
        "nested-too-deep",
        "content/places/bad.toml",
        (0..1_000).map(places).collect(),
        // The first of those that lie in 101, 202 and so on.
        273,
    );
    let places = |n: usize| format!("[p{n}]\nname = \"P{n}\"\nin = \"p{}\"\n", (n + 1) % 1_000);
    more(
        "places in a circle of 1,000",
        "circular-reference",
        "content/places/bad.toml",
        (0..1_000).map(places).collect(),
        1,
    );
    let source = |n: usize| format!("[s{n}]\ntitle = \"S{n}\"\ntype = \"report\"\n");
    let chains: Vec<String> = (0..300).map(|n| format!("\"s{n} citing s{}\"", (n + 1) % 300)).collect();
    let person = format!("[bad]\nname = \"Bad\"\ncite = [\n{}\n]\n", chains.join(",\n"));
    all.push(
        case("chains in a circle of 300", "circular-sourcing")
            .file("content/sources/bad.toml", (0..300).map(source).collect::<String>())
            .file(P, person)
            .at(P, 4),
    );
    all
}
