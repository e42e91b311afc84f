// Chooses each choice of each filter, one after the other, and tells which records are then shown that should not
// be, or not shown that should be: in the list, and on the chart above it.
(() => {
  const form = document.querySelector('.filters');
  form.querySelector('details').open = true;
  const records = [...document.querySelectorAll('.ev')];
  const faults = [];
  const check = (what, belongs) => {
    for (const record of records) {
      const isShown = getComputedStyle(record).display !== 'none';
      if (isShown !== belongs(record))
        faults.push(`${what}: ${isShown ? 'shows' : 'hides'} ${record.getAttribute('class')} in ${record.parentElement.localName}`);
    }
    form.reset();
  };
  check('nothing chosen', () => true);
  for (const select of form.querySelectorAll('select')) for (const option of select.options) {
    if (!option.value) continue;
    select.value = option.value;
    check(`${select.name} ${option.value}`, record => record.classList.contains(`${select.name[0]}-${option.value}`));
  }
  for (const box of form.querySelectorAll('input[type=checkbox]')) {
    box.click();
    const name = { kind: 'e', status: 's' }[box.name];
    check(`without ${box.name} ${box.value}`, record => !record.classList.contains(`${name}-${box.value}`));
  }
  return { faults, rows: document.querySelectorAll('.row.ev').length, marks: document.querySelectorAll('.chart .ev').length };
})()
