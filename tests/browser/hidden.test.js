// A tab behind another one, really: it draws nothing and misses nothing.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launchChromium, Reader } from './puppets.js';

describe('a tab behind another', () => {
  const server = new ParleyServer('--profile', 'bench');
  const kMessages = 48;
  let puppet, ana, bo;

  before(async () => {
    await server.start();
    bo = new Listener(server.url, 'bo');
    await bo.ready();
    puppet = await launchChromium();
    ana = await Reader.at(puppet.browser, server.url);
    await ana.type('textbox', 'Name', 'ana');
    await ana.page.keyboard.press('Tab');
    await ana.page.keyboard.type('correct horse');
    await ana.press('button', 'Create account');
    await ana.find('log', 'Messages in #general');
  });
  after(async () => {
    bo?.end();
    await puppet?.close();
    await server.remove();
  });
  const stats = () => ana.page.evaluate(() => globalThis.parley.stats());

  it('draws nothing, counts every message and says so in its title', async () => {
    const front = await ana.context.newPage();
    await front.goto('about:blank');
    await front.bringToFront();
    await ana.page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 200 });
    await ana.page.waitForFunction(() => {
      const now = globalThis.parley.stats().frames;
      const same = now === globalThis.framesBefore;
      globalThis.framesBefore = now;
      return same;
    }, { polling: 1500 });
    const before = await stats();
    for (let i = 1; i <= kMessages; ++i) {
      bo.say(`while you were away ${i}`);
      await wait(250);  // what is promised is that each arrives at its time, one after the other
    }
    await ana.page.waitForFunction((title) => document.title.startsWith(title), { polling: 200 }, `(${kMessages}) `);
    const after = await stats();
    assert.equal(after.frames - before.frames, 0, JSON.stringify(after.framesByReason));
    assert.equal(after.messagesReceived - before.messagesReceived, kMessages);
    await ana.page.bringToFront();
    await ana.article(`while you were away ${kMessages}`);
    await front.close();
  });
});
