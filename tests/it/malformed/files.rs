//! Things of a file system: links, pipes, sockets, names, what nobody may read, and folders for files.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::place::Place;
use super::{Case, Made, case};

/// Somewhere in each folder of a dossier.
const EVERYWHERE: [(&str, &str); 4] = [
    ("content", "content/people/bad.toml"),
    ("an article", "content/explainers/bad.md"),
    ("templates", "templates/bad.html"),
    ("static", "static/bad.txt"),
];

/// Where a link may lead that must not be followed.
const TARGETS: [(&str, &str); 9] = [
    ("a device without end", "/dev/zero"),
    ("the memory of the program", "/proc/self/mem"),
    ("a file of the system", "/etc/passwd"),
    ("the root", "/"),
    ("a neighbour", "../../elsewhere/letter.txt"),
    ("a folder of the dossier", "../meetings"),
    ("nothing", "nowhere.toml"),
    ("itself", "bad.toml"),
    ("the folder above", ".."),
];

fn done(act: impl Fn(&Place) + Send + Sync + 'static) -> impl Fn(&Place) -> Made + Send + Sync {
    move |place| {
        act(place);
        Made::Done
    }
}

pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for (name, target) in TARGETS {
        let link = move |place: &Place| place.link(target, "content/people/bad.toml");
        all.push(
            case(format!("a link to {name}"), "foreign-link")
                .made(done(link))
                .says("content/people/bad.toml"),
        );
    }
    let circle = |place: &Place| {
        place.link("b.md", "content/explainers/a.md");
        place.link("a.md", "content/explainers/b.md");
    };
    all.push(case("two links to each other", "foreign-link").made(done(circle)).says("explainers/a.md"));
    for (name, path) in EVERYWHERE {
        let pipe = move |place: &Place| {
            let made = Command::new("mkfifo").arg(place.parent(path)).status();
            if made.is_ok_and(|made| made.success()) { Made::Done } else { Made::Skipped }
        };
        all.push(case(format!("a pipe: {name}"), "unreadable-file").made(pipe).says(path));
        let socket = move |place: &Place| drop(UnixListener::bind(place.parent(path)).unwrap());
        all.push(case(format!("a socket: {name}"), "unreadable-file").made(done(socket)).says(path));
        let closed = move |place: &Place| {
            place.write(path, b"[bad]\nname = \"Bad\"\n");
            fs::set_permissions(place.root(path), Permissions::from_mode(0o000)).unwrap();
        };
        all.push(
            case(format!("a file that may not be read: {name}"), "unreadable-file")
                .made(done(closed))
                .says(path)
                .by_nobody(),
        );
    }
    // Of files that are larger than may be; they take no room on the disk.
    for (name, path, size) in [
        ("a text of more than 64 MiB", "content/explainers/bad.md", 64 << 20),
        ("a template of more than 64 MiB", "templates/bad.html", 64 << 20),
        ("a picture of more than 2 GiB", "content/pictures/bad.png", 2 << 30),
        ("a file to be copied of more than 2 GiB", "static/bad.bin", 2 << 30),
    ] {
        let large =
            move |place: &Place| fs::File::create(place.parent(path)).unwrap().set_len(size + 1).unwrap();
        let words = if size < 1 << 30 { "larger than 64 MiB" } else { "larger than 2048 MiB" };
        all.push(case(name, "unreadable-file").made(done(large)).says(path).says(words).says("divide"));
    }
    let folder = |place: &Place| {
        fs::create_dir(place.root("content/closed")).unwrap();
        fs::set_permissions(place.root("content/closed"), Permissions::from_mode(0o000)).unwrap();
    };
    all.push(
        case("a folder that may not be read", "unreadable-file")
            .made(done(folder))
            .says("content/closed")
            .by_nobody(),
    );
    let device = |place: &Place| {
        let made =
            Command::new("mknod").arg(place.parent("content/people/bad.toml")).args(["c", "1", "5"]).status();
        if made.is_ok_and(|made| made.success()) { Made::Done } else { Made::Skipped }
    };
    all.push(case("a device in the dossier", "unreadable-file").made(device).says("bad.toml"));
    let pipe_for_settings = |place: &Place| {
        place.remove("site.toml");
        let made = Command::new("mkfifo").arg(place.root("site.toml")).status();
        if made.is_ok_and(|made| made.success()) { Made::Done } else { Made::Skipped }
    };
    all.push(case("settings that are a pipe", "unreadable-file").made(pipe_for_settings).says("site.toml"));
    all.extend(folders());
    for (name, bytes) in [
        ("a line break", &b"two\nlines.md"[..]),
        ("a backslash", b"back\\slash.md"),
        ("bytes that are no text", b"latin-\xE9.md"),
        ("a control character", b"bell\x07.md"),
        ("an escape of a terminal", b"\x1b[31mred.md"),
        ("a mark that turns it around", b"a\xE2\x80\xAEdm.md"),
    ] {
        let named = move |place: &Place| {
            fs::write(place.root("content").join(OsStr::from_bytes(bytes)), "# T\n").unwrap()
        };
        all.push(case(format!("a name with {name}"), "invalid-file-name").made(done(named)).says("rename"));
    }
    for (name, path) in [
        ("of a space", "content/explainers/ .md"),
        ("of escapes", "content/explainers/a..%2f..%2fx.md"),
        ("of a device of another system", "content/explainers/CON:.md"),
        ("of letters with marks", "content/explainers/ze\u{301}.md"),
    ] {
        all.push(case(format!("a page {name}"), "invalid-key").file(path, "# T\n").at(path, 1));
    }
    let two = |place: &Place| {
        place.write("content/explainers/z\u{e9}.md", b"# T\n");
        place.write("content/explainers/ze\u{301}.md", b"# T\n");
    };
    all.push(case("two names that look the same", "invalid-key").made(done(two)).says("ze"));
    let cases = |place: &Place| {
        place.write("static/Own.css", b"/* other */");
    };
    all.push(
        case("two files that differ by a capital", "address-conflict").made(done(cases)).says("own.css"),
    );
    all.push(
        case("a file in the place of a page", "address-conflict")
            .file("static/people.html", "mine")
            .says("people.html"),
    );
    all.push(
        case("a file in the place of a folder", "address-conflict")
            .file("static/people", "mine")
            .says("people"),
    );
    all.push(
        case("a file in the place of the manifest", "address-conflict")
            .file("static/.dossier-manifest", "mine")
            .says(".dossier-manifest"),
    );
    all
}

