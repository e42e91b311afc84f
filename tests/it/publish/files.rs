//! A site as one file, and what is told of how it was made.

use std::process::Command;

use super::servers::files_in;
use super::{Desk, done};

#[test]
fn anyone_can_make_the_hash_of_a_site_again() {
    let desk = Desk::new(Vec::new());
    desk.publish(&["../out"]);
    assert!(desk.command(&["build", "--output", "../built"]).status().unwrap().success());
    // As the documentation says it.
    let guide = include_str!("../../../docs/guide/content/manual/publishing.md");
    let command = "find . -type f ! -name .dossier-manifest | sed 's|^\\./||' | LC_ALL=C sort | xargs -d '\\n' sha256sum -- | sha256sum";
    assert!(guide.contains(command));
    let sum = Command::new("sh").args(["-c", command]).current_dir(desk.path("built")).output().unwrap();
    let sum = String::from_utf8(sum.stdout).unwrap().split(' ').next().unwrap().to_owned();
    let info: serde_json::Value =
        serde_json::from_slice(&files_in(&desk.path("out"))["build-info.json"]).unwrap();
    assert_eq!(info["sha256"].as_str(), Some(sum.as_str()));
    assert_eq!(info["generator"].as_str(), Some(concat!("dossier ", env!("CARGO_PKG_VERSION"))));
    assert_eq!(info["files"].as_u64(), Some(files_in(&desk.path("built")).len() as u64 - 1));
}

#[test]
fn bundles_unpack_to_one_folder_and_are_the_same_every_time() {
    let desk = Desk::new(Vec::new());
    for (name, unpack) in [
        ("site.zip", "python3 -m zipfile -e site.zip out"),
        ("site.tar.zst", "mkdir out && tar -C out --use-compress-program=unzstd -xf site.tar.zst"),
    ] {
        if name.ends_with("zst") && Command::new("unzstd").arg("--version").output().is_err() {
            panic!("unzstd is not there; `tests/run` installs it");
        }
        let target = format!("../{name}");
        assert!(done(&desk.publish(&[&target, "--verify"])).starts_with("1 added"));
        let bytes = std::fs::read(desk.path(name)).unwrap();
        assert!(done(&desk.publish(&[&target])).starts_with("nothing to send, 1 unchanged"));
        // As the list of what can be published to has it: a name alone, which is in the folder of the dossier.
        assert!(done(&desk.publish(&[name])).starts_with("1 added"));
        assert_eq!(std::fs::read(desk.path("dossier").join(name)).unwrap(), bytes);
        std::fs::remove_file(desk.path("dossier").join(name)).unwrap();
        let status = Command::new("sh").args(["-c", unpack]).current_dir(desk.path("")).status().unwrap();
        assert!(status.success());
        let folders: Vec<_> = std::fs::read_dir(desk.path("out")).unwrap().flatten().collect();
        assert_eq!(folders.len(), 1, "one folder to open");
        desk.publish(&["../as-folder"]);
        let mut folder = files_in(&desk.path("as-folder"));
        folder.retain(|path, _| path != "_headers" && path != ".dossier-manifest");
        assert_eq!(files_in(&folders[0].path()), folder);

        let refused = |arguments: &[&str]| {
            let (code, text) = desk.try_publish(arguments);
            assert_ne!(code, 0, "{text}");
            text
        };
        // A file of somebody's, or one that is damaged, is not taken for an earlier state.
        let mine = desk.path(&format!("mine-{name}"));
        std::fs::write(&mine, "my own").unwrap();
        let link = desk.path(&format!("link-{name}"));
        std::os::unix::fs::symlink(&mine, &link).unwrap();
        for there in [format!("../mine-{name}"), format!("../link-{name}")] {
            for arguments in [&[there.as_str()][..], &[there.as_str(), "--dry-run"]] {
                let said = refused(arguments);
                assert!(said.contains("no earlier state of this site") && said.contains("--adopt"), "{said}");
            }
            assert_eq!(std::fs::read(&mine).unwrap(), b"my own");
        }
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        std::fs::write(desk.path(name), damaged).unwrap();
        assert!(refused(&[&target]).contains("no earlier state of this site"));
        assert!(done(&desk.publish(&[&target, "--adopt"])).starts_with("1 changed"));
        assert_eq!(std::fs::read(desk.path(name)).unwrap(), bytes);
        std::fs::remove_dir_all(desk.path("out")).unwrap();
    }
}

#[test]
fn the_archive_is_that_of_the_commit() {
    let desk = Desk::new(Vec::new());
    let site = desk.read("site.toml");
    desk.write("site.toml", &format!("base_url = \"https://ferry.example.org/\"\n{site}"));
    desk.commit_all();
    let text = desk.publish(&["archive", "--verify"]);
    let path = text
        .lines()
        .find_map(|line| line.strip_suffix(": 1 added").or_else(|| Some(line.split_once(": 1 added")?.0)));
    let path = desk.path("dossier").join(path.unwrap());
    let first = std::fs::read(&path).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.publish(&["../again.wacz"]);
    assert!(std::fs::read(desk.path("again.wacz")).unwrap() == first, "the same state gives the same bytes");
    desk.publish(&["../site.warc.gz", "--verify"]);
    // It lies in the folder of the dossier, and is no change of it.
    desk.publish(&["../out"]);
}
