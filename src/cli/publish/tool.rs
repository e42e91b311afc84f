//! The programs that a person has already: git, sftp, rsync. What they say, without any password.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::super::terminal::say;
use super::job::Problem;

/// How long is waited before a step is tried again.
const WAITS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(9)];

/// What a program reads.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    None,
    Whole(&'a [u8]),
    /// Line by line, never more than so many ahead of those that the program has begun, as it says itself on lines that
    /// start with its prompt, and `begun` is told.
    Lines {
        text: &'a str,
        ahead: usize,
        begun: &'a (dyn Fn(&str) + Sync),
    },
}

/// What stands before each line that `sftp` begins.
pub const PROMPT: &str = "sftp> ";

/// Runs a program with `input`, and returns what it printed.
///
/// # Errors
/// When it is not there, or ends with an error: then its last lines are told.
pub fn run(command: &mut Command, input: Input) -> Result<Vec<u8>, Problem> {
    let done = finish(command, input)?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let name = name(command);
    Err(failure(&name, &done))
}

/// Does the same for a step that goes over the network, and tries again when that may help.
pub fn persist(mut command: impl FnMut() -> Command, input: Input) -> Result<Vec<u8>, Problem> {
    let mut waits = WAITS.iter();
    loop {
        let mut command = command();
        let done = finish(&mut command, input)?;
        if done.status.success() {
            return Ok(done.stdout);
        }
        match waits.next() {
            Some(wait) if may_pass(&done.stderr) => {
                let (name, seconds) = (name(&command), wait.as_secs());
                say(&format!("{name}: {}; once more in {seconds} s", said(&done.stderr)));
                thread::sleep(*wait);
            }
            _ => {
                return Err(failure(&name(&command), &done));
            }
        }
    }
}

fn finish(command: &mut Command, input: Input) -> Result<Output, Problem> {
    let name = name(command);
    let cannot = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Problem::new(
            format!("the program {name} is not there"),
            format!("install {name} and publish again"),
        ),
        _ => Problem::new(format!("the program {name} cannot be run: {error}"), String::new()),
    };
    // Its messages are looked through, so they have to be in one language.
    command
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(cannot)?;
    let stdin = child.stdin.take();
    // A program that ends early says why itself, so that it does not read on is no matter.
    let done = match input {
        Input::None => {
            drop(stdin);
            child.wait_with_output()
        }
        Input::Whole(bytes) => thread::scope(|scope| {
            scope.spawn(move || stdin.and_then(|mut stdin| stdin.write_all(bytes).ok()));
            child.wait_with_output()
        }),
        Input::Lines { text, ahead, begun } => by_lines(child, stdin, text, ahead, begun),
    };
    done.map_err(cannot)
}

fn by_lines(
    mut child: Child,
    mut stdin: Option<ChildStdin>,
    text: &str,
    ahead: usize,
    begun: &(dyn Fn(&str) + Sync),
) -> std::io::Result<Output> {
    let (tell, told) = mpsc::channel();
    let stdout = child.stdout.take();
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut all = Vec::new();
            for line in stdout
                .into_iter()
                .flat_map(|stdout| BufReader::new(stdout).split(b'\n'))
                .map_while(Result::ok)
            {
                let started = String::from_utf8_lossy(&line).strip_prefix(PROMPT).map(str::to_owned);
                if let Some(started) = started {
                    begun(&started);
                    // Who hands over the lines may have given up.
                    let _ = tell.send(());
                }
                all.extend(line);
                all.push(b'\n');
            }
            all
        });
        for (number, line) in text.lines().enumerate() {
            if number >= ahead && told.recv().is_err() {
                break;
            }
            let Some(stdin) = &mut stdin else { break };
            if writeln!(stdin, "{line}").is_err() {
                break;
            }
        }
        drop(stdin);
        let done = child.wait_with_output()?;
        let stdout = reader.join().unwrap_or_default();
        Ok(Output { stdout, ..done })
    })
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// Whether what went wrong may go right a moment later.
fn may_pass(stderr: &[u8]) -> bool {
    const PASSING: [&str; 12] = [
        "Connection reset",
        "Connection closed",
        "Connection timed out",
        "Connection refused",
        "connection unexpectedly closed",
        "Broken pipe",
        "Could not resolve host",
        "Temporary failure in name resolution",
        "Operation timed out",
        "early EOF",
        "The requested URL returned error: 5",
        "kex_exchange_identification",
    ];
    let text = String::from_utf8_lossy(stderr);
    // rsync says that a connection closed also when the other end has told why.
    !text.contains("No such file or directory") && PASSING.iter().any(|words| text.contains(words))
}

