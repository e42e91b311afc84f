//! A record gets another key: everything that names it does so by the new one, and nothing else changes.

use dossier::Site;
use dossier::diag::Checked;
use dossier::edited::{Former, NotRenamed, Renamed, rename, rename_with};
use dossier::source::Sources;

use crate::cli::{ADA, Folder};
use crate::support::{build, build_with, sources, string, text};

/// A dossier that names one person in every way there is.
const SITE: &[(&str, &str)] = &[
    ("site.toml", "title = \"T\"\n\n[[sides]]\ntitle = \"Us\"\ngroups = [\"selvara\"] # ours\n"),
    (
        "content/people.toml",
        "# Ada comes first.\n[ada-berg]   # the key\nname = \"Ada Berg\"\nnames.aka = { text = \"A. B.\", cite = \"herald ¶2\" }\n\
         summary = \"She is \\\"the\\\" [[ada-berg|minister]].\"\nroles = [\n  { role = \"m\", of = \"selvara\", cite = 'herald' }, # one\n]\n\
         cite = \"herald ¶1\"\n\n[\"bo-li\"]\nname = \"Bo\"\nresponse_sought = { from = \"people/ada-berg\", date = \"2024\" }\n",
    ),
    ("content/people/ada-berg.md", "She [[ada-berg]] herself.\n\n## X\n\nMore.\n"),
    ("content/groups.toml", "[selvara]\nname = \"S\"\ntype = \"state\"\n[selvara.ids]\nq = \"1\"\n"),
    (
        "content/meetings.toml",
        "[talks]\ndate = \"2023-06-14\"\nparticipants = [\"ada-berg\", { who = 'bo-li', stands_in_for = \"ada-berg\", for = \"groups/selvara\" }]\n\
         denied_by = [{ who = \"ada-berg\", date = \"2024-01-02\" }]\ncite = [\"herald ¶4 citing 'ada-berg'\", \"memo citing herald p. 2\"]\n\
         draft = false\nwithhold = [\"note\"]\nnote = \"[[ada-berg]] again\"\n",
    ),
    (
        "content/sources.toml",
        "[herald]\ntitle = \"H\"\ntype = \"article-newspaper\"\nauthor = [\"people/ada-berg\", \"Ada Berg\"]\n\n[memo]\ntitle = \"M\"\ntype = \"document\"\n",
    ),
    (
        "content/corrections.toml",
        "[c-1]\ndate = \"2024-02-01\"\non = \"people/ada-berg.summary\"\nwas = \"[[ada-berg]] was\"\nwhy = \"x\"\n\n\
         [c-2]\ndate = \"2024-02-02\"\non = \"meetings/talks.participants\"\nwas = \"ada-berg alone\"\nundo = [{ who = \"ada-berg\" }]\nwhy = \"x\"\n",
    ),
    (
        "content/explainers/who.md",
        "# Who\n\n[[ada-berg]], [[people/ada-berg#x|she]] [@herald ¶4; @memo citing herald], the word ada-berg, `[[ada-berg]]`.\n\n\
         ## X\n\n:count[one]{meetings with=\"ada-berg selvara\"} and [her page](../people/ada-berg.md), [the same][p].\n\n\
         ::timeline{with=ada-berg}\n\n[p]: /people/ada-berg.html \"Her\"\n",
    ),
    (
        "content/index.md",
        "+++\nsummary = \"[[who-else]]\"\n+++\n# Home\n\n[Who](explainers/who.md) and [[explainers/who]].\n",
    ),
    (
        "content/who-else.md",
        "---\n\n# Others\n\nA rule, and no front matter: ![](explainers/who.svg){credit=\"x\" licence=\"y\"}\n",
    ),
    ("content/explainers/who.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"2\"/>"),
];

#[track_caller]
fn renamed(files: &Sources, old: &str, new: &str) -> Renamed {
    rename(files, old, new).unwrap_or_else(|why| panic!("{old} -> {new}: {}", said(why)))
}

fn said(why: NotRenamed) -> String {
    match why {
        NotRenamed::Refused { message, help } => format!("{message}\n{help}"),
        NotRenamed::Errors(found) => found.iter().map(|problem| format!("{}\n", problem.message)).collect(),
    }
}

