//! What people meet who know the program from its README alone: each slip is told with what to do.

use crate::cli::Folder;
use crate::support::{build, page, sources, string};

const DRAFTS: &[(&str, &str)] = &[
    (
        "content/meetings.toml",
        "[talks]\ndate = \"2023\"\nparticipants = [\"ada\"]\ndraft = true\n\n[call]\ndate = \"2024\"\nparticipants = [\"ada\"]\ndraft = true\n",
    ),
    ("content/people.toml", "[ada]\nname = \"Ada\"\ndraft = true\n"),
];

/// Who sees no records is told that there are drafts.
#[test]
fn a_list_of_drafts_alone_says_so() {
    let folder = Folder::with(DRAFTS);
    for (arguments, said) in [
        (&["list", "meetings"][..], "no meetings\n2 drafts are left out: `--drafts` takes them in\n"),
        (&["list", "people"], "no people\n1 draft is left out: `--drafts` takes it in\n"),
        (&["list"], "\n3 drafts are left out: `--drafts` takes them in\n"),
    ] {
        let out = folder.run(arguments).succeeds().out();
        assert!(out.contains(said), "{arguments:?}: {out}");
    }
    let out = folder.run(&["list", "--drafts"]).succeeds().out();
    assert!(!out.contains("left out"), "{out}");
    let table = folder.run(&["list", "--format", "csv"]).succeeds();
    assert!(
        !table.out().contains("left out") && table.err().contains("3 drafts are left out"),
        "{}",
        table.err()
    );
}

/// A folder within a dossier belongs to it, for every command; places are told as they are reached from there.
#[test]
fn a_command_finds_the_dossier_above() {
    let folder = Folder::with(&[
        ("content/people.toml", "[ada]\nname = \"Ada\"\n"),
        ("content/explainers/who.md", "# Who\n\n[[ada]], [[ida]].\n"),
    ]);
    let deep = folder.path("content/explainers");
    let run = |arguments: &[&str]| folder.run_in(&deep, arguments);
    let checked = run(&["check"]).fails();
    assert!(checked.err().contains("../../content/explainers/who.md:3:"), "{}", checked.err());
    folder.write("content/explainers/who.md", "# Who\n\n[[ada]].\n");
    run(&["check"]).succeeds();
    run(&["build"]).succeeds();
    assert!(folder.path("public/people/ada.html").exists() && !deep.join("public").exists());
    assert!(run(&["list", "people"]).succeeds().out().contains("Ada"));
    assert!(run(&["show", "ada"]).succeeds().out().contains("Ada"));
    run(&["stats"]).succeeds();
    run(&["new", "person", "ben"]).succeeds();
    let people = folder.read("content/people.toml");
    assert!(people.contains("[ben]\nname = \"\""), "{people}");
    folder.write("content/people.toml", &people.replace("name = \"\"", "name = \"Ben\""));
    run(&["fmt", "who.md"]).succeeds();
    folder.write("content/groups.toml", "[one]\ntype = \"other\"\nname = \"One\"\n");
    let laid_out = run(&["fmt"]).succeeds().out();
    assert!(laid_out.contains("../../content/groups.toml\n"), "{laid_out}");
    let places = run(&["rename", "ada", "eve", "--dry-run"]).succeeds().out();
    assert!(places.contains("../../content/explainers/who.md:3:"), "{places}");
    run(&["rename", "ada", "eve"]).succeeds();
    assert!(folder.read("content/people.toml").contains("[eve]"));
    run(&["factcheck"]).succeeds();
    run(&["export", "csv"]).succeeds();
    assert!(folder.path("factcheck/factcheck.html").exists() && folder.path("export/csv").exists());
    // Whoever names a folder means that.
    let named = run(&["check", "--root", "../explainers"]).fails();
    assert!(named.err().contains("site.toml"), "{}", named.err());
}

#[test]
fn a_shell_is_asked_for_by_name() {
    let folder = Folder::new();
    let asked = folder.run(&["completions"]);
    assert_eq!(asked.code(), 2);
    let said = asked.err();
    assert!(said.contains("needs the name of a shell: bash, elvish, fish, powershell or zsh"), "{said}");
    assert!(said.contains("dossier completions bash > ") && asked.out().is_empty(), "{said}");
}

/// A target that is none is told with those that there are: none, one, several.
#[test]
fn a_target_that_is_none_is_told_with_those_that_are() {
    let target = |name: &str| format!("\n[publish.{name}]\nto = \"../{name}\"\n");
    for (targets, help) in [
        (String::new(), "it names none yet: write `[publish.paper]` and below it `to = \"…\"`."),
        (target("web"), "it names only web. `dossier publish` lists all;"),
        (target("web") + &target("usb"), "name usb or web. `dossier publish` lists all;"),
    ] {
        let folder = Folder::with(&[]);
        folder.write("site.toml", &format!("title = \"A dossier\"\n{targets}"));
        let said = folder.run(&["publish", "paper"]).fails().err();
        assert!(said.contains("site.toml names no target `paper`"), "{said}");
        assert!(said.contains(help) && said.contains("for a folder of that name, write `./paper`"), "{said}");
    }
}

