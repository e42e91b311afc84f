// The search of search.html.
//
// The index lies in `search/`, in many small scripts that each hand their data to `dossierSearch`, since a page
// that was opened by double-click can load nothing else. A query loads those few that it needs, and `start.js`
// says which. Words are folded and sounded by `tables.js`: what is a rule stands there.
"use strict";

const SHOWN = 12; // results at a time
const OF_ONE_KIND = 5; // of them, at first
const WORDS = 5; // of a query that are looked up
const READ = 4; // shards of terms for a word, at most

// How a page answers a word of the query, the best first.
const [WHOLE, WRITTEN, FOLDED, BEGINS, SOUNDS, SOUNDS_SO_FAR, TEXT, TEXT_BEGINS] = [0, 1, 2, 3, 4, 5, 6, 7];

// ---- Shards ----

const shards = new Map();

function dossierSearch(name, data) {
  shards.get(name).resolve(data);
}

function load(name) {
  if (!shards.has(name)) {
    const shard = {};
    shard.data = new Promise((resolve, reject) => {
      shard.resolve = resolve;
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.addEventListener("error", () => {
        shards.delete(name);
        reject(new Error(name));
      });
      document.head.append(script);
    });
    shards.set(name, shard);
  }
  return shards.get(name).data;
}

let index; // what start.js says
let tables; // what tables.js says: how words are folded and sounded
let rules; // its patterns, compiled

const numberOf = text => Number(text.slice(1)); // of `n12`

async function start() {
  if (rules) return;
  [index, tables] = await Promise.all([load("start"), load("tables")]);
  const compiled = ([pattern, to]) => [new RegExp(pattern, "gu"), to];
  const marks = `${tables.apostrophes}|["״]|${tables.leftOut}`;
  rules = {
    leftOut: new RegExp(tables.leftOut, "gu"),
    variant: new RegExp(`[${Object.keys(tables.variants).join("")}]`, "gu"),
    apostrophe: new RegExp(`([${tables.geresh}])${tables.apostrophes}+|${tables.apostrophes}+`, "gu"),
    between: new RegExp(`((?:(?!${marks})[^\\p{Alphabetic}\\p{N}\\p{M}])+)`, "gu"),
    edges: new RegExp(`^(?:${marks})+|(?:${marks})+$`, "gu"),
    letters: new RegExp(`${tables.letters.map(([pattern]) => `(${pattern})`).join("|")}|.`, "gu"),
    together: tables.together.map(compiled),
    firstPiece: new RegExp(tables.firstPiece, "u"),
    piece: new RegExp(tables.piece, "u"),
    heard: tables.heard.map(([pattern, sound]) => [new RegExp(pattern, "u"), sound]),
    plural: new Intl.PluralRules(document.documentElement.lang),
  };
}

// The shard that holds a key, where there is one: down from the root, at each node to the last key that is no
// greater.
async function shardOf(tree, key) {
  const { levels, keys } = index[tree];
  let at = keys.findLastIndex(first => first <= key);
  for (let level = levels; level > 0; level--) {
    const [start, ...below] = await load(`${tree}-${level}n${Math.max(at, 0)}`);
    at = numberOf(start) + Math.max(below.findLastIndex(first => first <= key), 0);
  }
  return Math.max(at, 0);
}

// The terms that begin with a word, in order; where they fill many shards, what was gathered of them.
async function termsFrom(word) {
  const found = [];
  const first = await shardOf("terms", word);
  const end = Math.min(first + READ, numberOf(index.terms.shards));
  for (let at = first; at < end; at++) {
    const terms = await load(`terms-0n${at}`);
    found.push(...terms.filter(([term]) => term.startsWith(word)));
    if (terms.at(-1)[0] > word && !terms.at(-1)[0].startsWith(word)) break;
    if (at === first + 1) {
      const all = await term(`P${word}`);
      if (all) return [...found.filter(([term]) => term === word), all];
    }
  }
  return found;
}

async function term(word) {
  const terms = numberOf(index.terms.shards) ? await load(`terms-0n${await shardOf("terms", word)}`) : [];
  return terms.find(([term]) => term === word);
}

