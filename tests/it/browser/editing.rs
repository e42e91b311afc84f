//! What an author sees in a real browser while editing, and what stays as it is.

use super::chromium::Chromium;
use super::edits::{LATE, holds, with_own_sheet};
use crate::serve::small;
use crate::serving::{Serving, wait};
use crate::support::sources;

/// An address of a page that is served.
fn address(serving: &Serving, path: &str) -> String {
    format!("{}{path}", serving.url)
}

#[tokio::test]
async fn a_page_stays_where_it_is_and_only_what_changed_changes() {
    let Some(browser) = Chromium::start().await else { return };
    let long: String = (0..80).map(|n| format!("Paragraph {n} [@log ¶{n}].\n\n")).collect();
    let mut files = with_own_sheet(small());
    files.insert("content/people/ada.md", long.clone().into_bytes());
    files.insert(
        "templates/person.html",
        b"{% extends \"theme/person.html\" %}{% block footer %}<details id=\"d\"><summary>S</summary><p>T</p></details>\
          <input id=\"typed\">{% endblock footer %}"
            .as_slice(),
    );
    let serving = Serving::start(&files, &[]);
    let mut tab = browser.tab().await;
    tab.screen(1000, 700).await;
    tab.open(&address(&serving, "people/ada.html")).await;
    tab.run(
        "document.querySelector('#d').open = true; document.querySelector('#typed').value = 'kept';
         document.querySelector('#typed').focus({ preventScroll: true }); scrollTo(0, 900); globalThis.same = true;
         globalThis.changes = 0; new MutationObserver(list => changes += list.length)
            .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })",
    )
    .await;
    serving.write("content/people/ada.md", &long.replace("Paragraph 79 ", "The last paragraph "));
    holds(&tab, "document.body.textContent.includes('The last paragraph')").await;
    let state: (bool, bool, String, String, f64, usize) = tab
        .value(
            "[globalThis.same === true, document.querySelector('#d').open, document.activeElement.id,
              document.querySelector('#typed').value, scrollY, changes]",
        )
        .await;
    assert_eq!((state.0, state.1, &*state.2, &*state.3, state.4), (true, true, "typed", "kept", 900.0));
    assert!(state.5 < 6, "{} nodes changed for one paragraph", state.5);

    // What the page tells other programs in its head changes with a record, and is no script.
    let people = String::from_utf8(files.get("content/people.toml").unwrap().bytes.to_vec()).unwrap();
    let born = people.replacen("[ada]\n", "[ada]\nborn = \"1911\"\n", 1);
    assert_ne!(people, born);
    serving.write("content/people.toml", &born);
    holds(
        &tab,
        "document.querySelector('script[type=\"application/ld+json\"]').textContent.includes('1911')",
    )
    .await;
    serving.write("content/people.toml", &people);
    holds(
        &tab,
        "!document.querySelector('script[type=\"application/ld+json\"]').textContent.includes('1911')",
    )
    .await;
    assert!(tab.value::<bool>("globalThis.same === true && document.querySelector('#d').open").await);

    // Another page's edit is none of its business.
    tab.run("changes = 0").await;
    serving.write("content/explainers/boat.md", "# The boat\n\nIt left at noon [@log ¶3].\n");
    serving.wait_for("content/explainers/boat.md: ");
    let changes: usize = tab.value("new Promise(done => setTimeout(() => done(changes), 300))").await;
    assert_eq!(changes, 0);

    // Another sheet takes the place of the old one.
    serving.write("static/own.css", "body { --edit: 7 }\n");
    holds(&tab, "getComputedStyle(document.body).getPropertyValue('--edit').trim() === '7'").await;
    holds(&tab, "document.querySelectorAll('link[href*=\"own.css\"]').length === 1").await;
    let (same, changes): (bool, usize) = tab.value("[globalThis.same === true, changes]").await;
    assert!(same && changes == 0);

    // What does something is loaded again, and the reader stays where they were.
    serving.write(
        "templates/person.html",
        "{% extends \"theme/person.html\" %}{% block head %}<script src=\"{{ root }}x.js\" defer></script>{% endblock head %}\
         {% block footer %}<details id=\"d\"><summary>S</summary><p>T</p></details>{% endblock footer %}",
    );
    holds(&tab, "globalThis.same === undefined && document.querySelector('script[src$=\"x.js\"]') !== null")
        .await;
    holds(&tab, "document.querySelector('#d').open && Math.abs(scrollY - 900) < 2").await;
    let _ = tab.heard(&serving.url).await;
    browser.close().await;
}

