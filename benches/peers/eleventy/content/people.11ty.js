import { page, prose, records, together } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.people", size: 1, alias: "it" },
  permalink: ({ it }) => `/people/${it.key}.html`,
};

export function render({ dossier, it }) {
  const meetings = dossier.of.people.get(it.key);
  const source = dossier.links.get(it.source);
  const roles = it.roles.map(
    (role) => `<li>${role.role}, ${dossier.links.get(role.of)}, ${role.term} (${source} ${role.cite})</li>`,
  );
  return page(
    it.name,
    `<p class="native" lang="fa" dir="rtl">${it.fa}</p>
<p class="lead">Speaks for ${dossier.links.get(it.roles[0].of)}. According to ${source} ¶1. Born ${it.born}.</p>
${prose(dossier, it.text)}
<h2>Roles</h2>
<ul>${roles.join("\n")}</ul>
${records(dossier, meetings)}
${together(dossier, it, meetings)}
<h2>Spellings</h2>
<ul><li lang="fa" dir="rtl">${it.fa}</li><li>${it.aka}</li></ul>`,
  );
}
