//! `site.toml` -> `Config`.

use std::collections::BTreeMap;

use super::fields::{Ctx, Fields, Value, flag, reference, string};
use super::publish::targets;
use super::records::parts::{language, start_of, web_address};
use super::toml_text::toml_table;
use super::{clean_text, problems};
use crate::diag::{Checked, Severity};
use crate::model::config::{Config, Exports, LEVELS, Side};
use crate::model::fields;
use crate::source::{SourceFile, Spanned};

/// The settings of a dossier. `lints` and `formats` are the names of all lints and of all formats of export, to
/// check those that are set.
pub fn config(file: &SourceFile, lints: &[&str], formats: &[&str]) -> Checked<Config> {
    let (text, found) = clean_text(file);
    let defaults = Config::default();
    let mut ctx = Ctx::new(file.id, &text, &defaults);
    ctx.problems = found;
    let mut left = String::new();
    let table = toml_table(&mut ctx, &text, &mut left);
    let start = start_of(&ctx);
    let mut fields = Fields::new(&mut ctx, &fields::SITE, table, start);
    let title = fields.required("title", "\"Who met whom\"");
    let config = Config {
        title: title.map_or_else(String::new, |title| title.value),
        language: language(&mut fields, "language").unwrap_or_else(|| defaults.language.clone()),
        description: fields.plain("description"),
        authors: fields.strings("authors").into_iter().map(|author| author.value).collect(),
        licence: fields.plain("licence"),
        base_url: fields.string("base_url").and_then(|url| web_address(fields.ctx, "base_url", url)),
        share_images: fields.bool_or("share_images", defaults.share_images),
        notice: fields.plain("notice"),
        contact: contact(&mut fields),
        unsafe_html: fields.bool("unsafe_html"),
        citation_style: fields.string("citation_style"),
        exports: exports(&mut fields, formats),
        sides: fields.each("sides", side),
        publish: targets(&mut fields),
        lints: levels(&mut fields, lints),
    };
    fields.finish();
    Checked { value: config, diagnostics: ctx.problems }
}

/// An e-mail address, or one of the web.
fn contact(fields: &mut Fields) -> Option<Spanned<String>> {
    let contact = fields.string("contact")?;
    if contact.value.starts_with("https://") || contact.value.starts_with("http://") {
        return web_address(fields.ctx, "contact", contact);
    }
    if is_mailbox(&contact.value) {
        return Some(contact);
    }
    let mailbox = contact.value.strip_prefix("mailto:").filter(|rest| is_mailbox(rest));
    let help = match mailbox {
        Some(mailbox) => format!("did you mean `{mailbox}`?"),
        None => {
            "write an e-mail address, such as `editors@example.org`, or a web address, from `https://` on"
                .to_owned()
        }
    };
    let message = "`contact` is no e-mail address and no web address";
    fields.ctx.report(problems::simple(problems::INVALID_URL, contact.span, message, help));
    None
}

/// Whether this is an e-mail address of characters that need no escape in a link.
fn is_mailbox(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let named = |c: char| c.is_ascii_alphanumeric() || "._+-'~!$*".contains(c);
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    !name.is_empty() && name.chars().all(named) && host.contains('.') && host.split('.').all(label)
}

fn side(ctx: &mut Ctx, _: &'static str, value: Value) -> Option<Side> {
    let mut fields = Fields::of(ctx, &fields::SIDE, value, None)?;
    let title = fields.required("title", "\"State officials\"");
    let groups: Vec<_> = fields.strings("groups").into_iter().map(reference).collect();
    if groups.is_empty() {
        fields.missing("groups", "[\"group-key\"]");
    }
    fields.finish();
    Some(Side { title: title?.value, groups })
}

/// `popolo = false` leaves a format out.
fn exports(fields: &mut Fields, formats: &[&str]) -> Exports {
    let mut exports = Exports::default();
    let Some(value) = fields.take("exports") else { return exports };
    let Some(mut table) = Fields::of(fields.ctx, &fields::EXPORTS, value, None) else { return exports };
    exports.csv_bom = table.bool("csv_bom");
    for (name, value) in table.rest() {
        if !formats.contains(&name.value.as_str()) {
            let known: Vec<&str> = formats.iter().copied().chain(["csv_bom"]).collect();
            let problem = problems::unknown_field(name.span, "set of formats", &name.value, &known);
            table.ctx.report(problem);
        } else if flag(table.ctx, &name.value, value) == Some(false) {
            exports.off.insert(name.value);
        }
    }
    exports
}

fn levels(fields: &mut Fields, lints: &[&str]) -> BTreeMap<String, Option<Severity>> {
    let mut levels = BTreeMap::new();
    let Some(value) = fields.take("lints") else { return levels };
    let Some(mut table) = Fields::of(fields.ctx, &fields::LINTS, value, None) else { return levels };
    for (name, value) in table.rest() {
        if !lints.contains(&name.value.as_str()) {
            let problem = problems::unknown_field(name.span, "set of lints", &name.value, lints);
            table.ctx.report(problem);
            continue;
        }
        let Some(level) = string(table.ctx, "level", value) else { continue };
        match LEVELS.iter().find(|(word, _)| *word == level.value) {
            Some((_, severity)) => {
                levels.insert(name.value, *severity);
            }
            None => {
                let words = LEVELS.iter().map(|(word, _)| *word);
                table.ctx.report(problems::unknown_value(level.span, &name.value, &level.value, words));
            }
        }
    }
    levels
}
