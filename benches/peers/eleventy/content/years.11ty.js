import { page, list } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.years", size: 1, alias: "it" },
  permalink: ({ it }) => `/years/${it}.html`,
};

export const render = ({ dossier, it }) => page(it, list(dossier, dossier.of.years.get(it)));
