// Every route at two widths, signed out and in, in both languages: axe finds
// nothing, nothing scrolls sideways, the console stays empty, no link is dead.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { routes, startDemo } from './program.mjs';
import { axeSource, faults } from './quality.mjs';
import { Routes, explore } from './site.mjs';
import { Visitor, launch } from './visitor.mjs';

// Addresses that no link leads to (unlinked: an example to open), those to begin
// with, as they lead to what is one's own (first), routes whose pages differ by
// what their subject has become (varied), routes that are no page of the site
// (skipped: why), and roles that reach nothing another does not (alike).
const { unlinked, first, varied, skipped, alike } = JSON.parse(readFileSync(new URL('routes.json', import.meta.url)));

// How many pages are looked at at a time: axe keeps a core busy with each.
const concurrency = 2;

let demo, browser;
const known = new Routes(routes());
const reached = new Set(Object.keys(skipped));
const guests = new Set(); // routes that were looked at signed out

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('routes.json names routes that are there', () => {
  const named = [...varied, ...Object.keys(unlinked), ...Object.keys(skipped)];
  assert.deepEqual(named.filter((pattern) => !known.patterns.includes(pattern)), []);
});

test('signed out, every page is sound', { concurrency }, async (t) => {
  await inspect(t, null, guests);
});

test('signed in, every page is sound', async (t) => {
  const guest = await Visitor.open(browser, demo.url);
  const roles = await guest.roles();
  await guest.close();
  const done = new Set(); // a route is looked at once, by the first role that may
  for (const role of roles.filter((r) => !alike.includes(r))) {
    await t.test(role, { concurrency }, (t) => inspect(t, role, done));
  }
});

test('every route was reached by a link or a form', () => {
  assert.deepEqual(known.patterns.filter((pattern) => !reached.has(pattern)), [],
    'link them from a page, or name them in e2e/routes.json');
});

/** A window of somebody of the demo, of nobody without a role. */
async function open(role) {
  const visitor = await Visitor.open(browser, demo.url);
  await visitor.context.addInitScript(axeSource);
  if (role) await visitor.enterAs(role);
  return visitor;
}

/** Looks at one page of every route that the role reaches and done lacks, several at a time. */
async function inspect(t, role, done) {
  const visitors = await Promise.all(Array.from({ length: concurrency }, () => open(role)));
  const [{ context: { request } }] = visitors;
  const { found, broken } = await explore(request, demo.url, known, { start: ['/', ...first, ...Object.values(unlinked)], varied });
  for (const pattern of found.keys()) reached.add(pattern);
  const waiting = [...found].filter(([pattern, { html }]) => html && !done.has(pattern) && !(pattern in skipped));
  for (const [pattern] of waiting) done.add(pattern);
  await Promise.all(visitors.map(async (visitor) => {
    while (waiting.length > 0) {
      const [pattern, { path }] = waiting.shift();
      await t.test(path, () => look(visitor, path, { again: role !== null && guests.has(pattern), guest: role === null }));
    }
    await visitor.close();
  }));
  assert.deepEqual(broken, [], 'dead links');
}

// Whether pages behind the door are looked at in both languages: twice the time.
const all = process.env.AXE_ALL === '1';

/**
 * Expects a page to be sound in both languages, wide and narrow in the first, narrow
 * in the other, where longer words show first; again, or behind the door: in one. Its colours are the same in each language; in the dark
 * and on a phone they are the same tokens on every page, and guests see them all.
 */
async function look(visitor, path, { again, guest }) {
  for (const lang of again || !guest && !all ? ['es'] : ['es', 'en']) {
    await visitor.go(path, { lang });
    const colours = lang === 'es';
    assert.deepEqual(await faults(visitor.page, lang, { colours, dark: colours && guest, narrowColours: colours && guest, broad: colours }), [], `${path} in ${lang}`);
  }
  visitor.assertCalm();
}
