//! Articles, the home page, and the method.

use std::collections::BTreeMap;

use super::drawing::chart::{self, Leads};
use super::page::{About, Article, ArticleCard, Common, Home, Page, View};
use super::prose::Writer;
use super::words::Words;
use super::{corrections, lists, record, row, timeline};
use crate::link::refs::citations;
use crate::link::routes::address;
use crate::model::Kind;
use crate::model::citation::{Citation, Hop};
use crate::model::dossier::Id;

/// The path of the article whose text opens the home page, and of the one about the method.
const HOME: &str = "index";
const ABOUT: &str = "about";

/// The page of an article; those with a page of their own making have none here.
pub fn page(words: &Words, id: Id) -> Option<Page> {
    let dossier = &words.linked.dossier;
    let article = dossier.article(id)?;
    if !is_listed(&article.path) {
        return None;
    }
    let mut writer = Writer::new(words, &address(dossier, id));
    let summary_html = writer.inline(article.summary.as_ref());
    let marks = writer.notes.marks(words, &article.cite);
    writer.margin = true;
    let body = writer.blocks(&article.body);
    let common = record::common(writer, id, body, &|_| false, &[]);
    let view = View::Article(Box::new(Article {
        summary_html,
        authors: if article.authors.is_empty() {
            dossier.config.authors.clone()
        } else {
            article.authors.clone()
        },
        date: article.date.as_ref().map(|date| words.date(&date.value)),
        minutes_text: minutes(words, id),
        marks,
        common,
    }));
    let description = article.summary.as_ref().map(|summary| words.plain(&summary.text));
    Some(Page {
        description,
        ..record::page(words, id, "article.html", "explainers.html", "nav.explainers", view)
    })
}

fn is_listed(path: &str) -> bool {
    path != HOME && path != ABOUT
}

/// Articles in the order the authors gave, then by path.
pub fn listed(words: &Words) -> Vec<Id> {
    let dossier = &words.linked.dossier;
    let mut ids: Vec<Id> = dossier
        .ids(Kind::Article)
        .filter(|id| dossier.article(*id).is_some_and(|article| is_listed(&article.path)))
        .collect();
    ids.sort_by_key(|id| {
        let order = dossier.article(*id).and_then(|article| article.order);
        (order.is_none(), order, *id)
    });
    ids
}

/// An article in a list on the page at `path`.
pub fn card(words: &Words, id: Id, path: &str) -> ArticleCard {
    let summary = words.linked.dossier.article(id).and_then(|article| article.summary.as_ref());
    ArticleCard {
        title: words.title(id),
        href: address(&words.linked.dossier, id),
        summary_html: Writer::bare(words, path).inline(summary),
        minutes_text: minutes(words, id),
    }
}

/// How long it takes to read, at 230 words a minute.
fn minutes(words: &Words, id: Id) -> String {
    const WORDS_A_MINUTE: usize = 230;
    let count = words.linked.dossier.article(id).map_or(0, |article| article.body.words());
    words.count("say.minutes", count.div_ceil(WORDS_A_MINUTE).max(1))
}

