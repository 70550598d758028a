// The journey of an initiative through a weekly meeting: planned, called, held by
// a room full of windows, minuted, and taken as the evidence of step 2. Then the
// same room without JavaScript and without a mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { file, propose, prove, sign, unfold } from './journey.mjs';
import { press, tabTo } from './keyboard.mjs';
import { startDemo } from './program.mjs';
import { overflow } from './quality.mjs';
import { Visitor, launch } from './visitor.mjs';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const step = 'discusion-interna';
const at = {}; // addresses: of the initiative, the series, the meeting, its room and minutes

let demo, browser;
let coordination, chair, second, proposer, follower; // the windows of the meeting

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

// What the console says of a form that comes back with what is wrong in it.
const corrected = /status of 422/;

/** Presses something that sends a form or leads on, and waits for the page that comes. */
async function send(visitor, locator, expected) {
  const loaded = visitor.page.waitForEvent('load');
  await locator.click();
  await loaded;
  visitor.assertCalm(expected);
}

/** Presses the button of an act of the room, which stays where it is. */
async function act(visitor, locator) {
  const answered = visitor.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await locator.click();
  assert.ok((await answered).status() < 400, `${locator}: ${(await answered).status()}`);
}

/** Asks yes on the page of an act that a link of the page leads to. */
async function confirm(visitor, from, path) {
  await visitor.go(from);
  await send(visitor, visitor.page.locator(`main a[href="${path}"]`).first());
  await send(visitor, visitor.page.locator(`main form[action="${path}"] button.btn`).first());
}

/** Expects that a form sent there is refused, or leads to the sign-in page. */
async function refused(visitor, role, path, form = {}) {
  const answer = await visitor.context.request.post(path, { form, maxRedirects: 0 });
  const to = answer.headers().location;
  assert.ok([403, 404].includes(answer.status()) || to?.startsWith('/ingresar'), `${role} posts ${path}: ${answer.status()} ${to}`);
}

const pathOf = (visitor) => new URL(visitor.page.url()).pathname;
const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('an initiative stands at step 2', async () => {
  proposer = await as('proposer');
  const number = await propose(proposer, 'Huertas en los techos de las escuelas');
  at.initiative = `/iniciativas/${number}`;
  await file(proposer, number);
  await prove(proposer, number, 'efectividad');
  const planning = await as('planning');
  await sign(planning, number, 'efectividad');
  await planning.close();
  coordination = await as('coordination');
  await coordination.go(`${at.initiative}/pasos/${step}`);
  assert.equal(await coordination.page.getByText('REU-').count(), 0, 'a meeting is there before any was held');
});

test('the Coordination plans a weekly meeting, and nobody else does', async () => {
  for (const role of ['proposer', 'citizen', null]) {
    const wrong = await as(role);
    await refused(wrong, role, '/series/nueva', { kind: 'weekly', title: 'Otra mesa', purpose: 'Otra', day: dayIn(1), clock: '10:00', length: '60', chair: 'director-planeamiento-educativo' });
    await wrong.close();
  }
  const { page } = coordination;
  await coordination.go('/series/nueva?tipo=weekly');
  const form = page.locator('main form[action="/series/nueva"]');
  await form.locator('[name=title]').fill('Mesa de escuelas');
  await form.locator('[name=purpose]').fill('Ver las iniciativas que tocan a las escuelas.');
  await form.locator('[name=day]').fill(dayIn(1));
  await form.locator('[name=length]').fill('60');
  await form.locator('[name=count]').fill('3');
  await form.locator('[name=place]').fill('Sala de la Mesa');
  await form.locator('[name=chair]').selectOption('jefe-de-gabinete');
  await form.locator('[name=secretaries]').selectOption('coordinador-mesa');
  await form.locator('[name=second]').selectOption('coordinador-comunicacion');
  await form.locator('[name=circles][value=director]').check();
  await send(coordination, form.locator('button.btn').last());
  await page.waitForURL('**/series/SER-*');
  at.series = pathOf(coordination);
  at.meeting = await page.locator('main a[href^="/reuniones/REU-"]').first().getAttribute('href');
  Object.assign(at, { room: `${at.meeting}/sala`, minutes: `${at.meeting}/minuta`, agenda: `${at.meeting}/orden` });
});

