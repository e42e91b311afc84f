// What of a page is not where a reader can read it: text that leaves the screen sideways, text that is cut
// off, and text that lies on other text.
(() => {
  const faults = [];
  const root = document.documentElement;
  const screen = root.clientWidth;
  if (root.scrollWidth > screen) faults.push(`scrolls sideways: ${root.scrollWidth} px`);

  // For screen readers only, on purpose: see `.vh` in the style sheet.
  const isHeard = element => getComputedStyle(element).clipPath === 'inset(50%)';
  const ancestors = element => {
    const found = [];
    for (let at = element; at && at !== root; at = at.parentElement) found.push(at);
    return found;
  };
  const short = text => JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 40));

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const above = ancestors(parent);
    if (above.some(isHeard) || above.some(element => element.matches('.skip, noscript'))) continue;
    // What a container query hides in a drawing keeps its boxes in Chromium, unseen.
    if (above.some(element => getComputedStyle(element).display === 'none')) continue;
    const boxes = above.filter(element => getComputedStyle(element).overflowX !== 'visible');
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const scroller = boxes.find(element => /auto|scroll/.test(getComputedStyle(element).overflowX));
      if (!scroller && (box.left < -1 || box.right > screen + 1)) faults.push(`leaves the screen: ${short(node.data)}`);
      for (const element of boxes) {
        if (/auto|scroll/.test(getComputedStyle(element).overflowX)) break;
        const edge = element.getBoundingClientRect();
        if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1)
          faults.push(`cut off: ${short(node.data)}`);
      }
      // Lines that touch do not hide each other: only the middle of a letter counts.
      const third = box.height / 3;
      lines.push({ node, left: box.left + 1, right: box.right - 1, top: box.top + third, bottom: box.bottom - third });
    }
  }

  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom; next++) {
      const other = lines[next];
      if (other.node !== line.node && other.left < line.right && line.left < other.right)
        faults.push(`${short(line.node.data)} lies on ${short(other.node.data)}`);
    }
  });
  return faults;
})()
