// Every route at two widths, signed out and in, in both languages: axe finds
// nothing, nothing scrolls sideways, the console stays empty, no link is dead.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { routes, startDemo } from './program.mjs';
import { faults } from './quality.mjs';
import { Routes, explore } from './site.mjs';
import { Visitor, launch } from './visitor.mjs';

// Addresses that no link leads to (unlinked: an example to open) and routes that
// are no page of the site (skipped: why).
const { unlinked, skipped } = JSON.parse(readFileSync(new URL('routes.json', import.meta.url)));

let demo, browser;
const known = new Routes(routes());
const reached = new Set(Object.keys(skipped));

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('signed out, every page is sound', async (t) => {
  const visitor = await Visitor.open(browser, demo.url);
  await inspect(t, visitor, new Set());
  await visitor.close();
});

test('signed in, every page is sound', async (t) => {
  const guest = await Visitor.open(browser, demo.url);
  const roles = await guest.roles();
  await guest.close();
  const done = new Set(); // a route is looked at once, by the first role that may
  for (const role of roles.filter((r) => r !== 'visitor')) { // who is nobody was looked at above
    const visitor = await Visitor.open(browser, demo.url);
    await visitor.enterAs(role);
    await t.test(role, (t) => inspect(t, visitor, done));
    await visitor.close();
  }
});

test('every route was reached by a link', () => {
  assert.deepEqual(known.patterns.filter((pattern) => !reached.has(pattern)), [],
    'link them from a page, or name them in e2e/routes.json');
});

/** Looks at one page of every route that the visitor reaches and done lacks. */
async function inspect(t, visitor, done) {
  const { found, broken } = await explore(visitor.context.request, visitor.url, known, ['/', ...Object.values(unlinked)]);
  for (const [pattern, { path, html }] of found) {
    reached.add(pattern);
    if (!html || done.has(pattern) || pattern in skipped) continue;
    done.add(pattern);
    await t.test(path, async () => {
      for (const lang of ['es', 'en']) {
        await visitor.go(path, { lang });
        assert.deepEqual(await faults(visitor.page, lang), [], `${path} in ${lang}`);
      }
      visitor.assertCalm();
    });
  }
  assert.deepEqual(broken, [], 'dead links');
}
