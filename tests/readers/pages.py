"""What the pages say to programs: JSON-LD, feeds, the map of the site."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import edtf
from dossier import title_of


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.scripts, self.links, self.is_listed, self.inside = [], [], True, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self.links += [given[name] for name in ("href", "src", "action", "poster") if name in given]
        self.links += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        if tag == "meta" and (given.get("http-equiv") == "refresh" or "noindex" in given.get("content", "")):
            self.is_listed = False
        if tag == "script" and given.get("type") == "application/ld+json":
            self.inside = True
            self.scripts.append("")

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"


WORKS = """CreativeWork Article NewsArticle ReportageNewsArticle OpinionNewsArticle ScholarlyArticle Report Book
    Chapter WebPage AboutPage Collection BlogPosting SocialMediaPosting Dataset Legislation Thesis Movie
    MusicComposition MusicRecording Map Message Conversation Periodical Newspaper Review SoftwareApplication
    SoftwareSourceCode VideoObject AudioObject ImageObject Photograph DigitalDocument Manuscript Claim Episode
    Drawing Quotation BroadcastEvent Event""".split()
TYPES = {
    "people": ["Person"],
    "groups": """Organization GovernmentOrganization PoliticalParty NewsMediaOrganization ResearchOrganization
        Corporation NGO EducationalOrganization Country""".split(),
    "meetings": ["Event"], "events": ["Event", "PublicationEvent"],
    "places": ["Place", "AdministrativeArea", "City", "Country", "State"],
    "sources": WORKS, "articles": WORKS,
}
LD_DATES = {"startDate": "date", "endDate": "date", "birthDate": "born", "deathDate": "died",
            "foundingDate": "founded", "dissolutionDate": "dissolved", "datePublished": "published"}


def local(context):
    """The context without what would be fetched from the network."""
    if isinstance(context, list):
        return [local(part) for part in context]
    if isinstance(context, str):
        if context.rstrip("/") != "https://schema.org":
            raise ValueError(f"context {context}")
        return {"@vocab": "https://schema.org/"}
    return context


def check_jsonld(site):
    from rdflib import RDF, SDO, Graph
    pages = triples = 0
    for id, record in site.records.items():
        kind, _, key = id.partition("/")
        if kind not in TYPES or key in ("index", "about"):  # these two open pages of another kind
            continue
        path = f"{key}.html" if kind == "articles" else f"{id}.html"
        if not site.expect(site.has(path), f"{path} is missing"):
            continue
        scripts = Page(site.text(path)).scripts
        if not site.expect(len(scripts) == 1, f"{path}: {len(scripts)} scripts with JSON-LD"):
            continue
        try:
            data = json.loads(scripts[0])
            data["@context"] = local(data["@context"])
            where = f"{site.base or 'https://example.org'}/{path}"
            graph = Graph().parse(data=json.dumps(data), format="json-ld", publicID=where)
        except Exception as error:
            site.fail(f"{path}: {type(error).__name__}: {error}")
            continue
        pages, triples = pages + 1, triples + len(graph)
        types = set(graph.objects(None, RDF.type))
        for term in types | {term for _, term, _ in graph if not term.startswith(str(RDF))}:
            site.expect(term in SDO, f"{path}: schema.org has no {term}")
        title = title_of(record)
        subjects = [node for name in TYPES[kind] for node in graph.subjects(RDF.type, SDO[name])]
        named = {node: {str(name) for field in (SDO.name, SDO.headline) for name in graph.objects(node, field)}
                 for node in subjects}
        site.expect(subjects, f"{path}: @type is none of {', '.join(TYPES[kind][:5])}, but {types}")
        names = set().union(*named.values())
        site.expect(title in names if title else names, f"{path}: the name is {names}, expected {title!r}")
        for node in (node for node in subjects if title in named[node]):
            for field, source in LD_DATES.items():
                for value in graph.objects(node, SDO[field]):
                    true = source not in record or edtf.is_true(str(value), record[source], field == "endDate")
                    site.expect(true, f"{path}: {field} {value} says more than {record.get(source)}")
    return f"{pages} pages, {triples} triples"


def check_feed(name):
    def check(site):
        import feedparser
        if not site.has(name):
            needed = name == "corrections.xml" and site.data["corrections"] and not site.is_former
            site.expect(not needed, f"{name} is missing, though there are corrections")
            return f"no {name}"
        read = feedparser.parse((site.folder / name).read_bytes())
        site.expect(not read.bozo, f"{read.get('bozo_exception')}")
        site.expect(read.version == "atom10", f"is {read.version or 'no feed'}, not Atom")
        for field in ("id", "title", "updated_parsed"):
            site.expect(read.feed.get(field), f"the feed has no {field}")
        for entry in read.entries:
            # Not `entry.link`: where there is none, feedparser takes the id for it.
            id, link = entry.get("id"), next((link["href"] for link in entry.get("links", [])), None)
            site.expect(link, f"{id}: no link")
            for field in ("id", "title", "updated_parsed"):
                site.expect(entry.get(field), f"{id}: no {field}")
            site.expect(entry.get("author") or read.feed.get("author"), f"{id}: nobody wrote it")
            if link and site.expect(link.startswith(site.base or ""), f"{link} is not below {site.base}"):
                path = unquote(urlsplit(link[len(site.base or ""):].lstrip("/")).path)
                there = site.has(path) or site.has(path.rstrip("/") + "/index.html") or path == ""
                site.expect(there, f"{link} leads nowhere")
        ids = [entry.get("id") for entry in read.entries]
        site.same(ids, set(ids), "ids of entries")
        return f"{len(ids)} entries"
    return check


def check_sitemap(site):
    if not site.base or site.is_former:
        site.expect(not site.has("sitemap.xml"), "sitemap.xml, without a base_url or of the past")
        return "none"
    space, base = "{http://www.sitemaps.org/schemas/sitemap/0.9}", site.base.rstrip("/") + "/"
    roots, listed = [ElementTree.fromstring(site.text("sitemap.xml"))], []
    if roots[0].tag == f"{space}sitemapindex":
        parts = [part.findtext(f"{space}loc", "").removeprefix(base) for part in roots[0]]
        roots = [ElementTree.fromstring(site.text(part)) for part in parts]
    for root in roots:
        site.expect(root.tag == f"{space}urlset" and len(root) <= 50_000, f"{root.tag} with {len(root)} addresses")
    for url in (url for root in roots for url in root):
        address, changed = url.findtext(f"{space}loc", "").strip(), url.findtext(f"{space}lastmod", "2000")
        w3c = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?"
        site.expect(re.fullmatch(w3c, changed), f"{address}: lastmod {changed}")
        if site.expect(address.startswith(base), f"{address!r} is not below {base}"):
            path = unquote(address[len(base):])
            listed.append(path + "index.html" if path == "" or path.endswith("/") else path)
    pages = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")]
    site.same(listed, [path for path in pages if path != "404.html" and Page(site.text(path)).is_listed], "pages")
    robots = RobotFileParser()
    robots.parse(site.text("robots.txt").splitlines())
    site.expect(f"{base}sitemap.xml" in (robots.site_maps() or []), f"robots.txt does not name {base}sitemap.xml")
    site.expect(robots.can_fetch("*", base), "robots.txt forbids the site")
    return f"{len(listed)} pages"


def check_404(site):
    links = Page(site.text("404.html")).links
    folder = urlsplit(site.base or "").path.rstrip("/") + "/"
    for link in links if site.base else []:
        whole = re.match(r"[a-z][a-z0-9+.-]*:|//|#.", link) or link.startswith(folder)
        site.expect(whole, f"{link!r} leads elsewhere from another folder")
    return f"{len(links)} links"
