// What pages are made of, as functions from records to HTML.
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: true });
const rows = new Map();

export const page = (title, main) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – A corpus</title>
<link rel="stylesheet" href="/site.css">
</head>
<body>
<header>
<p><a href="/index.html">A corpus</a></p>
<nav><ul>
<li><a href="/people/index.html">People</a></li>
<li><a href="/groups/index.html">Groups</a></li>
<li><a href="/places/index.html">Places</a></li>
<li><a href="/years/index.html">Timeline</a></li>
<li><a href="/sources/index.html">Sources</a></li>
</ul></nav>
</header>
<main>
<h1>${title}</h1>
${main}
</main>
<footer><p>A corpus. What is said here rests on the sources that are named beside it.</p></footer>
</body>
</html>
`;

/** Markdown in which [[key]] links to a record and [@source place] cites. */
export function prose(dossier, text) {
  if (!text) return "";
  const linked = text
    .replace(/\[\[(\w+)\]\]/g, (_, key) => dossier.links.get(key))
    .replace(/\[@(\w+) ([^\]]*)\]/g, (_, key, place) => `(${dossier.links.get(key)} ${place})`);
  return `<h2>What is reported</h2>\n${markdown.render(linked)}`;
}

export const participants = (dossier, meeting) =>
  meeting.participants.map((it) => `${dossier.links.get(it.who)} (${dossier.links.get(it.for)})`).join(", ");

/** On whose word a meeting is known, and who denies it. */
export function word(dossier, meeting) {
  const { denial } = meeting;
  const status = denial ? `Denied by ${dossier.links.get(denial.who)}: “${denial.words}”` : "Reported.";
  return `According to ${dossier.links.get(meeting.source)} ${meeting.cite}, citing ${meeting.via}. ${status}`;
}

/** A meeting as it stands in a list: made once. */
function row(dossier, meeting) {
  let html = rows.get(meeting.key);
  if (html === undefined) {
    html = `<li class="row" id="r-${meeting.key}">
<p class="date">${meeting.when}</p>
<p class="kind"><b>Meeting in person</b> ${dossier.links.get(meeting.place)}</p>
<h3><a href="/meetings/${meeting.key}.html">${meeting.name}</a></h3>
<p class="people">${participants(dossier, meeting)}</p>
<p class="word">${word(dossier, meeting)}</p>
</li>`;
    rows.set(meeting.key, html);
  }
  return html;
}

export const list = (dossier, meetings) =>
  `<p class="count">${meetings.length} records</p>
<ol class="rows">
${meetings.map((it) => row(dossier, it)).join("\n")}
</ol>`;

export const records = (dossier, meetings) => (meetings ? `<h2>Records</h2>\n${list(dossier, meetings)}` : "");

export const parts = (dossier, it) => {
  const parts = dossier.parts.get(it.key);
  if (!parts) return "";
  return `<h2>Parts</h2>\n<ul>\n${parts.map((part) => `<li>${dossier.links.get(part.key)}</li>`).join("\n")}\n</ul>`;
};

/** Who was in the same meetings, the most frequent first: the first sixty, as in the dossier. */
export function together(dossier, person, meetings) {
  const counts = new Map();
  for (const meeting of meetings ?? []) {
    for (const { who } of meeting.participants) if (who !== person.key) counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60);
  return `<h2>People in the same records</h2>
<p class="count">${counts.size} people</p>
<ol>
${sorted.map(([who, n]) => `<li>${dossier.links.get(who)} ${n}</li>`).join("\n")}
</ol>`;
}
