// The walk of an initiative through the city in a real browser: eight roles, from
// a thought to adoption, with a return on the way and the wrong roles refused.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { file, propose, prove, sign, steps, unfold } from './journey.mjs';
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

/** A window of somebody of the demo. */
async function as(role) {
  const visitor = await Visitor.open(browser, demo.url);
  if (role) await visitor.enterAs(role);
  return visitor;
}

test('eight roles take an initiative from a thought to adoption', async (t) => {
  const proposer = await as('proposer');
  const number = await propose(proposer, 'Talleres de inventos en cada barrio');
  const path = `/iniciativas/${number}`;

  await t.test('strangers do not know of a draft', async () => {
    for (const role of [null, 'citizen']) {
      const visitor = await as(role);
      await visitor.go(path, { status: 404 });
      await visitor.close();
    }
  });

  await file(proposer, number);

  await t.test('a citizen follows it and asks; the proposer answers', async () => {
    const citizen = await as('citizen');
    await citizen.go(path);
    await citizen.page.getByRole('button', { name: 'Seguir', exact: true }).click();
    await citizen.page.getByRole('button', { name: 'Dejar de seguir' }).waitFor();
    await citizen.page.locator('form[action$="/preguntar"] textarea').fill('¿Va a haber talleres los sábados?');
    await citizen.page.locator('form[action$="/preguntar"] button.btn').click();
    await citizen.page.getByText('¿Va a haber talleres los sábados?').first().waitFor();
    await proposer.go(path);
    const answer = proposer.page.locator('form[action*="/responder/"]');
    await unfold(answer);
    await answer.locator('textarea').fill('Sí, los sábados a la mañana en cada sede.');
    await answer.locator('button.btn').click();
    await proposer.page.getByText('Sí, los sábados a la mañana en cada sede.').first().waitFor();
    citizen.assertCalm();
    await citizen.close();
  });

  await t.test('planning returns it with remarks and the proposer corrects', async () => {
    const planning = await as('planning');
    await planning.go(`${path}/pasos/efectividad`);
    const form = planning.page.locator('form[action$="/devolver"]');
    await unfold(form);
    await form.locator('textarea').fill('Falta la partida del presupuesto.');
    await form.locator('button.btn').click();
    await planning.page.waitForLoadState();
    await proposer.go('/mi-escritorio');
    await proposer.page.getByText('Talleres de inventos en cada barrio').first().waitFor();
    await prove(proposer, number, 'efectividad');
    await proposer.go(`${path}/pasos/efectividad`);
    const again = proposer.page.locator('form[action$="/reenviar"]');
    await unfold(again);
    await again.locator('textarea').fill('Ya está la partida con su monto.');
    await again.locator('button.btn').click();
    await proposer.page.waitForLoadState();
    await planning.close();
  });

  for (const [step, role] of steps) {
    await t.test(`${role} signs ${step}, and nobody else can`, async () => {
      if (step !== 'efectividad') await prove(proposer, number, step);
      for (const wrong of ['proposer', 'mayor', 'minister', 'laboratory', 'citizen', role === 'planning' ? 'coordination' : 'planning']) {
        const visitor = await as(wrong);
        await visitor.go(`${path}/pasos/${step}`);
        assert.equal(await visitor.page.locator('form[action$="/firmar"]').count(), 0, `${wrong} sees the button`);
        const answer = await visitor.context.request.post(`${path}/pasos/${step}/firmar`, { form: {} });
        assert.equal(answer.status(), 403, `${wrong} signs`);
        await visitor.close();
      }
      const office = await as(role);
      if (step === 'especialistas') await attend(office, path);
      await sign(office, number, step);
      await office.go(`${path}/pasos/${step}`);
      await office.page.getByText('Firmado', { exact: true }).first().waitFor();
      office.assertCalm();
      await office.close();
    });
  }

  await t.test('the mayor adopts, and the public reads the whole story', async () => {
    const mayor = await as('mayor');
    await mayor.go(`${path}/decision`);
    await mayor.page.locator('#adopt-reason').fill('Todos los pasos están firmados y el barrio lo espera.');
    await mayor.page.locator('#adopt-form button.btn').click();
    await mayor.page.waitForLoadState();
    const visitor = await as(null);
    await visitor.go(path);
    await visitor.page.getByText('Adoptada', { exact: true }).first().waitFor();
    await visitor.go(`${path}/historia`);
    for (const act of ['Adoptada', 'Firmado: Efectividad', 'Devuelta con observaciones: Efectividad', 'Entró a la ronda']) {
      await visitor.page.getByText(act).first().waitFor();
    }
    visitor.assertCalm();
    await mayor.close();
    await visitor.close();
  });

  await t.test('the citizen who follows it was told', async () => {
    const citizen = await as('citizen');
    await citizen.go('/avisos');
    await citizen.page.getByText('Talleres de inventos en cada barrio').first().waitFor();
    await citizen.close();
  });
  proposer.assertCalm();
  await proposer.close();
});

/** Records that the Coordination was there, with a specialist's word. */
async function attend(office, path) {
  await office.go(`${path}/pasos/especialistas`);
  const form = office.page.locator('form[action$="/asistencia"]');
  await unfold(form);
  await form.locator('textarea, input[type=text]').first().fill('En la sede de la comuna, a las diez');
  await form.locator('button.btn').click();
  await office.page.waitForLoadState();
}