/// Each line that differs, before and after.
fn difference(before: &Sources, after: &Sources) -> String {
    let mut out = String::new();
    for file in after.iter() {
        let old = before.get(&file.path).map_or("", |file| file.text().unwrap());
        let new = file.text().unwrap();
        if old == new {
            continue;
        }
        out.push_str(&format!("{}\n", file.path));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        old.iter().filter(|line| !new.contains(line)).for_each(|line| out.push_str(&format!("- {line}\n")));
        new.iter().filter(|line| !old.contains(line)).for_each(|line| out.push_str(&format!("+ {line}\n")));
    }
    for file in before.iter().filter(|file| after.get(&file.path).is_none()) {
        out.push_str(&format!("gone: {}\n", file.path));
    }
    out
}

#[test]
fn a_person_is_renamed_wherever_she_is_named() {
    let before = sources(SITE);
    let after = renamed(&before, "ada-berg", "ada-lindt");
    insta::assert_snapshot!(difference(&before, &after.sources));
}

#[test]
fn a_source_is_renamed_in_every_chain() {
    let before = sources(SITE);
    insta::assert_snapshot!(difference(&before, &renamed(&before, "herald", "the-herald").sources));
}

#[test]
fn a_group_is_renamed_in_heads_settings_and_queries() {
    let before = sources(SITE);
    insta::assert_snapshot!(difference(&before, &renamed(&before, "groups/selvara", "norland").sources));
}