async function slot(number) {
  const key = `n${String(number).padStart(7, "0")}`;
  const slots = await load(`pages-0n${await shardOf("pages", key)}`);
  const [, href, title, detail, native, spellings, passages] = slots.find(([own]) => own === key);
  return { href, title, detail, native, spellings, passages };
}

// ---- Words: the same as in src/model/fold ----

function fold(text) {
  return text.replaceAll("´", "'").normalize("NFKD").toLowerCase()
    .replace(rules.leftOut, "")
    .replace(rules.variant, letter => tables.variants[letter])
    .replace(rules.apostrophe, (_, letter) => (letter ? `${letter}׳` : ""))
    .replace(/(?<=[א-ת])["״]+/gu, "")
    .replace(/[^\p{Alphabetic}\p{N}\p{M}׳]+/gu, " ").trim();
}

// The words of a text, folded and as they are written.
function words(text) {
  return text.split(rules.between).filter((_, at) => at % 2 === 0).flatMap(piece => {
    const folded = fold(piece).split(" ").filter(Boolean);
    const written = piece.replace(rules.edges, "").normalize("NFC").toLowerCase();
    return folded.map(word => ({ word, written: folded.length > 1 ? word : written }));
  });
}

// A folded word in sounds: `<k/g>A<s>E<m>`.
function sounds(word) {
  const isVowel = sound => /^[A-GI-Z']/.test(sound);
  let all = "";
  let last = "";
  for (const [letters, ...groups] of word.matchAll(rules.letters)) {
    const rule = groups.findIndex(Boolean);
    const sound = rule < 0 ? letters : tables.letters[rule][1];
    const doubled = letters === last && rule >= 0 && !isVowel(sound);
    last = letters;
    if (doubled && (letters < tables.abjad || sound === "l")) continue;
    for (const one of sound.split(" ").filter(Boolean)) {
      all += rule >= 0 && (one === "H" || isVowel(one)) ? one : `<${one}>`;
    }
  }
  return rules.together.reduce((text, [pattern, to]) => text.replace(pattern, to), all);
}

// The keys of a word in sounds: its consonants and the vowels that are heard, in every way to choose.
function readings(sounds) {
  let keys = [""];
  const choose = sound => {
    const choices = sound.split("/");
    if (keys.length * choices.length > tables.mostKeys) choices.length = 1;
    keys = choices.flatMap(choice => keys.map(key => key + choice));
  };
  const parts = sounds.split("<");
  parts.forEach((part, number) => {
    const [vowels, consonant = ""] = part.split(">").reverse();
    choose(consonant);
    const before = number === 0 ? "0" : number === 1 && sounds.startsWith("<") ? "1" : "2";
    const end = number + 1 === parts.length ? "!" : "";
    for (let at = 0; at < vowels.length;) {
      const rest = vowels.slice(at);
      const [piece] = rest.match(at === 0 && before === "0" ? rules.firstPiece : rules.piece);
      const context = `${before}${vowels.slice(0, at)}<${piece}>${rest.slice(piece.length)}${end}`;
      choose(rules.heard.find(([pattern]) => pattern.test(context))?.[1] ?? "");
      at += piece.length;
    }
  });
  return keys;
}

// A word without the Arabic article that is written in one with it.
function bare(word) {
  const article = tables.writtenArticle;
  return word.startsWith(article) && [...word].length > article.length + 1 ? word.slice(article.length) : word;
}

// Every key of a folded word.
function keysOf(word) {
  const keys = [word, bare(word)].map(sounds).flatMap(all => {
    const silent = all.endsWith("H") ? readings(`${all.slice(0, -1)}'`.replaceAll("H", "<h>")) : [];
    return [...readings(all.replaceAll("H", "<h>")), ...silent];
  });
  return new Set(keys.filter(Boolean));
}

// Folded words without those that a name may lack, such as articles.
function withoutArticles(words) {
  return words.filter(({ word }, at) => {
    const next = words[at + 1]?.word;
    const sun = /^[aeuаэу].{1,2}$/u.test(word) && next?.startsWith(word.slice(1));
    return next === undefined || !(sun || tables.articles.includes(word));
  });
}

// The keys of a word of a name, and of that with the next one, which others may write as one.
function keysIn(names) {
  const heard = names.map(({ word }) => (tables.fathers.includes(word) && /^[a-z]+$/.test(word) ? "abu" : word));
  return heard.map((word, at) => ({
    own: keysOf(word),
    joined: at + 1 < heard.length
      ? new Set([...keysOf(word + heard[at + 1]), ...keysOf(word + bare(heard[at + 1]))])
      : new Set(),
  }));
}

// ---- Pages that answer a query ----

// The slots of a list (src/search/terms.rs), each with the first of its page.
function* slotsIn(list) {
  let next = 0;
  for (const [, high, low, back] of list.matchAll(/([a-z]*)([A-Z])(\d*)/g)) {
    const value = [...high].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 97, 0);
    const slot = next + value * 26 + low.charCodeAt(0) - 65;
    next = slot + 1;
    yield [slot, slot - Number(back)];
  }
}

// For each word of a query: the pages that answer it, each with how well, and the slots with the word in their
// text. `typed` are all words that were typed, with the articles.
async function answers(query, typed) {
  const keys = keysIn(query);
  const all = query.map(() => ({ pages: new Map(), isPart: false }));
  const add = (answer, list, level) => {
    answer.isPart ||= list.startsWith("1");
    for (const [slot, page] of slotsIn(list)) {
      if (!answer.pages.has(page)) answer.pages.set(page, { level, slots: new Set() });
      const found = answer.pages.get(page);
      found.level = Math.min(found.level, level);
      if (level >= TEXT) found.slots.add(slot);
    }
  };
  const addSound = async (key, level, answers) => {
    const found = level === SOUNDS ? [await term(`S${key}`)].filter(Boolean) : await termsFrom(`S${key}`);
    for (const [, , , list] of found) answers.forEach(answer => add(answer, list, level));
  };
  await Promise.all(query.flatMap(({ word, written }, at) => [
    termsFrom(word).then(terms => terms.forEach(([term, texts, ...names]) => {
      const whole = term === word;
      add(all[at], texts, whole ? TEXT : TEXT_BEGINS);
      for (let n = 0; n < names.length; n += 2) {
        add(all[at], names[n + 1], !whole ? BEGINS : (names[n] || term) === written ? WRITTEN : FOLDED);
      }
    })),
    ...[...keys[at].own].map(key => addSound(key, SOUNDS, [all[at]])),
    ...[...keys[at].joined].map(key => addSound(key, SOUNDS, [all[at], all[at + 1]])),
    // The last word may not be finished.
    ...[...keys[at].own].filter(key => at + 1 === query.length && key.length > 2)
      .map(key => addSound(key, SOUNDS_SO_FAR, [all[at]])),
  ]));
  const whole = await term(`W${typed.map(({ written }) => written).sort().join(" ")}`);
  if (whole) all.forEach(answer => add(answer, whole[3], WHOLE));
  return all;
}

// The pages that answer all words, the best first, each with the words that it answers and the slot to be shown.
function pagesOf(query, all) {
  // A word that very many pages have need not be there, unless all are such.
  const some = all.filter(answer => !answer.isPart);
  const needed = some.length ? some : all;
  const [fewest] = needed.toSorted((a, b) => a.pages.size - b.pages.size);
  const found = [];
  for (const page of fewest.pages.keys()) {
    if (!needed.every(({ pages }) => pages.has(page))) continue;
    const own = all.map(({ pages }) => pages.get(page)).filter(Boolean);
    const level = Math.max(...own.map(answer => answer.level));
    const slots = own.flatMap(answer => [...answer.slots]);
    const times = slot => slots.filter(other => other === slot).length;
    const best = slots.reduce((best, slot) => (times(slot) > times(best) ? slot : best), slots[0]);
    const words = query.filter((_, at) => all[at].pages.has(page));
    found.push({ page, level, words, slot: level >= TEXT ? best : page });
  }
  found.sort((a, b) => b.words.length - a.words.length || a.level - b.level || a.page - b.page);
  return { found, isPart: !some.length };
}

const kindOf = page => index.kinds.findLast(({ first }) => numberOf(first) <= page);

// The best pages, but at first not only of one kind; then all others.
function inOrder(found) {
  const counts = new Map();
  const few = found.filter(({ page }) => {
    const { kind } = kindOf(page);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts.get(kind) <= OF_ONE_KIND;
  });
  return [...new Set([...few.slice(0, SHOWN), ...found])];
}

// How well a name answers a query: as its worst word does.
function agreement(query, name) {
  const keys = keysIn(query);
  const own = withoutArticles(words(name));
  const ownKeys = keysIn(own).flatMap(({ own, joined }) => [...own, ...joined]);
  return Math.max(...query.map(({ word, written }, at) => {
    const spelt = own.map(other => {
      if (other.word === word) return other.written === written ? WRITTEN : FOLDED;
      return [other.word, bare(other.word)].some(other => other.startsWith(word)) ? BEGINS : Infinity;
    });
    const heard = [keys[at].own, keys[at].joined, keys[at - 1]?.joined ?? []].flatMap(keys => [...keys]);
    const sounds = heard.some(key => ownKeys.includes(key)) ? SOUNDS : SOUNDS_SO_FAR;
    return Math.min(...spelt, sounds);
  }));
}

// Why a page answers a query by its names: how well, and by which name.
// `typed` are all words that were typed, of which a long query looks up only some.
function reason(query, typed, shown) {
  const names = [shown.title, shown.native, ...shown.spellings].filter(name => name.length);
  const levels = names.map(name => {
    const text = [name].flat()[0];
    const level = agreement(query, text);
    const own = withoutArticles(words(text));
    const isWhole = own.length === typed.length && typed.every(({ word }) => own.some(other => other.word === word));
    return level === WRITTEN && isWhole ? WHOLE : level;
  });
  const level = Math.min(...levels);
  const at = levels.indexOf(level);
  return { level, name: names[at], isTitle: at === 0 };
}

const isFound = (piece, query) => words(piece).some(own =>
  query.some(({ word }) => own.word.startsWith(word) || bare(own.word).startsWith(word)));

// The passage with the most words of a query.
function passageOf(query, passages) {
  const counts = passages.map(passage =>
    query.filter(word => isFound([passage].flat()[0], [word])).length);
  const most = Math.max(0, ...counts);
  return most > 0 ? passages[counts.indexOf(most)] : undefined;
}

// ---- What is shown ----

const form = document.getElementById("search");
const field = form.elements.q;
const [line, results, nothing, more, alphabet] =
  ["search-status", "search-results", "search-nothing", "search-more", "alphabet"]
    .map(id => document.getElementById(id));

// A text of the interface, in the plural form for a number.
function say(name, number = 0) {
  const forms = index.texts[name];
  return (forms[rules.plural.select(number)] ?? forms.other).replace("{n}", number);
}

// A text in its language, with the words of a query marked in it.
function told(text, query = []) {
  const [plain, lang] = [text].flat();
  const shown = lang ? document.createElement("bdi") : document.createDocumentFragment();
  if (lang) Object.assign(shown, { lang, dir: index.rightToLeft.includes(lang) ? "rtl" : "ltr" });
  for (const piece of plain.split(rules.between)) {
    const found = query.length && isFound(piece, query);
    const mark = found ? document.createElement("mark") : undefined;
    mark?.append(piece);
    shown.append(mark ?? piece);
  }
  return shown;
}

// Why a page is among the results.
function why({ level, name, isTitle }, kind) {
  const isName = ["person", "group", "place"].includes(kind);
  let key = "spelling";
  if (level >= SOUNDS) key = "sound";
  else if (isTitle && level === FOLDED) key = "written";
  else if (isTitle) key = isName ? (level === WHOLE ? "exact" : "part") : "title";
  const [before, after] = say(key).split("{name}");
  return after === undefined ? [before] : [before, told(name), after];
}

function result(hit, query) {
  const item = document.getElementById("search-result").content.cloneNode(true).firstElementChild;
  const part = name => item.querySelector(`.${name}`);
  const byText = hit.level >= TEXT;
  const link = item.querySelector("a");
  link.href = hit.shown.href;
  link.append(told(hit.shown.title, byText ? query : []));
  const passage = byText ? passageOf(query, hit.shown.passages) : undefined;
  const contents = {
    "hit-native": hit.shown.native.length ? [told(hit.shown.native)] : [],
    detail: hit.shown.detail ? [told(hit.shown.detail, byText ? query : [])] : [],
    passage: passage && passage !== hit.shown.detail ? [told(passage, query)] : [],
    why: byText ? [] : why(hit.reason, kindOf(hit.page).kind),
  };
  for (const [name, content] of Object.entries(contents)) {
    if (content.length) part(name).append(...content);
    else part(name).remove();
  }
  return item;
}

// The results of one kind under its name, with how many there are in all.
function section({ name }, hits, count, query) {
  const section = document.getElementById("search-kind").content.cloneNode(true).firstElementChild;
  section.querySelector("h2").append(name);
  section.querySelector(".count").append(count);
  section.querySelector("ul").append(...hits.map(hit => result(hit, query)));
  return section;
}

// The kinds in the order in which they are shown, where they answer equally well.
const KINDS = ["person", "group", "meeting", "event", "place", "source", "article", "relation", "correction"];

function sections(hits, found, query) {
  const kinds = [...new Set(hits.map(({ page }) => kindOf(page)))];
  const of = (all, kind) => all.filter(({ page }) => kindOf(page) === kind);
  const best = kind => Math.min(...of(hits, kind).map(hit => hit.level));
  kinds.sort((a, b) => best(a) - best(b) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  return kinds.map(kind => section(kind, of(hits, kind), of(found, kind).length, query));
}

// Of many words the last, which may not be finished, and the longest: they tell pages apart, and each one more
// would have to be loaded.
function telling(query) {
  const others = query.slice(0, -1).sort((a, b) => b.word.length - a.word.length).slice(0, WORDS - 1);
  return query.filter((word, at) => at + 1 === query.length || others.includes(word));
}

async function look(typed, count) {
  await start();
  const all = words(typed);
  const own = withoutArticles(all);
  const query = telling(own);
  const { found, isPart } = query.length ? pagesOf(query, await answers(query, all)) : { found: [] };
  const hits = await Promise.all(inOrder(found).slice(0, count).map(async hit => {
    const shown = await slot(hit.slot);
    const why = hit.level < TEXT ? reason(hit.words, own, shown) : undefined;
    return { ...hit, shown, reason: why, level: why?.level ?? hit.level };
  }));
  hits.sort((a, b) => b.words.length - a.words.length || a.level - b.level || a.page - b.page);
  return { query, found, isPart, hits };
}

let latest = 0; // the number of the search that is wanted

async function search(typed, count = SHOWN) {
  const number = ++latest;
  const address = new URL(location.href);
  if (typed) address.searchParams.set("q", typed);
  else address.searchParams.delete("q");
  address.hash = "";
  history.replaceState(null, "", address);
  let answer = { found: [], hits: [] };
  try {
    if (typed) answer = await look(typed, count);
  } catch {
    if (number === latest) line.textContent = form.dataset.failed;
    return;
  }
  if (number !== latest) return;
  const { query, found, isPart, hits } = answer;
  const sentence = found.length ? (isPart ? "results-least" : "results") : "none";
  line.textContent = typed ? say(sentence, found.length).replace("{query}", () => typed) : "";
  results.replaceChildren(...sections(hits, found, query));
  nothing.hidden = !typed || found.length > 0;
  more.hidden = hits.length === found.length;
  alphabet.hidden = Boolean(typed);
}

let waiting;
const typed = () => field.value.trim();

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => search(typed()), 150);
});
form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(waiting);
  search(typed());
});
more.addEventListener("click", async () => {
  await search(typed(), results.querySelectorAll("li").length + SHOWN);
  if (more.hidden) results.focus();
});

form.hidden = false;
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (typed()) search(typed());
