import { list, page } from "./_includes/parts.js";

export const data = { permalink: "/index.html" };

export function render({ dossier }) {
  const kinds = ["people", "groups", "places", "sources", "years"];
  const items = kinds.map((kind) => `<li><a href="/${kind}/index.html">${kind}</a> ${dossier[kind].length}</li>`);
  return page(
    "A corpus",
    `<ul>\n${items.join("\n")}\n</ul>\n<h2>The latest records</h2>\n${list(dossier, dossier.meetings.slice(-10).reverse())}`,
  );
}
