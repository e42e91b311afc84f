//! Records: values of another type, fields that nobody knows, keys, dates that no calendar has.

use super::{Case, case};

const P: &str = "content/people/bad.toml";
const G: &str = "content/groups/bad.toml";
const M: &str = "content/meetings/bad.toml";
const E: &str = "content/events/bad.toml";
const L: &str = "content/places/bad.toml";
const S: &str = "content/sources/bad.toml";
const R: &str = "content/relations/bad.toml";

/// One line of a record that is fine without it: the file, the line, the code, and words of the error.
const FIELDS: &[(&str, &str, &str, &str)] = &[
    // Another type, for each shape that a field has.
    (P, "summary = 1", "wrong-type", "a text in quotes"),
    (P, "summary = [\"a\"]", "wrong-type", "a text in quotes"),
    (P, "summary = { a = 1 }", "wrong-type", "a text in quotes"),
    (P, "draft = \"yes\"", "wrong-type", "true or false"),
    (P, "draft = 1", "wrong-type", "true or false"),
    (P, "tags = true", "wrong-type", "a text in quotes"),
    (P, "tags = [1, 2]", "wrong-type", "a text in quotes"),
    (P, "tags = [[\"a\"]]", "wrong-type", "a text in quotes"),
    (P, "roles = \"minister\"", "wrong-type", "a table"),
    (P, "roles = [\"minister\"]", "wrong-type", "a table"),
    (P, "roles = [[]]", "wrong-type", "a table"),
    (P, "names = \"Bed\"", "wrong-type", "a table"),
    (P, "names = { fa = 1 }", "wrong-type", ""),
    (P, "names = { fa = { note = \"no text\" } }", "missing-field", "text"),
    (P, "ids = [\"Q1\"]", "wrong-type", "a table"),
    (P, "ids = { wikidata = 1 }", "wrong-type", "a text in quotes"),
    (P, "portrait = \"a.png\"", "wrong-type", "a table"),
    (P, "portrait = { file = \"pictures/quay.svg\" }", "missing-field", "alt"),
    (P, "links = \"https://a.example\"", "wrong-type", "a table"),
    (P, "cite = 7", "wrong-type", "a text in quotes"),
    (P, "cite = { source = \"lantern-2022\" }", "wrong-type", "a text in quotes"),
    (P, "born = 1960", "invalid-date", "without quotes"),
    (P, "born = 1960-02-01", "invalid-date", "without quotes"),
    (P, "born = 1960-02-01T10:00:00Z", "invalid-date", "no time of day"),
    (P, "born = 10:00:00", "invalid-date", ""),
    (P, "born = true", "wrong-type", "in quotes"),
    (P, "withhold = 7", "wrong-type", "true"),
    (P, "withhold = [\"nmae\"]", "unknown-field", "name"),
    (P, "withhold = \"draft\"", "unknown-value", "never published"),
    (P, "allow = true", "wrong-type", "a table"),
    (P, "response_sought = \"norland\"", "wrong-type", "a table"),
    (L, "lat = \"59.9\"\nlon = 10", "wrong-type", "a number"),
    (L, "lat = 59.9", "invalid-position", "lon"),
    (L, "lat = 91\nlon = 0", "invalid-position", "90"),
    (L, "lat = nan\nlon = 0", "invalid-position", "90"),
    (L, "lat = inf\nlon = 0", "invalid-position", "90"),
    (S, "quotes = \"They met.\"", "wrong-type", "a table"),
    (S, "quotes = { \"p. 1\" = 5 }", "wrong-type", ""),
    (S, "grade = 1", "wrong-type", "a text in quotes"),
    (S, "volume = [1]", "wrong-type", ""),
    // Fields and words that nobody knows.
    (P, "naem = \"Bad\"", "unknown-field", "did you mean `name`?"),
    (P, "withold = true", "unknown-field", "did you mean `withhold`?"),
    (
        P,
        "roles = [{ rolle = \"minister\", of = \"sound-ferries\" }]",
        "unknown-field",
        "did you mean `role`?",
    ),
    (P, "portriat = { }", "unknown-field", "did you mean `portrait`?"),
    (G, "country = \"Sweden\"", "invalid-country", "two letters"),
    (M, "mode = \"telephone\"", "unknown-value", "phone"),
    (M, "status = \"deneid\"", "unknown-value", "denied"),
    (S, "grade = \"G\"", "unknown-value", "A"),
    (S, "url = \"www.example.org\"", "invalid-url", "https://"),
    (S, "url = \"javascript:alert(1)\"", "invalid-url", "https://"),
    (S, "url = \"file:///etc/passwd\"", "invalid-url", "https://"),
    (P, "links = [{ url = \"data:text/html,x\", title = \"x\" }]", "invalid-url", "https://"),
    (P, "name_lang = \"x_y_z!\"", "invalid-language", "BCP 47"),
    (P, "names = { klingon-language = \"a\" }", "invalid-language", ""),
    (S, "copy = { file = \"pictures/quay.svg\", sha256 = \"abc\" }", "invalid-checksum", "sha256sum"),
    (P, "tags = [\"\"]", "empty-value", ""),
    (P, "cite = \"\"", "empty-value", ""),
    (P, "cite = \"lantern-2022 citing\"", "invalid-citation", "citing"),
    (P, "cite = \"lantern-2022 citing 'nobody\"", "invalid-citation", ""),
    // Dates that are none.
    (P, "born = \"1960-02-30\"", "invalid-date", ""),
    (P, "born = \"1900-02-29\"", "invalid-date", ""),
    (P, "born = \"1960-13\"", "invalid-date", ""),
    (P, "born = \"1960-00\"", "invalid-date", ""),
    (P, "born = \"1960-25\"", "invalid-date", ""),
    (P, "born = \"1960-1-1\"", "invalid-date", ""),
    (P, "born = \"1 May 1960\"", "invalid-date", ""),
    (P, "born = \"01.05.1960\"", "invalid-date", ""),
    (P, "born = \"60\"", "invalid-date", ""),
    (P, "born = \"1000000000\"", "invalid-date", ""),
    (P, "born = \"Y1000000000\"", "invalid-date", ""),
    (P, "born = \"Y17E8\"", "invalid-date", ""),
    (P, "born = \"99999999999999999999999999\"", "invalid-date", ""),
    (P, "born = \"1960-05-01T10:00:00Z\"", "invalid-date", ""),
    (P, "born = \"[]\"", "invalid-date", ""),
    (P, "born = \"[..]\"", "invalid-date", ""),
    (P, "born = \"[2000,,2001]\"", "invalid-date", ""),
    (P, "born = \"[2000..2999999]\"", "invalid-date", ""),
    (P, "born = \"[2000\"", "invalid-date", ""),
    (P, "born = \"{2000,2001}\"", "invalid-date", ""),
    (P, "born = \"/\"", "invalid-date", ""),
    (P, "born = \"../..\"", "invalid-date", ""),
    (P, "born = \"2000/2001/2002\"", "invalid-date", ""),
    (P, "born = \"~\"", "invalid-date", ""),
    (P, "born = \"2000~~\"", "invalid-date", ""),
    (P, "born = \"XXXX\"", "invalid-date", ""),
    (P, "born = \"２０００\"", "invalid-date", ""),
    (P, "born = \"2001\"\ndied = \"2000\"", "reversed-dates", ""),
    (
        P,
        "roles = [{ role = \"a\", of = \"sound-ferries\", from = \"2001\", to = \"2000\" }]",
        "reversed-dates",
        "",
    ),
    (E, "reported = \"2023-06-31\"", "invalid-date", ""),
    (E, "date_original = { calendar = \"persian\", date = \"1402-13-01\" }", "invalid-date", ""),
    (E, "date_original = { calendar = \"hebrew\", date = \"5784-nisn-1\" }", "invalid-date", ""),
    (E, "date_original = { calendar = \"mayan\", date = \"13.0.0.0.0\" }", "unknown-value", "persian"),
    (E, "date_original = { calendar = \"islamic\", date = \"99999999999-01-01\" }", "invalid-date", ""),
    (M, "participants = [{ desc = \"many\", count = \"-1\" }]", "invalid-count", ""),
    (M, "participants = [{ desc = \"many\", count = \"4..2\" }]", "invalid-count", ""),
    (M, "participants = [{ desc = \"many\", count = \"99999999999999999999\" }]", "invalid-count", ""),
    (M, "participants = [{ }]", "missing-field", "who"),
    (M, "participants = [{ who = \"orla-fenmarsh\", desc = \"a woman\" }]", "wrong-type", ""),
    (R, "since = \"2020/2019\"", "invalid-date", ""),
];

