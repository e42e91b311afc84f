import { page } from "./_includes/parts.js";

const TITLES = { people: "People", groups: "Groups", places: "Places", sources: "Sources", years: "Timeline" };

export const data = {
  kinds: Object.keys(TITLES),
  pagination: { data: "kinds", size: 1, alias: "kind" },
  permalink: ({ kind }) => `/${kind}/index.html`,
};

export function render({ dossier, kind }) {
  const entries = dossier[kind].map((it) => (typeof it === "string" ? { key: it, name: it } : it));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = entries.map((it) => {
    const native = it.fa ? `<span lang="fa" dir="rtl">${it.fa}</span> ` : "";
    const count = dossier.of[kind].get(it.key)?.length ?? 0;
    return `<li><a href="/${kind}/${it.key}.html">${it.name}</a> ${native}${count} records</li>`;
  });
  return page(TITLES[kind], `<ul>\n${items.join("\n")}\n</ul>`);
}
