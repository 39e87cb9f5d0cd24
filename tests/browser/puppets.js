// Chromium and Firefox driven alike, found by accessible roles and names alone (`aria/`). Firefox has no WebGL without a
// screen: it gets one of its own from Xvfb.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const chromiumFlags = ['--no-sandbox', '--no-first-run', '--disable-quic', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--lang=en-GB'];
// Those that keep a hidden tab awake.
const kAwake = ['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--disable-background-timer-throttling'];

export const launchChromium = async (more = {}) => {
  const browser = await puppeteer.launch({ browser: 'chrome', executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium', args: chromiumFlags,
    ignoreDefaultArgs: kAwake, defaultViewport: { width: 1280, height: 800 }, ...more });
  return { browser, close: () => browser.close() };
};

class Screen {
  constructor() {
    this.process = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    this.name = new Promise((resolve, reject) => {
      createInterface({ input: this.process.stdio[3] }).once('line', (number) => resolve(':' + number));
      this.process.once('error', reject);
      this.process.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    });
  }
  end() {
    this.process.removeAllListeners('exit');
    this.process.kill();
  }
}

export const launchFirefox = async () => {
  const screen = new Screen();
  const home = mkdtempSync(join(tmpdir(), 'parley-firefox-'));
  const end = () => { screen.end(); rmSync(home, { recursive: true, force: true }); };
  try {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.PARLEY_FIREFOX ?? '/usr/bin/firefox-esr', headless: false,
      env: { ...process.env, DISPLAY: await screen.name, HOME: home }, defaultViewport: { width: 1280, height: 800 },
      extraPrefsFirefox: { 'webgl.force-enabled': true, 'intl.accept_languages': 'en-GB' } });
    return { browser, close: async () => { await browser.close(); end(); } };
  } catch (error) {
    end();
    throw error;
  }
};

// Somebody who finds things by their roles and names alone, and has keys; on a phone (`by: 'finger'`) she taps, the
// lists are behind a button, and the keyboard covers half of the screen while she writes.
export class Reader {
  static kPhone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  static kOverKeyboard = 480;

  constructor(page, by) { this.page = page; this.by = by; }

  static async at(browser, url, by = 'key') {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);  // Firefox looks through all nodes for each name
    const reader = new Reader(page, by);
    if (by === 'finger') await page.setViewport(Reader.kPhone);
    reader.context = context;
    reader.console = [];
    page.on('console', (message) => reader.console.push(message.text()));
    page.on('pageerror', (error) => reader.console.push('page error: ' + error.message));
    await page.goto(url);
    return reader;
  }

  // `place`: where to look, if not everywhere. Firefox asks each node for its name, and waits for each answer.
  async find(role, name, place = 'body') {
    const around = await this.page.waitForSelector(place);
    return around.waitForSelector(`aria/${name}[role="${role}"]`);
  }
  async focus(role, name, place) {
    const node = await this.find(role, name, place);
    if (this.by === 'finger') await node.tap();
    else await node.focus();
    return node;
  }
  async press(role, name, place) {
    await this.focus(role, name, place);
    if (this.by === 'key') await this.page.keyboard.press('Enter');
  }
  // What stands in the list of rooms.
  async pressInRooms(role, name) {
    if (this.by === 'finger') await this.press('button', 'Open the room list');
    await this.press(role, name, 'nav');
  }
  // By their labels' own attributes: what is behind a dialog is inert, a log is full of messages, and Firefox waits long
  // for the name of each.
  labelled(role, name) { return this.page.waitForSelector(`[role=${role}][aria-label="${name}"]`); }
  pressInDialog(dialog, role, name) { return this.press(role, name, Reader.dialog(dialog)); }
  static dialog(name) { return `[role=dialog][aria-label="${name}"]`; }
  // In the place of what is there.
  async type(role, name, text, place) {
    await this.focus(role, name, place);
    await this.keyboard(true);
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('a');
    await this.page.keyboard.up('Control');
    await this.page.keyboard.type(text);
  }
  async enter() {
    await this.page.keyboard.press('Enter');
    await this.keyboard(false);
  }
  // What the keyboard of a phone leaves of the page (interactive-widget=resizes-content).
  async keyboard(up) {
    if (this.by === 'finger') await this.page.setViewport({ ...Reader.kPhone, height: up ? Reader.kOverKeyboard : Reader.kPhone.height });
  }
  async register(name) {
    await this.type('textbox', 'Name', name, 'form');
    await this.page.keyboard.press('Tab');
    await this.page.keyboard.type('correct horse');
    await this.keyboard(false);
    await this.press('button', 'Create account', 'form');
    await this.labelled('log', 'Messages in #general');
  }
  async say(mark, words) {
    const composer = await this.focus('textbox', 'Message ' + mark);
    await composer.evaluate((field, text) => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, words);
    await this.page.keyboard.press('Enter');
  }
  gone(role, name) { return this.page.waitForFunction((wanted) => ![...document.querySelectorAll('[role=' + wanted.role + ']')].some((node) => node.getAttribute('aria-label') === wanted.name), {}, { role, name }); }
  // Until the message with this number in its room has the focus.
  focusedMessage(number) {
    return this.page.waitForFunction((wanted) => document.activeElement.matches('article') && document.activeElement.getAttribute('aria-posinset') === wanted, {}, String(number));
  }
  article(words, timeout = 45_000) { return this.page.waitForFunction((text) => [...document.querySelectorAll('article:not([hidden])')].some((node) => node.textContent.includes(text)), { timeout }, words); }
  // Until nothing was drawn during so many of the browser's animation frames.
  async settled(quiet = 30) {
    for (;;) {
      const drawn = await this.page.evaluate(async (wanted) => {
        const before = globalThis.parley.stats().frames;
        for (let i = 0; i < wanted; ++i) await new Promise((resolve) => requestAnimationFrame(resolve));
        return globalThis.parley.stats().frames - before;
      }, quiet);
      if (drawn === 0) return;
    }
  }
}
