// node screenshots.mjs FOLDER: draws the pictures of the documentation from a
// fresh demo.

import { draw } from './pictures.mjs';
import { startDemo } from './program.mjs';
import { launch } from './visitor.mjs';

const pictures = [
  { name: 'home', path: '/' },
  { name: 'board', path: '/iniciativas/tablero' },
  { name: 'map', path: '/iniciativas/mapa' },
  { name: 'initiative', path: '/iniciativas', follow: 'Aprendizajes significativos' },
  { name: 'desk', path: '/mi-escritorio', role: 'planning' },
];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs FOLDER');
  process.exit(2);
}
const demo = await startDemo();
const browser = await launch();
try {
  for (const file of await draw(browser, demo.url, pictures, folder)) console.log(file);
} finally {
  await browser.close();
  await demo.stop();
}
