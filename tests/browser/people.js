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
  // The server has taken her message with these words and all before it, and the log shows it as such: who was far back
  // has come to the newest.
  async said(log, words) {
    const article = this.article(log, words).last();
    await article.waitFor();
    await this.article(log, 'Sending…').first().waitFor({ state: 'detached' });
    await article.waitFor();
  }
  // The pointer is on it. What comes in meanwhile moves the messages; then it is brought there again, as anybody would.
  async pointAt(article) {
    for (let tries = 0; tries < 5; ++tries) {
      await article.hover();
      await this.settled(3);
      if (await article.evaluate((node) => node.matches(':hover'))) return;
    }
    throw new Error(`what ${this.name} points at does not stay under the pointer`);
  }
  async useTool(article, name) {
    await this.pointAt(article);
    await article.getByRole('button', { name, exact: true }).click();
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
    const rests = await this.page.evaluate(async (wanted) => {
      const kRounds = 40;
      const frames = () => globalThis.parley.stats().frames;
      for (let round = 0; round < kRounds; ++round) {
        const before = frames();
        for (let i = 0; i < wanted; ++i) await new Promise((resolve) => requestAnimationFrame(resolve));
        if (frames() === before) return true;
      }
      return false;
    }, quiet);
    if (!rests) throw new Error(`${this.name}'s page does not come to rest: ${JSON.stringify(await this.stats())}`);
  }
}
