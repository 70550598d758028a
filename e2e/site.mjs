// Finds the pages of the site as a visitor would, by links and forms, and tells
// which route of the program each belongs to.

/** Matches paths against the patterns of the program's routes. */
export class Routes {
  #pages;
  #posts;

  /** routes as the program lists them. */
  constructor(routes) {
    const of = (method) => routes
      .filter((route) => route.method === method)
      .map(({ pattern }) => ({ pattern, shape: shape(pattern), plain: pattern.replace(/{[^}]*}/g, '').length }))
      .sort((a, b) => b.plain - a.plain); // the most literal first
    this.#pages = of('GET');
    this.#posts = of('POST');
  }

  /** The patterns that answer GET. */
  get patterns() { return this.#pages.map(({ pattern }) => pattern); }

  /** The pattern that answers GET on the path, undefined if none does. */
  of(path) { return this.#pages.find(({ shape }) => shape.test(path))?.pattern; }

  /**
   * Whether the address that a form is sent to is a page as well: the one that
   * comes back when something in it was wrong.
   */
  hasPage(path) {
    const post = this.#posts.find(({ shape }) => shape.test(path))?.pattern;
    return post !== undefined && post === this.of(path);
  }
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

// How many pages of one route are read for their links: of most a few, as they
// are alike; of those whose pages differ by what their subject has become, many.
const samples = 3;
const manySamples = 40;

/**
 * Follows links from the starting paths, and opens the addresses that forms are
 * sent to, and gives what answers each route: pattern -> { path, html }. What
 * leads to no route, or to an error, is in broken. varied are the patterns of
 * which many pages are read. The request context carries the visitor's cookies.
 */
export async function explore(request, url, routes, { start = ['/'], varied = [] } = {}) {
  const found = new Map();
  const broken = [];
  const seen = new Set();
  const read = new Map();
  const queue = start.map((path) => ({ path, from: 'the start' }));
  for (const { path, from, form } of eachOf(queue)) {
    const { pathname } = new URL(path, url);
    const pattern = routes.of(pathname);
    if (seen.has(path) || (read.get(pattern) ?? 0) >= (varied.includes(pattern) ? manySamples : samples)) continue;
    if (form && found.has(pattern)) continue; // a link led there, with what the form would send
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
    if (!html) continue;
    const text = await answer.text();
    const forms = actions(text, path, url).filter((to) => routes.hasPage(new URL(to, url).pathname));
    queue.push(...links(text, path, url).map((to) => ({ path: to, from: path })));
    queue.push(...forms.map((to) => ({ path: to, from: path, form: true })));
  }
  return { found, broken };
}

/** Walks a list that grows while it is walked. */
function* eachOf(queue) {
  for (let i = 0; i < queue.length; i++) if (queue[i].path) yield queue[i];
}

/** The addresses on our own site that the page's links lead to. */
const links = (html, path, url) => addresses(html, /<a\b[^>]*?\shref="([^"]*)"/g, path, url);

/** The addresses on our own site that the page's forms are sent to. */
const actions = (html, path, url) => addresses(html, /<(?:form|button)\b[^>]*?\s(?:form)?action="([^"]*)"/g, path, url);

function addresses(html, attribute, path, url) {
  const found = [...html.matchAll(attribute)].map(([, address]) => address.replaceAll('&amp;', '&'));
  return found.map((address) => local(address, path, url)).filter(Boolean);
}

/** The path and query of a link on our own site, undefined for others. */
function local(href, path, url) {
  if (!href || href.startsWith('#')) return undefined;
  const to = new URL(href, new URL(path, url));
  if (to.origin !== new URL(url).origin) return undefined;
  to.searchParams.delete('lang'); // every page is looked at in each language anyway
  return to.pathname + to.search;
}
