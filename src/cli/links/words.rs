//! What a request failed of, in words for people who do not run servers.

use std::io::ErrorKind;
use std::time::Duration;

use rustls::CertificateError;
use rustls::pki_types::UnixTime;
use time::{Date, OffsetDateTime};
use ureq::{Error, Timeout};
use url::{Position, Url};

use super::Options;

/// Why there is no answer.
pub struct Silence {
    /// Can stand after a colon.
    pub why: String,
    /// Asking again would not help.
    pub for_good: bool,
}

/// What kept a request from being answered.
pub fn silence(error: &Error, url: &Url, options: &Options) -> Silence {
    let passing = |why: String| Silence { why, for_good: false };
    match error {
        Error::Rustls(error) => tls(error),
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(error) => tls(error),
            None => passing(io(error, url)),
        },
        Error::HostNotFound => passing(unknown(url)),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            passing(format!("no connection within {}", seconds(options.connect)))
        }
        Error::Timeout(_) => passing(format!("no answer within {}", seconds(options.timeout))),
        Error::ConnectProxyFailed(_) => passing(format!("no way leads there ({error})")),
        Error::BadUri(_) | Error::Http(_) => {
            Silence { why: format!("no server could be asked for it ({error})"), for_good: true }
        }
        Error::Protocol(_) | Error::LargeResponseHeader(..) => {
            passing(format!("its answer is no valid HTTP ({error})"))
        }
        _ => passing(error.to_string()),
    }
}

fn io(error: &std::io::Error, url: &Url) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "the server refuses the connection".to_owned(),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => "the server closes the connection without an answer".to_owned(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
            "no way leads there from this network".to_owned()
        }
        _ if is_lookup(error) => unknown(url),
        _ => error.to_string(),
    }
}

/// Whether the name of a server was looked up in vain: the standard library has no kind for that.
fn is_lookup(error: &std::io::Error) -> bool {
    const WINDOWS: std::ops::RangeInclusive<i32> = 11001..=11004;
    error.raw_os_error().is_some_and(|code| cfg!(windows) && WINDOWS.contains(&code))
        || error.to_string().starts_with("failed to lookup address")
}

fn unknown(url: &Url) -> String {
    format!("no server is known by the name {}", &url[Position::BeforeHost..Position::AfterHost])
}

fn tls(error: &rustls::Error) -> Silence {
    let passing = |why: String| Silence { why, for_good: false };
    match error {
        rustls::Error::InvalidCertificate(error) => {
            Silence { why: format!("its certificate is not valid: {}", certificate(error)), for_good: true }
        }
        rustls::Error::InvalidMessage(_) => {
            Silence { why: "the server does not speak HTTPS there".to_owned(), for_good: true }
        }
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            passing(format!("no secure connection comes about ({error})"))
        }
        _ => passing(format!("the secure connection broke off ({error})")),
    }
}

fn certificate(error: &CertificateError) -> String {
    match error {
        CertificateError::ExpiredContext { not_after, .. } => match date(*not_after) {
            Some(date) => format!("it expired on {date}"),
            None => "it has expired".to_owned(),
        },
        CertificateError::Expired => "it has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is for a time to come, or the clock of this machine is wrong".to_owned()
        }
        CertificateError::NotValidForNameContext { presented, .. } if !presented.is_empty() => {
            // rustls names them as `DnsName("a.example")`.
            let names: Vec<&str> =
                presented.iter().map(|name| name.split('"').nth(1).unwrap_or(name)).take(3).collect();
            format!("it is made out for {} and not for this name", names.join(", "))
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is not made out for this name".to_owned()
        }
        CertificateError::UnknownIssuer => "no authority that is known here has signed it".to_owned(),
        CertificateError::Revoked => "it has been revoked".to_owned(),
        CertificateError::BadSignature => "its signature is wrong".to_owned(),
        CertificateError::BadEncoding => "it cannot be read".to_owned(),
        // The library has no words for what only its own authors can tell apart.
        CertificateError::Other(_) => "it is not made out as a server's".to_owned(),
        _ => error.to_string(),
    }
}

fn date(time: UnixTime) -> Option<Date> {
    let seconds = i64::try_from(time.as_secs()).ok()?;
    OffsetDateTime::from_unix_timestamp(seconds).ok().map(OffsetDateTime::date)
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        1 => "1 second".to_owned(),
        n => format!("{n} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use std::net::ToSocketAddrs;

    use super::*;

    fn why(error: Error) -> String {
        let url = Url::parse("https://news.example:8443/a").unwrap();
        silence(&error, &url, &Options::default()).why
    }

    #[test]
    fn a_name_that_nobody_has_is_known_from_other_failures() {
        // No name may have so long a part, so nobody is asked for it.
        let error = format!("{}.invalid:80", "a".repeat(64)).to_socket_addrs().unwrap_err();
        assert_eq!(why(Error::Io(error)), "no server is known by the name news.example");
        assert_eq!(why(Error::Io(std::io::Error::other("a fire"))), "a fire");
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said() {
        let invalid = |error| {
            let error = rustls::Error::InvalidCertificate(error);
            why(Error::Io(std::io::Error::new(ErrorKind::InvalidData, error)))
        };
        let time = UnixTime::since_unix_epoch;
        let not_after = time(Duration::from_secs(784_111_777));
        let expired = CertificateError::ExpiredContext { time: time(Duration::MAX), not_after };
        assert_eq!(invalid(expired), "its certificate is not valid: it expired on 1994-11-06");
        let other = CertificateError::NotValidForNameContext {
            expected: "news.example".try_into().unwrap(),
            presented: vec!["DnsName(\"paper.example\")".to_owned()],
        };
        assert_eq!(
            invalid(other),
            "its certificate is not valid: it is made out for paper.example and not for this name"
        );
    }
}
