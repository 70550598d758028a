// The program under test: built once, started on a free port with a folder of
// its own, stopped by its process id with nothing left behind.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Path of the program: RONDA_BINARY, or built into build/ronda. */
export function binary() {
  if (process.env.RONDA_BINARY) return process.env.RONDA_BINARY;
  const file = path.join(root, 'build', 'ronda');
  execFileSync('go', ['build', '-o', file, './cmd/ronda'], { cwd: root, stdio: 'inherit' });
  return file;
}

/** The routes of the program: [{ method: 'GET', pattern: '/iniciativas/{number}' }, ...]. */
export function routes() {
  return JSON.parse(execFileSync(binary(), ['routes', '--json'], { encoding: 'utf8' }));
}

/** Starts a fresh demo and waits until it answers. */
export function startDemo() {
  return Program.start(binary(), (data) => ['demo', '--addr', '127.0.0.1:0', '--data', data]);
}

/** A server that runs: `url` without a slash at its end, and stop(). */
export class Program {
  #child;
  #exit;
  #folder;
  #said = '';

  /**
   * Starts a command that prints its address on a line and answers /readyz.
   * args makes its arguments from the folder for its data.
   */
  static async start(command, args) {
    const program = new Program();
    program.#folder = mkdtempSync(path.join(tmpdir(), 'ronda-e2e-'));
    program.#child = spawn(command, args(program.#folder), { stdio: ['ignore', 'pipe', 'pipe'] });
    program.#exit = new Promise((done) => {
      program.#child.on('error', (error) => done(error.message));
      program.#child.on('exit', (code, signal) => done(signal ?? code));
    });
    for (const stream of [program.#child.stdout, program.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { program.#said += text; });
    }
    try {
      program.url = await program.#address();
      await program.#ready();
    } catch (error) {
      await program.stop().catch(() => {}); // the first error tells more
      throw error;
    }
    return program;
  }

  /** Everything it printed so far. */
  get said() { return this.#said; }

  /** Ends it with SIGTERM; an end that is late or not clean is an error. */
  async stop() {
    this.#child.kill('SIGTERM');
    const end = await Promise.race([this.#exit, sleep(15_000, 'late', { ref: false })]);
    if (end === 'late') this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
    if (end !== 0) throw new Error(`the program ended with ${end}:\n${this.#said}`);
  }

  #address() {
    return this.#until('print its address', () => this.#said.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]);
  }

  #ready() {
    return this.#until('be ready', async () => {
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      return answer?.ok;
    });
  }

  /** Waits up to a minute for a truthy answer. */
  async #until(what, answer) {
    for (let i = 0; i < 1200; i++) {
      const value = await answer();
      if (value) return value;
      const end = await Promise.race([this.#exit, sleep(50, 'running')]);
      if (end !== 'running') throw new Error(`the program ended with ${end} before it could ${what}:\n${this.#said}`);
    }
    throw new Error(`the program did not ${what} in a minute:\n${this.#said}`);
  }
}
