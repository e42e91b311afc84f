//! A page -> what the picture says that is shown where somebody links to it.

use super::drawing::lanes::lanes;
use super::page::{Name, Page, Records, Rich, Row, Share, ShareLanes, ShareStatus, View};
use super::words::Words;
use crate::model::Kind;

/// What the picture of a page says; pages that show no record, article or whole dossier have none of their own.
pub fn share(words: &Words, page: &Page) -> Option<Share> {
    let description = || page.description.clone().unwrap_or_default();
    let said = |head: Vec<&str>, native: Option<&Name>, text: Vec<&str>, lanes: Option<ShareLanes>| Share {
        mark: None,
        head: head.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        title: page.title.clone(),
        native: native.cloned(),
        text: text.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        status: None,
        attribution: String::new(),
        lanes,
        site: words.linked.dossier.config.title.clone(),
        tagline: words.linked.dossier.config.description.clone().unwrap_or_default(),
        right_to_left: words.is_right_to_left(),
    };
    // A long list of records is no chart there, and none here.
    let charted = |records: &Records| {
        let (kind, name) = page.path.split_once('/').filter(|_| records.index.is_empty())?;
        let id = words.linked.dossier.find(Kind::from_plural(kind)?, name.strip_suffix(".html")?)?;
        let ids: Vec<_> = words.linked.occasions_of(id).map(|occasion| occasion.id).collect();
        lanes(words, &ids)
    };
    Some(match &page.view {
        View::Occasion(view) => occasion(&view.row, said(Vec::new(), None, Vec::new(), None)),
        View::Person(view) => {
            let head = vec![words.get("page.person.eyebrow"), view.side.as_deref().unwrap_or_default()];
            let sentence = |text: &String| words.strings.fill("page.sentence", &[("text", text)]);
            let text = page.description.clone().or_else(|| view.office.as_ref().map(sentence));
            let text = text.unwrap_or_default();
            said(head, view.native.as_ref(), vec![&text, &view.named_text], charted(&view.records))
        }
        View::Group(view) => {
            let head = vec![words.get("page.group.eyebrow"), &view.kind];
            let text = description();
            said(head, view.native.as_ref(), vec![&text, &view.named_text], charted(&view.records))
        }
        View::Place(view) => {
            let records = words.count("say.records", view.records.records_count);
            let head = vec![words.get("page.place.eyebrow")];
            said(head, view.native.as_ref(), vec![&records], charted(&view.records))
        }
        View::Source(view) => {
            let head = vec![words.get("page.source.eyebrow"), &view.kind];
            said(head, None, vec![&plain(&view.lead)], None)
        }
        View::Article(_) => said(vec![words.get("page.article.eyebrow")], None, vec![&description()], None),
        View::Home(_) => Share {
            tagline: String::new(),
            ..said(vec![words.get("page.home.eyebrow")], None, vec![&description()], None)
        },
        _ => return None,
    })
}

fn occasion(row: &Row, share: Share) -> Share {
    let attribution = row.attribution.sentences.first().map_or_else(String::new, plain);
    let origins = Some(&row.attribution.origins_text).filter(|_| row.attribution.sentences.len() > 1);
    Share {
        mark: Some(row.mark),
        head: vec![row.kind.clone(), row.when.text.clone()],
        text: vec![plain(&row.people)],
        status: Some(ShareStatus {
            key: row.status.key,
            word: row.status.word.clone(),
            // Those who report a record are named beside it anyway.
            by: if row.status.key == "reported" { String::new() } else { plain(&row.status.by) },
        }),
        attribution: [Some(attribution).as_ref(), origins]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        ..share
    }
}

fn plain(rich: &Rich) -> String {
    rich.iter().map(|part| part.text.as_str()).collect()
}