/// Files where folders belong, and folders where files do.
fn folders() -> Vec<Case> {
    let file_for = |path: &'static str| {
        done(move |place: &Place| {
            place.remove(path);
            place.write(path, b"mine");
        })
    };
    let folder_for = |path: &'static str| {
        done(move |place: &Place| {
            place.remove(path);
            fs::create_dir(place.root(path)).unwrap();
        })
    };
    let linked = |path: &'static str, to: &'static str| {
        done(move |place: &Place| {
            place.remove(path);
            place.link(to, path);
        })
    };
    vec![
        case("settings that are a folder", "unreadable-file").made(folder_for("site.toml")).says("site.toml"),
        case("settings that are a link out", "foreign-link")
            .made(linked("site.toml", "../elsewhere/letter.txt"))
            .says("site.toml"),
        case("content that is a file", "unreadable-file").made(file_for("content")).says("content"),
        case("templates that are a file", "unreadable-file").made(file_for("templates")).says("templates"),
        case("static that is a file", "unreadable-file").made(file_for("static")).says("static"),
        case("content that is a link out", "foreign-link")
            .made(linked("content", "../elsewhere"))
            .says("content"),
        case("content that is a link to the root", "foreign-link")
            .made(linked("content", "/"))
            .says("content"),
        case("static that is a link to all devices", "foreign-link")
            .made(linked("static", "/dev"))
            .says("static"),
    ]
}