/// Keys that cannot be addresses, as the header of a person.
const KEYS: &[(&str, &str)] = &[
    ("that climbs out", "\"../x\""),
    ("that climbs out by an escape", "\"..%2fx\""),
    ("that is a path from the root", "\"/etc/passwd\""),
    ("of a drive", "\"C:\\\\x\""),
    ("of a host", "\"//host/x\""),
    ("with NUL", "\"a\\u0000b\""),
    ("with a line break", "\"a\\nb\""),
    ("with a slash at its end", "\"a/\""),
    ("of dots", "\"..\""),
    ("of nothing", "\"\""),
    ("with a space", "\"ada berg\""),
    ("with capitals", "Ada-Berg"),
    ("with a letter of another script", "\"аda\""),
    ("with a mark that turns around", "\"a\\u202Eb\""),
    ("with two hyphens", "a--b"),
    ("with a hyphen at its start", "-a"),
    ("with an underscore", "a_b"),
];

/// The start of a record that is complete but for what the case adds.
fn head(path: &str) -> &'static str {
    match path {
        P => "[bad]\nname = \"Bad\"\n",
        G => "[bad]\nname = \"Bad\"\ntype = \"other\"\n",
        L => "[bad]\nname = \"Bad\"\n",
        M => "[bad]\ndate = \"2022\"\n",
        E => "[bad]\ntitle = \"Bad\"\ndate = \"2022\"\n",
        S => "[bad]\ntitle = \"Bad\"\ntype = \"report\"\n",
        _ => "[bad]\nfrom = \"orla-fenmarsh\"\nto = \"tide-institute\"\ntype = \"advises\"\n",
    }
}

