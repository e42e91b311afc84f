//! Requests -> answers: only to this machine unless told, only to hosts that are meant, and only what the preview
//! holds in memory.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message as Frame, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dossier::publish::hosts::content_type;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::mailbox::{Found, Greeting, Letter, Mailbox, Reply};
use super::pages;

/// So many messages may wait for a page; one that is further behind had better connect again.
const BEHIND: usize = 64;

/// How long the head of a request may take to come in, and the first word of a page that connects.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long nobody is let in after somebody could not be.
const PAUSE: Duration = Duration::from_millis(50);

/// What every answer needs to know.
pub struct Desk {
    pub mailbox: Mailbox,
    /// Where the site is, with a slash at either end.
    pub base: String,
    /// The name under which the author asked for it to be reached, beside addresses and `localhost`.
    pub host: String,
    pub address: SocketAddr,
    readers: AtomicUsize,
}

impl Desk {
    pub fn new(mailbox: Mailbox, base: String, host: String, address: SocketAddr) -> Desk {
        Desk { mailbox, base, host, address, readers: AtomicUsize::new(0) }
    }

    /// Whether a name of a host, as a browser sends it, is one that was meant. Any other may be one that its owner
    /// has pointed at this machine, so that pages of theirs could read the preview (DNS rebinding). Its port may be
    /// that of a tunnel.
    fn is_meant(&self, host: &str) -> bool {
        let Some(name) = name_of(host) else { return false };
        // Of all addresses it is not known here which are those of this machine.
        let is_own =
            |ip: IpAddr| ip.is_loopback() || ip == self.address.ip() || self.address.ip().is_unspecified();
        name == "localhost"
            || name.ends_with(".localhost")
            || name.parse().is_ok_and(is_own)
            || name == self.host.to_ascii_lowercase()
    }
}

/// The name or address of `name:port`, in lower case; nothing when it is not written as an authority is (RFC 3986).
fn name_of(host: &str) -> Option<String> {
    let (name, port) = match host.strip_prefix('[') {
        Some(inside) => {
            let (name, rest) = inside.split_once(']')?;
            name.parse::<Ipv6Addr>().ok()?;
            (name, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    (!name.is_empty() && port.is_none_or(is_port)).then(|| name.to_ascii_lowercase())
}

/// Answers requests until the program ends. Who does not say in time what is asked for is sent away.
pub async fn serve(listener: TcpListener, desk: Arc<Desk>) {
    let router = Router::new().fallback(move |request: Request| {
        let desk = Arc::clone(&desk);
        async move { own(answer(desk, request).await) }
    });
    let service = TowerToHyperService::new(router);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Who came has gone, or there is room for nobody else.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let connection = builder.serve_connection(TokioIo::new(stream), service.clone());
        tokio::spawn(connection.with_upgrades());
    }
}

/// What pages of other sites can neither load nor frame: drafts are among it.
fn own(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "frame-ancestors 'self'"),
        ("referrer-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn answer(desk: Arc<Desk>, request: Request) -> Response {
    if request.headers().get_all(header::HOST).iter().count() > 1 {
        let text = "It names more than one host.";
        return refused(StatusCode::BAD_REQUEST, "This is no request", text);
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| desk.is_meant(host)) {
        let text = "This preview answers only to the addresses of this machine. Name another with --host.";
        return refused(StatusCode::FORBIDDEN, "Another host was asked for", text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refused(
            StatusCode::METHOD_NOT_ALLOWED,
            "This is a site to be read",
            "There is nothing to send to it.",
        );
    }
    let asked = request.uri().path();
    let Some(path) = asked.strip_prefix(&desk.base) else {
        if format!("{asked}/") == desk.base {
            return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, desk.base.clone())]).into_response();
        }
        let text = format!("The site is at {}", desk.base);
        return refused(StatusCode::NOT_FOUND, "There is nothing here", &text);
    };
    let Ok(path) = percent_decode_str(path).decode_utf8() else {
        return refused(StatusCode::BAD_REQUEST, "This is no address", "It is not written in UTF-8.");
    };
    let path = match &*path {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        path => path.to_owned(),
    };
    match path.as_str() {
        pages::SOCKET => return connect(desk, request).await,
        pages::SCRIPT => {
            let script = include_bytes!("live.js");
            return file("live.js", script.as_slice().into(), request.headers());
        }
        _ => {}
    }
    let (sender, reply) = oneshot::channel();
    desk.mailbox.send(Letter::Ask(path.clone(), sender));
    let Ok(Reply { found, stamp }) = reply.await else {
        return refused(StatusCode::SERVICE_UNAVAILABLE, "The preview has ended", "Start it again.");
    };
    match found {
        Found::File(bytes) => file(&path, bytes, request.headers()),
        Found::Page(bytes) => {
            let version = pages::version(&bytes);
            html(StatusCode::OK, pages::connected(&bytes, &desk.base, &path, &version, &stamp))
        }
        Found::Nothing { failed } => {
            let status = match failed {
                true => StatusCode::INTERNAL_SERVER_ERROR,
                false => StatusCode::NOT_FOUND,
            };
            html(status, pages::nothing(&desk.base, &path, failed, &stamp))
        }
    }
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, bytes).into_response()
}

