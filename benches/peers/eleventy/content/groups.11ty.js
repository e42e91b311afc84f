import { page, parts, records } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.groups", size: 1, alias: "it" },
  permalink: ({ it }) => `/groups/${it.key}.html`,
};

function members(dossier, people) {
  if (!people) return "";
  const items = people.map((it) => {
    const [role] = it.roles;
    return `<li>${dossier.links.get(it.key)}, ${role.role}, ${dossier.links.get(role.of)}, ${role.term}</li>`;
  });
  return `<h2>Members</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function responses(dossier, meetings) {
  if (!meetings) return "";
  const items = meetings.map(
    (it) =>
      `<li>Denies <a href="/meetings/${it.key}.html">${it.name}</a>, ${it.when}: “${it.denial.words}” ` +
      `(${dossier.links.get(it.source)} ${it.denial.cite})</li>`,
  );
  return `<h2>Responses</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

export function render({ dossier, it }) {
  const of = it.part_of ? ` Part of ${dossier.links.get(it.part_of)}.` : "";
  return page(
    it.name,
    `<p class="lead">Founded ${it.founded}.${of}</p>
${members(dossier, dossier.members.get(it.key))}
${records(dossier, dossier.of.groups.get(it.key))}
${parts(dossier, it)}
${responses(dossier, dossier.denials.get(it.key))}`,
  );
}