pub fn cases() -> Vec<Case> {
    let fields = FIELDS.iter().map(|(path, field, code, says)| {
        let meeting = if *path == M && !field.contains("participants") { "participants = []\n" } else { "" };
        let before = format!("{}{meeting}", head(path));
        // Where several lines are added, the error may be on any.
        let line = before.lines().count() + 1;
        let made = case(format!("{path}: {field}"), code).file(path, format!("{before}{field}\n")).says(says);
        if field.contains('\n') { made } else { made.at(path, line) }
    });
    let keys = KEYS.iter().map(|(name, key)| {
        case(format!("a key {name}"), "invalid-key").file(P, format!("\n[{key}]\nname = \"Bad\"\n")).at(P, 2)
    });
    let mut all: Vec<Case> = fields.chain(keys).collect();
    let mut more = |name: &str, path: &'static str, text: &str, code, line, says| {
        all.push(case(name, code).file(path, text).at(path, line).says(says));
    };
    let long = "a".repeat(300);
    more("a key of 300 letters", P, &format!("[{long}]\nname = \"Bad\"\n"), "invalid-key", 1, "");
    more("a key in two files", P, "[orla-fenmarsh]\nname = \"Orla\"\n", "duplicate-record", 1, "");
    more("a key with two letters for one", P, "[\"ze\\u0301\"]\nname = \"Z\"\n", "invalid-key", 1, "ze");
    more("a record that is a text", P, "bad = \"Bad\"\n", "wrong-type", 1, "`[key]`");
    more("a record that is a list", P, "[[bad]]\nname = \"Bad\"\n", "wrong-type", 1, "`[key]`");
    more("a record that is a date", P, "bad = 2020-01-01\n", "wrong-type", 1, "`[key]`");
    more("a person without a name", P, "[bad]\nsummary = \"Nobody.\"\n", "missing-field", 1, "name");
    more("a meeting without a date", M, "[bad]\nparticipants = []\n", "missing-field", 1, "date");
    more(
        "a place that is at sea twice",
        L,
        "[bad]\nname = \"Bad\"\nlat = 1e400\nlon = 0\n",
        "invalid-position",
        3,
        "",
    );
    more(
        "records of no kind",
        "content/poeple.toml",
        "[bad]\nname = \"Bad\"\n",
        "stray-file",
        1,
        "people.toml",
    );
    more(
        "a bibliography that nobody reads",
        "content/old.bib",
        "@book{a, title={A}}\n",
        "stray-file",
        1,
        "sources.bib",
    );
    more(
        "a record in two files",
        "content/people/orla-fenmarsh.md",
        "+++\nname = \"Orla\"\n+++\n",
        "duplicate-record",
        1,
        "",
    );
    more(
        "prose of nobody",
        "content/people/orla-fenmash.md",
        "Words.\n",
        "prose-without-record",
        1,
        "orla-fenmarsh",
    );
    more(
        "an article of a bad name",
        "content/explainers/Who Is Who.md",
        "# T\n",
        "invalid-key",
        1,
        "who-is-who.md",
    );
    more("an article where a list is", "content/people.md", "# T\n", "address-conflict", 1, "");
    more(
        "an article in the place of a folder of ours",
        "content/timeline/x.md",
        "# T\n",
        "address-conflict",
        1,
        "",
    );
    all
}
