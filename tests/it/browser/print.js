// What is wrong with a page on paper.
(() => {
  const faults = [];
  const isSeen = element => element.checkVisibility({ visibilityProperty: true });
  for (const element of document.querySelectorAll('nav, button, .skip, .crumbs'))
    if (isSeen(element)) faults.push(`is of no use on paper: ${element.outerHTML.slice(0, 80)}`);
  // Paper does not scroll.
  for (const element of document.querySelectorAll('main *'))
    if (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).clipPath === 'none')
      faults.push(`is cut off: ${element.outerHTML.slice(0, 80)}`);
  for (const link of document.querySelectorAll('main a[href^="http"]')) {
    if (!isSeen(link)) continue;
    const said = link.textContent + getComputedStyle(link, '::after').content;
    if (!said.includes(link.getAttribute('href'))) faults.push(`does not say where it leads: ${link.outerHTML.slice(0, 120)}`);
  }
  // Where the settings say where the site is, the whole address.
  const path = document.querySelector('link[rel=canonical]')?.href ?? location.pathname.split('/').slice(5).join('/');
  const foot = document.querySelector('.site-foot').innerText;
  if (!foot.includes(path)) faults.push(`the foot does not say that this is ${path}: ${foot}`);
  return faults;
})()
