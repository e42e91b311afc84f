//! A finished site -> what a host is told of it: the headers of its files, where former addresses lead, and which
//! kind of file each is.
//!
//! `_headers` and `_redirects` are the files that Netlify and Cloudflare Pages read at the top of a site. An author
//! whose pages need more than the theme, such as pages with `unsafe_html` or a script from elsewhere, writes
//! `static/_headers` or `static/_redirects`: whoever publishes takes that file as it is, and not the one made here.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What the theme asks of a browser, and nothing more.
///
/// Scripts, sheets, fonts and pictures are files of the site. The search loads its index as scripts, so nothing is
/// fetched; the forms of the search and of the filters lead to the site itself. `media-src` is for recordings and
/// films that stand beside the records: a browser that opens one by its address shows it in a page of its own, which
/// has the policy of the file.
const POLICY: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("font-src", "'self'"),
    ("media-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
];

/// What no page of a dossier asks for, so that nothing that gets into one can.
const PERMISSIONS: &[&str] = &[
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
];

const HEAD: &str = "\
# What Netlify and Cloudflare Pages send with the files of this site. `static/_headers` in the dossier replaces it.
#
# Strict-Transport-Security is not here: it binds the whole domain, and perhaps others below it, for as long as it
# says. Set it where the domain is looked after.
#
# Pages have no Cache-Control here, since both hosts would join it to that of the folders below. What both send by
# themselves is right for them: kept, and asked for again each time, so that a correction is seen at once.
";

/// Kept for a year without asking: another content has another name.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Fonts keep their names, but hardly change, and text would jump while they are asked for.
const FOR_A_DAY: &str = "public, max-age=86400";
/// Kept, and asked for again each time: a correction is seen at once, and a page never has a style sheet or an
/// index of the search of another state.
const NEVER_UNASKED: &str = "public, max-age=0, must-revalidate";

const FONTS: &str = "fonts/";

/// How many rules Cloudflare Pages reads of `_headers`.
const RULES: usize = 100;
/// How many lines Cloudflare Pages reads of `_redirects`, where none has a wildcard, and how long each may be.
const REDIRECTS: usize = 2000;
const LINE: usize = 1000;

/// What stays as it is in an address. A `*` or `:` would stand for any text in these files, and a space ends one.
const SPECIAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The text of `_headers` for a site of these files: their paths and bytes.
///
/// Where files carry a hash of their content, the folder that holds only such files has one rule; a file that stands
/// among others has one of its own, as long as Cloudflare Pages reads so many. Without a rule a file is only asked
/// for again each time.
pub fn headers<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("/*\n");
    for (name, value) in security() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for (path, value) in kept(files) {
        text.push_str(&format!("\n/{path}\n  Cache-Control: {value}\n"));
    }
    text
}

/// The headers of every file.
fn security() -> [(&'static str, String); 5] {
    let policy: Vec<String> = POLICY.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let permissions: Vec<String> = PERMISSIONS.iter().map(|name| format!("{name}=()")).collect();
    [
        ("Content-Security-Policy", policy.join("; ")),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        // Who reads about whom is nobody's business: not even the domain is told to the sites of sources.
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", permissions.join(", ")),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
    ]
}

/// Which paths are kept for how long, without the slash at their beginning. No two of them match one file, since a
/// host would join what they say.
fn kept<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<(String, &'static str)> {
    let mut hashed: Vec<&str> = Vec::new();
    // Folders that hold anything whose name could have another content tomorrow.
    let mut mixed: BTreeSet<&str> = BTreeSet::new();
    let mut has_fonts = false;
    for (path, bytes) in files {
        if is_hashed(path, bytes) {
            hashed.push(path);
        } else {
            mixed.extend(folders(path));
            has_fonts |= path.starts_with(FONTS);
        }
    }
    let (mut whole, mut single) = (BTreeSet::new(), BTreeSet::new());
    for path in hashed {
        match folders(path).find(|folder| !mixed.contains(folder)) {
            Some(folder) => whole.insert(format!("{}*", encoded(folder))),
            // What is among the fonts is kept as they are.
            None if has_fonts && path.starts_with(FONTS) => false,
            None => single.insert(encoded(path)),
        };
    }
    if has_fonts {
        whole.retain(|path| !path.starts_with(FONTS));
    }
    let fonts = has_fonts.then(|| (format!("{FONTS}*"), FOR_A_DAY));
    let hashed = whole.into_iter().chain(single).map(|path| (path, FOR_GOOD));
    fonts.into_iter().chain(hashed).take(RULES - 1).collect()
}

/// The folders that a file lies in, the outermost first, each with its slash.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(move |(at, _)| path.get(..=at))
}

