//! A page and the templates -> HTML.

pub mod functions;
pub mod templates;

use std::sync::Arc;

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

/// The HTML of a page, or what the template engine says.
pub fn render(page: &Page, frame: &Frame, templates: &Templates) -> Result<Arc<[u8]>, tera::Error> {
    let mut context = Context::new();
    context.insert_value("site", frame.site.clone());
    context.insert_value("lang", Value::from(frame.lang.as_str()));
    context.insert_value("dir", Value::from(frame.dir));
    context.insert_value("root", Value::from(page.root.as_str()));
    context.insert_value("page", Value::from_serializable(page));
    context.insert_value("view", Value::from_serializable(&page.view));
    let mut html = Vec::with_capacity(16 * 1024);
    templates.engine.render_to(page.template, &context, &mut html)?;
    Ok(Arc::from(html))
}
