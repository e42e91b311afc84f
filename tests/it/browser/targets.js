// What is too small to hit: controls below 44 px, and links outside of running text below 24 px.
//
// WCAG 2.5.8 has three exceptions that are taken here: a link in a line of text, a small target with so much
// room that a circle of 24 px around its middle meets no other target, and a mark of a chart whose row is on the
// same page, which is why nobody but those who point meets it.
(() => {
  const LINK = 24, CONTROL = 44;
  const isSeen = element =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest('.skip') &&
    [...element.getClientRects()].some(box => box.width > 1 && box.height > 1);
  const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(element => isSeen(element) && !element.matches('.chart[aria-hidden] a'));

  // What one can hit of a target: its boxes, and those of what it holds or generates around it.
  const boxes = element => {
    const found = [...element.getClientRects()];
    const around = getComputedStyle(element, '::after');
    if (around.content !== 'none' && around.position === 'absolute') {
      const own = element.getBoundingClientRect();
      const side = name => parseFloat(around[name]) || 0;
      found.push(new DOMRect(own.left + side('left'), own.top + side('top'),
        own.width - side('left') - side('right'), own.height - side('top') - side('bottom')));
    }
    // A label is a part of its control.
    for (const label of element.labels ?? []) found.push(...label.getClientRects());
    return found;
  };
  const least = box => Math.min(box.width, box.height);
  const size = element => {
    const largest = boxes(element).reduce((a, b) => least(a) > least(b) ? a : b);
    return { element, box: largest, small: least(largest) };
  };
  // Text of its own line around a link makes it a part of that text.
  const isInText = link => {
    if (getComputedStyle(link).display !== 'inline') return false;
    let block = link.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const within = texts.currentNode.parentElement;
      if (/\p{L}{2}|\p{N}/u.test(texts.currentNode.data) && !within.closest('a, button, .vh, script')) return true;
    }
    return false;
  };

  const sizes = targets.map(size);
  const middle = box => [box.left + box.width / 2, box.top + box.height / 2];
  const hasRoom = ({ element, box }) => {
    const [x, y] = middle(box);
    return sizes.every(other => {
      if (other.element === element) return true;
      const near = boxes(other.element).map(box => Math.hypot(
        Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)));
      const [otherX, otherY] = middle(other.box);
      const circles = other.small >= LINK || Math.hypot(x - otherX, y - otherY) >= LINK;
      return circles && Math.min(...near) >= LINK / 2;
    });
  };
  const faults = [];
  for (const target of sizes) {
    const { element, box, small } = target;
    const name = JSON.stringify(element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40) || element.outerHTML.slice(0, 80));
    const measured = `${Math.round(box.width * 10) / 10} by ${Math.round(box.height * 10) / 10} px`;
    if (element.matches('a')) {
      if (small < LINK - .5 && !isInText(element) && !hasRoom(target))
        faults.push(`the link ${name} in ${element.parentElement.outerHTML.split('>')[0]}> is ${measured}`);
    } else if (small < CONTROL - .5 && !element.disabled) {
      faults.push(`the control ${name} is ${measured}`);
    }
  }
  return faults;
})()