test('a General Direction proposes its initiative, and it is put on the agenda', async () => {
  const { page } = proposer;
  await proposer.go(`${at.series}/proponer`);
  await page.locator('[name=title]').fill('Techos que dan de comer');
  await page.locator('[name=wanted]').selectOption('decide');
  await page.locator('[name=minutes]').fill('20');
  const subject = page.locator('[name=subject]');
  await unfold(subject);
  await subject.fill(at.initiative.split('/').pop());
  await send(proposer, page.locator(`main form[action="${at.series}/proponer"] button.btn`));
  await refused(proposer, 'proposer', at.agenda, { title: 'Yo primero', wanted: 'decide', minutes: '60', do: 'add' });

  await coordination.go(at.agenda);
  await send(coordination, coordination.page.locator('main form', { hasText: 'Techos que dan de comer' }).locator('button[value=take]'));
  await coordination.page.locator('.sorted', { hasText: 'Techos que dan de comer' }).waitFor();
});

test('it is called, and strangers do not know of it', async () => {
  await confirm(coordination, at.series, `${at.series}/convocar`);
  await coordination.go(at.meeting);
  await coordination.page.getByText('Convocada', { exact: true }).first().waitFor();
  for (const role of ['citizen', null]) {
    const wrong = await as(role);
    await wrong.go(at.meeting, { status: 404 });
    await refused(wrong, role, `${at.room}/conducir`, { act: 'begin' });
    await refused(wrong, role, `${at.meeting}/responder`, { reply: 'accepted' });
    await wrong.close();
  }
  await proposer.go(at.room);
  assert.equal(await proposer.page.locator('main a[href$="/conducir"]').count(), 0, 'the proposer is offered to lead');
  for (const name of ['begin', 'end', 'open']) await refused(proposer, 'proposer', `${at.room}/conducir`, { act: name });
});

test('the chair begins it and attendance is checked in', async () => {
  chair = await as('chief-of-cabinet');
  await chair.go(`${at.room}/conducir`);
  await act(chair, chair.page.locator('button[value=begin]'));
  for (const who of ['jefe-de-gabinete', 'coordinador-mesa']) {
    const row = chair.page.locator('.roll li', { has: chair.page.locator(`[value="post:${who}"]`) });
    await act(chair, row.locator('button[value=in]').first());
    await row.locator('button[value=out]').waitFor();
  }
  await proposer.go(at.room);
  await act(proposer, proposer.page.locator('.own button[value=in]'));
  await proposer.page.locator('.own button[value=ask]').waitFor();
  await chair.page.locator('.present b', { hasText: /^3$/ }).waitFor(); // without being loaded again
  chair.assertCalm();
});

test('two secretaries write on one sheet at once, and nothing is lost', async () => {
  await act(chair, chair.page.locator('.points button[value=open]').first());
  second = await as('communication');
  const sheets = [];
  for (const visitor of [coordination, second]) {
    await visitor.go(`${at.room}/notas`);
    sheets.push(visitor.page.locator('.sheet', { hasText: 'Techos que dan de comer' }).locator('textarea'));
  }
  const [first, other] = sheets;
  await first.fill('Se vio la lámina.\n\nPreguntaron por el riego.\n\nFalta el presupuesto.');
  await shows(other, ['Falta el presupuesto.']);
  await write(first, 'Se vio la lámina.'.length, ' Gustó el plano de la terraza.');
  await Promise.all([
    write(first, 'Se vio la lámina.'.length, ' La escuela ya tiene tanque.'),
    write(other, -1, ' Hacienda contesta el martes, por escrito.'),
  ]);
  const all = ['La escuela ya tiene tanque.', 'Gustó el plano de la terraza.', 'Preguntaron por el riego.', 'Hacienda contesta el martes, por escrito.'];
  for (const sheet of sheets) await shows(sheet, all);
  await coordination.go(`${at.room}/notas`);
  await shows(coordination.page.locator('.sheet', { hasText: 'Techos que dan de comer' }).locator('textarea'), all);
  for (const visitor of [coordination, second]) visitor.assertCalm();
});

