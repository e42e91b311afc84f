import { page } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.sources", size: 1, alias: "it" },
  permalink: ({ it }) => `/sources/${it.key}.html`,
};

export function render({ dossier, it }) {
  const meetings = (dossier.of.sources.get(it.key) ?? []).map(
    (meeting) => `<li>${meeting.cite} <a href="/meetings/${meeting.key}.html">${meeting.name}</a>, ${meeting.when}</li>`,
  );
  const people = (dossier.resting.get(it.key) ?? []).map((person) => `<li>¶1 ${dossier.links.get(person.key)}</li>`);
  return page(
    it.name,
    `<p class="lead">A report, published ${it.published}.</p>
<h2>What rests on it</h2>
<ul>
${[...meetings, ...people].join("\n")}
</ul>`,
  );
}
