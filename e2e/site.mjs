// Finds the pages of the site as a visitor would, by following links, and tells
// which route of the program each belongs to.

/** Matches paths against the patterns of the program's GET routes. */
export class Routes {
  #routes;

  /** routes as the program lists them; those that are no GET are left out. */
  constructor(routes) {
    this.#routes = routes
      .filter(({ method }) => method === 'GET')
      .map(({ pattern }) => ({ pattern, shape: shape(pattern), plain: pattern.replace(/{[^}]*}/g, '').length }))
      .sort((a, b) => b.plain - a.plain); // the most literal first
  }

  get patterns() { return this.#routes.map(({ pattern }) => pattern); }

  /** The pattern that answers the path, undefined if none does. */
  of(path) { return this.#routes.find(({ shape }) => shape.test(path))?.pattern; }
}

/** A pattern of net/http as a regular expression: {name}, {name...}, {$}. */
function shape(pattern) {
  const source = pattern
    .replace(/{\$}$/, '')
    .split(/({[^}]*})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return part.endsWith('...}') ? '.*' : '[^/]+';
    });
  const subtree = pattern.endsWith('/') && pattern !== '/' ? '.*' : '';
  return new RegExp(`^${source.join('')}${subtree}$`);
}

// How many pages of one route are read for their links.
const samples = 3;

/**
 * Follows links from the starting paths and gives what answers each route:
 * pattern -> { path, html }. Links that lead to no route, or to an error, are in
 * broken. The request context carries the visitor's cookies.
 */
export async function explore(request, url, routes, start = ['/']) {
  const found = new Map();
  const broken = [];
  const seen = new Set();
  const read = new Map();
  const queue = start.map((path) => ({ path, from: 'the start' }));
  for (const { path, from } of eachOf(queue)) {
    const { pathname } = new URL(path, url);
    const pattern = routes.of(pathname);
    if (seen.has(path) || (read.get(pattern) ?? 0) >= samples) continue;
    seen.add(path);
    if (!pattern) { broken.push(`${path} (on ${from}) leads to no route`); continue; }
    read.set(pattern, (read.get(pattern) ?? 0) + 1);

    const answer = await request.get(path, { maxRedirects: 0 });
    const status = answer.status();
    if (status >= 400) broken.push(`${path} (on ${from}) answers ${status}`);
    if (status >= 300 && status < 400) queue.push({ path: local(answer.headers().location, path, url), from: path });
    if (status !== 200) continue;
    const html = (answer.headers()['content-type'] ?? '').startsWith('text/html');
    if (!found.has(pattern)) found.set(pattern, { path, html });
    if (html) queue.push(...links(await answer.text(), path, url).map((to) => ({ path: to, from: path })));
  }
  return { found, broken };
}

/** Walks a list that grows while it is walked. */
function* eachOf(queue) {
  for (let i = 0; i < queue.length; i++) if (queue[i].path) yield queue[i];
}

/** The addresses on our own site that the page's links lead to. */
function links(html, path, url) {
  const hrefs = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&'));
  return hrefs.map((href) => local(href, path, url)).filter(Boolean);
}

/** The path and query of a link on our own site, undefined for others. */
function local(href, path, url) {
  if (!href || href.startsWith('#')) return undefined;
  const to = new URL(href, new URL(path, url));
  if (to.origin !== new URL(url).origin) return undefined;
  to.searchParams.delete('lang'); // every page is looked at in each language anyway
  return to.pathname + to.search;
}
