//! Texts that run from right to left, and characters that turn a text around.

use super::sites::{SITES, TEMPLATE, site};
use crate::browser::chromium::Chromium;
use crate::support::{build, sources, string, text};

/// Wherever a text may stand, one that shows another order than its source is an error, and so is one that turns what
/// follows; what Arabic, Hebrew and Persian need is not.
#[test]
fn what_turns_a_text_around_is_refused_everywhere() {
    for name in ["override", "embedding-open", "isolate-open", "isolate-behind", "javascript-control"] {
        let taken = site(name).taken.keys().map(|slot| TEMPLATE.slots[*slot].name());
        // A former value is kept as it is written, and only read to undo a correction.
        let taken: Vec<String> = taken.filter(|name| !name.ends_with(".undo")).collect();
        assert!(taken.is_empty(), "{name} is taken by {taken:#?}");
    }
    for name in ["isolate", "zero-width"] {
        let taken = site(name).taken.len();
        assert!(taken * 3 > TEMPLATE.slots.len(), "{name}: {taken}");
    }
    let name = site("isolate").value(&TEMPLATE, "content/people.toml", "ada-berg.name");
    assert!(name.contains('\u{2067}') && site("isolate").string("people/ada-berg.html").contains(name));
    // Where a text is taken as it is, none of them can have come in by a number.
    for site in SITES.iter() {
        for (path, bytes) in site.output.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).unwrap();
            assert!(!html.contains(['\u{202D}', '\u{202E}', '\u{1}']), "{}: {path}", site.payload.name);
        }
    }
}

/// All of these are written without an escape that is seen, and each is an error at its place.
#[test]
fn a_character_written_by_its_number_is_refused() {
    for written in
        ["&#x202E;", "&#8238;", "&#1;", "&#x9b;", "[x](https://example.org/&#x202E;)", "[x](/a \"&#x2067;\")"]
    {
        let files =
            sources(&[("content/index.md", &format!("# T\n\nA {written} b, and all that follows.\n"))]);
        let told = text(&files, &build(&files));
        assert!(told.contains("written by its number"), "{written}: {told}");
    }
    let files = sources(&[
        ("content/index.md", "# T\n\nA `&#1;` and &rlm;&#x200F;&zwj; &#[[ada]] b.\n"),
        ("content/people.toml", "[ada]\nname = \"Ada\"\n"),
    ]);
    let site = build(&files);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&files, &site));
    assert!(string(&site, "index.html").contains("&amp;#1;"));
}

/// Each place of a name in running text is set apart from the text around it.
#[tokio::test]
async fn a_name_of_any_direction_is_isolated_in_running_text() {
    let Some(browser) = Chromium::start().await else { return };
    // Names without a language: nothing but their letters says how they run.
    let files = sources(&[
        (
            "content/people.toml",
            "[ada]\nname = \"קאסם (1)\"\nroles = [{ role = \"envoy\", of = \"board\" }]\n[bo]\nname = \"Bo Lind\"\nsummary = \"Met [[ada]], 3 times [@log].\"\n\
             roles = [{ role = \"envoy\", of = \"board\" }]\n",
        ),
        ("content/groups.toml", "[board]\nname = \"מועצה (2)\"\ntype = \"other\"\n"),
        ("content/places.toml", "[port]\nname = \"נמל (3)\"\n"),
        (
            "content/meetings.toml",
            "[talks]\ndate = \"2023-06\"\nplace = \"port\"\nparticipants = [{ who = \"ada\", for = \"board\" }, \"bo\"]\ncite = \"log ¶2 citing other\"\n\
             denied_by = [{ who = \"ada\", words = \"No.\", cite = \"log\" }]\n",
        ),
        (
            "content/sources.toml",
            "[log]\ntitle = \"יומן (4)\"\ntype = \"report\"\n[other]\ntitle = \"ספר (5)\"\ntype = \"report\"\n",
        ),
        (
            "content/explainers/x.md",
            "# X\n\nIt is [[ada]], 5 of them, and [[board]] (6) [@log ¶1].\n\n::timeline\n",
        ),
    ]);
    let site = build(&files);
    let folder = tempfile::tempdir().unwrap();
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&files, &site));
    dossier::disk::write::apply(&site.value.output, folder.path()).unwrap();
    let tab = browser.tab().await;
    let (mut names, mut faults) = (0, Vec::new());
    for (path, _) in
        site.value.output.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html")
    {
        tab.open(&format!("file://{}/{path}", folder.path().display())).await;
        let (count, found): (usize, Vec<String>) = tab
            .value(
                "(() => {
                    const faults = [];
                    let count = 0;
                    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        const text = walker.currentNode;
                        if (!/[א-ת]/.test(text.data) || !text.parentElement.closest('a')) continue;
                        count++;
                        const sets = (element) => /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)
                            || getComputedStyle(element).display !== 'inline';
                        if (!sets(text.parentElement) && !sets(text.parentElement.closest('a, bdi')))
                            faults.push(text.parentElement.closest('p, li, td, dd, h1, h2, h3')?.outerHTML.slice(0, 300));
                    }
                    return [count, faults];
                })()",
            )
            .await;
        names += count;
        faults.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    browser.close().await;
    println!("{names} names");
    assert!(names > 40, "{names}");
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
}
