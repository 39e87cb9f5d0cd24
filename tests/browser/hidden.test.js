// A tab behind another one, really: it draws nothing and misses nothing. And what it costs to be looked at and at rest.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

  // Reported, not asserted: a time on a machine that others use. What must hold is that nothing is drawn.
  it('costs next to nothing while nothing happens', async () => {
    const ticks = () => {
      const root = puppet.browser.process().pid;
      const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).flatMap((child) => [child, ...children(child)]);
      return [root, ...children(root)].reduce((sum, pid) => {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
        return sum + Number(fields[11]) + Number(fields[12]);
      }, 0);
    };
    const percent = async (seconds) => {
      const before = ticks();
      await wait(seconds * 1000);
      return ((ticks() - before) / seconds).toFixed(2);  // 100 ticks a second
    };
    await ana.page.evaluate(() => document.activeElement.blur());
    await wait(2000);
    const before = await stats();
    const here = await percent(10);
    const after = await stats();
    const blank = await ana.context.newPage();
    await blank.goto('about:blank');
    await ana.page.goto('about:blank');
    await wait(1000);
    const nothing = await percent(10);
    console.log(`browser at rest: ${here} % of a core with Parley in front, ${nothing} % with blank pages`);
    assert.equal(after.frames - before.frames, 0, JSON.stringify(after.framesByReason));
  });
});
