//! A server on this machine that answers as it is told, and remembers who asked for what, and when.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

/// How long a connection is held at most.
const LONG: Duration = Duration::from_secs(30);

/// What a request is answered with.
pub enum Reply {
    /// These bytes.
    Text(String),
    /// All is well, after a while.
    Slow(Duration),
    /// Nothing, until the other side gives up.
    Silence,
    /// Nothing, at once.
    Close,
}

/// An answer without a text.
pub fn status(status: u16) -> Reply {
    Reply::Text(format!("HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n\r\n"))
}

pub fn redirect(status: u16, to: &str) -> Reply {
    Reply::Text(format!("HTTP/1.1 {status} Told\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"))
}

#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub agent: String,
    pub begun: Instant,
    pub time: SystemTime,
    /// When the answer was sent.
    pub answered: Option<Instant>,
}

/// A request, and how many there were before it for the same path.
type Answer = dyn Fn(&Request, usize) -> Reply + Send + Sync;

pub struct Server {
    port: u16,
    tls: bool,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    answer: Box<Answer>,
    tls: Option<Arc<rustls::ServerConfig>>,
    asked: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    ended: AtomicBool,
}

impl Server {
    pub fn start(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Server {
        Server::with(Box::new(answer), None)
    }

    /// A server with a certificate that only it vouches for.
    pub fn start_tls(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Server {
        let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key.into())
            .unwrap();
        Server::with(Box::new(answer), Some(Arc::new(config)))
    }

    fn with(answer: Box<Answer>, tls: Option<Arc<rustls::ServerConfig>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            answer,
            tls,
            asked: Mutex::default(),
            connections: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
        });
        let tls = shared.tls.is_some();
        let inner = Arc::clone(&shared);
        let thread = thread::spawn(move || serve(&listener, &inner));
        Server { port, tls, shared, thread: Some(thread) }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}://{}{path}", if self.tls { "https" } else { "http" }, self.host())
    }

    /// The same by another name of this machine, which makes it another host.
    pub fn local(&self, path: &str) -> String {
        self.at(path).replace("127.0.0.1", "localhost")
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// All requests so far, in the order of their beginning.
    pub fn asked(&self) -> Vec<Request> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// How many connections were made, with or without a request.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many requests there were at most that had no answer yet.
    pub fn most_at_once(&self) -> usize {
        self.shared.most_at_once.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Wakes it up.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.ended.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let _ = stream.set_read_timeout(Some(LONG));
        let shared = Arc::clone(shared);
        thread::spawn(move || match &shared.tls {
            None => talk(&mut stream, &shared),
            Some(config) => {
                let connection = rustls::ServerConnection::new(Arc::clone(config)).unwrap();
                talk(&mut rustls::StreamOwned::new(connection, stream), &shared);
            }
        });
    }
}

/// One request and its answer; then the connection ends.
fn talk(stream: &mut (impl Read + Write), shared: &Shared) {
    let Some(request) = read(stream) else { return };
    let now = shared.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    shared.most_at_once.fetch_max(now, Ordering::SeqCst);
    let (at, nth) = {
        let mut asked = shared.asked.lock().unwrap();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        asked.iter().for_each(|before| *counts.entry(&before.path).or_default() += 1);
        let nth = counts.get(request.path.as_str()).copied().unwrap_or(0);
        asked.push(request.clone());
        (asked.len() - 1, nth)
    };
    let reply = (shared.answer)(&request, nth);
    if let Reply::Slow(time) = &reply {
        thread::sleep(*time);
    }
    // Before the other side can know of the answer.
    shared.at_once.fetch_sub(1, Ordering::SeqCst);
    shared.asked.lock().unwrap()[at].answered = Some(Instant::now());
    match reply {
        Reply::Text(text) => drop(stream.write_all(text.as_bytes())),
        Reply::Slow(_) => drop(stream.write_all(b"HTTP/1.1 200 Told\r\nContent-Length: 0\r\n\r\n")),
        Reply::Silence => drop(stream.read(&mut [0])),
        Reply::Close => {}
    }
    let _ = stream.flush();
}

/// The head of a request, when there is a whole one; of one to begin TLS where there is none, a head of
/// nothing.
fn read(stream: &mut impl Read) -> Option<Request> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 16 * 1024 {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        if head.is_empty() && byte[0] == 0x16 {
            // Unread bytes would tear the connection down before the answer is read.
            let _ = stream.read(&mut [0; 4096]);
            head.extend(b"TLS / -\r\n\r\n");
            break;
        }
        head.push(byte[0]);
    }
    let (begun, time) = (Instant::now(), SystemTime::now());
    let head = String::from_utf8(head).ok()?;
    let mut words = head.lines().next()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let agent = head.lines().find_map(|line| line.strip_prefix("user-agent: ").map(str::to_owned));
    Some(Request { method, path, agent: agent.unwrap_or_default(), begun, time, answered: None })
}
