// Keeps an open page as its files are: changes what changed, and shows what is wrong and where it is written.
//
// It runs before all other scripts of the page, so it knows every element as it came, whatever those do to it later. A
// new text of the page is held against the old one, and only what differs between the two is changed on the page.
"use strict";
(() => {
  const own = document.currentScript;
  const { base, page } = own.dataset;
  let { version, stamp } = own.dataset;
  own.remove();

  // The page as it came, and for each of its nodes the one that is shown.
  let came = document.documentElement.cloneNode(true);
  let shown = new Map();
  const pair = (one, other, pairs = shown) => {
    pairs.set(one, other);
    for (let at = 0; at < one.childNodes.length; at++) pair(one.childNodes[at], other.childNodes[at], pairs);
  };
  pair(came, document.documentElement);

  // Loading the page again, where changing it in place will not do. Its place, open parts and what was typed come back.
  const STATE = "dossier-preview:" + location.pathname;
  // A panel by its id, or by what it says and its place; a field by its id or name, and its place.
  const panels = () => [...document.querySelectorAll("details")]
    .map((part, at) => [part.id || `${part.querySelector("summary")?.textContent} ${at}`, part]);
  const fields = () => [...document.querySelectorAll("input:not([type=hidden], [type=file], [type=password]), select, textarea")]
    .map((part, at) => [part.id || `${part.name} ${at}`, part]);
  const typedIn = ({ value, checked, selectedOptions }) => (
    { value, checked, chosen: selectedOptions && [...selectedOptions].map((option) => option.index) });
  const again = () => {
    const active = document.activeElement;
    const focused = fields().find(([, field]) => field === active)?.[0];
    sessionStorage.setItem(STATE, JSON.stringify({
      x: scrollX,
      y: scrollY,
      open: panels().map(([name, panel]) => [name, panel.open]),
      popover: document.querySelector(":popover-open")?.id,
      typed: fields().map(([name, field]) => [name, typedIn(field)]),
      focus: focused ?? active?.id,
      selection: focused && active.selectionStart !== null ? [active.selectionStart, active.selectionEnd] : undefined,
    }));
    location.reload();
  };
  const come = () => {
    const state = JSON.parse(sessionStorage.getItem(STATE));
    sessionStorage.removeItem(STATE);
    if (!state) return;
    const open = new Map(state.open);
    for (const [name, panel] of panels()) panel.open = open.get(name) ?? panel.open;
    if (state.popover) document.getElementById(state.popover)?.showPopover?.();
    const typed = new Map(state.typed);
    let focused;
    for (const [name, field] of fields()) {
      if (name === state.focus) focused = field;
      const was = typed.get(name);
      if (!was || JSON.stringify(was) === JSON.stringify(typedIn(field))) continue;
      if (was.chosen) for (const option of field.options) option.selected = was.chosen.includes(option.index);
      else Object.assign(field, was.checked === undefined ? { value: was.value } : { value: was.value, checked: was.checked });
      for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    }
    focused ??= state.focus ? document.getElementById(state.focus) : undefined;
    focused?.focus({ preventScroll: true });
    if (focused && state.selection) focused.setSelectionRange?.(...state.selection);
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  };

  class Reload extends Error {}
  // What is not only shown but does something: another one means another page. Data for other programs does nothing.
  const ACTIVE = "script:not([type='application/ld+json']), template, noscript, form, iframe, object, base, meta[http-equiv]";
  const isActive = (node) => node.nodeType === 1 && (node.matches(ACTIVE) || node.querySelector(ACTIVE) !== null);
  const must = (node) => { if (isActive(node)) throw new Reload(); };
  const isLike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName
    && one.id === other.id;
  const isSame = (one, other) => one.isEqualNode(other)
    && (one.nodeName !== "TEMPLATE" || one.innerHTML === other.innerHTML);

  // Makes of what is shown for `was` what `is` says. `pairs` learns what is shown for each node of the new text.
  const change = (was, is, pairs) => {
    const now = shown.get(was);
    pairs.set(is, now);
    if (was.nodeType !== 1) {
      if (was.data !== is.data) now.data = is.data;
      return;
    }
    if (was.matches(ACTIVE)) throw new Reload();
    for (const { name } of [...was.attributes]) if (!is.hasAttribute(name)) now.removeAttribute(name);
    for (const { name, value, namespaceURI } of is.attributes) {
      if (was.getAttribute(name) !== value) now.setAttributeNS(namespaceURI, name, value);
    }
    const old = [...was.childNodes];
    const fresh = [...is.childNodes];
    const keep = (one, other) => pairAll(one, other, pairs);
    let first = 0;
    while (first < old.length && first < fresh.length && isSame(old[first], fresh[first])) {
      keep(old[first], fresh[first++]);
    }
    let last = 0;
    const rest = () => Math.min(old.length, fresh.length) - first;
    while (last < rest() && isSame(old[old.length - 1 - last], fresh[fresh.length - 1 - last])) {
      keep(old[old.length - 1 - last], fresh[fresh.length - 1 - last]);
      last++;
    }
    const gone = old.slice(first, old.length - last);
    const come = fresh.slice(first, fresh.length - last);
    let at = 0;
    const remove = (until) => {
      for (; at < until; at++) {
        must(gone[at]);
        shown.get(gone[at]).remove();
      }
    };
    come.forEach((node, index) => {
      const same = gone.findIndex((other, place) => place >= at && isSame(other, node));
      if (same >= 0) {
        remove(same);
        keep(gone[at++], node);
        return;
      }
      // As many as are left on the other side are changed into each other, in order.
      if (at < gone.length && isLike(gone[at], node) && gone.length - at >= come.length - index) {
        change(gone[at++], node, pairs);
        return;
      }
      must(node);
      const copy = document.importNode(node, true);
      const before = at < gone.length ? gone[at] : old[old.length - last];
      const place = before && shown.get(before);
      if (place && place.parentNode !== now) throw new Reload();
      now.insertBefore(copy, place ?? null);
      pair(node, copy, pairs);
    });
    remove(gone.length);
  };
  const pairAll = (was, is, pairs) => {
    pairs.set(is, shown.get(was));
    for (let at = 0; at < was.childNodes.length; at++) pairAll(was.childNodes[at], is.childNodes[at], pairs);
  };

  const update = (html) => {
    const text = new DOMParser().parseFromString(html, "text/html").documentElement;
    const pairs = new Map();
    // What stood in the head or at its end beside the script of the preview is no matter.
    change(came, text, pairs);
    came = text;
    shown = pairs;
    // What scripts of the page have worked out from what was chosen on it, they work out again.
    for (const form of document.forms) {
      const isChanged = ({ type, value, defaultValue, checked, defaultChecked, options }) => (
        options ? [...options].some(({ selected, defaultSelected }) => selected !== defaultSelected)
          : type === "checkbox" || type === "radio" ? checked !== defaultChecked : value !== defaultValue);
      if ([...form.elements].some(isChanged)) form.dispatchEvent(new Event("change"));
    }
  };

  const decoded = (address) => {
    try { return decodeURIComponent(address); } catch { return address; }
  };

  // Files that the page may have loaded are others now. Sheets and pictures are changed in place.
  performance.setResourceTimingBufferSize(10000);
  const renew = ({ paths, stamp: now }) => {
    stamp = now;
    if (!paths) return again();
    // One address can be written in several ways: `@` and `%40`.
    const addresses = new Set(paths.map((path) => base + path));
    const found = new Set();
    const addressOf = (url, from = document.baseURI) => {
      if (!url || !URL.canParse(url, from)) return undefined;
      const { origin, pathname } = new URL(url, from);
      return origin === location.origin ? decoded(pathname) : undefined;
    };
    const isIt = (url, from) => {
      const address = addressOf(url, from);
      const is = addresses.has(address);
      if (is) found.add(address);
      return is;
    };
    const fresh = (url) => {
      const other = new URL(url, document.baseURI);
      other.searchParams.set("preview", stamp);
      return other.href;
    };
    // A sheet is another one, too, when one that it loads is. Those of other sites do not tell what they load.
    const rules = (sheet) => { try { return [...sheet.cssRules]; } catch { return []; } };
    const isOther = (sheet) => rules(sheet).some((rule) => rule instanceof CSSImportRule
      && (isIt(rule.href, sheet.href ?? document.baseURI) || isOther(rule.styleSheet)));
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      if (link.dataset.old !== undefined) continue;
      if (isIt(link.href) || isOther(link.sheet)) swap(link, fresh(link.href));
    }
    for (const image of document.querySelectorAll("img[src]")) if (isIt(image.src)) image.src = fresh(image.src);
    for (const image of document.querySelectorAll("img[srcset], source[srcset]")) {
      const candidates = image.srcset.split(/,\s+/).map((one) => one.trim().split(/\s+/));
      if (!candidates.filter(([url]) => isIt(url)).length) continue;
      image.srcset = candidates.map(([url, ...size]) => [isIt(url) ? fresh(url) : url, ...size].join(" ")).join(", ");
    }
    // What else was loaded, or asked for in vain, is in the hands of the page.
    const loaded = [...performance.getEntriesByType("resource").map(({ name }) => name), ...[...document.scripts].map(({ src }) => src)];
    const seen = new Set(found);
    if (loaded.some((url) => isIt(url) && !seen.has(addressOf(url)))) again();
  };
  // The old sheet holds until the new one is there.
  const swap = (link, href) => {
    const next = link.cloneNode();
    next.href = href;
    link.dataset.old = "";
    for (const [node, now] of shown) if (now === link) shown.set(node, next);
    next.addEventListener("load", () => link.remove());
    next.addEventListener("error", () => link.remove());
    link.after(next);
  };

  // What the preview shows of its own, in a tree of its own.
  const host = document.createElement("dossier-preview");
  host.lang = "en";
  host.dir = "ltr";
  const tree = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; direction: ltr; color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
    * { box-sizing: border-box; }
    .bar { position: fixed; inset: auto 12px 12px auto; margin: 0; padding: 0; border: 0; background: none; display: flex; flex-wrap: wrap;
      gap: 8px; align-items: center; justify-content: flex-end; max-width: calc(100vw - 24px); }
    .bar > * { font: inherit; color: CanvasText; background: Canvas; border: 1px solid GrayText; border-radius: 4px;
      min-height: 32px; padding: 4px 10px; text-decoration: none; overflow-wrap: anywhere; }
    button { cursor: pointer; }
    .bar .errors { color: #fff; background: #9c1c16; border-color: #9c1c16; }
    .bar .warnings { border-inline-start: 6px solid #a06a00; }
    .bar .mark { border: 2px dashed currentColor; }
    .report { position: fixed; inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0; border: 0;
      padding: 24px max(16px, calc(50vw - 480px)); overflow: auto; color: CanvasText; background: Canvas; }
    .report header { display: flex; gap: 16px; align-items: start; justify-content: space-between; }
    .report header button { font: inherit; min-height: 36px; padding: 4px 14px; color: CanvasText; background: Canvas; border: 1px solid GrayText; border-radius: 4px; }
    h1 { font-size: 20px; line-height: 1.3; margin: 0 0 4px; }
    p { margin: 0 0 8px; }
    article { margin: 16px 0; padding: 12px 16px 4px; border: 1px solid GrayText; border-inline-start: 6px solid GrayText; border-radius: 4px; }
    article.error { border-inline-start-color: #c4372e; }
    article.warning { border-inline-start-color: #a06a00; }
    pre { margin: 0 0 8px; font: 13px/1.45 ui-monospace, monospace; white-space: pre; overflow-x: auto; unicode-bidi: plaintext; }
    a { color: LinkText; }
    :focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
    @media print { :host { display: none; } }
  `);
  tree.adoptedStyleSheets = [sheet];
  const bar = document.createElement("div");
  bar.className = "bar";
  bar.popover = "manual";
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Preview");
  const report = document.createElement("dialog");
  report.className = "report";
  report.setAttribute("aria-labelledby", "title");
  report.innerHTML = `<header><div><h1 id="title"></h1><p></p></div><button type="button">Close</button></header><div></div>
    <p><a href="${base}~dossier/problems.html">All problems on one page</a></p>`;
  const [title, text, close, list] = ["h1", "header p", "header button", "header + div"].map((part) => report.querySelector(part));
  tree.append(bar, report);

  const make = (tag, text, more = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return Object.assign(element, more);
  };
  const counted = (n, word) => (n === 1 ? `1 ${word}` : `${n} ${word}s`);
  const placed = ({ place, href }) => (href ? make("a", place, { href }) : make("code", place));

  const state = { problems: undefined, places: [], hidden: {}, dismissed: new Set(), connected: true };
  // A problem by what it says and its file: its line moves with every line above it.
  const nameOf = ({ text, place }) => `${text.split("\n")[0]} ${place?.place.replace(/:\d+$/, "")}`;
  const isNew = (problem) => problem.severity === "error" && !problem.whenPublished && !state.dismissed.has(nameOf(problem));
  const toggle = (element, open) => {
    if (element.matches(":popover-open") !== open) open ? element.showPopover() : element.hidePopover();
  };
  const said = ({ errors, warnings, whenPublished }) => [
    [errors, "error", ""], [warnings, "warning", ""], [whenPublished, "error", " when it is published"],
  ].filter(([n]) => n > 0).map(([n, word, when]) => counted(n, word) + when);

  const show = () => {
    // A page within another has the bar of that.
    if (window !== window.top) return;
    if (!host.isConnected) document.documentElement.append(host);
    showBar();
    showReport();
  };

  const showBar = () => {
    const { problems, places } = state;
    const parts = [];
    if (!state.connected) parts.push(make("span", "The preview is not running", { className: "mark" }));
    const mark = state.hidden[page];
    if (mark) parts.push(make("span", `${mark === "draft" ? "Draft" : "Withheld"}: will not be published`, { className: "mark" }));
    for (const place of places.filter(({ anchor }) => anchor === null)) {
      parts.push(Object.assign(placed(place), { title: "Where this record is written" }));
    }
    if (problems && said(problems).length) {
      const badge = make("button", said(problems).join(", "), { type: "button", className: problems.errors ? "errors" : "warnings" });
      badge.addEventListener("click", () => { state.asked = true; showReport(); });
      parts.push(badge);
    }
    const focused = [...bar.children].indexOf(tree.activeElement);
    bar.replaceChildren(...parts);
    toggle(bar, parts.length > 0);
    if (focused >= 0) (bar.children[focused] ?? bar.lastElementChild)?.focus({ preventScroll: true });
  };

  // The report takes the focus while it lies over the page, and gives it back; what it covered is open again then.
  let covered;
  const showReport = () => {
    const { problems } = state;
    const open = problems !== undefined && page !== "~dossier/problems.html"
      && (problems.list.some(isNew) || state.asked === true && problems.list.length > 0);
    if (!open) {
      if (report.open) report.close();
      return;
    }
    title.textContent = said(problems)[0] ?? counted(problems.notes, "note");
    text.textContent = [
      problems.behind ? "Below this is the site as it was before." : "",
      problems.errors ? `This goes by itself when ${problems.errors > 1 ? "they are" : "it is"} mended.` : "",
      problems.errors > problems.list.length ? `The first ${problems.list.length} are shown.` : "",
    ].join(" ").trim();
    const now = problems.list.filter((one) => !problems.errors || state.asked || one.severity === "error" && !one.whenPublished).map((one) => {
      const article = make("article", "", { className: one.severity });
      if (one.place || one.whenPublished) {
        const line = document.createElement("p");
        if (one.place) line.append(placed(one.place));
        if (one.whenPublished) line.append(" when it is published");
        article.append(line);
      }
      article.append(make("pre", one.text, { tabIndex: 0 }));
      return article;
    });
    const old = [...list.children];
    if (old.length !== now.length || old.some((article, at) => !article.isEqualNode(now[at]))) {
      const isFocused = list.contains(tree.activeElement);
      list.replaceChildren(...now);
      if (isFocused) close.focus({ preventScroll: true });
    }
    if (!report.open) {
      covered = [...document.querySelectorAll(":popover-open")];
      report.showModal();
    }
  };
  // By its button or by the key, which counts for these problems and not for others.
  const dismiss = () => {
    state.asked = false;
    for (const problem of state.problems?.list ?? []) state.dismissed.add(nameOf(problem));
    report.close();
  };
  close.addEventListener("click", dismiss);
  report.addEventListener("cancel", (event) => { event.preventDefault(); dismiss(); });
  report.addEventListener("close", () => {
    for (const popover of covered ?? []) if (popover.isConnected && !popover.matches(":popover-open")) popover.showPopover?.();
  });

  // Records that will not be published, wherever they are linked to, and where each part of a page is written.
  const marks = new CSSStyleSheet();
  marks.replaceSync(`
    [data-preview-mark] { outline: 2px dashed currentColor; outline-offset: 1px; }
    [data-preview-mark]:not(svg *)::after { content: " [" attr(data-preview-mark) "]"; font-size: .8em; }
    .preview-place { font: 12px/1.4 ui-monospace, monospace; margin-inline-start: 8px; }
    @media print { [data-preview-mark] { outline: none; } [data-preview-mark]::after { content: none !important; } .preview-place { display: none; } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];
  // Links that scripts make later, such as those to what a search found, are marked when they come.
  const links = new MutationObserver(() => decorate());
  const decorate = () => {
    links.disconnect();
    const root = new URL(base, location.href).href;
    const records = Object.keys(state.hidden).length > 0;
    for (const link of document.querySelectorAll("[data-preview-mark]")) link.removeAttribute("data-preview-mark");
    for (const link of records ? document.querySelectorAll("main a[href]") : []) {
      const to = URL.parse(link.getAttribute("href"), document.baseURI)?.href;
      if (!to?.startsWith(root)) continue;
      const address = decoded(to.slice(root.length));
      const [path] = address.split("#");
      // Of this page itself the bar says it.
      const mark = state.hidden[address] ?? (path === page ? undefined : state.hidden[path]);
      if (mark) link.setAttribute("data-preview-mark", mark);
    }
    // Those that share a page are marked themselves; a correction stands on pages of others, too.
    for (const [address, mark] of Object.entries(state.hidden)) {
      const [path, anchor] = address.split("#");
      const own = path === page ? anchor : anchor && path === "corrections.html" ? anchor.replace(/^r-/, "corr-") : undefined;
      if (own) document.getElementById(own)?.setAttribute("data-preview-mark", mark);
    }
    for (const place of document.querySelectorAll(".preview-place")) place.remove();
    for (const one of state.places.filter((place) => place.anchor !== null)) {
      const place = placed(one);
      place.classList.add("preview-place");
      place.title = "Where this record is written";
      const at = document.getElementById(one.anchor);
      (at?.querySelector("h1, h2, h3, h4, dt") ?? at)?.append(place);
    }
    const main = document.querySelector("main");
    if (records && main) links.observe(main, { childList: true, subtree: true });
  };

  // What is known of the problems now. Advice comes a moment later than all else: until it does, that of before counts,
  // so that nothing goes and comes back with every edit.
  const learnt = (problems) => {
    if (!problems.complete && state.problems) {
      const texts = new Set(problems.list.map(({ text }) => text));
      const kept = state.problems.list.filter((one) => one.advice && !texts.has(one.text));
      const counts = (severity, later) => kept.filter((one) => one.severity === severity && one.whenPublished === later).length;
      problems.errors += counts("error", false);
      problems.warnings += counts("warning", false);
      problems.whenPublished += counts("error", true);
      problems.list.push(...kept);
      return problems;
    }
    const names = new Set(problems.list.map(nameOf));
    state.dismissed = new Set([...state.dismissed].filter((name) => names.has(name)));
    if (problems.errors === 0 && state.problems?.errors > 0) state.asked = false;
    return problems;
  };

  const hear = (message) => {
    if (message.page) {
      if (message.page.version === "nothing" || version === "nothing") return again();
      version = message.page.version;
      try {
        update(message.page.html);
      } catch (error) {
        if (!(error instanceof Reload)) console.warn(error);
        return again();
      }
    }
    if (message.places) state.places = message.places;
    if (message.hidden) state.hidden = message.hidden;
    if (message.problems) state.problems = learnt(message.problems);
    if (message.files) renew(message.files);
    if (message.page || message.places || message.hidden) decorate();
    if (message.places || message.hidden || message.problems) show();
  };

  // A preview that was started again is found again: soon at first, then less often, and when somebody looks.
  const LONGEST = 4000;
  let pause = 500;
  let waiting;
  const connect = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const socket = new WebSocket(new URL(base + "~dossier/socket", location.href));
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ page, version, stamp }));
      pause = 500;
      if (!state.connected) { state.connected = true; show(); }
    });
    socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (state.connected) { state.connected = false; show(); }
      waiting = setTimeout(connect, pause);
      pause = Math.min(2 * pause, LONGEST);
    });
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting !== undefined) connect(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (document.readyState === "complete") come(); else addEventListener("load", come);
  connect();
})();
