//! Serves sites from memory below a path, as a careful host would: compressed, and with a strict policy.

use std::io::Write;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::task::JoinHandle;

use super::shown::{SITES, Shown, former, harbour};

/// What a host may ask of the site at the strictest.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// How much later fonts and icons come over a slow line: they are asked for once the sheet is read, or last.
const DELAY: Duration = Duration::from_millis(300);

pub struct Server {
    origin: String,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves each site at `/some/sub/path/` and its name. Nothing else is there.
    pub async fn start() -> Server {
        Server::with_delay(Duration::ZERO).await
    }

    /// The same at the end of a slow line. Otherwise fonts and icons were there before the first paint, and who
    /// reckons with a slow line would take them for a part of it.
    pub async fn start_far_away() -> Server {
        Server::with_delay(DELAY).await
    }

    async fn with_delay(delay: Duration) -> Server {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(move |request: Request| async move {
            let path = request.uri().path();
            if path.ends_with(".woff2") || path.ends_with("icon.svg") {
                tokio::time::sleep(delay).await;
            }
            answer(&request)
        });
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Server { origin, task }
    }

    /// Where a site is, with the slash at the end.
    pub fn base(&self, site: &Shown) -> String {
        format!("{}/some/sub/path/{}/", self.origin, site.name)
    }

    /// The address of every page.
    pub fn pages(&self) -> Vec<String> {
        self.addresses(Shown::pages)
    }

    /// The address of a page of each kind, on each site.
    pub fn kinds(&self) -> Vec<String> {
        self.addresses(Shown::kinds)
    }

    pub fn addresses(&self, of: impl Fn(&'static Shown) -> Vec<&'static str>) -> Vec<String> {
        let sites = SITES.iter().map(|site| site());
        sites.flat_map(|site| of(site).into_iter().map(|path| self.base(site) + path)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn answer(request: &Request) -> Response {
    let file = request.uri().path().strip_prefix("/some/sub/path/").and_then(|path| {
        let (name, path) = path.split_once('/')?;
        let site =
            SITES.iter().map(|site| site()).chain([former(), harbour()]).find(|site| site.name == name)?;
        Some((path.to_owned(), site.output.get(path)?))
    });
    let Some((path, bytes)) = file else { return StatusCode::NOT_FOUND.into_response() };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, kind.to_string()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "max-age=600".to_owned()),
    ];
    // Fonts and pictures are compressed already.
    match path.ends_with(".woff2") || kind.type_() == "image" && kind.subtype() != "svg" {
        true => (headers, bytes.to_vec()).into_response(),
        false => (headers, [(header::CONTENT_ENCODING, "gzip")], gzip(bytes)).into_response(),
    }
}

/// What a host sends of a text.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