fn refused(status: StatusCode, title: &str, text: &str) -> Response {
    html(status, pages::refused(title, text).into_bytes())
}

/// A file, or that it is still the one that the browser has.
fn file(path: &str, bytes: Arc<[u8]>, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", pages::version(&bytes));
    let is_known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let headers = [
        (header::CONTENT_TYPE, content_type(path)),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    match is_known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, Body::from(bytes.to_vec())).into_response(),
    }
}

/// Connects an open page, unless it is one of another site.
async fn connect(desk: Arc<Desk>, request: Request) -> Response {
    if !is_own(request.headers()) {
        let text = "Pages of other sites are told nothing.";
        return refused(StatusCode::FORBIDDEN, "This is for pages of the preview", text);
    }
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.on_upgrade(move |socket| talk(desk, socket)),
        Err(error) => error.into_response(),
    }
}

/// Whether a page of the very host asks that is asked for, which is one that is meant.
fn is_own(headers: &HeaderMap) -> bool {
    let named = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = named(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    origin.is_some() && origin == named(header::HOST)
}

/// Tells a page what changes, until it is closed.
async fn talk(desk: Arc<Desk>, mut socket: WebSocket) {
    let first = tokio::time::timeout(PATIENCE, socket.recv()).await;
    let Ok(Some(Ok(Frame::Text(text)))) = first else { return };
    let Ok(greeting) = serde_json::from_str::<Greeting>(&text) else { return };
    let id = desk.readers.fetch_add(1, Ordering::Relaxed);
    let (messages, mut told) = mpsc::channel(BEHIND);
    desk.mailbox.send(Letter::Open { id, greeting, messages });
    loop {
        tokio::select! {
            text = told.recv() => match text {
                Some(text) => if socket.send(Frame::Text(text.into())).await.is_err() { break },
                None => break,
            },
            frame = socket.recv() => match frame {
                Some(Ok(Frame::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
        }
    }
    desk.mailbox.send(Letter::Closed(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_that_are_meant_are_answered() {
        let (mailbox, _) = Mailbox::new();
        let address = "127.0.0.1:4000".parse().unwrap();
        let desk = Desk::new(mailbox, "/".to_owned(), "desk.example".to_owned(), address);
        for host in [
            "127.0.0.1:4000",
            "localhost",
            "localhost:8080",
            "[::1]:4000",
            "a.localhost:4000",
            "DESK.example:4000",
        ] {
            assert!(desk.is_meant(host), "{host}");
        }
        for host in [
            "evil.example:4000",
            "10.0.0.1:4000",
            "localhost.evil.example:4000",
            "",
            ":4000",
            "[fe80::1]:4000",
            "localhost:4000.evil.example",
            "localhost:4000:evil.example",
            "localhost:",
            "localhost:x",
            "localhost:+80",
            "localhost:99999",
            "[::1].evil.example",
            "[::1]evil.example:4000",
            "[localhost]:4000",
            "::1",
            "127.0.0.1:4000@evil.example",
        ] {
            assert!(!desk.is_meant(host), "{host}");
        }
    }
}
