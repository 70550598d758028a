// A visitor: one browser window with its own cookies, that remembers whatever a
// careful reader of the console would complain about.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** The two widths every page is looked at: a desk and a small phone. */
export const wide = { width: 1200, height: 900 };
export const narrow = { width: 320, height: 640 };

/** Starts the system's chromium with a fresh profile. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

export class Visitor {
  #troubles = [];

  /** Opens a window on the site at url; options go to browser.newContext. */
  static async open(browser, url, options = {}) {
    const visitor = new Visitor();
    visitor.url = url;
    visitor.context = await browser.newContext({
      baseURL: url, viewport: wide, locale: 'es-AR', timezoneId: 'America/Argentina/Buenos_Aires', ...options,
    });
    visitor.context.setDefaultTimeout(10_000);
    visitor.page = await visitor.context.newPage();
    visitor.#watch();
    return visitor;
  }

  #watch() {
    const page = this.page;
    const note = (what) => this.#troubles.push(`${page.url()}: ${what}`);
    page.on('console', (message) => { if (message.type() === 'error') note(message.text()); });
    page.on('pageerror', (error) => note(error.message));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') note(`${request.url()} failed: ${why}`); // aborted: a newer page or a download took over
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== this.url) note(`asks a stranger: ${request.url()}`);
    });
  }

  /**
   * Goes to a path, in a language when lang is given, and expects an answer of
   * that status. Gives the answer.
   */
  async go(path, { lang, status = 200 } = {}) {
    const url = new URL(path, this.url);
    if (lang) url.searchParams.set('lang', lang);
    const answer = await this.page.goto(url.href);
    assert.equal(answer.status(), status, `${url.pathname}: status`);
    return answer;
  }

  /** Enters the demo as a role. */
  async enterAs(role) {
    const answer = await this.context.request.post('/demo/entrar', { form: { role, next: '/' } });
    assert.ok(answer.ok(), `enter as ${role}: status ${answer.status()}`);
  }

  /** The roles that the demo offers on every page, in its order. */
  async roles() {
    await this.go('/');
    const options = this.page.locator('select[name=role] option');
    const roles = (await options.evaluateAll((all) => all.map((e) => e.value))).filter(Boolean);
    assert.ok(roles.length > 0, 'the demo offers no role');
    return roles;
  }

  /** Fails on any error of the console: scripts, policy, requests. expected: a pattern of what may stand there. */
  assertCalm(expected) {
    const troubles = this.#troubles.filter((t) => !expected?.test(t));
    this.#troubles = [];
    assert.deepEqual(troubles, [], 'errors in the console');
  }

  close() { return this.context.close(); }
}
