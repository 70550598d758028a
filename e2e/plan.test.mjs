// The work plan in the hand: tasks by form, a bar dragged, stretched and linked with
// the mouse, the same by keyboard, the same without JavaScript; on a phone a list
// comes first; others only read.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { file, propose } from './journey.mjs';
import { tabTo } from './keyboard.mjs';
import { startDemo } from './program.mjs';
import { overflow } from './quality.mjs';
import { Visitor, launch, narrow } from './visitor.mjs';

let demo, browser, proposer, plan;

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A window of somebody of the demo, of nobody without a role. */
async function as(role, options) {
  const visitor = await Visitor.open(browser, demo.url, options);
  if (role) await visitor.enterAs(role);
  return visitor;
}

const bar = (page, name) => page.locator('.g-body .g-bar', { has: page.locator('text', { hasText: name }) });

/** The days of a bar, as the chart says them to those who do not see it. */
const said = (page, name) => bar(page, name).getAttribute('aria-label');

/** Adds a task with the form. */
async function add(visitor, name, days) {
  const { page } = visitor;
  await visitor.go(`${plan}/tareas/nueva`);
  await page.locator('#tarea-name').fill(name);
  await page.locator('#tarea-duration').fill(String(days));
  await page.locator('#tarea-form button.btn').first().click();
  await page.waitForURL((url) => url.pathname === plan);
}

/** Does something on the chart that is sent, and waits until it is drawn anew. */
async function drawn(page, doing) {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await doing();
  const answer = await answered;
  await page.locator('.g-news').waitFor();
  await page.waitForFunction(() => document.querySelector('.g-say')?.textContent !== '');
  return answer.status();
}

/** Drags from a point of a bar by some pixels; where: 0 is its start, 1 its end. */
async function drag(page, name, where, by) {
  await bar(page, name).scrollIntoViewIfNeeded();
  const box = await bar(page, name).locator('.all').boundingBox();
  const x = box.x + (where === 1 ? box.width - 3 : box.width / 3), y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by, y, { steps: 8 });
  return drawn(page, () => page.mouse.up());
}

test('an empty plan says what to do, and tasks are added by form', async () => {
  proposer = await as('proposer');
  const number = await propose(proposer, 'Bibliotecas que prestan herramientas');
  await file(proposer, number);
  plan = `/iniciativas/${number}/plan`;
  await proposer.go(plan);
  await proposer.page.getByText('Todavía no hay plan de trabajo').waitFor();
  await proposer.page.locator(`a[href="${plan}/tareas/nueva"]`).click();
  await proposer.page.waitForURL(`**${plan}/tareas/nueva`);
  await add(proposer, 'Elegir las bibliotecas', 5);
  await add(proposer, 'Comprar herramientas', 10);
  await add(proposer, 'Abrir el préstamo', 0);
  assert.equal(await proposer.page.locator('.g-body .g-bar').count(), 3);
  proposer.assertCalm();
});

