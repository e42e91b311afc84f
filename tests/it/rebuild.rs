//! The law of the cache, and that nothing but the files decides the bytes.

use std::collections::BTreeSet;
use std::sync::Arc;

use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::preview::Preview;
use dossier::report::{Format, report};
use dossier::source::Sources;
use dossier::{Options, Site, theme};
use proptest::prelude::*;

use crate::support::{build, files, repository, sources, text};

fn warm(sources: &Sources, cache: &mut Cache) -> Checked<Site> {
    dossier::build(sources, &theme::theme(), Options::default(), cache, &|_, _, _| {})
}

/// What can become of a file between two builds.
#[derive(Debug, Clone)]
enum Edit {
    Set(usize, usize),
    Remove(usize),
}

const PATHS: [&str; 8] = [
    "site.toml",
    "content/people.toml",
    "content/people/ada.md",
    "content/meetings.toml",
    "content/sources.toml",
    "content/text.md",
    "templates/person.html",
    "static/own.css",
];

/// Several states of each file, some of them broken.
const STATES: [[&str; 4]; 8] = [
    [
        "title = \"One\"",
        "title = \"Two\"\nlanguage = \"de\"",
        "title = 3",
        "title = \"One\"\nunsafe_html = true",
    ],
    [
        "[ada]\nname = \"Ada\"",
        "[ada]\nname = \"Ada Berg\"\n[bo]\nname = \"Bo\"",
        "[ada]\nname = ",
        "[bo]\nname = \"Bo\"\nwithhold = true",
    ],
    ["Prose.", "Prose about [[bo]] [@s ¶1].", "", "<b>html</b>"],
    [
        "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\"]\ncite = \"s\"",
        "[m]\ndate = \"2023-06?\"\nparticipants = [\"ada\", \"bo\"]\ncite = \"s ¶2\"\n[n]\ndate = \"2024\"\nparticipants = [\"ada\"]",
        "[m]\ndate = \"June\"",
        "",
    ],
    [
        "[s]\ntitle = \"S\"\ntype = \"report\"",
        "[s]\ntitle = \"T\"\ntype = \"book\"\npublished = \"2020\"",
        "[t]",
        "",
    ],
    [
        "# T\n\n:count[one]{meetings with=ada}",
        "# T\n\n::timeline\n\n[[ada]]",
        "no title",
        "# T\n\n::matrix{during=2023}",
    ],
    [
        "{% extends \"theme/person.html\" %}{% block title %}X{% endblock title %}",
        "{{ view.name.text }}",
        "{% if %}",
        "{{ nothing_there }}",
    ],
    ["a{}", "b{}", "c{}", "d{}"],
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        4 => (0..PATHS.len(), 0..4usize).prop_map(|(path, state)| Edit::Set(path, state)),
        1 => (0..PATHS.len()).prop_map(Edit::Remove),
    ];
    prop::collection::vec(edit, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn after_any_edits_a_warm_build_is_a_cold_one(edits in edits()) {
        let mut sources = sources(&[("content/people.toml", STATES[1][0])]);
        let mut cache = Cache::default();
        warm(&sources, &mut cache);
        for edit in edits {
            match edit {
                Edit::Set(path, state) => {
                    sources.insert(PATHS[path], STATES[path][state].as_bytes());
                }
                Edit::Remove(path) => {
                    sources.remove(PATHS[path]);
                }
            }
            let warm = warm(&sources, &mut cache);
            let cold = build(&sources);
            prop_assert_eq!(text(&sources, &warm), text(&sources, &cold));
            prop_assert_eq!(files(&warm), files(&cold));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever is asked for in between, and wherever an edit breaks in on the work on the last one.
    #[test]
    fn after_any_edits_a_preview_comes_to_what_a_build_makes(
        edits in edits(),
        steps in prop::collection::vec(0..9usize, 12),
    ) {
        let mut sources = Arc::new(sources(&[("content/people.toml", STATES[1][0])]));
        let mut preview = Preview::new(theme::theme(), Options::default());
        preview.update(Arc::clone(&sources), Vec::new(), &BTreeSet::new());
        let open = BTreeSet::from(["people/ada.html".to_owned(), "index.html".to_owned()]);
        for (edit, steps) in edits.into_iter().zip(steps) {
            let files = Arc::make_mut(&mut sources);
            match edit {
                Edit::Set(path, state) => {
                    files.insert(PATHS[path], STATES[path][state].as_bytes());
                }
                Edit::Remove(path) => {
                    files.remove(PATHS[path]);
                }
            }
            preview.update(Arc::clone(&sources), Vec::new(), &open);
            for step in 0..steps {
                preview.advance(&|| step % 3 == 2);
                preview.file("timeline.html");
                if step == 4 {
                    preview.file("search/start.js");
                }
            }
        }
        while !preview.is_done() {
            preview.advance(&|| false);
        }
        let cold = build(&sources);
        let said = preview.problems();
        prop_assert_eq!(report(&said.diagnostics, &said.sources, Format::Text { colour: false }, ""), text(&sources, &cold));
        if let Some(output) = preview.output() {
            let shown: Vec<_> = output.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
            prop_assert_eq!(shown, files(&cold));
        } else {
            prop_assert!(sources.get("site.toml").is_none());
        }
    }
}

/// Files of a dossier in which everything refers to everything else, each in states that differ in what others see of
/// them: names, roles and terms, anchors, dates, files, and where a record stands in its file.
const WOVEN: [(&str, &[&str]); 11] = [
    (
        "content/people.toml",
        &[
            "[ada]\nname = \"Ada\"\nroles = [{ role = \"chair\", of = \"crew\", from = \"2020\", to = \"2023\" }]\nsummary = \"Knows [[bo]].\"\n[bo]\nname = \"Bo\"\nmoved_from = [\"bob\"]\n",
            "[ada]\nname = \"Ada Berg\"\nroles = [{ role = \"chair\", of = \"crew\", from = \"2020\", to = \"2021\" }]\nsummary = \"Knows [[bob]].\"\n[bo]\nname = \"Bo\"\n",
            "[aaron]\nname = \"Aaron\"\n[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\nroles = [{ role = \"mate\", of = \"fleet\" }]\n",
            "\n\n[ada]\nname = \"Ada\"\nsummary = \"Knows [[bo]].\"\n[bo]\nname = \"Bo\"\ndraft = true\n",
            "[ada]\nname = \"Ada\"\n[bo]\nname = \"Bo\"\nwithhold = true\n",
        ],
    ),
    (
        "content/groups.toml",
        &[
            "[crew]\nname = \"Crew\"\ntype = \"other\"\npart_of = [{ of = \"fleet\", from = \"2022\" }]\n[fleet]\nname = \"Fleet\"\ntype = \"other\"\n",
            "[crew]\nname = \"Crew\"\ntype = \"other\"\n[fleet]\nname = \"Fleet\"\ntype = \"other\"\n",
            "[crew]\nname = \"Crew\"\ntype = \"other\"\npart_of = [\"fleet\"]\n[fleet]\nname = \"Fleet\"\ntype = \"other\"\npart_of = [\"crew\"]\n",
        ],
    ),
    (
        "content/places.toml",
        &[
            "[hall]\nname = \"Hall\"\nin = \"town\"\n[town]\nname = \"Town\"\n",
            "[hall]\nname = \"Hall\"\n[town]\nname = \"Town\"\n",
            "[hall]\nname = \"The hall\"\nin = \"town\"\n[town]\nname = \"Town\"\nmoved_from = [\"city\"]\n",
        ],
    ),
    (
        "content/meetings.toml",
        &[
            "[m]\ndate = \"2021-06\"\nparticipants = [\"ada\", \"bo\"]\nplace = \"hall\"\ncite = \"s ¶1\"\n[n]\ndate = \"2022\"\nparticipants = [\"ada\"]\nmaybe_same = [\"m\"]\ncite = \"t\"\n",
            "[m]\ndate = \"2021-06\"\nparticipants = [\"ada\", \"bo\"]\nplace = \"hall\"\nmode = \"phone\"\ncite = \"s ¶1\"\n[n]\ndate = \"2022\"\nparticipants = [\"ada\"]\nmaybe_same = [\"m\"]\ncite = \"t\"\n",
            "# Moved down by a line.\n[m]\ndate = \"2021-06\"\nparticipants = [\"ada\", \"bo\"]\nplace = \"hall\"\ncite = \"s ¶1\"\n[n]\ndate = \"2022\"\nparticipants = [\"ada\"]\nmaybe_same = [\"m\"]\ncite = \"t\"\n",
            "[m]\ndate = \"2023-06\"\nparticipants = [\"ada\"]\nmode = \"phone\"\nplace = \"town\"\ncite = \"s citing t\"\n[n]\ndate = \"2022\"\nparticipants = [\"ada\"]\n",
            "[m]\ndate = \"2021-06\"\nparticipants = [{ who = \"ada\", for = \"fleet\" }, \"bo\"]\nstatus = \"denied\"\ndenied_by = [\"bo\"]\ncite = \"s\"\n[n]\ndate = \"2022\"\nparticipants = [\"ada\"]\n",
        ],
    ),
    (
        "content/sources.toml",
        &[
            "[s]\ntitle = \"S\"\ntype = \"report\"\n[t]\ntitle = \"T\"\ntype = \"book\"\nby = \"crew\"\n",
            "[s]\ntitle = \"S\"\ntype = \"report\"\nby = \"bo\"\n[t]\ntitle = \"T\"\ntype = \"book\"\n",
            "[s]\ntitle = \"S\"\ntype = \"report\"\n",
        ],
    ),
    (
        "content/relations.toml",
        &[
            "[r]\nfrom = \"ada\"\nto = \"crew\"\ntype = \"employs\"\ncite = \"s\"\n",
            "[r]\nfrom = \"bo\"\nto = \"ada\"\ntype = \"ally\"\ncite = \"t\"\n",
            "",
        ],
    ),
    (
        "content/people/ada.md",
        &[
            "## Early\n\nShe met :count[one]{meetings with=ada during=2021} [@s ¶3].\n\n![A map](/map.svg)\n",
            "## Late\n\nShe met :count[two]{meetings with=fleet} [@t citing s] and :count[one]{people of=crew}.\n",
            "",
        ],
    ),
    (
        "content/text.md",
        &[
            "# Text\n\nAs [[people/ada#early|told]], at [[hall]] :count[two]{meetings with=crew}, none by phone :count[none]{meetings mode=phone} [@s].\n",
            "# Text\n\n[A file](map.svg), and :count[no]{meetings place=town mode=phone} [@t].\n\n::timeline{with=bo}\n",
            "# Text\n\n[Ada](people/ada.md#late) and [[nobody]].\n",
            "# Text\n\n[Another page of hers](people/ada.html).\n",
        ],
    ),
    ("content/people/ada.html", &["<p>", "<b>"]),
    (
        "content/map.svg",
        &["<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>", "no picture"],
    ),
    (
        "site.toml",
        &[
            "title = \"One\"",
            "title = \"Two\"\nlanguage = \"de\"",
            "title = \"One\"\nsides = [{ name = \"A\", groups = [\"crew\"] }]",
        ],
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// What is taken from the run before is what would come of linking everything again.
    #[test]
    fn after_any_edits_of_a_woven_dossier_a_warm_build_is_a_cold_one(
        edits in prop::collection::vec((0..WOVEN.len(), 0..6usize), 1..10),
    ) {
        let mut sources = sources(&[]);
        for (path, states) in WOVEN {
            sources.insert(path, states[0].as_bytes());
        }
        let mut cache = Cache::default();
        let first = warm(&sources, &mut cache);
        prop_assert!(!dossier::has_errors(&first.diagnostics), "{}", text(&sources, &first));
        for (at, state) in edits {
            let (path, states) = WOVEN[at];
            match states.get(state % (states.len() + 1)) {
                Some(text) => drop(sources.insert(path, text.as_bytes())),
                None => drop(sources.remove(path)),
            }
            let warm = warm(&sources, &mut cache);
            let cold = build(&sources);
            prop_assert_eq!(text(&sources, &warm), text(&sources, &cold));
            prop_assert_eq!(files(&warm), files(&cold));
        }
    }
}

#[test]
fn the_order_in_which_files_are_met_changes_nothing() {
    let repository = repository();
    let mut backwards = Sources::default();
    let mut all: Vec<_> = repository.iter().collect();
    all.reverse();
    for file in all {
        backwards.insert(file.path.clone(), file.bytes.clone());
    }
    assert_eq!(files(&build(&repository)), files(&build(&backwards)));
}

#[test]
fn two_builds_are_the_same_bytes() {
    let repository = repository();
    assert_eq!(files(&build(&repository)), files(&build(&repository)));
}

#[test]
fn an_unchanged_page_is_not_rendered_again() {
    let sources = repository();
    let mut cache = Cache::default();
    warm(&sources, &mut cache);
    let first = Arc::clone(&cache.rendered["people.html"].1);
    warm(&sources, &mut cache);
    assert!(Arc::ptr_eq(&first, &cache.rendered["people.html"].1));
}
