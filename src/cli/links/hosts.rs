//! Turns at hosts: one request at a time to each, a pause after it, and none where none is wanted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

/// After so many addresses in a row without an answer, a server is left alone.
pub const SILENT: u32 = 2;

/// How a server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Answers,
    /// It gave no answer to all tries for an address.
    Silent,
    /// It wants no more requests.
    Full,
}

/// Why a server is left alone for the rest of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    Silent,
    Full,
}

/// All hosts that were asked so far.
pub struct Hosts {
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

#[derive(Default)]
struct Host {
    /// When the next request may begin.
    free_at: Option<Instant>,
    /// By port, since another port is another server.
    servers: HashMap<u16, Server>,
}

#[derive(Default)]
struct Server {
    /// How many addresses had no answer since one had.
    silent: u32,
    full: bool,
}

impl Hosts {
    pub fn new(pause: Duration) -> Hosts {
        Hosts { pause, hosts: Mutex::default() }
    }

    /// Makes a request when its host is free, and keeps the host until it is done. `request` returns
    /// its result, and how long the host is to be left alone after it if longer than the pause.
    ///
    /// Fails without a request when the server is left alone for the rest of the check.
    pub fn turn<T>(&self, url: &Url, request: impl FnOnce() -> (T, Duration)) -> Result<T, Rest> {
        let host = self.host(url);
        let mut host = locked(&host);
        match host.servers.get(&port(url)) {
            Some(server) if server.full => return Err(Rest::Full),
            Some(server) if server.silent >= SILENT => return Err(Rest::Silent),
            _ => {}
        }
        if let Some(free_at) = host.free_at {
            thread::sleep(free_at.saturating_duration_since(Instant::now()));
        }
        let (result, wait) = request();
        host.free_at = Instant::now().checked_add(wait.max(self.pause));
        Ok(result)
    }

    /// Remembers how a server behaved.
    pub fn learn(&self, url: &Url, manner: Manner) {
        let host = self.host(url);
        let mut host = locked(&host);
        let server = host.servers.entry(port(url)).or_default();
        match manner {
            Manner::Answers => server.silent = 0,
            Manner::Silent => server.silent += 1,
            Manner::Full => server.full = true,
        }
    }

    fn host(&self, url: &Url) -> Arc<Mutex<Host>> {
        let name = url.host_str().unwrap_or_default().to_owned();
        Arc::clone(locked(&self.hosts).entry(name).or_default())
    }
}

fn port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or_default()
}

/// What a mutex guards, also after the thread that had it died: all of it is whole between two lines.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
