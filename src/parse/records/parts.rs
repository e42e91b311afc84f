//! The parts that several kinds of records have: names, texts, citations, addresses.

use super::super::citation::citation;
use super::super::fields::{Ctx, Fields, Value, invalid_date, items, string};
use super::super::markdown::{Role as TextRole, Setting, markdown};
use super::super::problems;
use crate::diag::{Diagnostic, Severity};
use crate::model::WebLink;
use crate::model::body::Body;
use crate::model::calendar::{AsGiven, Calendar, OriginalDate};
use crate::model::citation::Citation;
use crate::model::date::Date;
use crate::model::fields::{self as shapes, Shape};
use crate::model::name::{Name, Spelling, SpellingKind};
use crate::source::{Span, Spanned};

pub fn name(fields: &mut Fields, example: &str) -> Option<Name> {
    let text = fields.required("name", example);
    let lang = language(fields, "name_lang");
    let spellings = match fields.take("names") {
        Some(value) => {
            let mut names = Fields::of(fields.ctx, &shapes::NAMES, value, None)?;
            let rest = names.rest();
            rest.into_iter().flat_map(|(key, value)| spellings(names.ctx, key, value)).collect()
        }
        None => Vec::new(),
    };
    Some(Name { text: text?, lang, spellings })
}

pub fn spellings(ctx: &mut Ctx, key: Spanned<String>, value: Value) -> Vec<Spelling> {
    let other = SpellingKind::OTHER.into_iter().find(|(name, _)| *name == key.value);
    let kind = match other {
        Some((_, kind)) => kind,
        None if is_language(&key.value) => SpellingKind::Language(key.value),
        None => {
            let known = SpellingKind::OTHER.map(|(name, _)| name);
            let near =
                crate::diag::did_you_mean(&key.value, known).map(|near| format!("did you mean `{near}`?"));
            ctx.report(problems::simple(
                problems::INVALID_LANGUAGE,
                key.span,
                format!("`{}` is no language tag", key.value),
                near.unwrap_or_else(|| {
                    "write a BCP 47 tag such as `fa`, or `translit`, `aka`, `former` or `nom-de-guerre`"
                        .into()
                }),
            ));
            return Vec::new();
        }
    };
    items(value)
        .into_iter()
        .filter_map(|item| {
            if item.get_ref().is_str() {
                let text = string(ctx, "names", item)?;
                return Some(Spelling { kind: kind.clone(), text, cite: Vec::new(), note: None });
            }
            let mut fields = Fields::of(ctx, &shapes::SPELLING, item, None)?;
            let text = fields.required("text", "\"قاسم\"");
            let note = fields.plain("note");
            let cite = cites(&mut fields);
            fields.finish();
            Some(Spelling { kind: kind.clone(), text: text?, cite, note })
        })
        .collect()
}

pub fn cites(fields: &mut Fields) -> Vec<Citation> {
    fields.each("cite", |ctx, field, value| {
        let text = string(ctx, field, value)?;
        let mut found = Vec::new();
        let citation = citation(&text.value, &|range| ctx.inside(text.span, &text.value, range), &mut found);
        ctx.problems.extend(found);
        citation
    })
}

/// A date in another calendar: `{ calendar = "persian", date = "1402-03-24", text = "..", lang = "fa" }`.
pub fn as_given(fields: &mut Fields, shape: &'static Shape) -> Option<Box<AsGiven>> {
    let value = fields.take(shape.name)?;
    let mut fields = Fields::of(fields.ctx, shape, value, None)?;
    let calendar = fields.required_choice("calendar", &Calendar::ALL, "\"persian\"");
    let written = fields.required("date", "\"1402-03-24\"");
    let text = fields.plain("text");
    let lang = language(&mut fields, "lang");
    let date = calendar.zip(written).and_then(|(calendar, written)| {
        let ctx = &mut *fields.ctx;
        match OriginalDate::parse(calendar, &written.value) {
            Ok(value) => Some(Spanned { value, span: written.span }),
            Err(error) => {
                ctx.report(invalid_date(ctx, &written, error));
                None
            }
        }
    });
    fields.finish();
    Some(Box::new(AsGiven { date: date?, text, lang }))
}

/// The date that a field gives; where only `original` does, the days that it can mean.
pub fn date_or(
    fields: &mut Fields,
    field: &'static str,
    original: Option<&AsGiven>,
) -> Option<Spanned<Date>> {
    let is_there = fields.has(field);
    let date = fields.date(field);
    match original {
        Some(given) if !is_there => {
            Some(Spanned { value: given.date.value.to_edtf(), span: given.date.span })
        }
        _ => date,
    }
}

/// Inline Markdown.
pub fn text(fields: &mut Fields, field: &'static str) -> Option<Body> {
    let text = fields.string(field)?;
    let ctx = &mut *fields.ctx;
    let mut found = Vec::new();
    let place = |range| ctx.inside(text.span, &text.value, range);
    let setting = Setting { place: &place, folder: "", unsafe_html: ctx.config.unsafe_html };
    let (body, _) = markdown(&text.value, TextRole::Inline, &setting, &mut found);
    ctx.problems.extend(found);
    Some(body)
}

