// A visitor without a mouse: only keys, and only what can be seen to be chosen.

import assert from 'node:assert/strict';

/**
 * Presses Tab until the element that the locator names has the focus, and
 * expects every stop on the way to be visible and to show that it is chosen.
 */
export async function tabTo(page, locator, limit = 150) {
  const target = await locator.elementHandle();
  const stops = [];
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused, target);
    if (!stop) continue; // the browser's own bars come between the last element and the first
    stops.push(stop.name);
    assert.ok(stop.seen, `the focus is on ${stop.name}, which cannot be seen`);
    assert.ok(stop.marked, `nothing shows that the focus is on ${stop.name}`);
    if (stop.there) return;
  }
  assert.fail(`Tab does not lead to ${locator}, only to: ${stops.join(' | ')}`);
}

/** Runs in the page: what has the focus, and how it looks. */
function focused(target) {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(e);
  const onTop = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = e.labels?.[0]; // a hidden radio shows its focus on its label
  const around = label && getComputedStyle(label);
  return {
    there: e === target,
    name: `${e.tagName.toLowerCase()} ${(e.getAttribute('aria-label') ?? e.innerText ?? e.name ?? '').trim().slice(0, 40)}`,
    seen: box.width > 0 && box.height > 0 && (!onTop || e.contains(onTop) || onTop.contains(e) || !!label?.contains(onTop)),
    marked: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || (!!around && around.outlineStyle !== 'none'),
  };
}

/** Moves to a button or link by keys and presses it. */
export async function press(page, locator) {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
}

/** Moves to a field by keys and types into it. */
export async function type(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.type(text);
}
