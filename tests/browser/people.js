// A person with a browser of her own: a context with its own storage, found by roles and names alone.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--no-first-run', '--disable-quic', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export const pictures = process.env.PARLEY_SCREENSHOTS ?? new URL('../../build/screenshots', import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });

export const launch = (more = []) =>
  chromium.launch({ executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...more] });

// A browser that remembers, in this folder, until it is killed.
export const launchRemembering = (folder) => chromium.launchPersistentContext(folder, { executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
  args: flags, viewport: { width: 1280, height: 800 }, locale: 'en-GB' });

export class Person {
  console = [];
  violations = [];

  // `first` runs in the page before anything else does.
  static async at(browser, url, name, options = {}, first = undefined) {
    const person = new Person();
    person.name = name;
    person.context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB', ...options });
    person.context.setDefaultTimeout(15_000);
    person.page = await person.context.newPage();
    person.page.on('console', (message) => {
      person.console.push(message.text());
      if (/Content Security Policy/.test(message.text())) person.violations.push(message.text());
    });
    person.page.on('pageerror', (error) => person.console.push('page error: ' + error.message));
    if (first) await person.page.addInitScript(typeof first === 'string' ? { content: first } : first);
    await person.page.goto(url);
    return person;
  }

  async enter(button) {
    await this.page.getByRole('textbox', { name: 'Name', exact: true }).fill(this.name);
    await this.page.getByLabel('Password').fill('correct horse ' + this.name);
    await this.page.getByRole('button', { name: button }).click();
    await this.rooms.waitFor();
  }
  register() { return this.enter('Create account'); }
  signIn() { return this.enter('Sign in'); }

  get rooms() { return this.page.getByRole('navigation', { name: 'Rooms' }); }
  room(mark) { return this.rooms.getByRole('link', { name: new RegExp('^' + mark + '(,|$)') }); }
  log(name) { return this.page.getByRole('log', { name, exact: true }); }
  composer(mark) { return this.page.getByRole('textbox', { name: 'Message ' + mark, exact: true }); }
  status(words) { return this.page.getByRole('status').filter({ hasText: words }); }
  article(log, words) { return this.log(log).getByRole('article').filter({ hasText: words }); }

  async say(mark, words) {
    await this.composer(mark).fill(words);
    await this.composer(mark).press('Enter');
  }
  // The bodies in the order of the log, from the page's own nodes.
  bodies(log) { return this.log(log).getByRole('article').locator('.body').allTextContents(); }
  stats() { return this.page.evaluate(() => globalThis.parley.stats()); }
  async picture(name) {
    await this.settled(12);
    await this.page.screenshot({ path: join(pictures, name + '.png') });
  }
  // Until nothing was drawn during this many of the browser's animation frames.
  async settled(quiet = 30) {
    await this.page.waitForFunction(async (wanted) => {
      const frames = () => globalThis.parley.stats().frames;
      const before = frames();
      for (let i = 0; i < wanted; ++i) await new Promise((resolve) => requestAnimationFrame(resolve));
      return frames() === before;
    }, quiet, { polling: 10 });
  }
}
