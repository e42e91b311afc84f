//! One address -> what came of asking for it: method, redirects, tries.

use std::time::Duration;

use dossier::diag::Severity;
use dossier::web::Outcome;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};
use url::{Position, Url};

use super::Options;
use super::hosts::{Hosts, Manner, Rest};
use super::words::{Silence, silence};

/// How often an address is tried that fails in a way that may pass.
const TRIES: u32 = 3;

/// How many redirects are followed.
const REDIRECTS: usize = 10;

/// Asks for addresses, and remembers how their servers behave.
pub struct Asker<'o> {
    agent: Agent,
    hosts: Hosts,
    options: &'o Options,
}

/// Where the way from an address has led, and how it is asked for next.
struct Way {
    at: Url,
    /// With `HEAD`, which spares the server the sending of the text.
    head: bool,
    tries: u32,
}

/// What a check needs of an answer.
struct Reply {
    status: u16,
    /// Where a redirect leads.
    to: Option<String>,
    /// How long the server wants to be left alone.
    wait: Option<Duration>,
}

impl Asker<'_> {
    pub fn new(options: &Options) -> Asker<'_> {
        // Redirects are followed here, to tell those for good from the others. No connection is kept: a
        // server may close one at any time, which would look like a failure. Proxies are taken from the
        // environment, as is usual.
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_resolve(Some(options.connect))
            .timeout_connect(Some(options.connect))
            .timeout_global(Some(options.timeout))
            .user_agent(concat!("dossier/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build()
            .new_agent();
        Asker { agent, hosts: Hosts::new(options.pause), options }
    }

    /// Asks for an address, and for those that it leads to.
    pub fn ask(&self, url: &Url) -> Outcome {
        let mut way = Way { at: url.clone(), head: true, tries: 0 };
        let mut seen = vec![url.clone()];
        // As far as all redirects are for good, the last is the new address; one for now ends that.
        let mut moved: Option<(u16, Url)> = None;
        let mut for_good = true;
        loop {
            let reply = match self.reply(&mut way) {
                Ok(reply) => reply,
                Err(outcome) => return at(outcome, &seen),
            };
            let Some(to) = reply.to else { return at(outcome(&reply, moved), &seen) };
            let mut next = match next(&way.at, &to) {
                Ok(next) => next,
                Err(outcome) => return outcome,
            };
            for_good &= matches!(reply.status, 301 | 308);
            if for_good {
                moved = Some((reply.status, next.clone()));
            }
            next.set_fragment(None);
            if seen.contains(&next) {
                return astray(format!("its redirects go in a circle, by {next}"));
            }
            if seen.len() > REDIRECTS {
                return astray(format!("it has more than {REDIRECTS} redirects"));
            }
            seen.push(next.clone());
            way.at = next;
        }
    }

    /// The answer that counts, after as many requests as it takes: a refused `HEAD` is followed by a
    /// `GET`, and what may pass is tried again. Fails when no answer comes or no request is made.
    fn reply(&self, way: &mut Way) -> Result<Reply, Outcome> {
        loop {
            let head = way.head;
            let reply = self.request(way)?;
            // Some servers know only `GET`, and some lie to all else.
            way.head = false;
            match reply {
                Ok(reply) if !may_pass(reply.status) => {
                    if !head || reply.to.is_some() || is_fine(reply.status) {
                        way.head = head;
                        self.hosts.learn(&way.at, Manner::Answers);
                        return Ok(reply);
                    }
                }
                Ok(mut reply) => {
                    way.tries += 1;
                    let too_long = reply.wait.is_some_and(|wait| wait > self.options.patience);
                    if too_long || way.tries >= TRIES {
                        let full = too_long || reply.status == 429;
                        self.hosts.learn(&way.at, if full { Manner::Full } else { Manner::Answers });
                        reply.wait = reply.wait.filter(|_| too_long);
                        return Ok(reply);
                    }
                }
                Err(Silence { why, for_good }) => {
                    way.tries += 1;
                    if for_good || way.tries >= TRIES {
                        self.hosts.learn(&way.at, Manner::Silent);
                        return Err(Outcome::Silent { why, at: None });
                    }
                }
            }
        }
    }

    /// One request, when its host is free. The text is not read.
    fn request(&self, way: &Way) -> Result<Result<Reply, Silence>, Outcome> {
        let made = self.hosts.turn(&way.at, || {
            let address = way.at.as_str();
            let request = if way.head { self.agent.head(address) } else { self.agent.get(address) };
            let reply = match request.call() {
                Ok(response) => Ok(Reply::of(&response)),
                Err(error) => Err(self.by_proxy(&way.at, silence(&error, &way.at, self.options))),
            };
            let wait = match &reply {
                Ok(reply) if !may_pass(reply.status) => Duration::ZERO,
                Ok(Reply { wait: Some(wait), .. }) => (*wait).min(self.options.patience),
                _ => self.options.pause.saturating_mul(2_u32.saturating_pow(way.tries + 1)),
            };
            (reply, wait)
        });
        made.map_err(|rest| left_alone(&way.at, rest))
    }

    /// The silence, with the proxy named that it may be the fault of.
    fn by_proxy(&self, url: &Url, mut silence: Silence) -> Silence {
        let uri = url.as_str().parse().unwrap_or_default();
        if let Some(proxy) = self.agent.config().proxy().filter(|proxy| !proxy.is_no_proxy(&uri)) {
            silence.why.push_str(&format!(" (by way of the proxy {}:{})", proxy.host(), proxy.port()));
        }
        silence
    }
}