#[tokio::test]
async fn an_edit_between_loading_and_connecting_is_not_missed() {
    let Some(browser) = Chromium::start().await else { return };
    let serving = Serving::start(&small(), &[]);
    let tab = browser.tab().await;
    tab.page.evaluate_on_new_document(LATE).await.unwrap();
    tab.open(&address(&serving, "people/ada.html")).await;
    let people = serving.read("content/people.toml");
    serving.write("content/people.toml", &people.replace("A pilot", "A captain"));
    wait("the edit", || String::from_utf8_lossy(&serving.get("people/ada.html").1).contains("A captain"));
    let is_old: bool =
        tab.value("document.body.textContent.includes('A pilot') && globalThis.connect !== undefined").await;
    assert!(is_old);
    tab.run("waits = false; connect()").await;
    holds(&tab, "document.body.textContent.includes('A captain')").await;
    browser.close().await;
}

const REPORT: &str = "document.querySelector('dossier-preview').shadowRoot.querySelector('.report')";
const BAR: &str = "document.querySelector('dossier-preview').shadowRoot.querySelector('.bar')";

#[tokio::test]
async fn errors_lie_over_the_last_good_site_and_go_by_themselves() {
    let Some(browser) = Chromium::start().await else { return };
    let serving = Serving::start(&with_own_sheet(small()), &["--editor", "vscode"]);
    let tab = browser.tab().await;
    tab.open(&address(&serving, "people/ada.html")).await;
    let people = serving.read("content/people.toml");
    let meetings = serving.read("content/meetings.toml");
    tab.run("const one = document.querySelector('main a'); one.id = 'before'; one.focus()").await;
    let broken = people.replace("cite = \"log\"\n[bo]", "cite = \"lgo\"\nborn = \"June\"\n[bo]");
    serving.write("content/people.toml", &broken);
    holds(&tab, &format!("{REPORT}.open")).await;
    let text: String = tab.value(&format!("{REPORT}.innerText")).await;
    for part in [
        "2 errors",
        "the site as it was before",
        "content/people.toml:4",
        "lgo",
        "content/people.toml:5",
        "June",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let link: String = tab.value(&format!("{REPORT}.querySelector('article a').href")).await;
    let file = std::fs::canonicalize(serving.path("content/people.toml")).unwrap();
    assert_eq!(link, format!("vscode://file{}:4:9", file.display()));
    // The terminal says the same.
    serving.wait_for("content/people.toml: ");
    let said = serving.lines().join("\n");
    assert!(
        said.contains("content/people.toml:4:9") && said.contains("the last good site is shown"),
        "{said}"
    );

    // The report has the focus, keeps it and its place while more goes wrong, and gives it back.
    let focus = format!("{REPORT}.getRootNode().activeElement?.textContent");
    let close: String = tab.value(&focus).await;
    assert_eq!(close, "Close");
    tab.run(&format!(
        "{REPORT}.style.height = '90px'; {REPORT}.scrollTop = 40; globalThis.report = {REPORT}"
    ))
    .await;
    serving.write("content/meetings.toml", "[talks]\ndate = \"2023-13\"\n");
    holds(&tab, &format!("{REPORT}.innerText.includes('content/meetings.toml:2')")).await;
    let (close, kept): (String, bool) =
        tab.value(&format!("[{focus}, {REPORT}.scrollTop === 40 && {REPORT} === globalThis.report]")).await;
    assert!(kept && close == "Close", "{close}");
    tab.run(&format!("{REPORT}.style.height = ''")).await;
    serving.write("content/meetings.toml", &meetings);
    holds(&tab, &format!("!{REPORT}.innerText.includes('content/meetings.toml:2')")).await;

    // The site as it was can be reached.
    tab.page.find_element("body").await.unwrap().press_key("Escape").await.unwrap();
    holds(&tab, "document.activeElement.id === 'before'").await;
    let (open, badge): (bool, String) = tab.value(&format!("[{REPORT}.open, {BAR}.innerText]")).await;
    assert!(!open && badge.contains("2 errors"), "{badge}");
    tab.open(&address(&serving, "people/bo.html")).await;
    holds(&tab, "document.body.textContent.includes('A mate')").await;
    holds(&tab, &format!("{REPORT}.open")).await;

    // A sheet is changed all the same.
    serving.write("static/own.css", "body { --edit: 8 }\n");
    holds(&tab, "getComputedStyle(document.body).getPropertyValue('--edit').trim() === '8'").await;

    // What was put away stays away while other things are edited, also where lints have something to say.
    tab.page.find_element("body").await.unwrap().press_key("Escape").await.unwrap();
    holds(&tab, &format!("!{REPORT}.open")).await;
    tab.run(&format!(
        "globalThis.opened = 0; new MutationObserver(() => opened++).observe({REPORT}, {{ attributes: true }})"
    ))
    .await;
    for n in 0..3 {
        let lines = serving.lines().len();
        serving.write("content/explainers/boat.md", &format!("# The boat\n\nIt left on day {n}.\n"));
        wait("the rebuild", || serving.lines().len() > lines);
    }
    let opened: usize = tab.value("new Promise(done => setTimeout(() => done(opened), 300))").await;
    assert_eq!(opened, 0);

    serving.write("content/people.toml", &people.replace("A mate", "A captain"));
    holds(&tab, "document.body.textContent.includes('A captain')").await;
    holds(&tab, &format!("!{REPORT}.open")).await;
    browser.close().await;
}

#[tokio::test]
async fn pages_that_are_not_there_or_cannot_be_made_come_by_themselves() {
    let Some(browser) = Chromium::start().await else { return };
    let serving = Serving::start(&small(), &[]);
    let tab = browser.tab().await;
    tab.open(&address(&serving, "people/cy.html")).await;
    holds(&tab, "document.body.textContent.includes('There is no such page')").await;
    let people = serving.read("content/people.toml");
    serving.write("content/people.toml", &format!("{people}[cy]\nname = \"Cy Moe\"\ncite = \"log\"\n"));
    holds(&tab, "document.querySelector('h1').textContent.includes('Cy Moe')").await;
    serving.write("content/people.toml", &people);
    holds(&tab, "document.body.textContent.includes('There is no such page')").await;

    // A template that fails on one page alone, which is open only afterwards.
    tab.open(&address(&serving, "people/ada.html")).await;
    std::fs::create_dir(serving.path("templates")).unwrap();
    let template = |expression: &str| {
        format!(
            "{{% extends \"theme/occasion.html\" %}}{{% block footer %}}{{{{ {expression} }}}}{{% endblock footer %}}"
        )
    };
    serving.write("templates/occasion.html", &template("view.nothing.there"));
    holds(&tab, &format!("{REPORT}.open && {REPORT}.innerText.includes('templates/occasion.html:1')")).await;
    tab.open(&address(&serving, "meetings/talks.html")).await;
    // It is as it was, and stays so when something else breaks too.
    holds(&tab, "document.querySelector('h1') !== null && document.body.textContent.includes('Ada Berg')")
        .await;
    serving.write("content/people.toml", "[ada");
    holds(&tab, &format!("{REPORT}.innerText.includes('content/people.toml:1')")).await;
    tab.open(&address(&serving, "people/ada.html")).await;
    holds(&tab, "document.querySelector('h1').textContent.includes('Ada Berg')").await;
    serving.write("content/people.toml", &people);
    tab.open(&address(&serving, "meetings/talks.html")).await;
    serving.write("templates/occasion.html", &template("\"whole again\""));
    holds(&tab, "document.body.textContent.includes('whole again')").await;
    holds(&tab, &format!("!{REPORT}.open")).await;

    // One that failed from the beginning. What stands in its place speaks of being mended, too.
    let mut files = small();
    files.insert("templates/occasion.html", template("view.nothing.there").into_bytes());
    let serving = Serving::start(&files, &[]);
    tab.open(&address(&serving, "meetings/talks.html")).await;
    holds(&tab, "document.body.textContent.includes('could not be made')").await;
    serving.write("templates/occasion.html", &template("\"whole again\""));
    holds(&tab, "document.body.textContent.includes('whole again')").await;

    // A dossier that is in error from the beginning.
    let broken = sources(&[("content/people.toml", "[ada]\nname = ")]);
    let serving = Serving::start(&broken, &[]);
    tab.open(&address(&serving, "people/ada.html")).await;
    holds(&tab, &format!("{REPORT}.open")).await;
    serving.write("content/people.toml", "[ada]\nname = \"Ada\"\n");
    holds(&tab, "document.querySelector('h1').textContent.includes('Ada')").await;
    holds(&tab, &format!("!{REPORT}.open")).await;
    browser.close().await;
}

#[tokio::test]
async fn authors_see_where_a_record_is_written_what_is_hidden_and_all_warnings() {
    let Some(browser) = Chromium::start().await else { return };
    let files = sources(&[
        (
            "content/people.toml",
            "[ada]\nname = \"Ada Berg\"\nsummary = \"Knows [[eve]] and [[dee]].\"\n\n[dee]\nname = \"Dee Moe\"\ndraft = true\n\n\
             [eve]\nname = \"Eve Lind\"\nwithhold = true\n",
        ),
        (
            "content/terms.toml",
            "[ship]\nname = \"Ship\"\ndefinition = \"A vessel.\"\n[raft]\nname = \"Raft\"\ndefinition = \"Logs.\"\ndraft = true\n",
        ),
        (
            "content/relations.toml",
            "[funds]\nfrom = \"ada\"\nto = \"eve\"\ntype = \"funds\"\n[helps]\nfrom = \"ada\"\nto = \"dee\"\ntype = \"ally\"\ndraft = true\n",
        ),
        ("content/people/ada.md", "She kept a log.\n"),
        (
            "content/meetings.toml",
            "[talks]\ndate = \"2023-06\"\nparticipants = [\"ada\", \"dee\"]\ndraft = true\n",
        ),
    ]);
    let serving = Serving::start(&files, &["--editor", "zed"]);
    let tab = browser.tab().await;
    tab.open(&address(&serving, "people/ada.html")).await;
    holds(&tab, &format!("{BAR}.innerText.includes('content/people.toml:1')")).await;
    let place: String = tab.value(&format!("{BAR}.querySelector('a').href")).await;
    assert!(place.starts_with("zed://file/") && place.ends_with("/content/people.toml:1:2"), "{place}");
    holds(&tab, &format!("{BAR}.innerText.includes('content/people/ada.md:1')")).await;
    holds(&tab, "document.querySelector('main a[href$=\"eve.html\"]').dataset.previewMark === 'withheld'")
        .await;
    holds(&tab, "document.querySelector('main a[href$=\"dee.html\"]').dataset.previewMark === 'draft'").await;
    // What is withheld is named in a text, which a build would refuse: that is told here, too.
    // It lies over nothing, since an author may work on both for long.
    holds(&tab, &format!("{BAR}.innerText.includes('2 errors when it is published')")).await;
    let open: bool = tab.value(&format!("{REPORT}.open")).await;
    assert!(!open);
    tab.run(&format!("{BAR}.querySelector('button').click()")).await;
    let said: String = tab.value(&format!("{REPORT}.innerText")).await;
    assert!(said.contains("this person is withheld") && said.contains("is a draft"), "{said}");
    // Links that come later are marked, too: what the search finds, and what stands in a drawing.
    tab.open(&address(&serving, "search.html?q=dee")).await;
    holds(
        &tab,
        "document.querySelector('main a[href$=\"people/dee.html\"]').dataset.previewMark === 'draft'",
    )
    .await;
    tab.open(&address(&serving, "network.html")).await;
    holds(&tab, "[...document.querySelectorAll('a')].filter(a => a.getAttribute('href')?.includes('people/dee.html')).length > 0
        && [...document.querySelectorAll('a')].filter(a => a.getAttribute('href')?.includes('people/dee.html'))
            .every(a => a.dataset.previewMark === 'draft')").await;
    for (page, mark) in [("people/eve.html", "Withheld"), ("people/dee.html", "Draft")] {
        tab.open(&address(&serving, page)).await;
        holds(&tab, &format!("{BAR}.innerText.includes('{mark}: will not be published')")).await;
        let own: usize =
            tab.value("document.querySelectorAll('main a[href^=\"#\"][data-preview-mark]').length").await;
        assert_eq!(own, 0);
    }
    tab.open(&address(&serving, "relations.html")).await;
    let marks = "['r-funds', 'r-helps'].map(id => document.getElementById(id).dataset.previewMark).join()";
    holds(&tab, &format!("{marks} === 'withheld,draft'")).await;
    tab.open(&address(&serving, "glossary.html")).await;
    holds(&tab, "document.getElementById('r-raft').dataset.previewMark === 'draft'").await;
    holds(&tab, "document.querySelector('#r-ship .preview-place').textContent === 'content/terms.toml:1'")
        .await;

    tab.open(&address(&serving, "~dossier/problems.html")).await;
    let all: String = tab.value("document.body.innerText").await;
    assert!(all.contains("content/people.toml:1"), "{all}");
    assert_eq!(all.matches("warning[named-nowhere]").count(), 1, "{all}");
    browser.close().await;
}
