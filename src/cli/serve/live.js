// Keeps an open page as its files are: changes what changed, and shows what is wrong and where it is written.
//
// It runs before all other scripts of the page, so it knows every element as it came, whatever those do to it later. A
// new text of the page is held against the old one, and only what differs between the two is changed on the page.
"use strict";
(() => {
  const own = document.currentScript;
  const { base, page } = own.dataset;
  let { version } = own.dataset;
  own.remove();

  // The page as it came, and for each of its nodes the one that is shown.
  let came = document.documentElement.cloneNode(true);
  let shown = new Map();
  const pair = (one, other, pairs = shown) => {
    pairs.set(one, other);
    for (let at = 0; at < one.childNodes.length; at++) pair(one.childNodes[at], other.childNodes[at], pairs);
  };
  pair(came, document.documentElement);

  // Loading the page again, where changing it in place will not do. Its place and open parts come back.
  const STATE = "dossier-preview:" + location.pathname;
  // A panel by its id, or by what it says and its place.
  const named = (part, at) => part.id || `${part.querySelector("summary")?.textContent} ${at}`;
  const again = () => {
    const open = [...document.querySelectorAll("details")].map((part, at) => [named(part, at), part.open]);
    const popover = document.querySelector(":popover-open")?.id;
    sessionStorage.setItem(STATE, JSON.stringify({ x: scrollX, y: scrollY, open, popover }));
    location.reload();
  };
  const come = () => {
    const state = JSON.parse(sessionStorage.getItem(STATE));
    sessionStorage.removeItem(STATE);
    if (!state) return;
    const open = new Map(state.open);
    document.querySelectorAll("details").forEach((part, at) => { part.open = open.get(named(part, at)) ?? part.open; });
    if (state.popover) document.getElementById(state.popover)?.showPopover?.();
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  };

  class Reload extends Error {}
  // What is not only shown but does something: another one means another page.
  const ACTIVE = "script, template, noscript, form, iframe, object, base, meta[http-equiv]";
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
    // What scripts of the page have worked out from it, they work out again.
    for (const form of document.forms) form.dispatchEvent(new Event("change"));
  };

  // A file that the page loads is another one.
  const renew = (path) => {
    const address = new URL(base + path, location.href);
    const isIt = (url) => {
      if (!url) return false;
      const other = new URL(url, document.baseURI);
      return other.origin === address.origin && other.pathname === address.pathname;
    };
    const fresh = (url) => {
      const other = new URL(url, document.baseURI);
      other.searchParams.set("preview", Date.now());
      return other.href;
    };
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      if (!isIt(link.href) || link.dataset.old !== undefined) continue;
      // The old sheet holds until the new one is there.
      const next = link.cloneNode();
      next.href = fresh(link.href);
      link.dataset.old = "";
      for (const [node, now] of shown) if (now === link) shown.set(node, next);
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
    for (const image of document.querySelectorAll("img")) if (isIt(image.currentSrc || image.src)) image.src = fresh(image.src);
    for (const script of document.scripts) if (isIt(script.src)) return again();
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
      padding: 24px max(16px, calc(50vw - 480px)) 96px; overflow: auto; color: CanvasText; background: Canvas; }
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
  const report = document.createElement("div");
  report.className = "report";
  report.popover = "manual";
  report.setAttribute("role", "dialog");
  report.setAttribute("aria-label", "Problems of the dossier");
  tree.append(bar, report);

  const make = (tag, text, more = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return Object.assign(element, more);
  };
  const counted = (n, word) => (n === 1 ? `1 ${word}` : `${n} ${word}s`);
  const placed = ({ place, href }) => (href ? make("a", place, { href }) : make("code", place));

  const state = { problems: undefined, places: [], hidden: {}, closed: "", connected: true };
  const hide = () => {
    state.closed = JSON.stringify(state.problems?.list);
    show();
  };
  const toggle = (element, open) => {
    if (element.matches(":popover-open") !== open) open ? element.showPopover() : element.hidePopover();
  };

  const show = () => {
    if (!host.isConnected) document.documentElement.append(host);
    const { problems, places } = state;
    bar.replaceChildren();
    if (!state.connected) bar.append(make("span", "The preview is not running", { className: "mark" }));
    const mark = state.hidden[page];
    if (mark) bar.append(make("span", mark === "draft" ? "Draft: will not be published" : "Withheld: will not be published", { className: "mark" }));
    const whole = places.find((place) => place.anchor === null);
    if (whole) {
      const source = placed(whole);
      source.title = "Where this record is written";
      bar.append(source);
    }
    if (problems?.errors || problems?.warnings || problems?.whenPublished) {
      const said = [[problems.errors, "error"], [problems.warnings, "warning"]].filter(([n]) => n > 0)
        .map(([n, word]) => counted(n, word));
      if (problems.whenPublished) said.push(counted(problems.whenPublished, "error") + " when it is published");
      const badge = make("button", said.join(", "), {
        type: "button", className: problems.errors ? "errors" : "warnings",
      });
      badge.addEventListener("click", () => { state.asked = true; state.closed = ""; show(); report.querySelector("button")?.focus(); });
      bar.append(badge);
    }
    const open = problems !== undefined && page !== "~dossier/problems.html"
      && (problems.errors > 0 && state.closed !== JSON.stringify(problems.list) || state.asked === true && problems.list.length > 0);
    if (open) {
      const header = document.createElement("header");
      const words = document.createElement("div");
      const title = problems.errors ? counted(problems.errors, "error")
        : problems.warnings ? counted(problems.warnings, "warning") : counted(problems.whenPublished, "error") + " when it is published";
      words.append(make("h1", title));
      const text = problems.behind ? "Below this is the site as it was before. " : "";
      words.append(make("p", text + (problems.errors ? "This goes by itself when they are mended." : "")));
      const close = make("button", "Close", { type: "button" });
      close.addEventListener("click", () => { state.asked = false; hide(); });
      header.append(words, close);
      const list = problems.list.filter((one) => !problems.errors || state.asked || one.severity === "error").map((one) => {
        const article = make("article", "", { className: one.severity });
        if (one.place) {
          const line = document.createElement("p");
          line.append(placed(one.place));
          article.append(line);
        }
        article.append(make("pre", one.text, { tabIndex: 0 }));
        return article;
      });
      const all = document.createElement("p");
      all.append(make("a", "All problems on one page", { href: base + "~dossier/problems.html" }));
      report.replaceChildren(header, ...list, all);
    }
    toggle(report, open);
    // The bar stands over the report.
    toggle(bar, false);
    toggle(bar, bar.childElementCount > 0);
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && report.matches(":popover-open")) { state.asked = false; hide(); }
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
  const decoded = (address) => {
    try { return decodeURI(address); } catch { return address; }
  };
  const decorate = () => {
    const root = new URL(base, location.href).href;
    const records = Object.keys(state.hidden).length > 0;
    for (const link of document.querySelectorAll("[data-preview-mark]")) link.removeAttribute("data-preview-mark");
    for (const link of records ? document.querySelectorAll("main a[href]") : []) {
      const to = new URL(link.getAttribute("href"), document.baseURI).href;
      if (!to.startsWith(root)) continue;
      const address = decoded(to.slice(root.length));
      const [path] = address.split("#");
      // Of this page itself the bar says it.
      const mark = state.hidden[address] ?? (path === page ? undefined : state.hidden[path]);
      if (mark) link.setAttribute("data-preview-mark", mark);
    }
    for (const place of document.querySelectorAll(".preview-place")) place.remove();
    for (const one of state.places.filter((place) => place.anchor !== null)) {
      const place = placed(one);
      place.classList.add("preview-place");
      place.title = "Where this record is written";
      const at = document.getElementById(one.anchor);
      (at?.querySelector("h1, h2, h3, h4, dt") ?? at)?.append(place);
    }
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
    if (message.problems) {
      if (message.problems.errors === 0 && state.problems?.errors > 0) {
        state.asked = false;
        state.closed = "";
      }
      state.problems = message.problems;
    }
    message.files?.forEach(renew);
    if (message.page || message.places || message.hidden) decorate();
    if (message.places || message.hidden || message.problems) show();
  };

  // A preview that was started again is found again.
  const connect = () => {
    const socket = new WebSocket(new URL(base + "~dossier/socket", location.href));
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ page, version }));
      if (!state.connected) { state.connected = true; show(); }
    });
    socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (state.connected) { state.connected = false; show(); }
      setTimeout(connect, 500);
    });
  };
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (document.readyState === "complete") come(); else addEventListener("load", come);
  connect();
})();