test('a bar is moved, stretched and linked with the mouse', async () => {
  const { page } = proposer;
  await proposer.go(`${plan}?zoom=semana`);
  const before = await said(page, 'Elegir las bibliotecas');
  const day = Number(await page.locator('.gantt').getAttribute('data-day'));
  assert.equal(await drag(page, 'Elegir las bibliotecas', 0, day * 14), 200);
  const moved = await said(page, 'Elegir las bibliotecas');
  assert.notEqual(moved, before);
  assert.match(moved, /5 días hábiles/);
  assert.match(await page.locator('.g-say').textContent(), /Se movió la tarea/);

  assert.equal(await drag(page, 'Elegir las bibliotecas', 1, day * 7), 200);
  assert.doesNotMatch(await said(page, 'Elegir las bibliotecas'), /, 5 días hábiles/);

  await bar(page, 'Elegir las bibliotecas').locator('.all').hover();
  const knot = await bar(page, 'Elegir las bibliotecas').locator('.knot').boundingBox();
  const to = await bar(page, 'Comprar herramientas').locator('.all').boundingBox();
  await page.mouse.move(knot.x + knot.width / 2, knot.y + knot.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  assert.equal(await drawn(page, () => page.mouse.up()), 200);
  assert.equal(await page.locator('.g-body path.tie').count(), 1);
  proposer.assertCalm();
});

test('the same by keyboard, and what was tried can be given up', async () => {
  const { page } = proposer;
  await proposer.go(plan);
  await tabTo(page, bar(page, 'Elegir las bibliotecas'));
  const before = await said(page, 'Elegir las bibliotecas');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  assert.match(await page.locator('.g-say').textContent(), /Enter guarda/);
  assert.equal(await page.locator('.g-ghost').count(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.g-ghost').count(), 0);
  assert.equal(await said(page, 'Elegir las bibliotecas'), before);

  await page.keyboard.press('ArrowRight');
  assert.equal(await drawn(page, () => page.keyboard.press('Enter')), 200);
  const moved = await said(page, 'Elegir las bibliotecas');
  assert.notEqual(moved, before);
  await page.keyboard.press('Shift+ArrowRight');
  assert.equal(await drawn(page, () => page.keyboard.press('Enter')), 200);
  assert.notEqual(await said(page, 'Elegir las bibliotecas'), moved);

  await bar(page, 'Comprar herramientas').focus();
  await page.keyboard.press('l');
  await page.keyboard.press('ArrowDown');
  assert.match(await page.locator('.g-say').textContent(), /Abrir el préstamo va a esperar a Comprar herramientas/);
  assert.equal(await drawn(page, () => page.keyboard.press('Enter')), 200);
  assert.equal(await page.locator('.g-body path.tie').count(), 2);
  assert.equal(await page.evaluate(() => document.activeElement.querySelector('.g-tag')?.textContent), 'Abrir el préstamo', 'the focus is lost');
  proposer.assertCalm();
});

test('what cannot be is said and leaves the plan as it was', async () => {
  const { page } = proposer;
  await bar(page, 'Abrir el préstamo').focus();
  await page.keyboard.press('l');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await drawn(page, () => page.keyboard.press('Enter')), 422);
  assert.match(await page.locator('.g-news').textContent(), /No se hizo el cambio/);
  assert.equal(await page.locator('.g-body path.tie').count(), 2);
  proposer.assertCalm(/status of 422/);
});

test('without JavaScript the form of a task does the same', async () => {
  const plain = await as('proposer', { javaScriptEnabled: false });
  const { page } = plain;
  await plain.go(plan);
  await page.locator('.g-names a', { hasText: 'Comprar herramientas' }).click();
  await page.locator('#tarea-duration').fill('12');
  await page.locator('#tarea-constraint').selectOption('SNET');
  await page.locator('#tarea-on').fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10));
  await page.locator('#tarea-form button.btn').first().click();
  await page.waitForURL((url) => url.pathname === plan);
  assert.match(await said(page, 'Comprar herramientas'), /12 días hábiles/);
  await plain.close();
});

test('others read it, on a phone as a list with the chart below', async () => {
  const phone = await as(null, { viewport: narrow, hasTouch: true, isMobile: true });
  const { page } = phone;
  await phone.go(plan);
  assert.deepEqual(await overflow(page), []);
  const [names, chart] = await Promise.all(['.g-names', '.g-chart'].map((part) => page.locator(part).boundingBox()));
  assert.ok(names.y + names.height <= chart.y, 'the chart stands beside the list');
  assert.equal(await page.locator('.g-body a').count(), 0, 'a reader is offered to move bars');
  phone.assertCalm();
  for (const role of ['citizen', null]) {
    const wrong = await as(role);
    const answer = await wrong.context.request.post(`${plan}/tareas/1`, { form: { do: 'shift', version: '1', start: '2026-05-04', finish: '2026-05-08' }, maxRedirects: 0 });
    assert.ok(answer.status() === 403 || answer.headers().location?.startsWith('/ingresar'), `${role} moves a task: ${answer.status()}`);
    await wrong.close();
  }
  await phone.close();
});