pub fn ids(fields: &mut Fields) -> Vec<(String, String)> {
    let Some(value) = fields.take("ids") else { return Vec::new() };
    let Some(mut ids) = Fields::of(fields.ctx, &shapes::IDS, value, None) else { return Vec::new() };
    let rest = ids.rest();
    report_misplaced(ids.ctx, "ids", &rest);
    rest.into_iter()
        .filter_map(|(key, value)| Some((key.value, string(ids.ctx, "ids", value)?.value)))
        .collect()
}

/// Reports what keeps a record off the site where it stands below a table that takes any name, and would be one of its own.
pub fn report_misplaced(ctx: &mut Ctx, table: &str, fields: &[(Spanned<String>, Value)]) {
    for (key, _) in fields.iter().filter(|(key, _)| ["withhold", "draft"].contains(&key.value.as_str())) {
        ctx.report(problems::simple(
            problems::UNKNOWN_FIELD,
            key.span,
            format!("`{}` stands in the table `{table}` here, and keeps nothing back", key.value),
            format!("put it above the line of that table, or write `{table} = {{ .. }}`"),
        ));
    }
}

pub fn links(fields: &mut Fields) -> Vec<WebLink> {
    fields.each("links", |ctx, _, value| {
        let mut fields = Fields::of(ctx, &shapes::LINK, value, None)?;
        let address = fields.required("url", "\"https://example.org/\"");
        let title = fields.required("title", "\"Official page\"");
        fields.finish();
        let url = address.and_then(|address| web_address(ctx, "url", address));
        Some(WebLink { url: url?, title: title?.value })
    })
}

pub fn url(fields: &mut Fields, field: &'static str) -> Option<Spanned<String>> {
    let address = fields.string(field)?;
    web_address(fields.ctx, field, address)
}

pub fn web_address(ctx: &mut Ctx, field: &'static str, address: Spanned<String>) -> Option<Spanned<String>> {
    let rest = address.value.strip_prefix("https://").or_else(|| address.value.strip_prefix("http://"));
    let fine = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace)
    });
    if fine {
        return Some(address);
    }
    let help = if address.value.contains([':', ' ']) {
        "write the whole address, from `https://` on, without spaces".to_owned()
    } else {
        format!("did you mean `https://{}`?", address.value.trim_start_matches('/'))
    };
    ctx.report(problems::simple(
        problems::INVALID_URL,
        address.span,
        format!("`{field}` is no web address"),
        help,
    ));
    None
}

pub fn language(fields: &mut Fields, field: &'static str) -> Option<String> {
    let tag = fields.string(field)?;
    if is_language(&tag.value) {
        return Some(tag.value);
    }
    fields.ctx.report(problems::simple(
        problems::INVALID_LANGUAGE,
        tag.span,
        format!("`{}` is no language tag", tag.value),
        "write a BCP 47 tag such as `fa`, `ar` or `zh-Hant`",
    ));
    None
}

/// A BCP 47 tag. Any word of two to eight letters is well-formed, so the primary language must be
/// one of two or three letters (ISO 639), which catches most slips.
pub fn is_language(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or(tag);
    (2..=3).contains(&primary.len()) && icu_locale::Locale::try_from_str(tag).is_ok()
}

pub fn country(fields: &mut Fields) -> Option<Spanned<String>> {
    let code = fields.string("country")?;
    if is_country(&code.value) {
        return Some(code);
    }
    let upper = code.value.to_ascii_uppercase();
    let help = match upper.as_str() {
        "UK" => "did you mean `GB`?".to_owned(),
        upper if is_country(upper) => format!("did you mean `{upper}`?"),
        _ => "write its two letters, such as `SE`; an invented country has one of `XA` to `XZ`".to_owned(),
    };
    let message = format!("`{}` is no country code", code.value);
    fields.ctx.report(problems::simple(problems::INVALID_COUNTRY, code.span, message, help));
    None
}

/// The codes of ISO 3166-1 alpha-2 that are assigned to countries.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// An assigned code, or one that ISO 3166-1 leaves to its users: AA, QM to QZ, XA to XZ, ZZ.
pub fn is_country(code: &str) -> bool {
    let users = match code.as_bytes() {
        [b'A', b'A'] | [b'Z', b'Z'] => true,
        [b'Q', second] => (b'M'..=b'Z').contains(second),
        [b'X', second] => second.is_ascii_uppercase(),
        _ => false,
    };
    users || (code.len() == 2 && COUNTRIES.split(' ').any(|known| known == code))
}

/// Reports a span of time that ends before it begins: a note where a date is in doubt.
pub fn in_order(ctx: &mut Ctx, from: &Option<Spanned<Date>>, to: &Option<Spanned<Date>>) {
    let (Some(from), Some(to)) = (from, to) else { return };
    if to.value.is_surely_before(&from.value) {
        let (severity, message) = if from.value.in_doubt() || to.value.in_doubt() {
            (Severity::Note, "this may end before it begins")
        } else {
            (Severity::Error, "this ends before it begins")
        };
        ctx.report(
            Diagnostic::new(problems::REVERSED_DATES, severity, Some(to.span), message)
                .label("the end")
                .also(from.span, "the beginning")
                .help("did you swap the two?"),
        );
    }
}

/// Where a record without a name of its own stands, for reports about the whole file.
pub fn start_of(ctx: &Ctx) -> Span {
    Span::new(ctx.file, 0..0)
}
