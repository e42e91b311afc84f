// Runs Lighthouse on pages, in a browser that listens on a port, and prints what is not perfect.
//
//   node lighthouse.mjs FOLDER-OF-PACKAGES PORT TRIES ADDRESS...
//
// Prints one JSON object: for each address the scores of its categories, and the audits that cost something.
// Of the scores for performance, which are measured, the middle one of TRIES counts.

import { pathToFileURL } from 'node:url';

const [packages, port, tries, ...addresses] = process.argv.slice(2);
const { default: lighthouse } = await import(pathToFileURL(`${packages}/lighthouse/core/index.js`));

const settings = {
  port: Number(port),
  output: 'json',
  logLevel: 'error',
  disableFullPageScreenshot: true,
  // How long to wait after a page seems to be ready. These pages are when they have loaded.
  pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 200, cpuQuietThresholdMs: 200,
};

async function run(address, categories) {
  const { lhr } = await lighthouse(address, { ...settings, onlyCategories: categories });
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const scores = {}, audits = [];
  for (const [id, category] of Object.entries(lhr.categories)) {
    scores[id] = Math.round(category.score * 100);
    for (const { id: audit, weight } of category.auditRefs) {
      const { score, title, displayValue, details } = lhr.audits[audit];
      if (weight > 0 && score !== null && score < 1)
        audits.push(`${title} ${displayValue ?? ''} ${JSON.stringify(details?.items ?? []).slice(0, 600)}`);
    }
  }
  return { scores, audits };
}

const found = {};
for (const address of addresses) {
  const all = await run(address, ['accessibility', 'best-practices', 'seo', 'performance']);
  const measured = [all];
  while (all.scores.performance < 99 && measured.length < tries) measured.push(await run(address, ['performance']));
  measured.sort((a, b) => a.scores.performance - b.scores.performance);
  all.scores.performance = measured[Math.floor(measured.length / 2)].scores.performance;
  found[address] = all;
}
process.stdout.write(JSON.stringify(found));
