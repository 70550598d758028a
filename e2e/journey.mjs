// What people of the roundtable do in a browser, as the journeys need it.

/** Figures for the items that have a threshold, well above it. */
const figures = { 'reunion-realizada': '3', especialista: '2', 'umbral-de-alcance': '80', 'puntaje-de-comunicacion': '85' };

/** The steps of Buenos Aires with the role that signs each. */
export const steps = [
  ['efectividad', 'planning'], ['discusion-interna', 'coordination'], ['reunion-colaborativa', 'coordination'],
  ['especialistas', 'coordination'], ['alcance-e-impacto', 'planning'], ['comunicacion', 'communication'],
];

/** Files a thought and has the own body take it up. Gives its number. */
export async function propose(visitor, title) {
  const { page } = visitor;
  await visitor.go('/iniciativas/nueva');
  await page.locator('[name=title]').fill(title);
  await page.locator('[name=line]').fill('Un taller por escuela, con herramientas y tutores.');
  await page.locator('[name=sponsor]').last().check();
  await page.locator('main form[action="/iniciativas/nueva"] button.btn:not([name])').click();
  await page.waitForURL(/INI-\d{4}-\d{4,}/);
  return page.url().match(/INI-\d{4}-\d{4,}/)[0];
}

/** Fills a dossier until it can be filed, and files it. */
export async function file(visitor, number) {
  const { page } = visitor;
  await visitor.go(`/iniciativas/${number}/expediente`);
  await page.locator('#f-change').fill('30.000 chicos aprenden a construir lo que imaginan.');
  await page.locator('#f-problem').fill('En la escuela se aprende poco con las manos.');
  await page.locator('#f-type').selectOption({ index: 1 });
  await page.locator('#f-group-0').selectOption('estudiantes');
  await page.locator('#f-where-0').selectOption('ciudad');
  await page.locator('#f-people-0').fill('30000');
  await page.locator('[name=axis]').first().check();
  await page.locator('#f-sdg').selectOption('4');
  await page.locator('[name=territories][value=ciudad]').check();
  await page.getByRole('button', { name: 'Guardar el expediente' }).click();
  await page.waitForLoadState();
  await visitor.go(`/iniciativas/${number}/presentar`);
  await page.locator(`main form[action="/iniciativas/${number}/presentar"] button.btn`).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/presentar'));
}

/** A line of the demo's budget law of this year with credit to spare. */
const line = '55.8.1';

/** Draws on a line of the budget law, without which step 1 is not signed. */
export async function draw(visitor, number) {
  const { page } = visitor;
  await visitor.go(`/iniciativas/${number}/presupuesto`);
  const form = page.locator('form', { has: page.locator('[name=line]') });
  await unfold(form);
  await form.locator('[name=line]').fill(line);
  await form.locator('[name=amount]').fill('1.500.000');
  await form.locator('button.btn').click();
  await page.locator('#partidas').waitFor();
}

/** Gives every item of a step its evidence, one form after another. */
export async function prove(visitor, number, step) {
  const { page } = visitor;
  if (step === 'efectividad') await draw(visitor, number);
  const path = `/iniciativas/${number}/pasos/${step}`;
  await visitor.go(path);
  const forms = await page.locator('form[id$="-form"]').evaluateAll((all) => all
    .map((f) => [f.querySelector('[name=item]')?.value, f.querySelector('[name=kind]')?.value]).filter(([item, kind]) => item && kind));
  for (const item of new Set(forms.map(([item]) => item))) {
    const kinds = forms.filter(([of]) => of === item).map(([, kind]) => kind);
    const kind = figures[item] ? 'figure' : kinds.find((k) => k === 'note' || k === 'list');
    if (!kind) continue;
    await visitor.go(path);
    const form = page.locator(`#${item}-${kind}-form`);
    await form.evaluate((f) => { for (let e = f; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true; });
    await form.locator(kind === 'figure' ? '[name=figure]' : '[name=text]').fill(figures[item] ?? 'Acordado; quien propone; marzo');
    await form.locator('button.btn').click();
    await page.waitForLoadState();
  }
}

/** Signs a step with the one yellow button. */
export async function sign(visitor, number, step) {
  await visitor.go(`/iniciativas/${number}/pasos/${step}`);
  await visitor.page.locator(`form[action$="/${step}/firmar"] button.btn`).click();
  await visitor.page.waitForLoadState();
}

/** Opens the folds around an element, as a person would before writing in it. */
export async function unfold(locator) {
  await locator.evaluate((e) => { for (let x = e; x; x = x.parentElement) if (x.tagName === 'DETAILS') x.open = true; });
}
