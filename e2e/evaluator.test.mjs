// Somebody on a jury grades ideas by keys alone, seeing at every stop where the
// focus is, and nobody else does.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { press, tabTo, type } from './keyboard.mjs';
import { startDemo } from './program.mjs';
import { Visitor, launch } from './visitor.mjs';

let demo, browser, evaluator, page, sheet;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  evaluator = await Visitor.open(browser, demo.url);
  await evaluator.enterAs('evaluator');
  page = evaluator.page;
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** How many ideas the evaluator has graded. */
const graded = async () => Number((await page.locator('.progress .num').first().innerText()).match(/^\d+/)[0]);

/** Presses a key and waits for the page that comes. */
async function keyTo(key) {
  const loaded = page.waitForEvent('load');
  await page.keyboard.press(key);
  await loaded;
}

test('from the desk to the sheet of the next idea', async () => {
  await evaluator.go('/mi-escritorio');
  await press(page, page.locator('.owes a.btn[href$="/siguiente"]').first());
  await page.waitForURL('**/mi-escritorio/ideas/evaluar/IDEA-*');
  sheet = new URL(page.url()).pathname;
});

test('nobody else grades it', async () => {
  for (const role of ['citizen', 'coordination', 'comuna', 'administrator', null]) {
    const wrong = await Visitor.open(browser, demo.url);
    if (role) await wrong.enterAs(role);
    for (const path of [sheet, `${sheet}/guardar`, `${sheet}/conflicto`]) {
      const answer = await wrong.context.request.post(path, { form: { 'grade-alivio': '5', reason: 'Es de una prima mía.' }, maxRedirects: 0 });
      assert.ok([403, 404].includes(answer.status()) || answer.headers().location?.startsWith('/ingresar'), `${role} posts ${path}: ${answer.status()}`);
    }
    await wrong.close();
  }
});

test('digits grade, Enter keeps them and opens the next idea', async () => {
  const before = await graded();
  for (const digit of ['4', '2', '5']) await page.keyboard.press(digit);
  const chosen = await page.locator('.grades input:checked').evaluateAll((all) => all.map((e) => e.value));
  assert.deepEqual(chosen, ['4', '2', '5']);
  await keyTo('Enter');
  assert.notEqual(new URL(page.url()).pathname, sheet, 'the same idea again');
  assert.equal(await graded(), before + 1);
  await evaluator.go(sheet);
  const kept = await page.locator('.grades input:checked').evaluateAll((all) => all.map((e) => e.value));
  assert.deepEqual(kept, ['4', '2', '5'], 'the grades were forgotten');
});

test('arrows grade too, and a note is written', async () => {
  await evaluator.go('/mi-escritorio');
  await press(page, page.locator('.owes a.btn[href$="/siguiente"]').first());
  await page.waitForURL('**/mi-escritorio/ideas/evaluar/IDEA-*');
  const before = await graded();
  for (const group of await page.locator('.grades').all()) {
    await tabTo(page, group.locator('input').first());
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
  }
  await type(page, page.locator('[name=note]'), 'Falta decir quién la cuida.');
  await tabTo(page, page.locator('form button.btn', { hasText: 'Guardar y seguir' }));
  await keyTo('Enter');
  assert.equal(await graded(), before + 1);
});

test('a conflict of interest is declared, and the idea goes to somebody else', async () => {
  const was = new URL(page.url()).pathname;
  await press(page, page.getByRole('link', { name: 'Tengo un conflicto de interés' }));
  await page.waitForURL(`**${was}/conflicto`);
  await type(page, page.locator('main textarea').first(), 'La escribió alguien de mi familia.');
  await tabTo(page, page.locator('main form button.btn:not([name])').first());
  await keyTo('Enter');
  evaluator.assertCalm();
  await evaluator.go(was, { status: 404 });
});