pub fn home(words: &Words) -> Page {
    let dossier = &words.linked.dossier;
    let path = "index.html";
    let mut writer = Writer::new(words, path);
    let own = dossier.find(Kind::Article, HOME);
    let article = own.and_then(|id| dossier.article(id));
    let summary = article.and_then(|article| article.summary.as_ref());
    let summary_html = writer.inline(summary);
    let body = article.map_or_else(Vec::new, |article| writer.blocks(&article.body));
    let occasions: Vec<Id> = words.linked.occasions().iter().map(|occasion| occasion.id).collect();
    let changes: Vec<Id> = dossier.ids(Kind::Correction).collect();
    let changes = corrections::listed(&mut writer, &changes).into_iter().take(5).collect();
    let common = match own {
        Some(id) => record::common(writer, id, body, &|_| true, &[]),
        None => {
            Common { notes: writer.notes.into_entries(), figures: writer.figures, body, ..Common::default() }
        }
    };
    // Of many, those that come first in the alphabet, with the way to all.
    const SHOWN: usize = 24;
    // Many marks would say less than the bars of their years.
    const MANY: usize = 150;
    let (chart, index) = if occasions.len() > MANY {
        (None, timeline::index(words))
    } else {
        (chart::chart(words, &occasions, Leads::ToPage, &|_| None), Vec::new())
    };
    let view = View::Home(Box::new(Home {
        summary_html,
        chains: record::chains(words, usual_chain(words).as_slice(), words.get("step.dossier")),
        chart,
        index,
        statuses: row::statuses(words, &occasions),
        articles: listed(words).into_iter().map(|id| card(words, id, path)).collect(),
        sides: lists::sides(words, SHOWN),
        people_count: dossier.people.len(),
        groups: words
            .sorted(dossier.ids(Kind::Group))
            .into_iter()
            .take(SHOWN)
            .map(|id| row::group_card(words, id))
            .collect(),
        groups_count: dossier.groups.len(),
        changes,
        common,
    }));
    let description =
        summary.map(|summary| words.plain(&summary.text)).or_else(|| dossier.config.description.clone());
    Page {
        title: article.map_or_else(|| dossier.config.title.clone(), |article| article.title.clone()),
        description,
        section: Some(path.to_owned()),
        ..super::page(path, "home.html", view)
    }
}

/// The chain of sources that records usually rest on, without locators: the source that is cited most, and
/// behind it what most of those who cite it name there.
fn usual_chain(words: &Words) -> Option<Citation> {
    let dossier = &words.linked.dossier;
    let records = dossier.all().filter(|id| matches!(id.kind, Kind::Meeting | Kind::Event | Kind::Relation));
    let mut alike: Vec<&Citation> =
        records.flat_map(|id| citations(dossier, id)).map(|(citation, _)| citation).collect();
    let mut depth = 0;
    loop {
        let mut next: BTreeMap<(bool, &str), Vec<&Citation>> = BTreeMap::new();
        for citation in &alike {
            if let Some(hop) = citation.hops.get(depth) {
                next.entry(hop.origin()).or_default().push(citation);
            }
        }
        let most =
            next.into_values().max_by_key(Vec::len).filter(|most| depth == 0 || 2 * most.len() > alike.len());
        let Some(most) = most else { break };
        depth += 1;
        alike = most;
    }
    let mut usual = (*alike.first()?).clone();
    usual.hops.truncate(depth);
    for hop in &mut usual.hops {
        if let Hop::Source { locator, .. } = hop {
            *locator = None;
        }
    }
    Some(usual)
}

pub fn about(words: &Words) -> Page {
    let dossier = &words.linked.dossier;
    let path = "about.html";
    let mut writer = Writer::new(words, path);
    let own = dossier.find(Kind::Article, ABOUT);
    let article = own.and_then(|id| dossier.article(id));
    let summary_html = writer.inline(article.and_then(|article| article.summary.as_ref()));
    let body = article.map_or_else(Vec::new, |article| writer.blocks(&article.body));
    let common = match own {
        Some(id) => record::common(writer, id, body, &|_| false, &[]),
        None => Common { notes: writer.notes.into_entries(), body, ..Common::default() },
    };
    let all: Vec<Id> = dossier.all().collect();
    let view = View::About(Box::new(About {
        summary_html,
        statuses: row::statuses(words, &all),
        corrections_count: dossier.corrections.len(),
        common,
    }));
    Page {
        title: article.map_or_else(|| words.get("nav.about").to_owned(), |article| article.title.clone()),
        section: Some(path.to_owned()),
        trail: vec![super::page::Link {
            text: words.get("nav.overview").to_owned(),
            href: "index.html".to_owned(),
        }],
        ..super::page(path, "about.html", view)
    }
}
