// Draws pages as pictures for the documentation.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Visitor, narrow, wide } from './visitor.mjs';

/**
 * Draws each picture at both widths into the folder, as NAME-1200.png and
 * NAME-320.png. A picture is { name, path, role, follow }: whose page it is
 * (nobody's without a role), and the words of a link to follow from there.
 * Gives the files.
 */
export async function draw(browser, url, pictures, folder) {
  mkdirSync(folder, { recursive: true });
  const files = [];
  for (const picture of pictures) {
    const visitor = await Visitor.open(browser, url);
    if (picture.role) await visitor.enterAs(picture.role);
    await visitor.go(picture.path, { lang: 'es' });
    if (picture.follow) {
      await visitor.page.getByRole('link', { name: picture.follow }).first().click();
      await visitor.page.waitForLoadState();
    }
    for (const viewport of [wide, narrow]) {
      const file = path.join(folder, `${picture.name}-${viewport.width}.png`);
      await visitor.page.setViewportSize(viewport);
      await visitor.page.screenshot({ path: file, fullPage: viewport === wide, animations: 'disabled' });
      files.push(file);
    }
    visitor.assertCalm();
    await visitor.close();
  }
  return files;
}
