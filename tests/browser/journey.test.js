// Everything that the page is for, by roles, labels and the keyboard alone, in two browsers.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launchChromium, launchFirefox, Reader } from './puppets.js';

for (const [name, launch] of Object.entries({ chromium: launchChromium, firefox: launchFirefox })) {
  describe(`by roles, labels and keys alone, in ${name}`, () => {
    const server = new ParleyServer('--profile', 'bench');
    let puppet, ana, bo;

    before(async () => {
      await server.start();
      bo = new Listener(server.url, 'bo');
      await bo.ready();
      for (let i = 1; i <= 300; ++i) bo.say(`line ${i}`);
      await bo.heard('line 300');
      puppet = await launch();
      ana = await Reader.at(puppet.browser, server.url);
    });
    after(async () => {
      bo?.end();
      await puppet?.close();
      await server.remove();
    });

    it('registers', async () => {
      await ana.type('textbox', 'Name', 'ana');
      await ana.page.keyboard.press('Tab');
      await ana.page.keyboard.type('correct horse');
      await ana.press('button', 'Create account');
      await ana.find('log', 'Messages in #general');
      await ana.article('line 300');
    });

    it('signs out and in again', async () => {
      await ana.press('button', 'Settings');
      await ana.find('dialog', 'Settings');
      await ana.press('button', 'Sign out');
      await ana.type('textbox', 'Name', 'ana');
      await ana.page.keyboard.press('Tab');
      await ana.page.keyboard.type('correct horse');
      await ana.page.keyboard.press('Enter');
      await ana.find('log', 'Messages in #general');
    });

    it('creates a room and posts', async () => {
      await ana.press('button', 'Create room');
      await ana.find('dialog', 'Create room');
      await ana.type('textbox', 'Room name', 'garden');
      await ana.page.keyboard.press('Enter');
      await ana.find('log', 'Messages in #garden');
      await ana.type('textbox', 'Message #garden', 'first words');
      await ana.page.keyboard.press('Enter');
      await ana.article('first words');
    });

    it('opens a direct chat', async () => {
      await ana.press('button', 'New direct message');
      await ana.type('combobox', 'Person', 'bo');
      await ana.page.keyboard.press('Enter');
      await ana.find('log', 'Messages with @bo');
      await ana.type('textbox', 'Message @bo', 'only for you');
      await ana.page.keyboard.press('Enter');
      await ana.article('only for you');
    });

    it('scrolls to the first message', async () => {
      await ana.press('link', '#general');
      await ana.focus('log', 'Messages in #general');
      await ana.page.keyboard.press('Home');
      await ana.focusedMessage(1);
      assert.match(await ana.page.evaluate(() => document.activeElement.textContent.trim()), /^bo .* line 1$/);
      await ana.page.keyboard.press('End');
      await ana.focusedMessage(300);
    });

    it('switches the look', async () => {
      await ana.press('button', 'Settings');
      await ana.press('button', 'Dark');
      await ana.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
      await ana.page.keyboard.press('Escape');
    });

    it('signs out', async () => {
      await ana.press('button', 'Settings');
      await ana.press('button', 'Sign out');
      await ana.find('textbox', 'Name');
      assert.deepEqual(ana.console.filter((line) => /error/i.test(line)), []);
    });
  });
}
