// Runs Lighthouse on pages, in a browser that listens on a port, and prints what is not perfect.
//
//   node lighthouse.mjs FOLDER-OF-PACKAGES PORT TRIES ADDRESS...
//
// Prints one JSON object: for each address the scores of its categories, and the audits that cost something.
// The score for performance is measured, and whatever else the machine does can only lower it: the best of TRIES
// counts.

import { pathToFileURL } from 'node:url';

const [packages, port, tries, ...addresses] = process.argv.slice(2);
const core = pathToFileURL(`${packages}/lighthouse/core/`);
const { default: lighthouse } = await import(new URL('index.js', core));
const constants = await import(new URL('config/constants.js', core));

const settings = {
  port: Number(port),
  output: 'json',
  logLevel: 'error',
  disableFullPageScreenshot: true,
  // How long to wait after a page seems to be ready. These pages are when they have loaded.
  pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 200, cpuQuietThresholdMs: 200,
};

// Lighthouse makes a phone of a computer by slowing it down four times. That is right for one whose benchmark is
// FAST, says its documentation; a slower one, or one that is busy, is slowed down less.
const FAST = 1750, MULTIPLIER = 4;
let benchmark = FAST;

async function run(address, categories) {
  const cpuSlowdownMultiplier = Math.min(MULTIPLIER, Math.max(1, MULTIPLIER * benchmark / FAST));
  const throttling = { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier };
  const { lhr } = await lighthouse(address, { ...settings, throttling, onlyCategories: categories });
  benchmark = lhr.environment.benchmarkIndex;
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
  for (let at = 1; at < tries && all.scores.performance < 99; at++) {
    const { scores: { performance } } = await run(address, ['performance']);
    all.scores.performance = Math.max(all.scores.performance, performance);
  }
  found[address] = all;
}
process.stdout.write(JSON.stringify(found));
