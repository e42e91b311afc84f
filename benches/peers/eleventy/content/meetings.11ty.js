import { page, participants, prose, word } from "./_includes/parts.js";

export const data = {
  pagination: { data: "dossier.meetings", size: 1, alias: "it" },
  permalink: ({ it }) => `/meetings/${it.key}.html`,
};

function denied(dossier, { denial, source }) {
  if (!denial) return "";
  return `<h2>Who says what</h2>
<p>Denied by ${dossier.links.get(denial.who)}: “${denial.words}” (${dossier.links.get(source)} ${denial.cite})</p>`;
}

export const render = ({ dossier, it }) =>
  page(
    it.name,
    `<p class="date">${it.when}</p>
<p class="kind"><b>Meeting in person</b> ${dossier.links.get(it.place)}</p>
<p class="word">${word(dossier, it)}</p>
${prose(dossier, it.text)}
<h2>Participants</h2>
<p class="people">${participants(dossier, it)}</p>
${denied(dossier, it)}`,
  );