/// What went wrong with a program that ended with an error.
fn failure(name: &str, done: &Output) -> Problem {
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGXFSZ;
        use std::os::unix::process::ExitStatusExt;
        match done.status.signal() {
            Some(SIGXFSZ) => {
                return Problem::new(
                    format!("{name} failed: a limit on the size of a file is in force"),
                    "raise the limit (`ulimit -f`), and publish again",
                );
            }
            Some(signal) if done.stderr.is_empty() => {
                return Problem::new(format!("{name} failed: signal {signal} ended it"), "publish again");
            }
            _ => {}
        }
    }
    Problem::new(format!("{name} failed: {}", said(&done.stderr)), advice(name, &done.stderr))
}

fn advice(name: &str, stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let has = |words: &[&str]| words.iter().any(|words| text.contains(words));
    if has(&["Host key verification failed"]) {
        return "connect once with ssh, compare the key of the host, and accept it".to_owned();
    }
    if has(&[
        "Permission denied (",
        "Authentication failed",
        "could not read Username",
        "terminal prompts disabled",
    ]) {
        return format!(
            "{name} must get in by itself: by a key that ssh-agent knows, or a credential helper of git"
        );
    }
    if has(&["remote rename"]) {
        return "the server cannot replace a file in one step, which needs the extension posix-rename of OpenSSH".to_owned();
    }
    if has(&["No space left on device", "Out of diskspace", "Disk quota exceeded"]) {
        return "free some space, and publish again".to_owned();
    }
    if has(&["protected branch", "pre-receive hook", "denyCurrentBranch", "deny updating"]) {
        return "the repository refuses to have this branch changed in this way: see its settings".to_owned();
    }
    if may_pass(stderr) {
        return "what was sent so far stays valid: publish again, and only the rest is sent".to_owned();
    }
    format!("try it with {name} by hand")
}

/// The last lines of what a program says, in one line and without passwords.
fn said(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.drain(..lines.len().saturating_sub(4));
    if lines.is_empty() { "it does not say why".to_owned() } else { without_passwords(&lines.join("; ")) }
}

/// A text in which no address has a `user:password@`.
pub fn without_passwords(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let end = after.find(['/', ' ', '\'', '"']).unwrap_or(after.len());
        let authority = after.get(..end).unwrap_or(after);
        let is_web = before.ends_with("http") || before.ends_with("https");
        let is_secret = |at: &usize| is_web || authority[..*at].contains(':');
        let start = authority.rfind('@').filter(is_secret).map_or(0, |at| at + 1);
        rest = after.get(start..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_never_told() {
        for (text, told) in [
            (
                "fatal: unable to access 'https://ada:s3cret@example.org/a.git/': no",
                "fatal: unable to access 'https://example.org/a.git/': no",
            ),
            ("https://a:b@c https://d:e@f/g", "https://c https://f/g"),
            ("ssh://git@example.org/a", "ssh://git@example.org/a"),
            ("for 'http://t0ken@example.org'", "for 'http://example.org'"),
            ("no address at all: a@b", "no address at all: a@b"),
        ] {
            assert_eq!(without_passwords(text), told);
        }
    }

    #[test]
    fn what_a_network_drops_is_tried_again_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let run = |said: &str, times: usize| {
            let count = folder.path().join(said);
            let script = format!(
                "echo x >> '{0}'; [ $(wc -l < '{0}') -gt {times} ] || {{ echo '{said}' >&2; exit 1; }}",
                count.display()
            );
            let command = || {
                let mut command = Command::new("sh");
                command.arg("-c").arg(&script);
                command
            };
            let done = persist(command, Input::None).map(drop).map_err(|problem| problem.message);
            (done, std::fs::read_to_string(count).unwrap().lines().count())
        };
        assert_eq!(run("Connection reset by peer", 1), (Ok(()), 2));
        assert_eq!(run("Permission denied", 1), (Err("sh failed: Permission denied".to_owned()), 1));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let problem = run(&mut Command::new("no-such-program-here"), Input::None).unwrap_err();
        assert_eq!(problem.message, "the program no-such-program-here is not there");
    }
}
