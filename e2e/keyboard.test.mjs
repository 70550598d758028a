// One signature by keys alone, seeing at every stop where the focus is.

import { after, before, test } from 'node:test';
import { file, propose, prove } from './journey.mjs';
import { press } from './keyboard.mjs';
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

test('an official signs with the keyboard, from the desk on', async () => {
  const proposer = await Visitor.open(browser, demo.url);
  await proposer.enterAs('proposer');
  const number = await propose(proposer, 'Bibliotecas que prestan herramientas');
  await file(proposer, number);
  await prove(proposer, number, 'efectividad');
  await proposer.close();

  const planning = await Visitor.open(browser, demo.url);
  await planning.enterAs('planning');
  const { page } = planning;
  await planning.go('/mi-escritorio');
  await press(page, page.locator(`a.btn[href="/iniciativas/${number}/pasos/efectividad"]`));
  await page.waitForURL(`**/${number}/pasos/efectividad`);
  await press(page, page.locator('form[action$="/firmar"] button.btn'));
  await page.getByText('Firmado', { exact: true }).first().waitFor();
  planning.assertCalm();
  await planning.close();
});
