//! Where the site is to go: a folder that is not free for it, a disk that refuses, what the program keeps for itself.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::place::{Mount, Place};
use super::{Case, Made, case};

/// Outputs that are refused, as they are given.
const REFUSED: &[(&str, &str)] = &[
    ("in content", "{temp}/dossier/content"),
    ("below content", "{temp}/dossier/content/a/b"),
    ("in static", "{temp}/dossier/static/site"),
    ("in templates", "{temp}/dossier/templates"),
    ("at the dossier", "{temp}/dossier"),
    ("at the dossier, by a dot", "dossier/."),
    ("around the dossier", "{temp}"),
    ("in content, by way of another", "{temp}/dossier/public/../content/site"),
    ("in content, by way of what is not there", "{temp}/dossier/nowhere/../content/site"),
    ("at the home of the author", "{temp}/home"),
    ("at the root", "/"),
    ("at a folder of others", "{temp}/elsewhere"),
    ("at a file", "{temp}/elsewhere/letter.txt"),
    ("below a file", "{temp}/elsewhere/letter.txt/site"),
    ("among what git runs", "{temp}/dossier/.git/hooks"),
    ("among what git runs, in capitals", "dossier/.GIT"),
    ("among what is kept for the next build", "{temp}/dossier/.dossier/site"),
    ("at a device", "/dev/null"),
    ("at what no file system holds", "/proc/site"),
];

pub fn cases() -> Vec<Case> {
    let mut all: Vec<Case> = REFUSED
        .iter()
        .map(|(name, output)| case(format!("a site {name}"), "output-folder").args(&["--output", output]))
        .collect();
    let linked = |to: &'static str| {
        move |place: &Place| {
            std::os::unix::fs::symlink(to, place.path("link")).unwrap();
            Made::Done
        }
    };
    let at_link = &["--output", "{temp}/link"];
    all.push(
        case("a site at a link to content", "output-folder").made(linked("dossier/content")).args(at_link),
    );
    all.push(
        case("a site at a link to nothing", "output-folder")
            .made(linked("nowhere"))
            .args(at_link)
            .says("link"),
    );
    all.push(case("a site at a link to itself", "output-folder").made(linked("link")).args(at_link));
    all.push(
        case("a site below a link to content", "output-folder")
            .made(linked("dossier/content"))
            .args(&["--output", "{temp}/link/site"]),
    );
    let long = |place: &Place| {
        place.write("content/explainers/other.md", b"# T\n");
        Made::Done
    };
    all.push(case("a site of a name of 300 bytes", "output-folder").made(long).args(&["--output", LONG]));
    let closed = |place: &Place| {
        let room = place.path("room");
        fs::create_dir(&room).unwrap();
        fs::set_permissions(room, Permissions::from_mode(0o555)).unwrap();
        Made::Done
    };
    all.push(
        case("a site in a folder that may not be written", "output-folder")
            .made(closed)
            .args(&["--output", "{temp}/room/site"])
            .says("not allowed")
            .by_nobody(),
    );
    all.extend(manifests());
    all.extend(disks());
    all
}

const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// Lists of files that the program did not write, and that would have it remove what is not its own. The dossier is
/// changed, too, so that there is something to write.
fn manifests() -> Vec<Case> {
    let lists: [(&str, &[u8]); 5] = [
        ("that climbs out", b"dossier 1\n../content/people.toml\n"),
        ("of the root", b"dossier 1\n/etc/passwd\n"),
        ("that is no text", b"\xFF\xFE\0\x01"),
        ("of another program", b"{\"files\": [\"index.html\"]}\n"),
        ("that is cut off", b"dossier"),
    ];
    let cases = lists.into_iter().map(|(name, list)| {
        let list = list.to_owned();
        case(format!("a list of files {name}"), "output-folder").file("content/new.md", "# T\n").made(
            move |place| {
                place.write("public/.dossier-manifest", &list);
                Made::Done
            },
        )
    });
    let folder = |place: &Place| {
        place.remove("public/.dossier-manifest");
        fs::create_dir(place.root("public/.dossier-manifest")).unwrap();
        Made::Done
    };
    let in_the_way = |place: &Place| {
        place.write("public/new.html", b"mine");
        Made::Done
    };
    let without = |place: &Place| {
        place.remove("public/.dossier-manifest");
        Made::Done
    };
    cases
        .chain([
            case("a list of files that is a folder", "output-folder")
                .file("content/new.md", "# T\n")
                .made(folder),
            case("a site of which nobody knows who made it", "output-folder")
                .file("content/new.md", "# T\n")
                .made(without),
            case("a file in the way of a new page", "output-folder")
                .file("content/new.md", "# T\n")
                .made(in_the_way)
                .says("new.html"),
        ])
        .collect()
}

fn disks() -> Vec<Case> {
    let full = |place: &Place| match Mount::tmpfs("size=100k", &place.path("disk")) {
        Some(mount) => Made::Mounted(mount),
        None => Made::Skipped,
    };
    let read_only = |place: &Place| match Mount::tmpfs("size=10m,ro", &place.path("disk")) {
        Some(mount) => Made::Mounted(mount),
        None => Made::Skipped,
    };
    let whole = |place: &Place| {
        // The dossier itself with its old site, on a disk that has no room for another.
        let there = place.root("");
        fs::rename(&there, place.path("moved")).unwrap();
        let size = "size=6m";
        let Some(mount) = Mount::tmpfs(size, &there) else { return Made::Skipped };
        let copied = Command::new("cp").arg("-a").arg(place.path("moved/.")).arg(&there).status().unwrap();
        assert!(copied.success());
        // Whatever is free is taken.
        let _ =
            Command::new("sh").arg("-c").arg("cat /dev/zero > rest 2>/dev/null").current_dir(&there).status();
        place.write("site.toml", b"");
        let _ = fs::copy(place.path("moved/site.toml"), place.root("site.toml"));
        Made::Mounted(mount)
    };
    let there = &["--output", "{temp}/disk/site"];
    vec![
        case("a disk that is full", "output-folder").made(full).args(there).says("disk is full"),
        case("a disk that is read-only", "output-folder").made(read_only).args(there).says("read-only"),
        case("a full disk with the old site", "output-folder")
            .made(whole)
            .file("content/index.md", "# T\n")
            .says("disk is full"),
    ]
}
