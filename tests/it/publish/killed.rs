//! A publish that is killed at any moment leaves a site that is whole, and the next one finishes it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Desk;
#[cfg(feature = "object-stores")]
use super::s3::S3;
use super::servers::{Files, Ssh, files_in, files_on};

/// Moments at which to kill.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Two states of one dossier that have few pages in common, each with a script that the other does not have.
fn states(environment: &[(String, String)]) -> [Desk; 2] {
    let state = |name: &str, script: &str| {
        let desk = Desk::new(environment.to_vec());
        let site = desk.read("site.toml").replacen("title = \"", &format!("title = \"{name} "), 1);
        desk.write("site.toml", &site);
        desk.write(&format!("static/{script}"), "void 0;\n");
        // A style sheet and a picture that change under their names.
        desk.write("static/changing.css", &format!("/* {name} */\n"));
        desk.write("static/changing.txt", name);
        let base = format!(
            "{{% extends \"theme/base.html\" %}}\n{{% block head %}}<script src=\"{{{{ root }}}}{script}\"></script>{{% endblock head %}}\n"
        );
        desk.write("templates/base.html", &base);
        desk.write(&format!("content/only/{}.md", name.to_lowercase()), "# A page\n\nThat only one has.\n");
        desk
    };
    [state("First", "first.js"), state("Second", "second.js")]
}

/// The addresses in a page that a browser asks for by itself.
fn loaded(html: &str) -> impl Iterator<Item = &str> {
    let values =
        |attribute: &'static str| html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
    let is_file = |address: &&str| {
        !address.contains(':')
            && ![".html", ".json", ".xml"].iter().any(|end| address.ends_with(end))
            && !address.contains(['#', '?'])
            && !address.is_empty()
    };
    values(" src=\"").chain(values(" href=\"")).filter(is_file)
}

/// Every page is that of one of the two states, and all that it loads is there.
fn is_whole(there: &Files, states: &[Files; 2]) -> Result<(), String> {
    for (path, bytes) in there.iter().filter(|(path, _)| path.ends_with(".html")) {
        if !states.iter().any(|state| state.get(path) == Some(bytes)) {
            return Err(format!("{path} is of no state"));
        }
        let folder = Path::new(path).parent().unwrap();
        for address in loaded(std::str::from_utf8(bytes).unwrap()) {
            let mut at: Vec<&str> = folder.iter().map(|part| part.to_str().unwrap()).collect();
            for part in address.split('/') {
                if part == ".." {
                    at.pop();
                } else {
                    at.push(part);
                }
            }
            let at = at.join("/");
            // An absolute address is that of the page for what is missing.
            if !there.contains_key(&at) && !address.starts_with('/') {
                return Err(format!("{path} loads {at}, which is not there"));
            }
        }
    }
    if there.is_empty() || there.contains_key("index.html") {
        Ok(())
    } else {
        Err("there is no first page".to_owned())
    }
}

fn site(mut files: Files) -> Files {
    files.remove(".dossier-manifest");
    files
}

/// Publishes one state over the other again and again, kills that `kills` times, and looks at what is there each time.
fn kill(
    target: &str,
    clean: [&str; 2],
    states: &[Desk; 2],
    kills: usize,
    look: &dyn Fn(&str) -> Files,
    seed: u64,
) -> usize {
    let wanted: [Files; 2] = std::array::from_fn(|at| {
        states[at].publish(&[clean[at]]);
        site(look(clean[at]))
    });
    assert!(wanted[0].contains_key("first.js") && wanted[1].contains_key("second.js"));
    states[0].publish(&[target]);
    let started = Instant::now();
    states[1].publish(&[target]);
    let usual = started.elapsed();
    let mut random = Random(seed);
    let (mut to, mut killed, mut finished, mut between) = (0, 0, 0, 0);
    while killed < kills {
        let mut child = states[to]
            .command(&["publish", target])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(random.below(usual.as_micros() as u64 * 11 / 10)));
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let there = look(target);
        is_whole(&there, &wanted).unwrap_or_else(|why| panic!("after {killed} kills of {target}: {why}"));
        if was_running && !status.success() {
            killed += 1;
            let there = site(there);
            between += usize::from(there != wanted[0] && there != wanted[1]);
            // Sometimes the other state comes next, over what was left.
            if random.below(3) == 0 {
                to = 1 - to;
            }
        } else {
            assert!(status.success());
            assert_eq!(paths(&site(there)), paths(&wanted[to]));
            finished += 1;
            to = 1 - to;
        }
    }
    for at in [to, 1 - to] {
        states[at].publish(&[target]);
        let there = look(target);
        let strays: Vec<&String> = there
            .keys()
            .filter(|path| path.starts_with(".dossier-") && *path != ".dossier-manifest")
            .collect();
        assert_eq!(strays, Vec::<&String>::new());
        let there = site(there);
        assert_eq!(paths(&there), paths(&wanted[at]));
        assert!(there == wanted[at], "{target}");
        assert!(states[at].publish(&[target]).contains("nothing to send"));
    }
    println!(
        "{target}: {killed} kills, {between} of them with pages of both states, {finished} runs that came through"
    );
    between
}

