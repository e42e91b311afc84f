// What is in a document that its authors did not mean to be there. `own` are the scripts and the frames of the theme.
globalThis.audit = (root, base, isPage = true) => {
  const faults = [];
  const say = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
  const SCHEMES = ["http:", "https:", "mailto:", "tel:", "file:"];
  const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "poster", "data", "cite", "ping", "background", "srcset", "manifest"];
  const FOREIGN = ["iframe", "frame", "object", "embed", "base", "applet", "portal", "fencedframe", "math", "animate", "set", "foreignobject", "noscript"];
  const walk = (node) => {
    for (const element of node.querySelectorAll("*")) {
      const name = element.localName.toLowerCase();
      if (name.startsWith("pwn") || element.hasAttribute("data-pwn")) say("an element of a payload", element);
      if (FOREIGN.includes(name)) say("an element that no page has", element);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute)) say("a handler", element);
        if (/pwn|[<>"'=`]/i.test(attribute)) say("an attribute of a payload", element);
        // The box beside links is placed by its script.
        if (attribute === "style" && element.id !== "preview" || attribute === "srcdoc" || attribute === "is") say(`the attribute ${attribute}`, element);
        if (!ADDRESSES.includes(attribute)) continue;
        const all = attribute === "srcset" ? value.split(",").map((one) => one.trim().split(/\s+/)[0]) : [value];
        for (const one of all) {
          if (!URL.canParse(one, base)) { if (isPage) say("an address that is none", element); continue; }
          const { protocol, host } = new URL(one, base);
          if (!SCHEMES.includes(protocol)) say(`the scheme ${protocol}`, element);
          if (name !== "a" && host !== new URL(base).host && !(name === "link" && element.rel === "canonical")) say("loads from elsewhere", element);
        }
      }
      if (name === "script" && !element.hasAttribute("src")) {
        if (element.type !== "application/ld+json") say("a script in the page", element);
        else try { JSON.parse(element.textContent); } catch (error) { say(`no JSON: ${error}`, element); }
      }
      if (name === "meta" && /refresh/i.test(element.httpEquiv) && isPage) {
        const to = element.content.replace(/^\s*0\s*;\s*url=/i, "");
        const { origin } = new URL(to, base);
        if (origin !== new URL(base).origin) say("leads elsewhere", element);
      }
      if (element.content instanceof DocumentFragment) walk(element.content);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(root);
  return faults;
};
// A page of a site by its text, as a browser reads it.
globalThis.auditText = (html, base) => audit(new DOMParser().parseFromString(html, "text/html"), base);
// A feed: what its readers show of each entry.
globalThis.auditFeed = (xml, base) => {
  const feed = new DOMParser().parseFromString(xml, "application/xml");
  if (feed.querySelector("parsererror")) return [feed.querySelector("parsererror").textContent];
  const faults = [];
  for (const element of feed.querySelectorAll("*")) {
    if (element.localName.startsWith("pwn")) faults.push(`an element of a payload: ${element.outerHTML}`);
    for (const { name, value } of element.attributes) {
      if (name === "href" && !/^(https?:|[^:]*$)/.test(value)) faults.push(`the address ${value}`);
    }
    if (element.getAttribute("type") === "html") {
      const shown = new DOMParser().parseFromString(element.textContent, "text/html");
      faults.push(...audit(shown, base, false));
    }
  }
  return faults;
};
