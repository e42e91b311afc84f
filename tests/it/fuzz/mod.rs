//! Fuzzing on stable: every target takes the whole corpus, and then inputs that follow from fixed seeds. The same
//! targets run under libFuzzer, see `tests/fuzz`.
//!
//! - `DOSSIER_FUZZ_SEED=17 cargo test --test it fuzz::dates` runs one input again.
//! - `DOSSIER_FUZZ_SECONDS=300` goes on for that long, and `DOSSIER_FUZZ_SEED=100000` beside it says where to begin.
//! - `DOSSIER_FUZZ_CORPUS=DIR` writes the corpus of each target, for `cargo fuzz`.
//!
//! A found input is kept as `tests/it/fuzz/found/TARGET/NAME`, and runs first from then on.

mod corpus;
mod mutate;
mod targets;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use mutate::{Pool, changes};

/// An input that takes longer hangs, however slow the machine is.
const HANG: Duration = Duration::from_secs(120);
/// After so many failures there is enough to do.
const ENOUGH: usize = 3;

/// What is fuzzed.
struct Target {
    name: &'static str,
    run: fn(&[u8]),
    /// How many inputs follow from seeds in a usual run.
    inputs: u64,
}

macro_rules! targets {
    ($($name:ident $inputs:literal)*) => {
        const TARGETS: &[Target] =
            &[$(Target { name: stringify!($name), run: targets::$name, inputs: $inputs }),*];

        $(#[test]
        fn $name() {
            fuzz(&Target { name: stringify!($name), run: targets::$name, inputs: $inputs });
        })*
    };
}

targets! {
    bibliographies 2000
    calendars 2000
    citations 4000
    dates 20000
    dossiers 250
    drawings 1000
    figures 800
    import_bibtex 16
    import_csv 16
    import_followthemoney 16
    import_json 16
    import_popolo 16
    import_timelinejs 16
    import_wikidata 16
    markdown 800
    names 600
    pictures 500
    queries 600
    records 800
    searches 400
    settings 1000
    sites 30
    strings 36
    templates 48
}

/// The number in a variable of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

fn fuzz(target: &Target) {
    let pool = corpus::pool(target.name);
    if let Ok(folder) = std::env::var("DOSSIER_FUZZ_CORPUS") {
        return write(&pool, &Path::new(&folder).join(target.name));
    }
    let watch = Watch::new(target.name);
    let (seed, seconds) = (number("DOSSIER_FUZZ_SEED"), number("DOSSIER_FUZZ_SECONDS"));
    let mut failures = Vec::new();
    let mut count = 0;
    // A seed alone is to be run again, and nothing else.
    if seed.is_none() {
        // A part of a large one, evenly spread, unless there is time; what was found before is no part of it.
        let step = if seconds.is_some() { 1 } else { pool.entries.len().div_ceil(target.inputs as usize) };
        for entry in pool.found.iter().chain(pool.entries.iter().step_by(step.max(1))) {
            count += 1;
            let run = std::panic::catch_unwind(|| watch.over("of the corpus", entry, target.run));
            if run.is_err() && failures.len() < ENOUGH {
                failures.push(told(target, "of the corpus", entry));
            }
        }
    }
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let first = seed.unwrap_or(0);
    let last = first + if seed.is_some() { 1 } else { target.inputs };
    for seed in first.. {
        if failures.len() >= ENOUGH || end.map_or(seed >= last, |end| Instant::now() >= end) {
            break;
        }
        count += 1;
        failures.extend(try_seed(target, &pool, seed, &watch));
    }
    let (slowest, by) = watch.slowest();
    println!(
        "fuzz: {}: {count} inputs, {} failures, at most {} ms ({by})",
        target.name,
        failures.len(),
        slowest.as_millis()
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs the input of a seed. Of one that fails, what is not needed for that is left out.
fn try_seed(target: &Target, pool: &Pool, seed: u64, watch: &Watch) -> Option<String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let by = format!("DOSSIER_FUZZ_SEED={seed}");
    let run = runner.run(&changes(), |change| {
        watch.over(&by, &pool.input(&change), target.run);
        Ok::<(), TestCaseError>(())
    });
    match run {
        Ok(()) => None,
        Err(TestError::Fail(why, change)) => {
            Some(format!("{why}\n{}", told(target, &by, &pool.input(&change))))
        }
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// What is told of an input that failed. It is kept, so that it can be put among those that were found.
fn told(target: &Target, by: &str, input: &[u8]) -> String {
    let name = format!("{:016x}", dossier::cache::hash(&input));
    let path = folder().join(format!("{}-{name}", target.name));
    fs::write(&path, input).unwrap();
    format!(
        "fuzz: {} fails on \"{}\"\n  {by}\n  keep it: cp {} tests/it/fuzz/found/{}/WHAT-IT-IS\n",
        target.name,
        input.escape_ascii(),
        path.display(),
        target.name
    )
}

/// Where inputs are written.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(pool: &Pool, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for entry in pool.found.iter().chain(&pool.entries) {
        fs::write(folder.join(format!("{:016x}", dossier::cache::hash(entry))), entry).unwrap();
    }
    let words = pool.words.iter().map(|word| {
        let bytes: String = word.iter().map(|byte| format!("\\x{byte:02X}")).collect();
        format!("\"{bytes}\"\n")
    });
    fs::write(folder.with_extension("dict"), words.collect::<String>()).unwrap();
}

/// Watches over inputs as they run. The one that is running lies in a file, should it end the process, and when it does
/// not end, the process is ended.
struct Watch {
    file: PathBuf,
    begun: Sender<Option<String>>,
    slowest: Mutex<(Duration, String)>,
}

impl Watch {
    fn new(name: &'static str) -> Watch {
        let (begun, hears) = channel();
        let file = folder().join(format!("{name}.running"));
        let lies = file.clone();
        thread::spawn(move || Watch::wait(name, &hears, &lies));
        Watch { file, begun, slowest: Mutex::default() }
    }

    fn wait(name: &str, hears: &Receiver<Option<String>>, file: &Path) {
        let mut running: Option<String> = None;
        loop {
            match hears.recv_timeout(HANG) {
                Ok(next) => running = next,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(by) = &running {
                        println!("fuzz: {name} hangs on {} ({by})", file.display());
                        std::process::exit(101);
                    }
                }
            }
        }
    }

    fn over(&self, by: &str, input: &[u8], run: fn(&[u8])) {
        fs::write(&self.file, input).unwrap();
        self.begun.send(Some(by.to_owned())).unwrap();
        let start = Instant::now();
        run(input);
        let took = start.elapsed();
        self.begun.send(None).unwrap();
        let mut slowest = self.slowest.lock().unwrap();
        if took > slowest.0 {
            *slowest = (took, by.to_owned());
        }
    }

    fn slowest(&self) -> (Duration, String) {
        self.slowest.lock().unwrap().clone()
    }
}

/// Both ways to fuzz have the same targets.
#[test]
fn cargo_fuzz_knows_every_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("tests/fuzz/Cargo.toml")).unwrap();
    for Target { name, .. } in TARGETS {
        let binary = format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&binary), "tests/fuzz/Cargo.toml does not know {name}");
        let text = fs::read_to_string(root.join(format!("tests/fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert!(text.contains(&format!("targets::{name}(")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}
