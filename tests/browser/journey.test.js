// Everything that the page is for, by roles and labels alone: with keys in two browsers, and with a finger on a phone
// whose keyboard covers half of the page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launchChromium, launchFirefox, Reader } from './puppets.js';

const kWays = [
  { way: 'keys in Chromium', launch: launchChromium, by: 'key', messages: 300 },
  // More than a page of history; Firefox looks through every node of the page for each name that it is asked for.
  { way: 'keys in Firefox', launch: launchFirefox, by: 'key', messages: 130 },
  { way: 'a finger on a phone', launch: launchChromium, by: 'finger', messages: 300 },
];

for (const { way, launch, by, messages } of kWays) {
  describe(`by roles, labels and ${way}`, () => {
    const server = new ParleyServer('--profile', 'bench');
    let puppet, ana, bo;

    before(async () => {
      await server.start();
      bo = new Listener(server.url, 'bo');
      await bo.ready();
      for (let i = 1; i <= messages; ++i) bo.say(`line ${i}`);
      await bo.heard(`line ${messages}`);
      puppet = await launch();
      ana = await Reader.at(puppet.browser, server.url, by);
    });
    after(async () => {
      bo?.end();
      await puppet?.close();
      await server.remove();
    });

    // The composer and the newest message are above the keyboard.
    const bothInView = (words) => ana.page.waitForFunction((text) => {
      const field = document.querySelector('textarea').getBoundingClientRect();
      const message = [...document.querySelectorAll('article:not([hidden])')].find((node) => node.textContent.includes(text));
      return message && message.getBoundingClientRect().bottom <= field.top + 1 && field.bottom <= innerHeight;
    }, {}, words);
    const post = async (mark, words) => {
      await ana.type('textbox', 'Message ' + mark, words);
      await ana.page.keyboard.press('Enter');
      await ana.article(words);
      await bothInView(words);
      await ana.keyboard(false);
    };

    it('registers', async () => {
      await ana.register('ana');
      await ana.article(`line ${messages}`);
    });

    it('signs out and in again', async () => {
      await ana.pressInRooms('button', 'Settings');
      await ana.labelled('dialog', 'Settings');
      await ana.pressInDialog('Settings', 'button', 'Sign out');
      await ana.type('textbox', 'Name', 'ana', 'form');
      await ana.page.keyboard.press('Tab');
      await ana.page.keyboard.type('correct horse');
      await ana.enter();
      await ana.labelled('log', 'Messages in #general');
    });

    it('creates a room and posts', async () => {
      await ana.pressInRooms('button', 'Create room');
      await ana.labelled('dialog', 'Create room');
      await ana.type('textbox', 'Room name', 'garden', Reader.dialog('Create room'));
      await ana.enter();
      await ana.labelled('log', 'Messages in #garden');
      await post('#garden', 'first words');
    });

    it('opens a direct chat', async () => {
      await ana.pressInRooms('button', 'New direct message');
      await ana.type('combobox', 'Person', 'bo', Reader.dialog('New direct message'));
      await ana.enter();
      await ana.labelled('log', 'Messages with @bo');
      await post('@bo', 'only for you');
    });

    const toTheFirstByKey = async () => {
      await (await ana.labelled('log', 'Messages in #general')).focus();
      await ana.page.keyboard.press('Home');
      await ana.focusedMessage(1);
      assert.match(await ana.page.evaluate(() => document.activeElement.textContent.trim()), /^bo .* line 1$/);
      await ana.page.keyboard.press('End');
      await ana.focusedMessage(messages);
    };
    const toTheFirstByFinger = async () => {
      const atTheFirst = () => ana.page.evaluate(() => document.querySelector('article:not([hidden])[aria-posinset="1"]') !== null);
      for (let fling = 0; fling < 600 && !(await atTheFirst()); ++fling) {
        const finger = await ana.page.touchscreen.touchStart(200, 200);
        for (let y = 300; y <= 700; y += 100) await finger.move(200, y);
        await finger.end();
        await ana.settled(3);
      }
      await ana.article('line 1');
      assert.ok(await atTheFirst());
      await ana.settled();  // a tap on what still glides stops it, as everywhere
      const atTheLatest = () => ana.article(`line ${messages}`, 10_000).then(() => true, () => false);
      await ana.press('button', 'Jump to latest');
      if (await atTheLatest()) return;
      console.log('the first tap on "Jump to latest" was not taken');
      await ana.press('button', 'Jump to latest');
    };
    it('scrolls to the first message', async () => {
      await ana.pressInRooms('link', '#general');
      await ana.article(`line ${messages}`);
      await (by === 'key' ? toTheFirstByKey() : toTheFirstByFinger());
      await ana.article(`line ${messages}`);
    });

    it('switches the look', async () => {
      await ana.pressInRooms('button', 'Settings');
      await ana.pressInDialog('Settings', 'button', 'Dark');
      await ana.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
      await ana.pressInDialog('Settings', 'button', 'Close');
      await ana.gone('dialog', 'Settings');
    });

    it('signs out', async () => {
      await ana.pressInRooms('button', 'Settings');
      await ana.pressInDialog('Settings', 'button', 'Sign out');
      await ana.find('textbox', 'Name', 'form');
      assert.deepEqual(ana.console.filter((line) => /error/i.test(line)), []);
    });
  });
}