/// Three files that are not read: a note each, of which commands other than `check` show the first.
#[test]
fn notes_of_a_kind_are_said_once_but_by_check() {
    let files = ["a", "b", "c"].map(|name| (format!("content/{name}.md.txt"), format!("# {name}\n")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::with(&files);
    let notes = |said: &str| said.matches("note[unread-file]").count();
    let built = folder.run(&["build"]).succeeds();
    assert_eq!(notes(&built.err()), 1, "{}", built.err());
    assert!(
        built.err().contains("name it `content/a.md`; `dossier check` shows this and 2 more of this kind"),
        "{}",
        built.err()
    );
    assert!(built.out().contains("3 notes"), "{}", built.out());
    // Nothing changed since, and it is said again.
    assert_eq!(notes(&folder.run(&["build"]).succeeds().err()), 1);
    let checked = folder.run(&["check"]).succeeds().err();
    assert!(notes(&checked) == 3 && !checked.contains("more of this kind"), "{checked}");
    let json = folder.run(&["build", "--format", "json"]).succeeds().out();
    assert_eq!(json.matches("\"unread-file\"").count(), 3, "{json}");
}

/// The home page and the method are no explainers.
#[test]
fn what_links_here_names_pages_as_what_they_are() {
    let person = ("content/people.toml", "[ada]\nname = \"Ada\"\n");
    let home = ("content/index.md", "# A night boat\n\n[[ada]]\n");
    let html = page(&[person, home], "people/ada.html");
    let of = |html: &str| html[html.find("id=\"s-linked\"").unwrap()..].to_owned();
    let linked = of(&html);
    assert!(linked.contains("<h3>Pages</h3>") && linked.contains(">A night boat</a>"), "{linked}");
    assert!(!linked.contains("<h3>Explainers</h3>"), "{linked}");
    let article = ("content/who.md", "# Who\n\n[[ada]]\n");
    let linked = of(&page(&[person, home, article], "people/ada.html"));
    let at = |text: &str| linked.find(text).unwrap_or_else(|| panic!("{text}: {linked}"));
    assert!(at("A night boat") < at("<h3>Explainers</h3>") && at("<h3>Explainers</h3>") < at(">Who</a>"));
}

/// Each language has its own capitals; only English headlines are set in those of the style.
#[test]
fn headlines_in_other_languages_keep_their_capitals() {
    let sources = "[herald]\ntitle = \"A night boat across the sound\"\ntype = \"article-newspaper\"\n\n\
        [bote]\ntitle = \"Ein Boot in der Nacht\"\ntype = \"article-newspaper\"\nlanguage = \"de\"\n\n\
        [revue]\ntitle = \"Un bateau dans la nuit\"\ntype = \"article-newspaper\"\nlanguage = \"fr-CH\"\n";
    let html = page(
        &[
            ("site.toml", "title = \"T\"\ncitation_style = \"mla\"\n"),
            ("content/sources.toml", sources),
            ("content/index.md", "# T\n\nA [@herald], [@bote] and [@revue].\n"),
        ],
        "index.html",
    );
    for title in ["A Night Boat across the Sound", "Ein Boot in der Nacht", "Un bateau dans la nuit"] {
        assert!(html.contains(title), "{title}: {html}");
    }
}

/// Whoever reads a list sees that something is missing from it, and what.
#[test]
fn a_list_in_a_text_names_what_is_denied_and_so_left_out() {
    let meetings = "[talk]\ntitle = \"The talk\"\nparticipants = [\"ada\"]\n\
        [call]\ntitle = \"The call\"\nparticipants = [\"ada\"]\n\
        denied_by = [{ who = \"ada\", words = \"No.\" }]\n";
    let site = |text: &str| {
        build(&sources(&[
            ("site.toml", "title = \"Left out\"\n"),
            ("content/people.toml", "[ada]\nname = \"Ada\"\n"),
            ("content/meetings.toml", meetings),
            ("content/list.md", &format!("# A list\n\n{text}\n")),
        ]))
    };
    let told = "Not among these is a record that is denied or retracted:";
    for view in ["::meetings{}", "::timeline{with=ada}", "::network{}", "::matrix{}"] {
        let html = string(&site(view), "list.html");
        assert!(html.contains(told) && html.contains("meetings/call.html\">The call</a>"), "{view}: {html}");
    }
    for view in ["::meetings{status=denied}", "::people{}", "::events{}"] {
        assert!(!string(&site(view), "list.html").contains(told), "{view}");
    }
}
