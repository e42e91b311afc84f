//! Dossiers that are broken in every way: a clear error, the old site untouched, and nothing written elsewhere.
//!
//! Each case is a complete small dossier, the one that `dossier new` makes, with a site that was built from it; then
//! it is damaged, and built again by the program itself, with little time and memory. What only looks odd is built.

mod big;
mod deep;
mod drawn;
mod elsewhere;
mod files;
mod harmless;
mod place;
mod records;
mod references;
mod written;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use place::{Address, Mount, Place, Ran};

/// What became of the attempt to damage a dossier.
pub enum Made {
    Done,
    /// On a file system of its own, which lasts until the case is over.
    Mounted(Mount),
    /// Not possible here, such as mounting without being root.
    Skipped,
}

type Damage = Box<dyn Fn(&Place) -> Made + Send + Sync>;

/// A damaged dossier and what is to be said of it.
pub struct Case {
    name: String,
    damage: Vec<Damage>,
    /// More arguments for `dossier build`, where `{temp}` is the folder around the dossier.
    args: Vec<&'static str>,
    code: &'static str,
    file: Option<&'static str>,
    line: Option<usize>,
    says: Vec<&'static str>,
    /// Whether the report is drawn as text, too, which shows the lines.
    drawn: bool,
    /// Whether somebody builds who may not read and write everything.
    nobody: bool,
}

/// How many of the errors say what to do beside what is wrong.
static ADVISED: AtomicUsize = AtomicUsize::new(0);

/// A case that is to be told as `code`.
pub fn case(name: impl Into<String>, code: &'static str) -> Case {
    Case {
        name: name.into(),
        damage: Vec::new(),
        args: Vec::new(),
        code,
        file: None,
        line: None,
        says: Vec::new(),
        drawn: false,
        nobody: false,
    }
}

impl Case {
    /// A file that is there in place of what was.
    pub fn file(self, path: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        let bytes = bytes.into();
        self.made(move |place| {
            place.write(path, &bytes);
            Made::Done
        })
    }

    pub fn without(self, path: &'static str) -> Case {
        self.made(move |place| {
            place.remove(path);
            Made::Done
        })
    }

    pub fn made(mut self, damage: impl Fn(&Place) -> Made + Send + Sync + 'static) -> Case {
        self.damage.push(Box::new(damage));
        self
    }

