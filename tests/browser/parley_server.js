// A real parley-server on a free port with a data folder of its own, started and stopped by its process id.
// PARLEY_SERVER names the binary; PARLEY_WEB, where set, a packed web client that is served instead of the embedded one.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binary = process.env.PARLEY_SERVER ?? new URL('../../build/release/bin/parley-server', import.meta.url).pathname;

export class ParleyServer {
  #process = null;
  #port = 0;
  #more;
  #data = mkdtempSync(join(tmpdir(), 'parley-browser-'));
  log = [];

  // More arguments for `serve`, for example '--profile', 'bench'.
  constructor(...more) { this.#more = more; }

  get url() { return `http://127.0.0.1:${this.#port}`; }

  // The first start picks a free port; the next ones take the same again.
  async start() {
    const args = ['serve', '--listen', `127.0.0.1:${this.#port}`, '--data', this.#data, ...this.#more];
    if (process.env.PARLEY_WEB) args.push('--web', process.env.PARLEY_WEB);
    const server = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = server;
    const listening = new Promise((resolve, reject) => {
      const read = (line) => {
        this.log.push(line);
        const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (found) resolve(Number(found[1]));
      };
      createInterface({ input: server.stdout }).on('line', read);
      createInterface({ input: server.stderr }).on('line', read);
      server.on('error', reject);
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${this.log.join('\n')}`)));
    });
    this.#port = await listening;
  }

  // Signals the process and waits until it is gone.
  async stop(signal = 'SIGTERM') {
    const server = this.#process;
    this.#process = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    process.kill(server.pid, signal);
    await gone;
  }

  async remove() {
    await this.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
