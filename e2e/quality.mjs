// What every page must be: free of axe's findings, readable on a small phone
// without scrolling sideways, in the language asked for.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { narrow, wide } from './visitor.mjs';

/** axe, as text: a window that is to look at many pages takes it as its init script. */
export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What is wrong with the page that the visitor stands on, as lines; looks at it
 * wide, wide in the dark, and narrow. The contrast of colours is most of the work
 * and may be left out of all (colours), of the dark, or of the narrow one; so may
 * the wide look as a whole.
 */
export async function faults(page, lang, { colours = true, dark = colours, narrowColours = colours, broad = true } = {}) {
  const found = [];
  const add = (where, lines) => found.push(...lines.map((line) => `${where}: ${line}`));

  add('language', await wrongLanguage(page, lang));
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
  await page.setViewportSize(wide);
  if (broad) add('1200 px', await axe(page, { colours }));
  if (dark) {
    await page.emulateMedia({ colorScheme: 'dark' });
    add('1200 px, dark', await axe(page, { runOnly: ['color-contrast'] }));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(narrow);
  add('320 px', await axe(page, { colours: narrowColours }));
  add('320 px', await overflow(page));
  await page.setViewportSize(wide);
  return found;
}

/** Findings of axe on the page, one line each. The page must hold axe already. */
export async function axe(page, { runOnly, colours = true } = {}) {
  return page.evaluate(async ({ runOnly, colours }) => {
    // target-size is off by default in axe, and asked for by WCAG 2.2 AA.
    const options = runOnly ? { runOnly } : { rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: colours } } };
    for (const a of document.getAnimations()) { // one without an end has nothing to finish: it stops
      if (a.effect?.getComputedTiming().endTime === Infinity) a.cancel();
      else if (a.playState === 'running') a.finish();
    }
    const { violations } = await window.axe.run(document, { ...options, resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
      `${id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
  }, { runOnly, colours });
}

/** The elements that make the page wider than the window. */
export async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const outside = [...document.body.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > width + 0.5)
      .map((e) => e.tagName.toLowerCase() + [...e.classList].map((c) => `.${c}`).join(''));
    return [`scrolls sideways (${document.scrollingElement.scrollWidth} px): ${[...new Set(outside)].slice(0, 5).join(', ')}`];
  });
}

async function wrongLanguage(page, lang) {
  const tag = await page.locator('html').getAttribute('lang');
  return tag?.startsWith(lang) ? [] : [`the page says it speaks ${tag}, asked for ${lang}`];
}
