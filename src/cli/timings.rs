//! Where the time of a build goes: the spans of the library -> a table, or a file for viewers of traces.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dossier::disk::file;
use dossier::disk::write::in_words;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};
use tracing_subscriber::util::SubscriberInitExt;

use super::args::ReportFormat;
use super::limits;
use super::terminal::{pages, say};

/// The stages in their order: the name of the span, and what it is.
const STAGES: [(&str, &str); 18] = [
    ("read", "reading the folder"),
    ("last", "comparing with the last build"),
    ("parse", "parsing"),
    ("gather", "gathering records"),
    ("link", "linking"),
    ("figures", "counting figures"),
    ("check", "checking"),
    ("pictures", "pictures"),
    ("look", "words, templates and sources"),
    ("files", "style sheets and previews"),
    ("search", "index of the search"),
    ("pages", "pages"),
    ("exports", "formats of export"),
    ("finish", "putting together"),
    ("withheld", "of this, proving what is withheld absent"),
    ("keep", "keeping pictures"),
    ("write", "writing the folder"),
    ("report", "report"),
];

/// Spans of single pieces, whose times are those of all threads together.
const PIECES: [(&str, &str); 7] = [
    ("file", "parsing files"),
    ("value", "values of records"),
    ("timeline", "the timeline and long profiles, rendered"),
    ("network", "values of the network"),
    ("alphabet", "values of the alphabet"),
    ("lists", "values of lists"),
    ("render", "rendering"),
];

/// How many pages and templates are named.
const NAMED: usize = 10;

/// A time that is measured.
#[derive(Debug, Default)]
struct Item {
    page: Named,
    entered: Option<Instant>,
    busy: Duration,
}

#[derive(Debug, Default)]
struct Known {
    /// By the name of the span: the time, and how often.
    spans: BTreeMap<&'static str, (Duration, usize)>,
    templates: BTreeMap<String, (Duration, usize)>,
    pages: Vec<(Duration, String)>,
}

/// What is measured, while it is.
pub struct Timings {
    known: Option<Arc<Mutex<Known>>>,
    /// Writes the rest of the trace when it goes.
    _trace: Option<FlushGuard>,
}

/// The file of a trace. When it cannot be written any further that is said once, and the build goes on.
struct Trace {
    file: File,
    is_broken: bool,
}

impl Trace {
    /// Begins one, in place of an older one and of no other file.
    fn create(path: &Path) -> io::Result<Trace> {
        let mut first = [0];
        let there = path.metadata();
        let is_other = match &there {
            Ok(there) if there.is_file() => {
                file::open(path)?.read(&mut first)? > 0
                    && (first != *b"[" || path.extension().is_none_or(|end| end != "json"))
            }
            Ok(_) => true,
            Err(_) => false,
        };
        if is_other {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "something that is no trace is there already",
            ));
        }
        Ok(Trace { file: File::create(path)?, is_broken: false })
    }
}

impl Write for Trace {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_broken
            && let Err(error) = self.file.write_all(bytes)
        {
            self.is_broken = true;
            say(&format!("warning: the trace is not whole: {}", in_words(&error)));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to measure, as the options of the command line ask, and to watch over pages; the error is that of the file of
/// the trace.
pub fn begin(timings: bool, trace: Option<&Path>, format: ReportFormat) -> io::Result<Timings> {
    let known = timings.then(Arc::<Mutex<Known>>::default);
    let (layer, guard) = match trace.map(Trace::create).transpose()? {
        Some(file) => {
            let (layer, guard) = ChromeLayerBuilder::new().writer(file).include_args(true).build();
            (Some(layer), Some(guard))
        }
        None => (None, None),
    };
    // Nothing else of the program sets one.
    let _ = Registry::default()
        .with(limits::layer(format))
        .with(known.clone().map(Recorder))
        .with(layer)
        .try_init();
    Ok(Timings { known, _trace: guard })
}

impl Timings {
    /// The table, once the build is over.
    pub fn table(&self) -> Option<String> {
        Some(self.known.as_ref()?.lock().ok()?.table())
    }
}

impl Known {
    fn table(&self) -> String {
        let stages = STAGES.iter().filter_map(|(name, what)| {
            let (time, _) = self.spans.get(name)?;
            Some(format!("{:>10} {what}", millis(*time)))
        });
        let pieces = PIECES.iter().filter_map(|(name, what)| {
            let (time, count) = self.spans.get(name)?;
            let count =
                if *count > 1 { format!("  {count}, {} each", each(*time, *count)) } else { String::new() };
            Some(format!("{:>10} {what}{count}", millis(*time)))
        });
        let mut templates: Vec<_> = self.templates.iter().collect();
        templates.sort_by_key(|(_, (time, _))| std::cmp::Reverse(*time));
        let templates = templates.into_iter().take(NAMED).map(|(name, (time, count))| {
            let (time, pages, each) = (millis(*time), pages(*count), each(*time, *count));
            format!("{time:>10} {name}  {pages}, {each} each")
        });
        let mut slowest: Vec<_> = self.pages.iter().collect();
        slowest.sort_by(|one, other| other.cmp(one));
        let slowest =
            slowest.into_iter().take(NAMED).map(|(time, path)| format!("{:>10} {path}", millis(*time)));
        let parts: [(&str, Vec<String>); 4] = [
            ("Where the time went, in ms", stages.collect()),
            ("The same of single pieces, added up over all threads", pieces.collect()),
            ("Templates by the time of their pages", templates.collect()),
            ("The slowest pages", slowest.collect()),
        ];
        let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
        let parts: Vec<String> =
            parts.map(|(title, lines)| format!("{title}\n{}\n", lines.join("\n"))).collect();
        parts.join("\n")
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

fn each(time: Duration, count: usize) -> String {
    format!("{:.3}", time.as_secs_f64() * 1000.0 / count.max(1) as f64)
}

/// Adds up what spans take.
struct Recorder(Arc<Mutex<Known>>);

impl<S: tracing::Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut item = Item::default();
        attributes.record(&mut item.page);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(item);
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(item) = span.extensions_mut().get_mut::<Item>()
        {
            item.entered = Some(Instant::now());
        }
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(item) = span.extensions_mut().get_mut::<Item>()
        {
            item.busy += item.entered.take().map_or(Duration::ZERO, |entered| entered.elapsed());
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(item) = span.extensions_mut().remove::<Item>() else { return };
        let Ok(mut known) = self.0.lock() else { return };
        let add = |(time, count): &mut (Duration, usize)| {
            *time += item.busy;
            *count += 1;
        };
        add(known.spans.entry(span.name()).or_default());
        let Named { path, template } = item.page;
        if !template.is_empty() {
            add(known.templates.entry(template).or_default());
            known.pages.push((item.busy, path));
        }
    }
}

/// What a span says of the page that is made in it.
#[derive(Debug, Default)]
pub struct Named {
    pub path: String,
    pub template: String,
}

impl Visit for Named {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "path" => value.clone_into(&mut self.path),
            "template" => value.clone_into(&mut self.template),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
