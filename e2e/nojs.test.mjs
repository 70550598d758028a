// Everything works without JavaScript: a thought, its dossier, its evidence and a
// signature.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
  await page.locator('main form button.btn:not([name])').click();
  await page.getByText('Mapas hablados para quienes no ven').first().waitFor();
  await proposer.close();

  const planning = await Visitor.open(browser, demo.url, { javaScriptEnabled: false });
  await planning.enterAs('planning');
  await planning.go('/mi-escritorio');
  await planning.page.locator('.owes a.btn').first().click();
  const button = planning.page.locator('form[action$="/firmar"] button.btn');
  await button.click();
  await planning.page.waitForLoadState();
  assert.ok(await planning.page.getByText(/Firmado|Falta/).count() > 0, 'neither a signature nor a reason why not');
  await planning.close();
});
