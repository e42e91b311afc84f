//! Builds that are killed at random moments.

use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::dossier::{Dossier, State, build};
use crate::output_folder::support::tree;

/// Numbers that differ from run to run, of which the seed is told.
pub struct Random(u64);

impl Random {
    /// By `CRASH_SEED`, else by the clock.
    pub fn new() -> Random {
        let given = std::env::var("CRASH_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let seed = given.unwrap_or(now.as_nanos() as u64 | 1);
        println!("CRASH_SEED={seed}");
        Random(seed)
    }

    /// A time below another.
    pub fn below(&mut self, whole: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Waits for a moment of a process: any of all its time, or any after it has begun to write, or one near its end.
    pub fn wait(&mut self, at: usize, length: Length, has_begun: impl Fn() -> bool) {
        if at.is_multiple_of(3) {
            return thread::sleep(self.below(length.whole.mul_f64(1.1)));
        }
        let start = Instant::now();
        while !has_begun() && start.elapsed() < length.whole * 3 {
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(match at % 3 {
            1 => self.below(length.writing),
            _ => length.writing.mul_f64(0.7) + self.below(length.writing.mul_f64(0.8)),
        });
    }
}

/// How long something takes, and how long of that it writes.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    pub whole: Duration,
    pub writing: Duration,
}

impl Length {
    /// The middle one of five.
    pub fn measured(mut start: impl FnMut() -> Child, has_begun: impl Fn() -> bool) -> Length {
        let mut lengths: Vec<Length> = (0..5)
            .map(|_| {
                let mut process = start();
                let started = Instant::now();
                let mut begun = None;
                while process.try_wait().unwrap().is_none() {
                    if begun.is_none() && has_begun() {
                        begun = Some(Instant::now());
                    }
                    thread::sleep(Duration::from_micros(200));
                }
                let writing = begun.map_or(Duration::from_millis(5), |begun| begun.elapsed());
                Length { whole: started.elapsed(), writing }
            })
            .collect();
        lengths.sort_by_key(|length| length.whole);
        lengths[2]
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} ms, of which it writes {}", self.whole.as_millis(), self.writing.as_millis())
    }
}

/// Whether a build has begun to write, and not ended.
fn has_begun(root: &Path) -> bool {
    [".public.dossier-new", ".public.dossier-old"].iter().any(|name| root.join(name).exists())
}

/// The number of the folder that a build has begun to write.
fn begun_in(root: &Path) -> Option<u64> {
    Some(fs::symlink_metadata(root.join(".public.dossier-new")).ok()?.ino())
}

/// A build whose words nobody reads.
fn start(dossier: &Dossier) -> Child {
    build(&dossier.root).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// How long a build takes that makes one state of the other.
fn length(dossier: &Dossier) -> Length {
    let next = || {
        dossier.become_state(dossier.site().other());
        start(dossier)
    };
    Length::measured(next, || has_begun(&dossier.root))
}

/// Ends builds by a signal, each at a moment of its own, and says what was there afterwards.
fn end_often(times: usize, signal: &str) {
    let mut random = Random::new();
    let dossier = Dossier::built();
    let length = length(&dossier);
    let (mut old, mut new, mut begun, mut ended) = (0, 0, 0, 0);
    for at in 0..times {
        let before = dossier.site();
        let after = before.other();
        dossier.become_state(after);
        // A build that was killed before may have left what looks like a beginning.
        let left = begun_in(&dossier.root);
        let mut process = start(&dossier);
        random.wait(at, length, || begun_in(&dossier.root).is_some_and(|new| Some(new) != left));
        let id = process.id().to_string();
        Command::new("kill").args([signal, &id]).stderr(Stdio::null()).status().unwrap();
        ended += usize::from(process.wait().unwrap().success());
        begun += usize::from(has_begun(&dossier.root));
        match dossier.site() {
            state if state == before => old += 1,
            _ => new += 1,
        }
        if at % 10 == 9 {
            // At times what is built next is what the killed build was to build, at times what was there before.
            let next = if at % 20 == 9 { after } else { before };
            dossier.become_state(next);
            dossier.build_to_the_end(next);
        }
    }
    println!(
        "{times} kills ({signal}): {old} old, {new} new, {begun} met a begun write, {ended} came after the end, 0 mixtures; \
         a build takes {length}"
    );
    // A few may all come before a build writes, or after its end, where the machine has other work.
    assert!(times < 100 || begun > 0 && old > 0 && new > 0, "the kills met too little");
}

#[test]
fn two_hundred_kills_leave_the_old_site_or_the_new() {
    end_often(200, "-KILL");
}

#[test]
fn a_build_that_is_asked_to_stop_leaves_the_old_site_or_the_new() {
    end_often(20, "-TERM");
    end_often(20, "-INT");
}

/// The first build of all has no old site: then there is none, or the new one.
#[test]
fn a_first_build_that_is_killed_leaves_a_whole_site_or_none() {
    let mut random = Random::new();
    let dossier = Dossier::built();
    let length = length(&dossier);
    let (mut none, mut whole) = (0, 0);
    for at in 0..20 {
        fs::remove_dir_all(&dossier.root).unwrap();
        dossier.become_state(State::A);
        let mut process = start(&dossier);
        random.wait(at, length, || has_begun(&dossier.root));
        process.kill().unwrap();
        process.wait().unwrap();
        if dossier.public().exists() {
            whole += 1;
            assert_eq!(dossier.state_of(&tree(&dossier.public())), State::A);
        } else {
            none += 1;
        }
    }
    println!("20 kills of a first build: {none} without a site, {whole} with a whole one");
}