/// The text of `_redirects`: one line for each page that stands elsewhere now, from its former path to its present
/// one, both from the top of the site and without a slash before them. Empty when none has moved.
///
/// Lines that Cloudflare Pages would not read, beyond the two thousandth or too long, are left out: at each former
/// path the site has a page that leads on, so a reader gets there in any case. Netlify serves that page first, unless
/// the status has an exclamation mark, which Cloudflare Pages does not understand.
pub fn redirects(pairs: &[(String, String)]) -> String {
    let mut seen = BTreeSet::new();
    let lines = pairs.iter().filter(|(from, to)| from != to && seen.insert(from.as_str()));
    let lines = lines.map(|(from, to)| format!("/{} /{} 301\n", encoded(from), encoded_with_anchor(to)));
    lines.filter(|line| line.len() <= LINE).take(REDIRECTS).collect()
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, SPECIAL).to_string()
}

/// A page may have become a place on another one.
fn encoded_with_anchor(path: &str) -> String {
    match path.split_once('#') {
        Some((path, anchor)) => format!("{}#{}", encoded(path), encoded(anchor)),
        None => encoded(path),
    }
}

/// Whether the name of a file ends in a hash of its content, as those of pictures do: `harbour-640-0a1b2c3d.jpg`.
/// The bytes decide, since an author may have named a picture after a day, such as `map-20240101.png`.
pub fn is_hashed(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    hash.len() == 8 && blake3::hash(bytes).to_hex().get(..8) == Some(hash)
}

/// How long a file of a site may be kept without asking for it again, as `Cache-Control` says it.
pub fn cache_control(path: &str, bytes: &[u8]) -> &'static str {
    if is_hashed(path, bytes) {
        FOR_GOOD
    } else if path.starts_with(FONTS) {
        FOR_A_DAY
    } else {
        NEVER_UNASKED
    }
}

