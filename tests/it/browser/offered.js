// What a page offers its reader: the texts, links and controls that are shown, the texts that only a screen
// reader says, and the texts that wait for script (`hidden` in the file).
(() => {
  // What a container query hides in a drawing keeps its boxes in Chromium, unseen.
  const isNone = element => element instanceof SVGElement && (getComputedStyle(element).display === 'none' || isNone(element.parentElement));
  const isSeen = element => element.checkVisibility({ visibilityProperty: true }) && !isNone(element);
  const tidy = text => text.trim().replace(/\s+/g, ' ');
  const isHeard = element => element && (getComputedStyle(element).clipPath === 'inset(50%)' || isHeard(element.parentElement));
  const texts = [], heard = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (tidy(data) && isSeen(parentElement) && !parentElement.closest('script, style, noscript'))
      (isHeard(parentElement) ? heard : texts).push(tidy(data));
  }
  const all = selector => [...document.querySelectorAll(selector)];
  const links = all('a[href]').filter(isSeen).map(link => `${tidy(link.textContent)} <${link.getAttribute("href")}>`);
  const control = element => `${element.localName} ${element.type ?? ''} ${element.name ?? ''} ${tidy(element.textContent)}`;
  // The options of a list and what is ticked are seen although they have no box of their own.
  const controls = all('button, input, select, textarea, summary').filter(isSeen).map(control);
  // Without script nothing searches; the alphabet is there instead.
  const waiting = [...all('[hidden], dialog, template').map(element => tidy(element.textContent)),
    ...all('[role=search][hidden] input').map(control)];
  return { texts, heard, links, controls, waiting };
})()
