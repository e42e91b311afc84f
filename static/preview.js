// Beside a link that is pointed at, or that has the focus: in short what its page says, or the source that a
// mark of a citation stands for. Everything here stands on the page itself or on the page that is linked to.
"use strict";
(() => {
  const DELAY = 350;
  const script = document.currentScript;
  const base = new URL(".", script.src).href;
  const parts = Number(script.dataset.parts);
  const known = {};
  const loading = {};
  let box, timer, open;

  // Called by the scripts below previews/.
  window.dossierPreviews = (data) => Object.assign(known, data);

  // The sum that src/view/previews.rs makes.
  const part = (address) => {
    let sum = 0;
    for (let at = 0; at < address.length; at++) sum = (Math.imul(sum, 31) + address.charCodeAt(at)) >>> 0;
    return sum % parts;
  };

  const load = (n) => loading[n] ??= new Promise((done) => {
    const data = document.createElement("script");
    data.src = `${base}previews/${n}.js`;
    data.onload = data.onerror = done;
    document.head.append(data);
  });

  const named = (tag, name) => {
    const element = document.createElement(tag);
    element.className = tag === "b" ? "preview-name" : "own-script";
    element.textContent = name.text;
    if (name.lang) element.lang = name.lang;
    if (name.dir) element.dir = name.dir;
    return element;
  };

  // What is to be shown beside a link; nothing where there is nothing to add.
  const content = async (link) => {
    const mark = link.getAttribute("href");
    if (mark.startsWith("#src-")) {
      const entry = document.getElementById(mark.slice(1));
      const beside = document.querySelector(`.margin-note[data-n="${mark.slice(5)}"]`);
      if (!entry || beside?.checkVisibility()) return [];
      const copy = entry.cloneNode(true);
      for (const back of copy.querySelectorAll(".to-text")) back.remove();
      return [...copy.childNodes];
    }
    // Links in drawings have no plain `href`.
    const to = new URL(mark, document.baseURI).href;
    if (!to.startsWith(base) || to === location.href) return [];
    const here = location.href.replace(/[#?].*$/, "");
    const [page, place] = to.slice(base.length).split("#");
    // Of the pages with many records, only terms have an address of their own.
    const address = page === "glossary.html" ? `${page}#${place}` : page;
    if (base + page === here) return [];
    if (!Object.hasOwn(known, address)) await load(part(address));
    const record = Object.hasOwn(known, address) && known[address];
    if (!record) return [];
    const lines = record.lines.map((line) => {
      const text = document.createElement("span");
      text.textContent = line;
      return text;
    });
    return [named("b", record.name), ...(record.native ? [named("bdi", record.native)] : []), ...lines];
  };

  const close = () => {
    clearTimeout(timer);
    open?.removeAttribute("aria-describedby");
    open = undefined;
    if (box?.matches(":popover-open")) box.hidePopover();
  };

  const show = async (link) => {
    const shown = await content(link);
    if (!shown.length || open !== link) return;
    if (!box) {
      box = document.createElement("div");
      box.id = "preview";
      box.popover = "manual";
      document.body.append(box);
      box.addEventListener("pointerenter", () => clearTimeout(timer));
      box.addEventListener("pointerleave", leave);
    }
    box.replaceChildren(...shown);
    link.setAttribute("aria-describedby", "preview");
    // A link in a drawing can be no source, so the box cannot be anchored to it.
    const canAnchor = link instanceof HTMLElement && CSS.supports("position-area", "block-end");
    box.showPopover(canAnchor ? { source: link } : {});
    box.style.top = box.style.left = "";
    if (!canAnchor) {
      const at = link.getBoundingClientRect();
      const below = at.bottom + box.offsetHeight + 8 < innerHeight;
      box.style.top = `${below ? at.bottom + 6 : at.top - box.offsetHeight - 6}px`;
      box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    }
  };

  const enter = (link) => {
    if (open === link) return clearTimeout(timer);
    close();
    open = link;
    timer = setTimeout(show, DELAY, link);
  };

  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(close, DELAY);
  };

  const linkOf = (event) => event.target.closest?.("main a[href]");
  addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType === "mouse") enter(link);
  });
  addEventListener("pointerout", (event) => {
    if (open && linkOf(event) === open) leave();
  });
  addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) enter(link); else close();
  });
  addEventListener("focusout", close);
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