/// The type of a file by its name, as `Content-Type` says it. Text is said to be UTF-8, as all is that is made here.
pub fn content_type(path: &str) -> String {
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let kind = match ending {
        // Formats of export that the list of types does not have.
        "bib" => "text/x-bibtex",
        "gexf" => "application/gexf+xml",
        "graphml" => "application/graphml+xml",
        "sqlite" => "application/vnd.sqlite3",
        "wacz" => "application/wacz",
        "zst" => "application/zstd",
        _ => mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream"),
    };
    match kind.starts_with("text/") || kind == "application/javascript" {
        true => format!("{kind}; charset=utf-8"),
        false => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path with the hash of its content in it.
    fn hashed(stem: &str, bytes: &[u8]) -> String {
        format!("{stem}-{}.png", &blake3::hash(bytes).to_hex()[..8])
    }

    fn kept_of(files: &[(&str, &[u8])]) -> Vec<(String, &'static str)> {
        kept(files.iter().copied())
    }

    #[test]
    fn the_bytes_say_whether_a_name_has_their_hash() {
        assert!(is_hashed(&hashed("images/harbour-640", b"one"), b"one"));
        assert!(!is_hashed(&hashed("images/harbour-640", b"one"), b"two"));
        assert!(!is_hashed("images/map-20240101.png", b"one"));
        assert!(!is_hashed("search.js", b"one"));
    }

    #[test]
    fn a_folder_of_hashed_names_has_one_rule() {
        let (a, b) = (hashed("images/a", b"a"), hashed("images/share/b", b"b"));
        let files: [(&str, &[u8]); 3] = [("index.html", b"x"), (&a, b"a"), (&b, b"b")];
        assert_eq!(kept_of(&files), [("images/*".to_owned(), FOR_GOOD)]);
    }

    #[test]
    fn a_name_without_hash_is_never_kept_for_good() {
        let (a, b) = (hashed("images/a", b"a"), hashed("images/share/b", b"b"));
        let files: [(&str, &[u8]); 4] =
            [("index.html", b"x"), (&a, b"a"), (&b, b"b"), ("images/map-20240101.png", b"c")];
        assert_eq!(kept_of(&files), [("images/share/*".to_owned(), FOR_GOOD), (a.clone(), FOR_GOOD)]);
    }

    #[test]
    fn no_file_has_two_rules() {
        let font = hashed("fonts/deep/a", b"a");
        let files: [(&str, &[u8]); 2] = [("fonts/serif.woff2", b"f"), (&font, b"a")];
        assert_eq!(kept_of(&files), [("fonts/*".to_owned(), FOR_A_DAY)]);
        let own: [(&str, &[u8]); 1] = [(&font, b"a")];
        assert_eq!(kept_of(&own), [("fonts/*".to_owned(), FOR_GOOD)]);
    }

    #[test]
    fn there_are_no_more_rules_than_are_read() {
        let names: Vec<String> = (0..300).map(|n| hashed(&format!("images/n{n}"), b"same")).collect();
        let mut files: Vec<(&str, &[u8])> =
            names.iter().map(|name| (name.as_str(), b"same".as_slice())).collect();
        files.push(("images/other.png", b"x"));
        let text = headers(files);
        assert_eq!(text.lines().filter(|line| line.starts_with('/')).count(), RULES);
        assert!(text.lines().all(|line| line.len() <= 2000));
    }

    #[test]
    fn the_headers_read_so() {
        let picture = hashed("images/a", b"a");
        let files: [(&str, &[u8]); 3] = [("index.html", b"x"), ("fonts/serif.woff2", b"f"), (&picture, b"a")];
        let text = headers(files);
        let rules: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let expected = "/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()
  Cross-Origin-Opener-Policy: same-origin

/fonts/*
  Cache-Control: public, max-age=86400

/images/*
  Cache-Control: public, max-age=31536000, immutable";
        assert_eq!(rules.join("\n"), expected);
        assert!(!text.contains("unsafe-"));
    }

    fn moved(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn what_has_moved_leads_on() {
        assert_eq!(redirects(&[]), "");
        let pairs = [
            moved("people/old.html", "people/new.html"),
            moved("people/old.html", "people/second.html"),
            moved("people/same.html", "people/same.html"),
            moved("a b/*:x.html", "terms.html#r-one two"),
            moved("ä.html", "index.html"),
        ];
        let expected = "/people/old.html /people/new.html 301
/a%20b/%2A%3Ax.html /terms.html#r-one%20two 301
/%C3%A4.html /index.html 301
";
        assert_eq!(redirects(&pairs), expected);
    }

    #[test]
    fn there_are_no_more_redirects_than_are_read() {
        let mut pairs: Vec<_> = (0..2100).map(|n| moved(&format!("old-{n}.html"), "index.html")).collect();
        pairs.insert(0, moved(&"long".repeat(300), "index.html"));
        let text = redirects(&pairs);
        assert_eq!(text.lines().count(), REDIRECTS);
        assert!(text.starts_with("/old-0.html ") && text.lines().all(|line| line.len() < LINE));
    }

    #[test]
    fn every_file_has_its_type() {
        for (path, kind) in [
            ("index.html", "text/html; charset=utf-8"),
            ("dossier.css", "text/css; charset=utf-8"),
            ("data/people.csv", "text/csv; charset=utf-8"),
            ("data/timeline.ics", "text/calendar; charset=utf-8"),
            ("data/sources.bib", "text/x-bibtex; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("data/dossier.json", "application/json"),
            ("data/network.gexf", "application/gexf+xml"),
            ("data/dossier.sqlite", "application/vnd.sqlite3"),
            ("icon.svg", "image/svg+xml"),
            ("fonts/serif.woff2", "font/woff2"),
            ("some.folder/CNAME", "application/octet-stream"),
            (".nojekyll", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), kind, "{path}");
        }
        assert!(content_type("search.js").ends_with("javascript; charset=utf-8"));
    }

    #[test]
    fn only_what_cannot_change_is_kept_without_asking() {
        assert_eq!(cache_control(&hashed("images/a", b"a"), b"a"), FOR_GOOD);
        assert_eq!(cache_control("images/a-20240101.png", b"a"), NEVER_UNASKED);
        assert_eq!(cache_control("fonts/serif.woff2", b"f"), FOR_A_DAY);
        assert_eq!(cache_control("index.html", b"x"), NEVER_UNASKED);
    }
}
