// Everything works without JavaScript: a thought, its dossier, its evidence and a
// signature.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { file, prove } from './journey.mjs';
import { startDemo } from './program.mjs';
import { Visitor, launch } from './visitor.mjs';

let demo, browser;

before(async () => {
  demo = await startDemo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('propose and sign without JavaScript', async () => {
  const proposer = await Visitor.open(browser, demo.url, { javaScriptEnabled: false });
  await proposer.enterAs('proposer');
  await proposer.go('/iniciativas/nueva');
  const { page } = proposer;
  await page.locator('[name=title]').fill('Mapas hablados para quienes no ven');
  await page.locator('main form button.btn:not([name])').click(); // the line is missing: an error that keeps the title
  assert.equal(await page.locator('[name=title]').inputValue(), 'Mapas hablados para quienes no ven');
  assert.equal(await page.locator('.errors').count(), 1, 'no summary of errors');
  await page.locator('[name=line]').fill('Un mapa que cuenta cada esquina.');
  await page.locator('[name=sponsor]').last().check();
  await page.locator('main form button.btn:not([name])').click();
  await page.waitForURL(/INI-\d{4}-\d{4,}/);
  const number = page.url().match(/INI-\d{4}-\d{4,}/)[0];
  await file(proposer, number);
  await prove(proposer, number, 'efectividad');
  await proposer.close();

  const planning = await Visitor.open(browser, demo.url, { javaScriptEnabled: false });
  await planning.enterAs('planning');
  const step = `/iniciativas/${number}/pasos/efectividad`;
  await planning.go('/mi-escritorio');
  await planning.page.locator(`a.btn[href="${step}"]`).click();
  await planning.page.waitForURL(`**${step}`);
  await planning.page.locator('form[action$="/firmar"] button.btn').click();
  await planning.page.waitForLoadState();
  await planning.go(step); // as it is kept, not as the answer to the press says
  await planning.page.getByText('Firmado', { exact: true }).first().waitFor();
  assert.equal(await planning.page.locator('form[action$="/firmar"]').count(), 0, 'it can be signed again');
  await planning.close();
});