/** Types into a text at a place, counted from its beginning, -1 its end. */
async function write(area, place, text) {
  await area.focus();
  await area.evaluate((e, n) => e.setSelectionRange(n < 0 ? e.value.length : n, n < 0 ? e.value.length : n), place);
  await area.pressSequentially(text, { delay: 15 });
}

/** Waits until a sheet shows all the texts. */
async function shows(area, texts) {
  const page = area.page();
  const element = await area.elementHandle();
  await page.waitForFunction(([e, all]) => all.every((text) => e.value.includes(text)), [element, texts])
    .catch(async () => assert.fail(`lost: ${texts.join(' | ')}; the sheet: ${await area.inputValue()}`));
}

test('a follower on a phone sees what falls without loading the page again', async () => {
  follower = await as('laboratory', phone);
  await follower.go(at.room);
  await follower.page.locator('#room-line', { hasText: 'En vivo' }).waitFor();
  await follower.page.evaluate(() => { window.untouched = true; });

  const { page } = chair;
  const record = page.locator('#record-form');
  await unfold(record);
  await record.locator('[name=kind][value=task]').check();
  await record.locator('[name=what]').fill('Traer el presupuesto del riego');
  await record.locator('[name=owner]').selectOption('post:director-planeamiento-educativo');
  await record.locator('[name=due]').fill(dayIn(10));
  await send(chair, record.locator('button.btn'));
  await follower.page.locator('#room-record', { hasText: 'Traer el presupuesto del riego' }).waitFor();

  const close = page.locator('#close-form');
  await unfold(close);
  await close.locator('[name=outcome][value=decision]').check();
  await send(chair, close.locator('button.btn'), corrected); // a decision that says nothing is none
  await page.locator('#close-form .err, #close-form .errors').first().waitFor();
  await close.locator('[name=what]').fill('Se empieza por dos escuelas de la Comuna 8');
  await close.locator('[name=owner]').selectOption('body:dg-planeamiento-educativo');
  await send(chair, close.locator('button.btn'));
  await follower.page.locator('#room-record', { hasText: 'Se empieza por dos escuelas de la Comuna 8' }).waitFor();
  assert.ok(await follower.page.evaluate(() => window.untouched), 'the page was loaded again');
  assert.deepEqual(await overflow(follower.page), []);
  follower.assertCalm();
});

test('it ends; the chair approves the minutes and the Coordination signs them', async () => {
  const end = chair.page.locator('#room-course button[value=end]');
  await unfold(end);
  await act(chair, end);
  await follower.page.getByText('La reunión terminó').first().waitFor();
  for (const [visitor, role] of [[proposer, 'proposer'], [follower, 'laboratory'], [coordination, 'coordination']]) {
    await refused(visitor, role, `${at.minutes}/aprobar`);
  }
  await coordination.go(`${at.initiative}/pasos/${step}`);
  assert.equal(await coordination.page.getByText('sha256').count(), 0, 'minutes that nobody approved are evidence');
  await confirm(chair, at.minutes, `${at.minutes}/aprobar`);
  for (const [visitor, role] of [[proposer, 'proposer'], [chair, 'chief-of-cabinet']]) await refused(visitor, role, `${at.minutes}/firmar`);
  await confirm(coordination, at.minutes, `${at.minutes}/firmar`);
  await coordination.go(at.minutes);
  for (const text of ['Firmó la Coordinación', 'Se empieza por dos escuelas de la Comuna 8', 'Traer el presupuesto del riego', 'Hacienda contesta el martes']) {
    await coordination.page.locator('.minutes', { hasText: text }).waitFor();
  }
  const citizen = await as('citizen');
  await citizen.go(at.minutes, { status: 404 }); // nothing was released
  await citizen.close();
});

