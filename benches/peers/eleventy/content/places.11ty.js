import { page, parts, records } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.places", size: 1, alias: "it" },
  permalink: ({ it }) => `/places/${it.key}.html`,
};

export function render({ dossier, it }) {
  const within = it.in ? `<p class="lead">In ${dossier.links.get(it.in)}.</p>` : "";
  return page(it.name, `${within}\n${records(dossier, dossier.of.places.get(it.key))}\n${parts(dossier, it)}`);
}