impl Reply {
    fn of(response: &Response<Body>) -> Reply {
        let status = response.status().as_u16();
        let header = |name| header(response.headers(), name);
        let to = if matches!(status, 301 | 302 | 303 | 307 | 308) { header("location") } else { None };
        let wait = header("retry-after").and_then(|text| wait(&text, OffsetDateTime::now_utc()));
        Reply { status, to, wait }
    }
}

/// A header as text; some servers write addresses in plain UTF-8.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// How long `Retry-After` asks to wait: seconds, or until a date.
fn wait(text: &str, now: OffsetDateTime) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Some(Duration::try_from(until - now).unwrap_or(Duration::ZERO))
}

fn is_fine(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether a later request may have a better answer.
fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504 | 506..600)
}

fn outcome(reply: &Reply, moved: Option<(u16, Url)>) -> Outcome {
    match moved {
        _ if !is_fine(reply.status) => Outcome::Refused { status: reply.status, wait: reply.wait, at: None },
        Some((status, to)) => Outcome::Moved { status, to: to.into() },
        None => Outcome::Fine { status: reply.status },
    }
}

/// The outcome with the address that it came of, when that is not the first.
fn at(outcome: Outcome, seen: &[Url]) -> Outcome {
    let led = seen.get(1..).and_then(<[Url]>::last).map(Url::to_string);
    match outcome {
        Outcome::Refused { status, wait, .. } => Outcome::Refused { status, wait, at: led },
        Outcome::Silent { why, .. } => Outcome::Silent { why, at: led },
        other => other,
    }
}

/// Where a redirect leads, or why it cannot be followed.
fn next(from: &Url, to: &str) -> Result<Url, Outcome> {
    match from.join(to) {
        Ok(next) if matches!(next.scheme(), "http" | "https") => Ok(next),
        _ => Err(astray(format!("it leads to {to}, which is no web address"))),
    }
}

fn astray(why: String) -> Outcome {
    Outcome::Unsure { severity: Severity::Warning, why }
}

fn left_alone(url: &Url, rest: Rest) -> Outcome {
    let server = &url[Position::BeforeHost..Position::AfterPort];
    match rest {
        Rest::Full => {
            let why = format!("{server} wants no more requests for now");
            Outcome::Unsure { severity: Severity::Note, why }
        }
        Rest::Silent => astray(format!("{server} gave no answer for two other addresses")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_in_seconds_or_until_a_date() {
        let now = OffsetDateTime::from_unix_timestamp(784_111_777).unwrap();
        assert_eq!(wait("120", now), Some(Duration::from_secs(120)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:07 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("soon", now), None);
    }
}
