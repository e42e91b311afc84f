//! Things within things, a hundred thousand deep.

use super::{Case, Made, case};

const N: usize = 100_000;

pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    let mut toml = |name: &str, text: String, line| {
        all.push(
            case(name, "toml-syntax")
                .file("content/people/bad.toml", text)
                .at("content/people/bad.toml", line)
                .says("nested too deep")
                .drawn(),
        );
    };
    let head = "[bad]\nname = \"Bad\"\n";
    toml("lists in lists", format!("{head}roles = {}{}\n", "[".repeat(N), "]".repeat(N)), 3);
    toml("lists in lists that do not end", format!("{head}roles = {}\n", "[".repeat(N)), 3);
    toml("tables in tables", format!("{head}ids = {}1{}\n", "{a=".repeat(N / 2), "}".repeat(N / 2)), 3);
    toml("tables in tables that do not end", format!("{head}ids = {}\n", "{a=".repeat(N / 2)), 3);
    toml("lists and tables in each other", format!("{head}roles = {}\n", "[{a=".repeat(N / 2)), 3);
    toml("keys of keys", format!("{head}{}b = 1\n", "a.".repeat(N)), 3);
    toml("headers of headers", format!("{head}[{}b]\nx = 1\n", "a.".repeat(N)), 3);
    toml("lists of headers of headers", format!("{head}[[{}b]]\nx = 1\n", "a.".repeat(N)), 3);
    let deep = format!("+++\nids = {}\n+++\n# T\n", "{a=".repeat(N / 2));
    all.push(
        case("tables in tables of front matter", "toml-syntax")
            .file("content/explainers/bad.md", deep)
            .at("content/explainers/bad.md", 2),
    );
    let deep = format!("title = \"D\"\nlints = {}\n", "{a=".repeat(N / 2));
    all.push(case("tables in tables of settings", "toml-syntax").file("site.toml", deep).at("site.toml", 2));
    let deep = format!("{}b = \"x\"\n", "a.".repeat(N));
    all.push(
        case("keys of keys of words", "toml-syntax")
            .file("templates/strings/en.toml", deep)
            .at("templates/strings/en.toml", 1),
    );
    for (name, open, close) in [
        ("parentheses in parentheses", "(", ")"),
        ("lists in lists of a template", "[", "]"),
        ("maps in maps of a template", "{\"a\":", "}"),
        ("not of not", "not ", ""),
        ("minus of minus", "-", ""),
        ("sums of sums", "1 + ", "1"),
        ("fields of fields", "a.", "a"),
        ("places of places", "a[", "]"),
    ] {
        let text = format!(
            "{{% extends \"theme/person.html\" %}}\n{{% block listing_note %}}{{{{ {}1{} }}}}{{% endblock %}}\n",
            open.repeat(N),
            close.repeat(N)
        );
        all.push(
            case(name, "template-syntax").file("templates/person.html", text).at("templates/person.html", 2),
        );
    }
    for (name, text) in [
        ("elements in elements", "<div>\n".repeat(N)),
        ("elements in elements of a line", "<b>".repeat(N / 2)),
        ("elements in elements with texts between", "<div>\n\nx\n\n".repeat(N / 20)),
    ] {
        all.push(
            case(name, "raw-html")
                .file("site.toml", "title = \"D\"\nunsafe_html = true\n")
                .file("content/explainers/bad.md", format!("# T\n\n{text}y\n"))
                .says("lie in each other"),
        );
    }
    for (name, open) in [
        ("conditions in conditions", "{% if true %}"),
        ("loops in loops", "{% for a in b %}"),
        ("filters in filters", "{% filter upper %}"),
        ("blocks in blocks", "{% block a %}"),
    ] {
        let text = format!(
            "{{% extends \"theme/person.html\" %}}\n{{% block listing_note %}}{}\n",
            open.repeat(20_000)
        );
        all.push(
            case(name, "template-syntax").file("templates/person.html", text).at("templates/person.html", 2),
        );
    }
    all.push(
        case("a long row of conditions", "template-limit")
            .file(
                "templates/person.html",
                format!(
                    "{{% extends \"theme/person.html\" %}}\n{{% block listing_note %}}{{% if a %}}{}{{% endif %}}{{% endblock %}}\n",
                    "{% elif a %}\n".repeat(20_000)
                ),
            )
            .at("templates/person.html", 202),
    );
    all.push(case("templates in a row", "template-limit").made(|place| {
        for n in 0..3_000 {
            place.write(
                &format!("templates/t{n}.html"),
                format!("{{% extends \"t{}.html\" %}}\n", n + 1).as_bytes(),
            );
        }
        Made::Done
    }));
    all.push(
        case("templates in each other", "template-limit")
            .made(|place| {
                let include = |n: usize| format!("{{% include \"t{n}.html\" %}}\n");
                place.write("templates/person.html", include(0).as_bytes());
                for n in 0..60 {
                    place.write(&format!("templates/t{n}.html"), include(n + 1).as_bytes());
                }
                place.write("templates/t60.html", b"the end\n");
                Made::Done
            })
            .at("templates/t20.html", 1)
            .says("40 levels"),
    );
    let blocks = |n: usize| -> String { (0..30).map(|at| format!("{{% block b{n}x{at} %}}\n")).collect() };
    all.push(
        case("blocks in each other in templates in each other", "template-limit")
            .made(move |place| {
                let ends = "{% endblock %}\n".repeat(30);
                let text = |n: usize, include: &str| format!("{}{include}{ends}", blocks(n));
                place.write("templates/t.html", text(1, "").as_bytes());
                place.write("templates/person.html", text(2, "{% include \"t.html\" %}\n").as_bytes());
                Made::Done
            })
            .at("templates/person.html", 31),
    );
    let mut bib = |name: &str, text: String, line| {
        all.push(
            case(name, "bibliography-syntax")
                .file("content/sources/bad.bib", text)
                .at("content/sources/bad.bib", line),
        );
    };
    bib("braces in braces", format!("@book{{bad,\n title = {}A{}\n}}\n", "{".repeat(N), "}".repeat(N)), 2);
    bib(
        "commands in commands",
        format!("@book{{bad,\n title = {{{}{}}}\n}}\n", "\\\"{".repeat(50_000), "}".repeat(50_000)),
        2,
    );
    bib("an abbreviation of itself", "@string{a = a}\n@book{bad,\n title = a\n}\n".to_owned(), 1);
    bib(
        "two abbreviations of each other",
        "@string{a = b}\n@string{b = a}\n@book{bad,\n title = a\n}\n".to_owned(),
        1,
    );
    bib("an entry of itself", "@book{bad,\n title = {A},\n crossref = {bad}\n}\n".to_owned(), 1);
    bib(
        "two entries of each other",
        "@book{a,\n title = {A},\n crossref = {b}\n}\n@book{b,\n title = {B},\n crossref = {a}\n}\n"
            .to_owned(),
        1,
    );
    bib(
        "an entry of itself by another name",
        "@book{bad,\n title = {A},\n ids = {worse},\n crossref = {worse}\n}\n".to_owned(),
        1,
    );
    bib(
        "shared fields of themselves",
        "@xdata{x,\n xdata = {x}\n}\n@book{bad,\n title = {A},\n xdata = {x}\n}\n".to_owned(),
        1,
    );
    let ten = |n: usize| format!("@string{{a{n} = {}}}\n", vec![format!("a{}", n - 1); 10].join(" # "));
    let grown: String =
        std::iter::once("@string{a0 = \"aaaaaaaaaa\"}\n".to_owned()).chain((1..12).map(ten)).collect();
    bib("abbreviations that are ten of each other", format!("{grown}@book{{bad,\n title = a11\n}}\n"), 5);
    let two = |n: usize| format!("@xdata{{x{n}, xdata = {{x{}, x{}}}}}\n", n + 1, n + 1);
    let grown: String = (0..40).map(two).collect();
    all.push(
        case("shared fields that are two of each other", "bibliography-syntax")
            .file(
                "content/sources/bad.bib",
                format!("{grown}@xdata{{x40, note = {{a}}}}\n@book{{bad, title = {{A}}, xdata = {{x0}}}}\n"),
            )
            .says("takes too much"),
    );
    let one = |n: usize| format!("@xdata{{x{n}, xdata = {{x{}}}}}\n", n + 1);
    let long: String = (0..20_000).map(one).collect();
    all.push(
        case("shared fields in a long row", "bibliography-syntax")
            .file("content/sources/bad.bib", format!("{long}@xdata{{x20000, note = {{a}}}}\n"))
            .says("takes too much"),
    );
    all
}
