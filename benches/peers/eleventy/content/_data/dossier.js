// The records by their keys, and what each of them is named in.
import { readFileSync, readdirSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

const KINDS = ["people", "groups", "places", "sources"];

function grouped(records, keys) {
  const map = new Map();
  for (const record of records) {
    for (const key of new Set(keys(record))) {
      if (!map.has(key)) map.set(key, []);
      map.get(key).push(record);
    }
  }
  return map;
}

export default function () {
  const dossier = { links: new Map() };
  for (const kind of KINDS) {
    dossier[kind] = read(`../../records/${kind}.json`);
    for (const it of dossier[kind]) dossier.links.set(it.key, `<a href="/${kind}/${it.key}.html">${it.name}</a>`);
  }
  const years = readdirSync(new URL("../../records/meetings", import.meta.url)).sort();
  dossier.meetings = years.flatMap((year) => read(`../../records/meetings/${year}`));
  dossier.meetings.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  dossier.years = years.map((year) => year.replace(".json", ""));
  const { meetings, people } = dossier;
  // What is said of a part is said of the whole.
  const wholes = new Map([...dossier.groups, ...dossier.places].map((it) => [it.key, it.part_of ?? it.in]));
  const withWhole = (key) => (wholes.get(key) ? [key, wholes.get(key)] : [key]);
  dossier.of = {
    people: grouped(meetings, (it) => it.participants.map((one) => one.who)),
    groups: grouped(meetings, (it) => it.participants.flatMap((one) => withWhole(one.for))),
    places: grouped(meetings, (it) => withWhole(it.place)),
    sources: grouped(meetings, (it) => [it.source]),
    years: grouped(meetings, (it) => [String(it.year)]),
  };
  dossier.members = grouped(people, (it) => it.roles.flatMap((role) => withWhole(role.of)));
  dossier.resting = grouped(people, (it) => [it.source]);
  dossier.denials = grouped(meetings, (it) => (it.denial ? [it.denial.who] : []));
  dossier.parts = grouped([...dossier.groups, ...dossier.places], (it) => [it.part_of ?? it.in].filter(Boolean));
  return dossier;
}
