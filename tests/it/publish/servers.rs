//! A server of SSH on this machine that tests publish to, and what lies at a target.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Mutex;
use std::time::Duration;

use tempfile::TempDir;

/// What lies at a target, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A port that nothing listens at, and that no other test was given.
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    std::iter::repeat_with(free).find(|port| GIVEN.lock().unwrap().insert(*port)).unwrap()
}

pub fn wait_for(port: u16) {
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens at port {port}");
}

/// A server of SSH (OpenSSH) that lets in whoever runs the tests, under the name `box`.
pub struct Ssh {
    server: Child,
    folder: TempDir,
}

impl Ssh {
    pub fn start() -> Ssh {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        for key in ["host", "user"] {
            let made =
                Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)]).status();
            assert!(made.unwrap().success());
        }
        let port = free_port();
        let server = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\nUsePAM no\n\
             PasswordAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp\n",
            at("host"),
            at("user.pub")
        );
        fs::write(folder.path().join("sshd_config"), server).unwrap();
        let whoami = Command::new("id").arg("-un").output().unwrap().stdout;
        let client = format!(
            "Host box\n  HostName 127.0.0.1\n  Port {port}\n  User {}\n  IdentityFile {}\n  IdentitiesOnly yes\n  \
             UserKnownHostsFile {}\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n",
            String::from_utf8(whoami).unwrap().trim(),
            at("user"),
            at("known"),
        );
        fs::write(folder.path().join("config"), client).unwrap();
        // The server wants it when it runs as root, and it is gone after each start of the machine.
        let _ = fs::create_dir_all("/run/sshd");
        let log = File::create(folder.path().join("log")).unwrap();
        let server = Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f", &at("sshd_config")])
            .stderr(log)
            .spawn()
            .expect("sshd, which `tests/run` installs");
        wait_for(port);
        Ssh { server, folder }
    }

    pub fn environment(&self) -> Vec<(String, String)> {
        let config = self.folder.path().join("config").display().to_string();
        vec![("DOSSIER_SSH_CONFIG".to_owned(), config)]
    }

    /// A folder that is published to, by its path.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join("www").join(name)
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// All that lies in a folder.
pub fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                files.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), bytes);
            }
        }
    }
    files
}

/// All that lies on a branch of a repository.
pub fn files_on(repository: &Path, branch: &str) -> Files {
    let git = |arguments: &[&str]| {
        Command::new("git").arg("--git-dir").arg(repository).args(arguments).output().unwrap().stdout
    };
    // Without a branch there is no archive, and so there are no files.
    let tar = git(&["archive", "--format=tar", branch]);
    let mut files = Files::new();
    for entry in tar::Archive::new(tar.as_slice()).entries().unwrap().flatten() {
        let mut entry = entry;
        if entry.header().entry_type().is_file() {
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            files.insert(path, bytes);
        }
    }
    files
}
