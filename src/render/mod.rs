//! A page and the templates -> HTML.

pub mod functions;
pub mod once;
pub mod templates;
pub mod texts;

use std::cell::RefCell;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Value};

use crate::view::page::{Page, Site};
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
) -> Result<Arc<[u8]>, tera::Error> {
    let mut context = Context::new();
    context.insert_value("lang", Value::from(lang));
    context.insert_value("dir", Value::from(dir));
    context.insert_value(name, Value::from_serializable(value));
    let mut html = Vec::new();
    templates.engine.render_to(&format!("{name}.html"), &context, &mut html)?;
    Ok(Arc::from(html))
}

/// What `take` makes of the HTML of a page, or what the template engine says.
pub fn render<T>(
    page: &Page,
    frame: &Frame,
    templates: &Templates,
    take: impl FnOnce(&[u8]) -> T,
) -> Result<T, tera::Error> {
    let mut context = Context::new();
    context.insert_value("site", frame.site.clone());
    context.insert_value("lang", Value::from(frame.lang.as_str()));
    context.insert_value("dir", Value::from(frame.dir));
    context.insert_value("root", Value::from(page.root.as_str()));
    context.insert_value("page", Value::from_serializable(page));
    context.insert_value("view", Value::from_serializable(&page.view));
    let mut html = DESK.take();
    html.clear();
    let rendered = templates.engine.render_to(page.template, &context, &mut html);
    let made = rendered.map(|()| take(&html));
    DESK.set(html);
    made
}

thread_local! {
    /// Where a thread puts a page together: room that is there already.
    static DESK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}
