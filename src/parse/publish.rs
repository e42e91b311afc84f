//! `[publish.NAME]` in `site.toml` -> targets.

use std::collections::BTreeMap;

use super::fields::{Ctx, Fields, Value};
use super::problems;
use super::records::parts::url;
use crate::model::fields;
use crate::model::publish::{Address, HISTORIES, Target, has_password};
use crate::source::Spanned;

/// The places that a site is published to, by name.
pub fn targets(fields: &mut Fields) -> BTreeMap<String, Target> {
    let mut targets = BTreeMap::new();
    let Some(value) = fields.take("publish") else { return targets };
    let Some(mut table) = Fields::of(fields.ctx, &fields::PUBLISH, value, None) else { return targets };
    for (name, value) in table.rest() {
        if Address::is_meant(&name.value) || name.value.is_empty() {
            let message = format!("`{}` could be the address of a target as well as its name", name.value);
            let help = "name it by letters, digits and hyphens";
            table.ctx.report(problems::simple(problems::INVALID_TARGET, name.span, message, help));
        } else if let Some(target) = target(table.ctx, value) {
            targets.insert(name.value, target);
        }
    }
    targets
}

fn target(ctx: &mut Ctx, value: Value) -> Option<Target> {
    let mut fields = Fields::of(ctx, &fields::TARGET, value, None)?;
    let to = fields.required("to", "\"git:origin#gh-pages\"");
    let to = to.and_then(|to| address(fields.ctx, &to));
    let history = fields.choice("history", &HISTORIES).map(|history| history.value);
    let message = fields.plain("message");
    let domain = domain(&mut fields);
    let endpoint = url(&mut fields, "endpoint").and_then(|url| without_password(fields.ctx, url));
    let region = fields.plain("region");
    fields.finish();
    Some(Target { to: to?, history: history.unwrap_or_default(), message, domain, endpoint, region })
}

fn address(ctx: &mut Ctx, text: &Spanned<String>) -> Option<Address> {
    let error = match Address::parse(&text.value) {
        Ok(address) => return Some(address),
        Err(error) => error,
    };
    ctx.report(problems::simple(problems::INVALID_TARGET, text.span, error.why, error.help));
    None
}

fn without_password(ctx: &mut Ctx, url: Spanned<String>) -> Option<String> {
    if !has_password(&url.value) {
        return Some(url.value);
    }
    let help = "leave it out: it is taken from the environment, or from where the store's own tools keep it";
    ctx.report(problems::simple(problems::INVALID_TARGET, url.span, "the address holds a password", help));
    None
}

/// A domain name as it stands in a file `CNAME`.
fn domain(fields: &mut Fields) -> Option<String> {
    let text = fields.string("domain")?;
    let is_domain = text.value.contains('.')
        && !text.value.starts_with(['.', '-'])
        && !text.value.ends_with(['.', '-'])
        && text.value.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    if is_domain {
        return Some(text.value);
    }
    let message = format!("`{}` is no domain", text.value);
    let help = "write it without `https://` and without a path, such as `dossier.example.org`";
    fields.ctx.report(problems::simple(problems::INVALID_TARGET, text.span, message, help));
    None
}
