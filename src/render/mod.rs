//! A page and the templates -> HTML.

pub mod depth;
pub mod functions;
pub mod inline;
pub mod limits;
pub mod once;
pub mod templates;
pub mod texts;

use std::cell::RefCell;
use std::error::Error as _;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Error, ErrorKind, Value};
use tracing::debug_span;

use crate::view::page::{Page, Site};
use limits::Bounded;
use templates::Templates;

/// What is the same for every page, made into template values once.
pub struct Frame {
    site: Value,
    lang: String,
    dir: &'static str,
}

impl Frame {
    pub fn new(site: &Site) -> Frame {
        Frame { site: Value::from_serializable(site), lang: site.lang.clone(), dir: site.dir }
    }
}

/// The HTML of a document that is no page of the site, from the template of its name, which finds `value`
/// under that name too; or what the template engine says.
pub fn alone(
    name: &'static str,
    value: &impl Serialize,
    lang: &str,
    dir: &str,
    templates: &Templates,
) -> Result<Arc<[u8]>, Error> {
    let mut context = Context::new();
    context.insert_value("lang", Value::from(lang));
    context.insert_value("dir", Value::from(dir));
    context.insert_value("root", Value::from(""));
    context.insert_value(name, Value::from_serializable(value));
    let mut html = Vec::new();
    written(&format!("{name}.html"), &format!("{name}.html"), &context, templates, &mut html)?;
    Ok(Arc::from(html))
}

/// What `take` makes of the HTML of a page, or what the template engine says.
pub fn render<T>(
    page: &Page,
    frame: &Frame,
    templates: &Templates,
    take: impl FnOnce(&[u8]) -> T,
) -> Result<T, Error> {
    let mut context = Context::new();
    context.insert_value("site", frame.site.clone());
    context.insert_value("lang", Value::from(frame.lang.as_str()));
    context.insert_value("dir", Value::from(frame.dir));
    context.insert_value("root", Value::from(page.root.as_str()));
    context.insert_value("page", Value::from_serializable(page));
    context.insert_value("view", Value::from_serializable(&page.view));
    let mut html = DESK.take();
    html.clear();
    let made = written(&page.path, page.template, &context, templates, &mut html).map(|()| take(&html));
    DESK.set(html);
    made
}

/// Writes what a template makes for the page at `path` into `html`; or what the template engine says.
fn written(
    path: &str,
    template: &str,
    context: &Context,
    templates: &Templates,
    html: &mut Vec<u8>,
) -> Result<(), Error> {
    let _span = debug_span!("render", path, template).entered();
    let rendered = templates.engine.render_to(template, context, Bounded::new(html));
    rendered.map_err(|error| match error.kind() {
        // The place is in it.
        ErrorKind::RenderingError(_) => error,
        _ => Error::chain(template, error),
    })
}

/// The template that an error without a place was met in, and the error.
pub fn met_in(error: &Error) -> Option<(String, &Error)> {
    Some((error.to_string(), error.source()?.downcast_ref()?))
}

thread_local! {
    /// Where a thread puts a page together: room that is there already.
    static DESK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}
