// What the keyboard must reach, in order, and what is seen of each when it has the focus.
(() => {
  const isSeen = element => element.checkVisibility({ visibilityProperty: true });
  const scrolls = element => {
    const { overflowX, overflowY } = getComputedStyle(element);
    return /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1 ||
      /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
  };
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const isStop = element =>
    element.matches(CONTROLS) && element.tabIndex >= 0 && !element.disabled || element !== document.body && scrolls(element);
  const stops = () => [...document.body.querySelectorAll('*')].filter(element => isSeen(element) && isStop(element));
  const name = element => {
    const text = element.getAttribute('aria-label') ?? element.textContent;
    return `${element.localName} ${JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 40))}`;
  };
  // A place in the document, so that names that occur twice are two.
  const places = new Map([...document.querySelectorAll('*')].map((element, at) => [element, at]));
  const place = element => places.get(element) ?? -1;

  // What lies over the page, and not in it: a sticky heading, a menu.
  const isOver = (top, element) => {
    for (let at = top; at && !at.contains(element); at = at.parentElement)
      if (getComputedStyle(at).position !== 'static' && at.getBoundingClientRect().height > 0 && at.localName !== 'a') return true;
    return false;
  };

  const seen = [];
  const faultsOf = element => {
    const faults = [];
    const style = getComputedStyle(element);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || /, 0\)$/.test(style.outlineColor))
      faults.push('has no outline');
    const box = [...element.getClientRects()].find(box => box.width > 0 && box.height > 0);
    if (!box) return [...faults, 'has no place on the screen'];
    const { innerWidth, innerHeight } = window;
    // Larger than the screen: its beginning is enough.
    const bottom = Math.min(box.bottom, Math.max(box.top, 0) + innerHeight / 2);
    const right = Math.min(box.right, Math.max(box.left, 0) + innerWidth);
    const left = Math.max(box.left, 0);
    const points = [[left + 1, box.top + 1], [right - 1, box.top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1],
      [(left + right) / 2, (box.top + bottom) / 2]];
    for (const [x, y] of points) {
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) {
        faults.push('is off the screen');
        break;
      }
      const top = document.elementFromPoint(x, y);
      if (top && !element.contains(top) && isOver(top, element)) {
        faults.push(`is hidden by ${name(top)}`);
        break;
      }
    }
    return faults;
  };
  addEventListener('keyup', event => {
    if (event.key !== 'Tab') return;
    const element = document.activeElement;
    if (element && element !== document.body) seen.push({ place: place(element), name: name(element), faults: faultsOf(element) });
    else seen.push({ place: -1, name: 'nothing', faults: [] });
  });
  window.keyboard = {
    stops: () => stops().map(element => ({ place: place(element), name: name(element), faults: [] })),
    seen: () => seen.splice(0),
  };
})()