fn paths(files: &Files) -> BTreeMap<&str, usize> {
    files.iter().map(|(path, bytes)| (path.as_str(), bytes.len())).collect()
}

#[cfg(feature = "object-stores")]
#[test]
fn an_object_store() {
    let s3 = S3::start();
    let states = states(&s3.environment());
    let look = |target: &str| s3.files(target.strip_prefix("s3://box/").unwrap());
    let between = kill("s3://box/site", ["s3://box/first", "s3://box/second"], &states, 20, &look, 1);
    assert!(between > 0, "no kill came in the middle");
}

#[test]
fn another_machine_by_sftp() {
    let ssh = Ssh::start();
    let states = states(&ssh.environment());
    let target = |name: &str| format!("sftp://box{}", ssh.folder(name).display());
    let look = |target: &str| {
        // The program that sends ends by itself, a few files later.
        thread::sleep(Duration::from_millis(100));
        files_in(Path::new(target.strip_prefix("sftp://box").unwrap()))
    };
    let between = kill(&target("site"), [&target("first"), &target("second")], &states, 20, &look, 2);
    assert!(between > 0, "no kill came in the middle");
}

#[test]
fn another_machine_by_rsync() {
    let ssh = Ssh::start();
    let states = states(&ssh.environment());
    let target = |name: &str| format!("rsync:box:{}", ssh.folder(name).display());
    let look = |target: &str| {
        thread::sleep(Duration::from_millis(300));
        let mut files = files_in(Path::new(target.strip_prefix("rsync:box:").unwrap()));
        // A file on its way, which rsync itself takes away when the connection ends.
        files.retain(|path, _| {
            !path.rsplit('/').next().unwrap().starts_with('.')
                || path == ".dossier-manifest"
                || path == ".nojekyll"
        });
        files
    };
    let between = kill(&target("site"), [&target("first"), &target("second")], &states, 10, &look, 3);
    assert!(between > 0, "no kill came in the middle");
}

#[test]
fn a_branch() {
    let states = states(&[]);
    for (name, desk) in ["site", "first", "second"].into_iter().map(|name| (name, &states[0])) {
        let made = Command::new("git").args(["init", "--bare", "--quiet"]).arg(desk.path(name)).status();
        assert!(made.unwrap().success());
    }
    let target = |name: &str| format!("git:{}#pages", states[0].path(name).display());
    let look = |target: &str| {
        // A push that has begun may still come through.
        thread::sleep(Duration::from_millis(100));
        files_on(Path::new(target.strip_prefix("git:").unwrap().strip_suffix("#pages").unwrap()), "pages")
    };
    let between = kill(&target("site"), [&target("first"), &target("second")], &states, 10, &look, 4);
    assert_eq!(between, 0, "it changes at once");
}

#[test]
fn a_folder() {
    let states = states(&[]);
    let target = |name: &str| states[0].path(name).display().to_string();
    let look = |target: &str| files_in(Path::new(target));
    let between = kill(&target("site"), [&target("first"), &target("second")], &states, 15, &look, 5);
    assert_eq!(between, 0, "it changes at once");
}