/// What a draft suggests in a comment can be taken over after its source was renamed.
#[test]
fn fields_that_wait_in_comments_are_renamed_too() {
    let comments = "# then: cite = \"herald ¶1 citing 'an aide'\"\n# denied_by = [{ who = \"ada-berg\", cite = \"herald ¶2\" }]\n\
        # \"herald\" is a word here\n# cite = \"heralds ¶3\"\n# moved_from = [\"herald\"]\n\
        # as = \"ada-berg\", { named_as = \"ada-berg\" }, the word = here \"ada-berg\" stays\n# involved = [\"bo-li\", { who=\"ada-berg\" }]\n";
    let files: Vec<(&str, String)> = SITE
        .iter()
        .map(|(path, text)| match *path {
            "content/meetings.toml" => (*path, format!("{text}{comments}")),
            _ => (*path, (*text).to_owned()),
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let meetings = |renamed: Renamed| {
        let file = renamed.sources.get("content/meetings.toml").unwrap().text().unwrap().to_owned();
        file.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect::<String>()
    };
    let before = sources(&files);
    let source = comments.replace("\"herald ", "\"the-herald ");
    assert_eq!(meetings(renamed(&before, "herald", "the-herald")), source);
    let person = comments.replace("who = \"ada-berg\"", "who = \"ada-lindt\"");
    let person = person.replace("who=\"ada-berg\"", "who=\"ada-lindt\"");
    assert_eq!(meetings(renamed(&before, "ada-berg", "ada-lindt")), person);
}

#[test]
fn an_article_takes_its_links_to_another_folder() {
    let before = sources(SITE);
    let there = renamed(&before, "content/explainers/who.md", "people-here");
    insta::assert_snapshot!("article", difference(&before, &there.sources));
    let back = renamed(&before, "who-else", "notes/on/others");
    insta::assert_snapshot!("article_down", difference(&before, &back.sources));
}

#[test]
fn the_old_address_leads_to_the_new_one_and_back() {
    let before = sources(SITE);
    let there = renamed(&before, "ada-berg", "ada-lindt").sources;
    let site = build(&there);
    assert!(string(&site, "people/ada-berg.html").contains("ada-lindt.html"), "{}", text(&there, &site));
    let back = renamed(&there, "ada-lindt", "ada-berg").sources;
    let people = back.get("content/people.toml").unwrap().text().unwrap();
    assert!(people.contains("moved_from = [\"ada-lindt\"]\n"), "{people}");
}

#[test]
fn a_former_state_has_todays_keys() {
    let before = sources(SITE);
    let after = renamed(&before, "ada-berg", "ada-lindt").sources;
    let as_of = dossier::model::date::Day::new(2024, 1, 15);
    let options = dossier::Options { as_of, ..dossier::Options::default() };
    let (was, is) = (build_with(&before, options), build_with(&after, options));
    let codes =
        |site: &Checked<Site>| site.diagnostics.iter().map(|problem| problem.code.name).collect::<Vec<_>>();
    assert_eq!(codes(&was), codes(&is), "{}", text(&after, &is));
    let page = string(&is, "meetings/talks.html");
    assert!(page.contains("people/ada-lindt.html"), "{page}");
}

/// A bare key that two kinds have is an error: whoever shares the new key is named with its kind.
#[test]
fn who_shares_the_new_key_is_told_apart() {
    let before = sources(&[
        ADA,
        ("content/groups.toml", "[herald]\nname = \"H\"\ntype = \"outlet\"\n"),
        ("content/meetings.toml", "[m]\ndate = \"\"\nparticipants = [\"ada\", \"herald\"]\ncite = \"'x'\"\n"),
        ("content/index.md", "# T\n\n[[ada]] [[herald]] [[groups/herald]]\n"),
    ]);
    let after = renamed(&before, "ada", "herald").sources;
    let of = |path: &str| after.get(path).unwrap().text().unwrap().to_owned();
    assert!(of("content/meetings.toml").contains("[\"people/herald\", \"groups/herald\"]"));
    assert!(of("content/index.md").contains("[[people/herald]] [[groups/herald]] [[groups/herald]]"));
}

#[test]
fn a_bibliography_gets_the_key_and_its_entries_follow() {
    let bib = "% kept\n@book{Set, title = {no}}\n@book{old-book, title = {The old-book}, year = 2020}\n\
               @inbook{part, title = {P}, crossref = {old-book}}\n";
    let bib = bib.replace("@book{Set, title = {no}}\n", "");
    let before = sources(&[
        ("content/sources.bib", &bib),
        ("content/index.md", "# T\n\nA [@old-book p. 3], b [@part].\n"),
    ]);
    let after = renamed(&before, "old-book", "new-book");
    assert_eq!(after.former, Former::NoPlace);
    insta::assert_snapshot!(difference(&before, &after.sources));
}

#[test]
fn drafts_and_what_is_withheld_are_renamed_too() {
    let before = sources(&[
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\ndraft = true\n[bo]\nname = \"Bo\"\nwithhold = true\nsummary = \"Not [[ada]].\"\n",
        ),
        ("content/places.toml", "[quay]\nname = \"Q\"\n"),
        (
            "content/events.toml",
            "[e]\ntitle = \"E\"\ndate = \"\"\nwithhold = [\n  \"place\", # where\n]\nplace = \"quay\"\ncite = \"'x'\"\ndraft = true\ninvolved = \"ada\"\n",
        ),
    ]);
    let ada = renamed(&before, "ada", "eve").sources;
    let quay = renamed(&before, "quay", "pier").sources;
    let of = |sources: &Sources, path: &str| sources.get(path).unwrap().text().unwrap().to_owned();
    assert!(of(&ada, "content/people.toml").contains("[[eve]]"));
    assert!(of(&ada, "content/events.toml").contains("involved = \"eve\""));
    assert!(of(&quay, "content/events.toml").contains("place = \"pier\""));
    assert!(of(&quay, "content/events.toml").contains("\"place\", # where"));
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let before = sources(&[
        ("content/people.toml", "\u{feff}[ada]\r\nname = \"Ada\"\r\n"),
        ("content/about.md", "\u{feff}# About\r\n\r\n[[ada]] [[note]]\r\n"),
        ("content/note.md", "\u{feff}# Note\r\n"),
    ]);
    let after = renamed(&before, "ada", "eve").sources;
    let bytes =
        |sources: &Sources, path: &str| String::from_utf8(sources.get(path).unwrap().bytes.to_vec()).unwrap();
    assert_eq!(
        bytes(&after, "content/people.toml"),
        "\u{feff}[eve]\r\nname = \"Ada\"\r\nmoved_from = [\"ada\"]\r\n"
    );
    assert_eq!(bytes(&after, "content/about.md"), "\u{feff}# About\r\n\r\n[[eve]] [[note]]\r\n");
    let after = renamed(&before, "note", "remark").sources;
    assert_eq!(
        bytes(&after, "content/remark.md"),
        "\u{feff}+++\r\nmoved_from = [\"note\"]\r\n+++\r\n\r\n# Note\r\n"
    );
}

/// The address of a draft is known to nobody, unless it was published before.
#[test]
fn a_draft_leaves_no_former_key_unless_asked_to() {
    let people = "[ada-berg]\nname = \"Ada\"\ndraft = true\n\n[bo-li]\nname = \"Bo\"\n\n[carl]\nname = \"C\"\ndraft = true\nmoved_from = [\"karl\"]\n";
    let article = "+++\ntitle = \"Who\"\ndraft = true\n+++\n[[bo-li]]\n";
    let files = sources(&[("content/people.toml", people), ("content/who.md", article)]);
    let leaves = |old: &str, new: &str, leave| {
        let after = rename_with(&files, old, new, leave).unwrap_or_else(|why| panic!("{}", said(why)));
        let text: String = after.sources.iter().map(|file| file.text().unwrap().to_owned()).collect();
        (after.former, text.contains(&format!("\"{old}\"")))
    };
    assert_eq!(leaves("ada-berg", "ada-lindt", None), (Former::OfDraft, false));
    assert_eq!(leaves("who", "who-is-who", None), (Former::OfDraft, false));
    assert_eq!(leaves("ada-berg", "ada-lindt", Some(true)), (Former::Left, true));
    assert_eq!(leaves("bo-li", "bo", None), (Former::Left, true));
    assert_eq!(leaves("bo-li", "bo", Some(false)), (Former::Dropped, false));
    // It was moved before, and gets its key of then.
    assert_eq!(leaves("carl", "karl", None), (Former::Left, true));
    assert_eq!(leaves("carl", "charles", None), (Former::OfDraft, false));
}

#[test]
fn what_cannot_be_renamed_is_refused_with_its_cause() {
    let files = sources(&[
        ("content/people.toml", "[ada-berg]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\nmoved_from = [\"bob\"]\n"),
        ("content/groups.toml", "[ada-berg]\nname = \"A\"\ntype = \"other\"\n"),
        ("content/notes/one.md", "# One\n\n[[people/ada-berg]] [[groups/ada-berg]] [[bo]]\n"),
        ("content/index.md", "# Home\n"),
    ]);
    let pairs = [
        ("ada-berk", "x"),
        ("ada-berg", "x"),
        ("people/ada-berg", "bo"),
        ("people/ada-berg", "bob"),
        ("people/ada-berg", "Ada Berg"),
        ("people/ada-berg", "groups/x"),
        ("people/ada-berg", "ada-berg"),
        ("bob", "x"),
        ("index", "x"),
        ("notes/one", "people/one"),
        ("notes/one", "people"),
        ("notes/onn", "x"),
    ];
    let told: String = pairs
        .iter()
        .map(|(old, new)| format!("{old} -> {new}\n{}\n", said(rename(&files, old, new).unwrap_err())))
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn the_program_lists_the_places_and_writes_all_files_or_none() {
    let folder = Folder::with(&[
        ADA,
        ("content/people/ada.md", "[[ada]] is\n"),
        ("content/index.md", "# Home\n\nHere is [[ada]].\n"),
    ]);
    let dry = folder.run(&["rename", "ada", "eve", "--dry-run"]).succeeds();
    assert_eq!(
        dry.out(),
        "content/index.md:3:11  ada -> eve\ncontent/people.toml:1:2  ada -> eve\n\
         content/people.toml:3:1  + moved_from = [\"ada\"]\ncontent/people/ada.md:1:3  ada -> eve\n\
         content/people/ada.md -> content/people/eve.md\n\
         people/ada would become people/eve: 4 places in 3 files, 1 file moved\n\
         Its old key stays in `moved_from`, and its old address leads on; `--no-redirect` leaves that out.\nnothing was written\n"
    );
    assert_eq!(folder.read("content/people.toml"), ADA.1);
    let done = folder.run(&["rename", "ada", "eve"]).succeeds();
    let said = done.out();
    assert!(
        said.starts_with(
            "people/ada is now people/eve: 4 places in 3 files, 1 file moved\nIts old key stays"
        ),
        "{said}"
    );
    assert_eq!(folder.read("content/people/eve.md"), "[[eve]] is\n");
    assert!(!folder.path("content/people/ada.md").exists());
    folder.run(&["check"]).succeeds();
    // With an error nothing is done.
    folder.write("content/groups.toml", "[g]\nname = \"G\"\n");
    let failed = folder.run(&["rename", "eve", "ada"]).fails();
    assert!(failed.err().contains("content/groups.toml:1:2"), "{}", failed.err());
    assert!(failed.err().contains("nobody can tell what a renaming would break"), "{}", failed.err());
    assert!(folder.read("content/people.toml").starts_with("[eve]"));
}

#[test]
fn the_program_says_why_a_draft_leaves_no_former_key() {
    let folder = Folder::with(&[("content/people.toml", "[ada]\nname = \"Ada\"\ndraft = true\n")]);
    let done = folder.run(&["rename", "ada", "eve"]).succeeds();
    assert!(done.out().contains("It is a draft, so nothing leads here from its old key."), "{}", done.out());
    assert!(!folder.read("content/people.toml").contains("moved_from"));
    folder.run(&["rename", "eve", "ida", "--redirect"]).succeeds();
    assert!(folder.read("content/people.toml").contains("moved_from = [\"eve\"]"));
}
