//! What one record says of others: references that lead to nothing, to the wrong kind, or in a circle.

use super::{Case, case};

const A: &str = "content/explainers/bad.md";

/// Whole files: the path, the text, the code, the line and words of the error.
const FILES: &[(&str, &str, &str, &str, usize, &str)] = &[
    (
        "a role in nothing",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\nroles = [{ role = \"a\", of = \"sound-ferrys\" }]\n",
        "unknown-reference",
        3,
        "did you mean \"sound-ferries\"?",
    ),
    (
        "a role in a person",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\nroles = [{ role = \"a\", of = \"people/orla-fenmarsh\" }]\n",
        "wrong-kind",
        3,
        "person",
    ),
    (
        "a part of nothing",
        "content/groups/bad.toml",
        "[bad]\nname = \"Bad\"\ntype = \"other\"\npart_of = \"nobody\"\n",
        "unknown-reference",
        4,
        "nobody",
    ),
    (
        "a part of itself",
        "content/groups/bad.toml",
        "[bad]\nname = \"Bad\"\ntype = \"other\"\npart_of = \"bad\"\n",
        "circular-reference",
        1,
        "",
    ),
    (
        "three parts of each other",
        "content/groups/bad.toml",
        "[a]\nname = \"A\"\ntype = \"other\"\npart_of = \"b\"\n[b]\nname = \"B\"\ntype = \"other\"\npart_of = \"c\"\n[c]\nname = \"C\"\ntype = \"other\"\npart_of = \"a\"\n",
        "circular-reference",
        1,
        "",
    ),
    (
        "places in each other",
        "content/places/bad.toml",
        "[a]\nname = \"A\"\nin = \"b\"\n[b]\nname = \"B\"\nin = \"a\"\n",
        "circular-reference",
        1,
        "",
    ),
    (
        "a place in nothing",
        "content/places/bad.toml",
        "[a]\nname = \"A\"\nin = \"nowhere\"\n",
        "unknown-reference",
        3,
        "nowhere",
    ),
    (
        "a participant who is nobody",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = [\"orla-fenmash\"]\n",
        "unknown-reference",
        3,
        "did you mean \"orla-fenmarsh\"?",
    ),
    (
        "a participant that is a source",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = [\"sources/lantern-2022\"]\n",
        "wrong-kind",
        3,
        "source",
    ),
    (
        "a participant for nobody",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = [{ who = \"orla-fenmarsh\", for = \"nobody\" }]\n",
        "unknown-reference",
        3,
        "nobody",
    ),
    (
        "a meeting nowhere",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nplace = \"nowhere\"\nparticipants = []\n",
        "unknown-reference",
        3,
        "nowhere",
    ),
    (
        "the same as nothing",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = []\nmaybe_same = \"nothing\"\n",
        "unknown-reference",
        4,
        "nothing",
    ),
    (
        "the same as itself",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = []\nmaybe_same = \"bad\"\n",
        "circular-reference",
        4,
        "",
    ),
    (
        "a relation to itself",
        "content/relations/bad.toml",
        "[bad]\nfrom = \"orla-fenmarsh\"\nto = \"orla-fenmarsh\"\ntype = \"ally\"\n",
        "circular-reference",
        3,
        "",
    ),
    (
        "a relation to nobody",
        "content/relations/bad.toml",
        "[bad]\nfrom = \"orla-fenmarsh\"\nto = \"nobody\"\ntype = \"ally\"\n",
        "unknown-reference",
        3,
        "nobody",
    ),
    (
        "a denial of nobody",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = []\ndenied_by = { who = \"nobody\" }\n",
        "unknown-reference",
        4,
        "nobody",
    ),
    (
        "a status of nobody",
        "content/meetings/bad.toml",
        "[bad]\ndate = \"2022\"\nparticipants = []\nstatus = \"confirmed\"\n",
        "status-without-actor",
        4,
        "confirmed_by",
    ),
    (
        "a citation of nothing",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\ncite = \"latern-2022 p. 3\"\n",
        "unknown-reference",
        3,
        "lantern-2022",
    ),
    (
        "a citation of itself",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\ncite = \"lantern-2022 citing tide-study citing lantern-2022\"\n",
        "circular-citation",
        3,
        "",
    ),
    (
        "two chains in a circle",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\ncite = [\"lantern-2022 citing tide-study\", \"tide-study citing lantern-2022\"]\n",
        "circular-sourcing",
        3,
        "find out",
    ),
    (
        "a correction of nothing",
        "content/corrections/bad.toml",
        "[bad]\ndate = \"2022\"\non = \"meetings/nothing\"\nwas = \"a\"\nwhy = \"b\"\n",
        "unknown-reference",
        3,
        "nothing",
    ),
    (
        "a correction of no field",
        "content/corrections/bad.toml",
        "[bad]\ndate = \"2022\"\non = \"people/orla-fenmarsh.nmae\"\nwas = \"a\"\nwhy = \"b\"\n",
        "unknown-corrected-field",
        3,
        "name",
    ),
    (
        "a former key that is there",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\nmoved_from = \"orla-fenmarsh\"\n",
        "address-conflict",
        3,
        "",
    ),
    (
        "a former key that climbs out",
        "content/people/bad.toml",
        "[bad]\nname = \"Bad\"\nmoved_from = \"../../x\"\n",
        "invalid-key",
        3,
        "",
    ),
    ("a former path that climbs out", A, "+++\nmoved_from = \"../../x\"\n+++\n# T\n", "invalid-key", 2, ""),
    ("a former path from the root", A, "+++\nmoved_from = \"/etc/x\"\n+++\n# T\n", "invalid-key", 2, ""),
    ("a former path of a list", A, "+++\nmoved_from = \"people\"\n+++\n# T\n", "address-conflict", 2, ""),
    (
        "two former paths that are one",
        A,
        "+++\nmoved_from = [\"a\", \"a\"]\n+++\n# T\n",
        "address-conflict",
        2,
        "",
    ),
    ("a former path of a folder", A, "+++\nmoved_from = \"index.html/x\"\n+++\n# T\n", "invalid-key", 2, ""),
    // Texts.
    ("a link to nobody", A, "# T\n\n[[nobody]]\n", "unknown-reference", 3, "dossier new"),
    ("a link without an end", A, "# T\n\nAt [[orla-fenmarsh\n\nthe end.\n", "invalid-wikilink", 3, "`]]`"),
    ("a link of nothing", A, "# T\n\n[[]]\n", "invalid-wikilink", 3, "key"),
    ("a link in a link", A, "# T\n\n[a [[orla-fenmarsh]] b](#t)\n", "invalid-wikilink", 3, "let one"),
    ("a link to a heading of nowhere", A, "# T\n\n[[orla-fenmarsh#nowhere]]\n", "missing-anchor", 3, ""),
    (
        "a link to a file of nowhere",
        A,
        "# T\n\n[a](nowhere.md)\n",
        "missing-file",
        3,
        "explainers/nowhere.md",
    ),
    ("a link that climbs out", A, "# T\n\n[a](../../../etc/passwd)\n", "invalid-path", 3, ""),
    (
        "a link that climbs out by escapes",
        A,
        "# T\n\n[a](..%2f..%2f..%2fetc/passwd)\n",
        "invalid-path",
        3,
        "",
    ),
    ("a link that runs code", A, "# T\n\n[a](javascript:alert(1))\n", "unsafe-link", 3, "https://"),
    ("a link to a host without a scheme", A, "# T\n\n[a](//host.example/x)\n", "unsafe-link", 3, "https:"),
    ("a link to a drive", A, "# T\n\n[a](C:\\\\x)\n", "unsafe-link", 3, ""),
    ("an image of elsewhere", A, "# T\n\n![a](https://a.example/x.png)\n", "unsafe-link", 3, "content/"),
    ("an image that climbs out", A, "# T\n\n![a](../../../x.png)\n", "invalid-path", 3, ""),
    ("an image of nowhere", A, "# T\n\n![a](x.png)\n", "missing-file", 3, ""),
    ("a footnote of nothing", A, "# T\n\nWords[^1].\n", "undefined-footnote", 3, "[^1]"),
    ("a name of no link", A, "# T\n\n[a][b]\n", "undefined-link", 3, "[b]"),
    (
        "a citation in a text of nothing",
        A,
        "# T\n\nWords [@nothing p. 3].\n",
        "unknown-reference",
        3,
        "nothing",
    ),
    (
        "a citation in a text without an end",
        A,
        "# T\n\nWords [@lantern-2022 p. 3.\n",
        "invalid-citation",
        3,
        "`]`",
    ),
    (
        "a circle in a sentence",
        A,
        "# T\n\nWords [@lantern-2022 citing tide-study] and words [@tide-study citing lantern-2022].\n",
        "circular-sourcing",
        3,
        "",
    ),
    ("a figure that is wrong", A, "# T\n\n:count[nine hundred]{meetings}\n", "figure-mismatch", 3, ""),
    ("a figure without a number", A, "# T\n\n:count[meetings]{meetings}\n", "unreadable-figure", 3, ""),
    ("a figure of no query", A, "# T\n\n:count[four]\n", "invalid-directive", 3, "query"),
    ("a figure of an unknown kind", A, "# T\n\n:count[four]{meatings}\n", "invalid-query", 3, "meetings"),
    (
        "a figure with a date that is none",
        A,
        "# T\n\n:count[four]{meetings during=2022-13}\n",
        "invalid-date",
        3,
        "",
    ),
    (
        "a figure in open braces",
        A,
        "# T\n\n:count[four]{meetings during=2022\n",
        "invalid-directive",
        3,
        "`}`",
    ),
    (
        "a view that nobody knows",
        A,
        "# T\n\n::timelin{}\n",
        "invalid-directive",
        3,
        "did you mean `::timeline`?",
    ),
    ("a view in a list", A, "# T\n\n- ::timeline\n", "misplaced-directive", 3, "blank line"),
];

/// Files that a record names and that are none, in the field of the name: where the path leads to.
const NAMED: &[(&str, &str)] = &[
    ("climbs out", "../../etc/passwd"),
    ("climbs out and comes back", "../content/pictures/quay.svg"),
    ("starts at the root", "/etc/passwd"),
    ("starts at a drive", "C:\\\\x.png"),
    ("has NUL", "a\\u0000.png"),
    ("is nothing", ""),
    ("is a folder", "pictures"),
    ("ends with a slash", "pictures/"),
    ("is a text of the dossier", "people.toml"),
    ("is of elsewhere", "https://a.example/x.png"),
];

pub fn cases() -> Vec<Case> {
    let files = FILES.iter().map(|(name, path, text, code, line, says)| {
        case(*name, code).file(path, *text).at(path, *line).says(says)
    });
    let digits = "0".repeat(64);
    let portraits = NAMED.iter().map(|(name, file)| {
        let text = format!("[bad]\nname = \"Bad\"\nportrait = {{ file = \"{file}\", alt = \"a\", credit = \"b\", licence = \"c\" }}\n");
        case(format!("a portrait that {name}"), code_of(file)).file("content/people/bad.toml", text).at("content/people/bad.toml", 3)
    });
    let copies = NAMED.iter().map(|(name, file)| {
        let text = format!("[bad]\ntitle = \"Bad\"\ntype = \"report\"\ncopy = {{ file = \"{file}\", sha256 = \"{digits}\" }}\n");
        case(format!("a copy that {name}"), code_of(file)).file("content/sources/bad.toml", text).at("content/sources/bad.toml", 4)
    });
    files.chain(portraits).chain(copies).collect()
}

/// The code for a file that a record may not name.
fn code_of(file: &str) -> &'static str {
    match file {
        "" => "empty-value",
        "pictures" | "people.toml" => "missing-file",
        _ if file.contains("u0000") => "control-character",
        _ => "invalid-path",
    }
}