    pub fn args(mut self, args: &[&'static str]) -> Case {
        self.args.extend(args);
        self
    }

    /// The place that the error names.
    pub fn at(mut self, file: &'static str, line: usize) -> Case {
        (self.file, self.line) = (Some(file), Some(line));
        self
    }

    /// Words of the error or of its help.
    pub fn says(mut self, words: &'static str) -> Case {
        self.says.push(words);
        self
    }

    pub fn drawn(mut self) -> Case {
        self.drawn = true;
        self
    }

    pub fn by_nobody(mut self) -> Case {
        self.nobody = true;
        self
    }

    /// Every other one has an address, and every eighth pictures, whatever others there are.
    fn address(&self) -> Address {
        match self.name.bytes().map(usize::from).sum::<usize>() % 8 {
            1 => Address::WithPictures,
            rest if rest % 2 == 1 => Address::Known,
            _ => Address::Unknown,
        }
    }

    /// Breaks the dossier, builds it, and fails unless all is as promised. Returns whether that was possible.
    fn hold(&self) -> bool {
        let place = Place::new(self.address());
        let mut mounts = Vec::new();
        for damage in &self.damage {
            match damage(&place) {
                Made::Done => {}
                Made::Mounted(mount) => mounts.push(mount),
                Made::Skipped => return false,
            }
        }
        if self.nobody {
            place.give_to_nobody();
        }
        let before = place.everything();
        let ran = place.build(&self.args, &["--format", "json"], self.nobody);
        self.judge(&ran);
        if self.drawn {
            let text = place.build(&self.args, &[], self.nobody);
            text.is_a_refusal();
            assert!(text.err.contains(&format!("error[{}]", self.code)), "{}", text.shown());
        }
        place.is_untouched(&before);
        drop(mounts);
        true
    }

    fn judge(&self, ran: &Ran) {
        ran.is_a_refusal();
        let errors = ran.errors();
        for error in &errors {
            assert!(is_plain(&error.message), "no plain words: {}", error.message);
        }
        let fits = |error: &&place::Told| {
            error.code == self.code
                && self.file.is_none_or(|file| error.file.as_deref() == Some(file))
                && self.line.is_none_or(|line| error.line == Some(line))
                && self.says.iter().all(|words| error.message.contains(words) || error.advice.contains(words))
        };
        let found = errors.iter().find(fits);
        let found = found.unwrap_or_else(|| panic!("not told as it should be, but: {errors:#?}"));
        if !found.advice.is_empty() {
            ADVISED.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Whether these are words for people: no form of a value in a program.
fn is_plain(message: &str) -> bool {
    let of_programs = ["panicked", "Err(", "Some(", "None", "{:", "Error {", "kind:", "unwrap", "Utf8Error"];
    message.len() > 10
        && !message.contains('\n')
        && !message.ends_with('.')
        && !of_programs.iter().any(|word| message.contains(word))
}

/// A case that takes so long is named in the output.
const LONG: Duration = Duration::from_secs(4);

/// Tries all of them with both processors; returns how many were held and skipped, and fails with all that were not.
fn hold_all<T: Sync>(
    all: &[T],
    name: impl Fn(&T) -> &str + Sync,
    hold: impl Fn(&T) -> bool + Sync,
) -> [usize; 2] {
    let (next, counts) = (AtomicUsize::new(0), [const { AtomicUsize::new(0) }; 2]);
    let failed = Mutex::new(Vec::new());
    let work = || {
        while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = Instant::now();
            let held = catch_unwind(AssertUnwindSafe(|| hold(one)));
            if start.elapsed() > LONG {
                println!("{:.0} s: {}", start.elapsed().as_secs_f64(), name(one));
            }
            match held {
                Ok(held) => {
                    counts[usize::from(!held)].fetch_add(1, Ordering::Relaxed);
                }
                Err(cause) => {
                    let cause = cause.downcast_ref::<String>().map_or("", String::as_str);
                    println!("FAILED {}", name(one));
                    failed.lock().unwrap().push(format!("{}: {cause}", name(one)));
                }
            }
        }
    };
    std::thread::scope(|threads| (0..2).for_each(|_| drop(threads.spawn(work))));
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} of {} failed:\n{}", failed.len(), all.len(), failed.join("\n"));
    counts.map(AtomicUsize::into_inner)
}

fn cases() -> Vec<Case> {
    let themes = [
        written::cases(),
        records::cases(),
        references::cases(),
        files::cases(),
        elsewhere::cases(),
        drawn::cases(),
        deep::cases(),
        big::cases(),
    ];
    let only = std::env::var("MALFORMED").unwrap_or_default();
    themes.into_iter().flatten().filter(|case| case.name.contains(&only)).collect()
}

#[test]
fn every_malformed_dossier_gets_a_clear_error_and_keeps_its_old_site() {
    let all = cases();
    let mut names: Vec<&str> = all.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len(), "two cases of one name");
    let [held, skipped] = hold_all(&all, |case| &case.name, Case::hold);
    if skipped > 0 {
        println!("SKIPPED: {skipped} malformed dossiers that cannot be made here");
    }
    let advised = ADVISED.load(Ordering::Relaxed);
    let addressed = all.iter().filter(|case| case.address() != Address::Unknown).count();
    println!(
        "{held} malformed dossiers, {held} clear errors, {advised} with what to do; {addressed} are of a site with an address"
    );
    if std::env::var_os("MALFORMED").is_none() {
        assert!(held >= 100, "only {held} were tried");
        assert!((held / 3..held * 2 / 3).contains(&addressed), "{addressed} of {held} have an address");
        assert!(advised * 10 >= held * 6, "only {advised} of {held} errors say what to do");
    }
}

#[test]
fn what_only_looks_odd_is_taken() {
    let all = harmless::cases();
    let [held, _] = hold_all(&all, |case| case.name, harmless::Harmless::hold);
    println!("{held} odd dossiers, {held} built, each without and with the address of its site");
}
