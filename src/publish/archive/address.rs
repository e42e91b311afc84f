//! The path of a file -> the addresses at which a browser asks for it, the key that an index has for an address, and
//! back.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::{Host, Url};

/// What would end a path or be taken for an escape. All else a browser escapes as the URL Standard says, and so does
/// `Url`: the address of an archive must be the one that is asked for.
const IN_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'%').add(b'?').add(b'\\');

/// What the SURT rules escape, after they have taken all escapes back. Bytes beyond ASCII always are.
const IN_KEY: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'%');

/// The page that stands for the folder it lies in.
pub const INDEX: &str = "index.html";

/// Where a site stands on the web. The address ends in `/`.
pub struct Base(Url);

impl Base {
    /// Errors in words, when there can be no site at `address`.
    pub fn new(address: &str) -> Result<Base, String> {
        let mut url = Url::parse(address).map_err(|error| format!("the address {address:?}: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{address} is no address of the web"));
        }
        url.set_query(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Base(url))
    }

    /// Returns the address of the file at `path`.
    pub fn of(&self, path: &str) -> Result<Url, String> {
        let address = format!("{}{}", self.0, utf8_percent_encode(path, IN_PATH));
        Url::parse(&address).map_err(|error| format!("the address {address:?}: {error}"))
    }

    /// Returns the address of the folder for which the file at `path` stands, if it is an index.
    pub fn of_folder(&self, path: &str) -> Result<Option<Url>, String> {
        match path.strip_suffix(INDEX) {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => self.of(folder).map(Some),
            _ => Ok(None),
        }
    }

    /// Returns the path of the file at `address`, which may be that of a folder.
    pub fn path(&self, address: &str) -> Result<String, String> {
        let outside = || format!("{address} lies outside of {}", self.0);
        let rest = address.strip_prefix(self.0.as_str()).ok_or_else(outside)?;
        let path =
            percent_decode_str(rest).decode_utf8().map_err(|_| format!("{address} is not in UTF-8"))?;
        Ok(path.into_owned())
    }
}

/// Returns the key of an address in an index, by the Sort-friendly URI Reordering Transform as `pywb` and the Wayback
/// Machine have it: the host backwards and without `www.`, in lower case, and the path without a `/` at its end. An address
/// has no query here.
pub fn key(url: &Url) -> String {
    let host = match url.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => format!("[{address}]"),
        None => String::new(),
    };
    let labels: Vec<&str> = without_www(&host).rsplit('.').collect();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}){}", labels.join(","), path_key(url.path()))
}

fn without_www(host: &str) -> &str {
    let rest = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

fn path_key(path: &str) -> String {
    let mut plain = path.as_bytes().to_vec();
    loop {
        let decoded: Vec<u8> = percent_encoding::percent_decode(&plain).collect();
        if decoded == plain {
            break;
        }
        plain = decoded;
    }
    let key = percent_encoding::percent_encode(&plain, IN_KEY).to_string().to_ascii_lowercase();
    match key.strip_suffix('/') {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_file_is_the_one_that_a_browser_asks_for() {
        let base = Base::new("https://Example.org/dossier").unwrap();
        for (path, address) in [
            ("a/b.html", "https://example.org/dossier/a/b.html"),
            ("من.html", "https://example.org/dossier/%D9%85%D9%86.html"),
            ("50% #1?.txt", "https://example.org/dossier/50%25%20%231%3F.txt"),
            ("a%2fb \"x\" ", "https://example.org/dossier/a%252fb%20%22x%22%20"),
        ] {
            assert_eq!(base.of(path).unwrap().as_str(), address);
            assert_eq!(base.path(address).unwrap(), path);
        }
        assert!(base.path("https://example.org/other").is_err());
        let folder = |path| base.of_folder(path).unwrap().map(String::from);
        assert_eq!(folder("index.html").as_deref(), Some("https://example.org/dossier/"));
        assert_eq!(folder("a/index.html").as_deref(), Some("https://example.org/dossier/a/"));
        assert_eq!(folder("a/not-index.html"), None);
        for wrong in ["example.org", "mailto:a@example.org", "ftp://example.org/", "https://"] {
            assert!(Base::new(wrong).is_err(), "{wrong}");
        }
    }

    /// Held against the Python package `surt` in `tests/it/archive.rs`.
    #[test]
    fn keys_of_an_index() {
        for (address, expected) in [
            ("https://www.Example.org/", "org,example)/"),
            ("http://www2.example.org:8080/A/B.html", "org,example:8080)/a/b.html"),
            ("https://example.org:443/a/", "org,example)/a"),
            ("http://127.0.0.1:8000/a", "1,0,0,127:8000)/a"),
            ("https://example.org/%D9%85%D9%86%20%22.html", "org,example)/%d9%85%d9%86%20\".html"),
            ("https://example.org/a%2541", "org,example)/aa"),
            ("https://bücher.example/", "example,xn--bcher-kva)/"),
        ] {
            assert_eq!(key(&Url::parse(address).unwrap()), expected);
        }
    }
}
