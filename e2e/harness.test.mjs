// The harness itself: it must see each fault it is there for, and leave nothing
// running. A journey that passes shows something only if these do.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { press, tabTo, type } from './keyboard.mjs';
import { draw } from './pictures.mjs';
import { Program } from './program.mjs';
import { faults } from './quality.mjs';
import { Routes, explore } from './site.mjs';
import { Visitor, launch } from './visitor.mjs';

const site = fileURLToPath(new URL('testdata/site.mjs', import.meta.url));
const startSite = (...words) => Program.start(process.execPath, () => [site, ...words]);

let program, browser;

before(async () => {
  program = await startSite();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

test('a program that fails to start says why', async () => {
  await assert.rejects(startSite('fail'), /ended with 3 before[^]*no such database/);
});

test('a program that ends badly is an error', async () => {
  const rude = await startSite('rude');
  await assert.rejects(rude.stop(), /ended with 4/);
  await assert.rejects(fetch(rude.url), 'it still answers');
});

test('a stopped program leaves neither process nor folder', async () => {
  let folder;
  const quiet = await Program.start(process.execPath, (data) => { folder = data; return [site]; });
  assert.ok(existsSync(folder));
  await quiet.stop();
  assert.ok(!existsSync(folder));
  await assert.rejects(fetch(quiet.url), 'it still answers');
});

test('a page without faults has none', async () => {
  const visitor = await Visitor.open(browser, program.url);
  for (const lang of ['es', 'en']) {
    await visitor.go('/', { lang });
    assert.deepEqual(await faults(visitor.page, lang), []);
  }
  visitor.assertCalm();
  await visitor.close();
});

for (const [address, expected] of Object.entries({
  '/picture': /1200 px: image-alt/,
  '/wide': /320 px: scrolls sideways .*p\.table/,
  '/dark': /1200 px, dark: color-contrast/,
  '/small': /target-size/,
})) {
  test(`the fault of ${address} is found`, async () => {
    const visitor = await Visitor.open(browser, program.url);
    await visitor.go(address);
    assert.match((await faults(visitor.page, 'es')).join('\n'), expected);
    await visitor.close();
  });
}

test('colours are left out when asked', async () => {
  const visitor = await Visitor.open(browser, program.url);
  await visitor.go('/dark');
  assert.deepEqual(await faults(visitor.page, 'es', { colours: false }), []);
  await visitor.close();
});

test('a page in the wrong language is found', async () => {
  const visitor = await Visitor.open(browser, program.url);
  await visitor.go('/', { lang: 'en' });
  assert.match((await faults(visitor.page, 'es')).join('\n'), /language: .*speaks en, asked for es/);
  await visitor.close();
});

for (const [address, expected] of Object.entries({
  '/inline': /Content Security Policy/,
  '/throws': /broken script/,
  '/stranger': /asks a stranger: http:\/\/127\.0\.0\.2:9/,
})) {
  test(`the trouble of ${address} is heard`, async () => {
    const visitor = await Visitor.open(browser, program.url);
    await visitor.go(address);
    assert.throws(() => visitor.assertCalm(), expected);
    visitor.assertCalm(); // heard once
    await visitor.close();
  });
}

test('an answer of another status is an error', async () => {
  const visitor = await Visitor.open(browser, program.url);
  await assert.rejects(visitor.go('/gone'), /status/);
  await visitor.go('/gone', { status: 404 });
  await visitor.close();
});

test('a visitor enters the demo as a role it offers', async () => {
  const visitor = await Visitor.open(browser, program.url);
  assert.deepEqual(await visitor.roles(), ['mayor', 'planning']);
  await visitor.enterAs('planning');
  await visitor.go('/mesa');
  assert.equal(await visitor.page.locator('p').textContent(), 'Mesa');
  await visitor.close();
});

test('exploring finds each route once, forms too, and dead links', async () => {
  const routes = new Routes([
    { method: 'GET', pattern: '/{$}' }, { method: 'GET', pattern: '/mesa' }, { method: 'GET', pattern: '/ingresar' },
    { method: 'GET', pattern: '/iniciativas/{number}' }, { method: 'GET', pattern: '/rota' },
    { method: 'GET', pattern: '/datos.csv' }, { method: 'POST', pattern: '/demo/entrar' }, { method: 'GET', pattern: '/nunca' },
    { method: 'GET', pattern: '/preguntar' }, { method: 'POST', pattern: '/preguntar' }, { method: 'POST', pattern: '/iniciativas/borrador' },
  ]);
  const visitor = await Visitor.open(browser, program.url);
  const { found, broken } = await explore(visitor.context.request, program.url, routes);
  assert.deepEqual(Object.fromEntries(found), {
    '/{$}': { path: '/', html: true },
    '/iniciativas/{number}': { path: '/iniciativas/INI-2026-0042', html: true },
    '/datos.csv': { path: '/datos.csv', html: false },
    '/ingresar': { path: '/ingresar', html: true },
    '/preguntar': { path: '/preguntar', html: true }, // where a form is sent; a draft has no page
  });
  assert.deepEqual(broken, ['/rota (on /) answers 404', '/fuera (on /iniciativas/INI-2026-0042) leads to no route']);
  await visitor.close();
});

test('the most literal route answers', () => {
  const routes = new Routes(['/{$}', '/a/{id}', '/a/new', '/files/', '/x/{rest...}'].map((pattern) => ({ method: 'GET', pattern })));
  const cases = { '/': '/{$}', '/a/7': '/a/{id}', '/a/new': '/a/new', '/files/b/c': '/files/', '/x/y/z': '/x/{rest...}', '/b': undefined, '/a/7/8': undefined };
  for (const [address, pattern] of Object.entries(cases)) assert.equal(routes.of(address), pattern, address);
});

test('keys reach, press and fill what can be seen', async () => {
  const visitor = await Visitor.open(browser, program.url);
  const { page } = visitor;
  await visitor.go('/keys');
  await type(page, page.getByLabel('Nombre'), 'Lucía');
  assert.equal(await page.getByLabel('Nombre').inputValue(), 'Lucía');
  await press(page, page.locator('#second'));
  await page.waitForURL('**/ingresar');
  await visitor.close();
});

for (const [address, goal, expected] of [
  ['/unmarked', '#second', /nothing shows that the focus is on a Sin marca/],
  ['/covered', '#second', /a Tapado, which cannot be seen/],
  ['/keys', 'h1', /Tab does not lead to .*only to: a Primero/],
]) {
  test(`what a keyboard cannot do on ${address} is found`, async () => {
    const visitor = await Visitor.open(browser, program.url);
    await visitor.go(address);
    await assert.rejects(tabTo(visitor.page, visitor.page.locator(goal), 20), expected);
    await visitor.close();
  });
}

test('pictures are drawn at both widths', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ronda-pictures-'));
  try {
    const files = await draw(browser, program.url, [{ name: 'desk', path: '/', role: 'mayor', follow: 'Mesa' }], path.join(folder, 'new'));
    assert.deepEqual(files.map((file) => path.basename(file)), ['desk-1200.png', 'desk-320.png']);
    const widths = files.map((file) => readFileSync(file).readUInt32BE(16)); // in the header of a PNG
    assert.deepEqual(widths, [1200, 320]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
