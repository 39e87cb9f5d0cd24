// Somebody in #general by way of parley-cli: hears every message, whatever a page shows of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binary = process.env.PARLEY_CLI ?? new URL('../../build/release/bin/parley-cli', import.meta.url).pathname;

export class Listener {
  texts = [];
  #waiting = new Set();
  #ready;

  constructor(url, name) {
    this.folder = mkdtempSync(join(tmpdir(), 'parley-listener-'));
    writeFileSync(join(this.folder, 'pw'), 'correct horse ' + name + '\n');
    this.process = spawn(binary, ['--url', url.replace('http', 'ws') + '/ws', '--name', name, '--password-file', join(this.folder, 'pw'), '--register'], { stdio: ['pipe', 'pipe', 'inherit'] });
    // A test that fails before its end leaves nobody behind, and is not kept waiting.
    this.process.unref();
    for (const pipe of [this.process.stdin, this.process.stdout]) pipe.unref?.();
    process.on('exit', () => this.process.kill());
    this.#ready = new Promise((resolve, reject) => {
      this.process.on('exit', (code) => reject(new Error(`parley-cli ended with ${code}`)));
      createInterface({ input: this.process.stdout }).on('line', (line) => {
        const event = JSON.parse(line);
        if (event.event === 'ready') resolve();
        if (event.event !== 'message') return;
        this.texts.push(event.text);
        for (const look of this.#waiting) look();
      });
    });
    this.#ready.catch(() => {});
  }
  ready() { return this.#ready; }
  say(text) { this.process.stdin.write(JSON.stringify({ do: 'post', room: 'general', text }) + '\n'); }
  // Until this was said.
  heard(text) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => { this.#waiting.delete(look); reject(new Error(`"${text}" was not heard; the last ones: ${this.texts.slice(-5).join(' | ')}`)); }, 20_000);
      const look = () => {
        if (!this.texts.includes(text)) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
  // Everything that begins with this word, in the order of the room.
  withWord(word) { return this.texts.filter((text) => text.startsWith(word + ' ')); }
  end() {
    this.process.removeAllListeners('exit');
    this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
