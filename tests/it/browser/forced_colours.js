// What is lost where the reader's system chooses the colours: shapes that no longer stand out, and controls
// without a border.
(() => {
  const faults = [];
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const channels = colour => {
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const contrast = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (a + .05) / (b + .05);
  };
  const canvas = document.createElement('i');
  canvas.style.setProperty('background-color', 'Canvas');
  document.body.append(canvas);
  const ground = channels(getComputedStyle(canvas).backgroundColor);
  canvas.remove();

  const standsOut = paint => paint.startsWith('url(') || paint !== 'none' && contrast(channels(paint), ground) >= 3;
  for (const shape of document.querySelectorAll('svg :is(path, rect, circle, ellipse, polygon, polyline, line, use, text)')) {
    // The empty months behind a date, and what is only referred to.
    if (shape.closest('defs, .cell') || !shape.checkVisibility()) continue;
    const { fill, stroke } = getComputedStyle(shape);
    if (/cells/.test(fill)) continue;
    if (!standsOut(fill) && !standsOut(stroke)) faults.push(`does not stand out: ${shape.closest('svg').outerHTML.slice(0, 120)}, ${fill}, ${stroke}`);
  }
  for (const control of document.querySelectorAll('button, input, select, textarea')) {
    if (!control.checkVisibility()) continue;
    const { borderTopStyle, borderTopWidth, appearance } = getComputedStyle(control);
    const drawn = appearance !== 'none' && control.matches('[type=checkbox], [type=radio]');
    if (!drawn && (borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1)) faults.push(`has no border: ${control.outerHTML.slice(0, 80)}`);
  }
  return faults;
})()
