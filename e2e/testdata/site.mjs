// A tiny site for trying the harness: one sound page and one page for each
// fault that the harness must see. Prints its address, answers /readyz, ends on
// SIGTERM. With a word as argument it prints that and fails instead.

import { createServer } from 'node:http';

if (process.argv[2] === 'fail') {
  console.error('no such database');
  process.exit(3);
}

const page = (body, { lang = 'es', head = '' } = {}) => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>Prueba</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<style>@media (prefers-color-scheme: dark) { .dim { color: #444; background: #333 } }</style></head>
<body><main><h1>Prueba</h1>${body}</main>
<aside aria-label="Demo"><form method="post" action="/demo/entrar"><label>Entrar como <select name="role">
<option value="">nadie</option><option value="mayor">Jefa</option><option value="planning">Planificación</option></select></label></form></aside>
</body></html>`;

const pages = {
  '/': '<p>Todo bien. <a href="/iniciativas/INI-2026-0042">Una</a> <a href="/rota">Rota</a> <a href="/datos.csv">CSV</a> <a href="/mesa?x=1&amp;lang=en">Mesa</a></p>'
    + '<form method="post" action="/preguntar"></form><form method="post" action="/iniciativas/borrador"></form>',
  '/preguntar': '<p>Preguntar</p>',
  '/iniciativas/INI-2026-0042': '<p>Una iniciativa <a href="/fuera">afuera</a> <a href="https://example.org/">lejos</a></p>',
  '/picture': '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">',
  '/wide': '<p class="table" style="width: 500px">Ancha</p>',
  '/dark': '<p class="dim">Oscura</p>',
  '/small': '<p><a href="/a" style="display:inline-block;width:10px;height:10px;overflow:hidden">a</a><a href="/b" style="display:inline-block;width:10px;height:10px;overflow:hidden">b</a></p>',
  '/inline': '<script>document.title = "otra"</script>',
  '/throws': '<script src="/throws.js"></script>',
  '/stranger': '<img alt="" src="http://127.0.0.2:9/x.png">',
  '/keys': '<style>:focus { outline: 3px solid }</style><p><a href="/" id="first">Primero</a> <a href="/mesa" id="second">Segundo</a> <input aria-label="Nombre"></p>',
  '/unmarked': '<style>a:focus { outline: none }</style><p><a href="/">Sin marca</a> <a href="/" id="second">Segundo</a></p>',
  '/covered': '<style>a:focus { outline: 3px solid } .under { position: fixed; top: 0; left: 0 } .cover { position: fixed; inset: 0 0 auto 0; height: 80px; background: #fff }</style>'
    + '<a class="under" href="/">Tapado</a><div class="cover"></div><p><a href="/" id="second">Segundo</a></p>',
  '/ingresar': '<p>Ingresar</p>',
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://site');
  const send = (status, type, text, headers = {}) => {
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': "default-src 'self'; img-src * data:; style-src 'unsafe-inline'", ...headers,
    }).end(text);
  };
  if (pathname === '/readyz') return send(200, 'text/plain', 'ok');
  if (pathname === '/throws.js') return send(200, 'text/javascript', 'throw new Error("broken script")');
  if (pathname === '/datos.csv') return send(200, 'text/csv', 'a;b');
  if (request.method === 'POST') return send(303, 'text/plain', '', { location: '/mesa', 'set-cookie': 'role=yes; Path=/' });
  if (pathname === '/mesa') {
    if (!request.headers.cookie) return send(303, 'text/plain', '', { location: '/ingresar' });
    return send(200, 'text/html', page('<p>Mesa</p>'));
  }
  if (!(pathname in pages)) return send(404, 'text/html', page('<p>No está</p>'));
  return send(200, 'text/html', page(pages[pathname], { lang: searchParams.get('lang') === 'en' ? 'en' : 'es' }));
});

process.on('SIGTERM', () => {
  server.close(() => process.exit(process.argv[2] === 'rude' ? 4 : 0));
  server.closeAllConnections();
});
server.listen(0, '127.0.0.1', () => console.log(`site: http://127.0.0.1:${server.address().port}`));