test('step 2 has its evidence by itself, and the Coordination signs it', async () => {
  const path = `${at.initiative}/pasos/${step}`;
  const { page } = coordination;
  await coordination.go(path);
  const items = page.locator('main');
  await items.locator(`a[href$="${at.initiative}/presentacion"]`).first().waitFor();
  for (const text of [at.meeting.split('/').pop(), 'Se empieza por dos escuelas de la Comuna 8', 'sha256']) await items.getByText(text).first().waitFor();
  await refused(proposer, 'proposer', `${path}/firmar`);
  await refused(chair, 'chief-of-cabinet', `${path}/firmar`);
  await send(coordination, page.locator(`form[action$="/${step}/firmar"] button.btn`));
  await coordination.go(path);
  await page.getByText('Firmado', { exact: true }).first().waitFor();
  await coordination.go(`${at.initiative}/presentacion`);
  coordination.assertCalm();
});

test('the commitment stands in its register and on the desk of whoever owes it', async () => {
  await coordination.go('/compromisos');
  const found = coordination.page.getByRole('link', { name: 'Traer el presupuesto del riego' }).first();
  const path = await found.getAttribute('href');
  await proposer.go('/mi-escritorio');
  await proposer.page.getByText('Traer el presupuesto del riego').first().waitFor();
  await refused(second, 'communication', `${path}/descartar`, { why: 'No hace falta' });
  await proposer.go(`${path}/cumplir`);
  await proposer.page.locator(`main form[action="${path}/cumplir"] textarea`).fill('Quedó cargado en la ficha.');
  await send(proposer, proposer.page.locator(`main form[action="${path}/cumplir"] button.btn`).first());
  await proposer.page.getByText('Quedó cargado en la ficha.').first().waitFor();
  for (const visitor of [coordination, chair, second, proposer, follower]) {
    visitor.assertCalm();
    await visitor.close();
  }
});

test('without JavaScript a point is opened and closed by its forms', async () => {
  const visitor = await as('coordination', { javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.go('/reuniones');
  await page.getByRole('link', { name: 'Bibliotecas de noche, preparar las puertas abiertas' }).first().click();
  await page.locator('main a.btn[href$="/sala"]').first().click();
  at.running = pathOf(visitor);
  await page.locator('main a[href$="/sala/conducir"]').click();
  await page.locator('.point', { hasText: 'Cómo se cuenta a quien entra' }).locator('button[value=open]').click();
  const point = page.locator('.point[aria-current]', { hasText: 'Cómo se cuenta a quien entra' });
  await point.locator('summary').click();
  await point.locator('[name=outcome][value=deferral]').check();
  await point.getByRole('button', { name: 'Cerrar el punto' }).click(); // the reason is missing
  await page.locator('#close-form .err, #close-form .errors').first().waitFor();
  assert.ok(await point.locator('[name=outcome][value=deferral]').isChecked(), 'what was chosen is gone');
  await point.locator('[name=text]').fill('Falta que llegue Comunicación con la propuesta.');
  await point.getByRole('button', { name: 'Cerrar el punto' }).click();
  await page.locator('.point', { hasText: 'Falta que llegue Comunicación con la propuesta.' }).waitFor();
  assert.equal(await page.locator('.point[aria-current]').count(), 0, 'the point is still open');
  visitor.assertCalm(corrected);
  await visitor.close();
});

test('by keys alone somebody arrives and asks for the floor', async () => {
  const visitor = await as('proposer');
  const { page } = visitor;
  await visitor.go(at.running);
  await press(page, page.locator('.own button[value=in]'));
  const ask = page.locator('.own button[value=ask]');
  await ask.waitFor();
  if (!await ask.evaluate((e) => e === document.activeElement)) await tabTo(page, ask);
  await page.keyboard.press('Enter');
  await page.locator('.own-place', { hasText: /lugar|sigue/ }).waitFor();
  visitor.assertCalm();
  await visitor.close();
});
