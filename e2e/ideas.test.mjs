// The City of Ideas on a small phone: somebody from Villa Lugano writes an idea,
// finds others like it, supports, answers statements, votes, and follows what was
// chosen until it is an initiative. What others must not do is refused on the way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo } from './program.mjs';
import { faults, overflow } from './quality.mjs';
import { Visitor, launch } from './visitor.mjs';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let demo, browser, citizen, page;
const at = {}; // addresses of the challenges: where ideas are taken, where a vote is open, which has its result

before(async () => {
  demo = await startDemo();
  browser = await launch();
  citizen = await as('citizen', phone);
  page = citizen.page;
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

/** Opens a page on the phone. */
async function open(path) {
  await citizen.go(path);
  await fits();
}

/** Expects the page on the phone to fit its width and to have made no trouble. */
async function fits() {
  assert.deepEqual(await overflow(page), [], page.url());
  citizen.assertCalm();
}

/** Taps something that sends a form or leads on, and waits for the page that comes. */
async function send(locator) {
  const loaded = page.waitForEvent('load');
  await locator.tap();
  await loaded;
  await fits();
}

/** Taps something that leads to a page of that address. */
async function follow(locator, url) {
  await send(locator);
  await page.waitForURL(url);
}

/** Expects a page of the visitor to be sound in both languages, as axe sees it. */
async function sound(visitor, path) {
  for (const lang of ['en', 'es']) {
    await visitor.go(path, { lang });
    assert.deepEqual(await faults(visitor.page, lang, { colours: lang === 'es' }), [], `${path} in ${lang}`);
  }
  visitor.assertCalm();
}

const pathOf = () => new URL(page.url()).pathname;
const figure = async (locator) => Number((await locator.first().innerText()).replace(/\D/g, ''));

test('the list of questions leads to each', async () => {
  await open('/desafios');
  for (const [name, question] of Object.entries({ open: 'cuando hace mucho calor', vote: 'obras chicas', done: 'cultura de tu barrio' })) {
    at[name] = await page.locator('main a[href^="/desafios/DES-"]', { hasText: question }).first().getAttribute('href');
  }
  await follow(page.locator(`main a[href="${at.open}"]`).first(), `**${at.open}`);
});

test('an idea finds others like it and asks to be family of one', async (t) => {
  await follow(page.locator(`main a[href="${at.open}/idea"]`).first(), `**${at.open}/idea`);
  await page.getByLabel('En una frase').pressSequentially('Un lugar fresco abierto cerca de la plaza Sudamérica');
  await page.locator('.alike').waitFor();
  const other = page.locator('.alike li', { hasText: 'plaza Sudamérica' }).first();
  const kin = await other.locator('[name=kin]').getAttribute('value');
  await other.locator('label.kin').tap();
  await page.getByLabel('Contala').fill('El club de la esquina tiene salón y ventiladores. Que abra de dos a seis cuando hay alerta.');
  await page.getByLabel('Dónde (opcional)').selectOption('villa-riachuelo');
  await fits();
  await follow(page.getByRole('button', { name: 'Enviar la idea' }), '**/ideas/IDEA-*');
  at.idea = pathOf();
  await page.getByRole('heading', { level: 1, name: 'Un lugar fresco abierto cerca de la plaza Sudamérica' }).waitFor();

  await t.test('it can be mended, and what it said before stays', async () => {
    await open(`${at.idea}/editar`);
    await page.getByLabel('Contala').fill('El club de la esquina tiene salón y ventiladores. Que abra de dos a siete cuando hay alerta.');
    await send(page.locator(`main form[action="${at.idea}/editar"] button.btn:not([name])`).first());
    await follow(page.locator(`a[href="${at.idea}/versiones"]`).first(), `**${at.idea}/versiones`);
    await sound(citizen, `${at.idea}/versiones`);
  });

  await t.test('nobody else mends it or takes it back', async () => {
    for (const role of ['author', 'evaluator', 'comuna', null]) {
      const other = await as(role);
      for (const act of ['editar', 'retirar', 'apelar']) {
        const answer = await other.context.request.post(`${at.idea}/${act}`, { form: { title: 'Otra cosa', text: 'Otra cosa distinta', why: 'Porque sí, y nada más.' }, maxRedirects: 0 });
        assert.ok([403, 404].includes(answer.status()) || (!role && answer.headers().location?.startsWith('/ingresar')),
          `${role} does ${act}: ${answer.status()}`);
      }
      await other.close();
    }
  });

  assert.match(kin, /^IDEA-/);
});

test('somebody who asks for a family gets an answer', async () => {
  await open('/mis-ideas');
  const ask = page.locator('form', { has: page.getByRole('button', { name: 'Sí, son familia' }) }).first();
  const own = await ask.locator('xpath=..').locator('a[href^="/ideas/IDEA-"]').first().getAttribute('href');
  await send(ask.getByRole('button', { name: 'Sí, son familia' }));
  assert.equal(await page.getByRole('button', { name: 'Sí, son familia' }).count(), 0, 'it is asked again');
  await open(own);
  await page.getByRole('heading', { name: 'Familia de ideas' }).waitFor();
});

test('a tap supports an idea, another takes it back', async () => {
  await open('/ideas');
  const link = page.locator('main a[href^="/ideas/IDEA-"]').nth(3);
  await follow(link, '**/ideas/IDEA-*');
  const count = () => figure(page.locator('.voice .count b'));
  const before = await count();
  const pressed = async (change) => {
    await page.locator('#apoyar').tap();
    await page.waitForFunction((n) => Number(document.querySelector('.voice .count b').innerText.replace(/\D/g, '')) === n, before + change);
    await fits();
  };
  await pressed(1);
  await page.reload();
  assert.equal(await count(), before + 1, 'the support was forgotten');
  await pressed(0);
});

test('statements are answered until the map shows where one stands', async (t) => {
  await open(`${at.open}/opiniones`);
  for (let i = 0; i < 8; i++) {
    const text = await page.locator('#votar-texto').innerText();
    await send(page.locator('.answer').nth(i % 2));
    assert.notEqual(await page.locator('#votar-texto').innerText(), text, 'the same statement again');
  }
  assert.match(await page.locator('.progress .num').first().innerText(), /8 de 25/);
  await page.getByText('Dónde estás vos:').waitFor();
  await page.locator('.opinion-map .you').waitFor();
  await sound(citizen, `${at.open}/opiniones`);

  await t.test('one more statement is proposed', async () => {
    await citizen.page.setViewportSize(phone.viewport);
    await open(`${at.open}/opiniones/proponer`);
    const form = page.locator('main form', { has: page.locator('[name=text]') });
    await form.locator('[name=text]').fill('Los bancos de las plazas tienen que estar a la sombra.');
    await send(form.locator('button.btn:not([name])'));
    const edit = await page.locator('a[href*="/opiniones/editar/"]').first().getAttribute('href');
    await sound(citizen, edit);
    const other = await as('author');
    await other.go(edit, { status: 403 });
    await other.close();
  });
});

test('a tap votes in the budget vote, and stays', async () => {
  await page.setViewportSize(phone.viewport);
  await open(at.vote);
  await follow(page.locator(`main a[href="${at.vote}/votacion"]`).first(), `**${at.vote}/votacion`);
  const button = page.locator('.ballot-taps button').first();
  const id = await button.getAttribute('id');
  const mine = page.locator(`#${id}`);
  const was = await mine.getAttribute('aria-pressed');
  await mine.tap();
  await page.waitForFunction(([id, was]) => document.getElementById(id)?.getAttribute('aria-pressed') !== was, [id, was]);
  const now = await mine.getAttribute('aria-pressed');
  await fits();
  await page.reload();
  assert.equal(await mine.getAttribute('aria-pressed'), now, 'the vote was forgotten');
  await open(`${at.vote}/resultado`);
  const stranger = await as('author');
  const { status } = await answerOf(stranger, `${at.vote}/resultado`, { chosen: 'IDEA-2026-00001' });
  assert.ok([403, 404, 409].includes(status), `somebody without a post publishes: ${status}`);
  await stranger.close();
});

test('what was chosen became an initiative, and who follows it is told', async () => {
  await open(at.done);
  await follow(page.getByRole('link', { name: 'Ver qué se eligió y por qué' }), `**${at.done}/evaluacion`);
  await follow(page.getByRole('link', { name: 'Bibliotecas abiertas hasta la medianoche' }), '**/ideas/IDEA-*');
  await follow(page.locator('main a[href^="/iniciativas/INI-"]').first(), '**/iniciativas/INI-*');
  const initiative = pathOf();
  await page.getByRole('button', { name: 'Seguir', exact: true }).tap();
  await page.getByRole('button', { name: 'Dejar de seguir' }).waitFor();
  const author = await as('author');
  await author.go(initiative);
  await author.page.locator('form[action$="/preguntar"] textarea').fill('¿Abre también los feriados?');
  await author.page.locator('form[action$="/preguntar"] button.btn').click();
  await author.page.getByText('¿Abre también los feriados?').first().waitFor();
  await author.close();
  await open('/avisos');
  await page.getByText('¿Abre también los feriados?').first().waitFor();
});

test('what is hidden says why, and its author may ask for another look', async () => {
  const queue = '/mi-escritorio/ideas/moderacion';
  for (const role of ['citizen', 'evaluator', 'comuna', null]) {
    const wrong = await as(role);
    const { status, to } = await answerOf(wrong, queue, { verdict: 'remove', matter: 'x' });
    assert.ok(status === 403 || to?.startsWith('/ingresar'), `${role} moderates: ${status}`);
    await wrong.close();
  }
  const reporter = await as('author');
  await reporter.go(`${at.idea}/denunciar`);
  await reporter.page.locator(`main form[action="${at.idea}/denunciar"] textarea`).fill('Nombra un club que no dijo que sí.');
  await reporter.page.locator(`main form[action="${at.idea}/denunciar"] button.btn:not([name])`).first().click();
  await reporter.page.waitForURL(`**${at.idea}*`);
  await reporter.close();

  const moderator = await as('coordination');
  await moderator.go(queue);
  const form = moderator.page.locator(`main form[action="${queue}"]`);
  await form.locator(`li[id="${at.idea.split('/').at(-1)}"] input[name=matter]`).check();
  await form.locator('[name=verdict][value=remove]').check();
  await form.locator('textarea').fill('Falta preguntarle al club; se puede volver a presentar con su acuerdo.');
  await form.locator('button.btn:not([name])').click();
  await moderator.page.waitForLoadState();
  await moderator.close();

  const stranger = await as('author');
  await stranger.go(at.idea);
  assert.equal(await stranger.page.getByText('El club de la esquina').count(), 0, 'its text still shows');
  await stranger.close();
  await open(at.idea);
  await page.getByText('Falta preguntarle al club').first().waitFor();
  await sound(citizen, `${at.idea}/apelar`);
  await page.setViewportSize(phone.viewport);
  await page.locator(`main form[action="${at.idea}/apelar"] textarea`).fill('El club dijo que sí: lo avisó en su puerta.');
  await send(page.locator(`main form[action="${at.idea}/apelar"] button.btn:not([name])`).first());
});

test('a body opens its question, and nobody else does', async () => {
  const minister = await as('minister');
  await minister.go('/mi-escritorio/ideas/desafios');
  const draft = await minister.page.getByRole('link', { name: 'El último año de la secundaria' }).first().getAttribute('href');
  for (const role of ['citizen', 'comuna', 'coordination', null]) {
    const wrong = await as(role);
    for (const act of ['abrir', 'editar', 'etapa', 'cancelar']) {
      const { status, to } = await answerOf(wrong, `${draft}/${act}`, { reason: 'Porque sí, y nada más que eso.' });
      assert.ok([403, 404].includes(status) || to?.startsWith('/ingresar'), `${role} does ${act}: ${status}`);
    }
    await wrong.close();
  }
  await minister.go(`${draft}/abrir`);
  await minister.page.locator(`main form[action="${draft}/abrir"] button.btn:not([name])`).first().click();
  await minister.page.waitForURL((url) => !url.pathname.endsWith('/abrir'));
  await sound(minister, `${draft}/etapa`);
  await minister.close();
});

/** Posts a form and gives the answer's status and where it leads. */
async function answerOf(visitor, path, form) {
  const answer = await visitor.context.request.post(path, { form, maxRedirects: 0 });
  return { status: answer.status(), to: answer.headers().location };
}
