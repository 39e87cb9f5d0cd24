// Every view, looked at by axe: nothing that shuts somebody out. And what is painted lies where its node says, within a
// pixel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { Listener } from './listener.js';
import { launch, Person, pictures } from './people.js';
import { inkBox } from './pixels.js';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('access', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser;

  before(async () => {
    await server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const judge = async (person, view) => {
    await person.settled();
    await person.page.evaluate(axe);
    const found = await person.page.evaluate(async () => {
      const { violations, passes } = await axe.run(document, { resultTypes: ['violations', 'passes'] });
      return { violations: violations.map(({ impact, id, help, nodes }) => ({ impact, id, help, html: nodes[0].html })), passes: passes.length };
    });
    assert.ok(found.passes > 10, `${view}: axe has looked at it`);
    assert.deepEqual(found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'), [], view);
    assert.equal(await person.page.evaluate(() => document.querySelectorAll('[id]').length === new Set([...document.querySelectorAll('[id]')].map((node) => node.id)).size), true, 'each id once');
  };

  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    for (const colorScheme of ['light', 'dark']) {
      it(`nobody is shut out: ${size.width}×${size.height}, ${colorScheme}`, async () => {
        const name = `${colorScheme}${size.width}`;
        const ana = await Person.at(browser, server.url, name, { bypassCSP: true, viewport: size, colorScheme });
        const narrow = size.width < 700;
        const showRooms = async () => { if (narrow) await ana.page.getByRole('button', { name: 'Open the room list' }).click(); };
        await judge(ana, 'entrance');
        await ana.page.getByRole('textbox', { name: 'Name', exact: true }).fill('x');
        await ana.page.getByLabel('Password').fill('short');
        await ana.page.getByRole('button', { name: 'Create account' }).click();
        await ana.page.getByRole('alert').filter({ hasText: /./ }).waitFor();
        await judge(ana, 'entrance, refused');
        await ana.page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
        await ana.page.getByLabel('Password').fill('correct horse');
        await ana.page.getByRole('button', { name: 'Create account' }).click();
        await ana.log('Messages in #general').waitFor();
        await judge(ana, 'empty room');
        await ana.say('#general', 'hello\nsee https://example.org/x there, مرحبا 🎉');
        await ana.article('Messages in #general', 'hello').last().waitFor();
        await judge(ana, 'conversation');
        if (narrow) {
          await showRooms();
          await judge(ana, 'rooms');
          await ana.page.keyboard.press('Escape');
          await ana.page.getByRole('button', { name: 'Members', exact: true }).click();
          await judge(ana, 'members');
          await ana.page.keyboard.press('Escape');
        }
        const judgeDialog = async (title, open) => {
          await open();
          await ana.page.getByRole('dialog', { name: title }).waitFor();
          await judge(ana, title);
          await ana.page.keyboard.press('Escape');
          await ana.page.getByRole('dialog').waitFor({ state: 'detached' });
        };
        const press = (button) => () => ana.page.getByRole('button', { name: button, exact: true }).click();
        const pressInRooms = (button) => async () => { await showRooms(); await press(button)(); };
        for (const button of ['Create room', 'New direct message', 'Browse rooms', 'Settings']) await judgeDialog(button, pressInRooms(button));
        await judgeDialog('Go to', pressInRooms('Go to a room or a person'));
        await judgeDialog('Emoji', press('Emoji'));
        await judgeDialog('Commands and keys', () => ana.page.keyboard.press('Control+/'));
        await ana.article('Messages in #general', 'hello').last().focus();
        await press('Pin')();
        await judgeDialog('Pinned messages', press('Pinned messages'));
        await ana.useTool(ana.article('Messages in #general', 'hello').last(), 'Answer in a thread');
        await ana.say('thread in #general', 'said in a thread');
        await ana.article('Messages in thread in #general', 'said in a thread').waitFor();
        await judge(ana, 'thread');
        await press('Close the thread')();
        await ana.log('Messages in #general').waitFor();
        await judgeDialog('Threads you follow', pressInRooms('Threads you follow'));
        await judgeDialog('Your status', pressInRooms('Your status'));
        await judgeDialog('About this room', press('About #general'));
        await judgeDialog('Jump to a day', () => ana.say('#general', '/jumptodate'));
        await ana.context.close();
      });
    }
  }

  it('a node lies within a pixel of what is painted for it', async () => {
    const ana = await Person.at(browser, server.url, 'exact');
    await ana.register();
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Settings' });
    await dialog.waitFor();
    await ana.page.mouse.move(5, 5);
    await ana.settled();
    // Framed things: their frame is their rectangle.
    for (const name of ['Sign out', 'Save']) {
      const node = await dialog.getByRole('button', { name }).boundingBox();
      const ink = await inkBox(ana.page, { x: node.x - 6, y: node.y - 6, width: node.width + 12, height: node.height + 12 }, 24);
      for (const [edge, wanted] of Object.entries({ left: node.x, top: node.y, right: node.x + node.width, bottom: node.y + node.height }))
        assert.ok(Math.abs(ink[edge] - wanted) <= 1, `${name}: ${edge} ${ink[edge]}, node ${wanted}`);
    }
    await ana.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // A field's node is its text's place, inside the painted frame on all sides.
    const field = await ana.composer('#general').boundingBox();
    const frame = await inkBox(ana.page, { x: field.x - 40, y: field.y - 20, width: 60, height: field.height + 40 }, 24);
    assert.ok(frame.left < field.x && frame.top < field.y && frame.bottom > field.y + field.height, JSON.stringify([frame, field]));
    await ana.context.close();
  });

  // It went as soon as the focus was on another button of the message, and those stand before it.
  it('by keys alone the bar of a message is reached, whatever else the message has', async () => {
    const log = 'Messages in #general';
    const ana = await Person.at(browser, server.url, 'keys');
    await ana.register();
    const other = new Listener(server.url, 'other');
    await other.ready();
    await ana.say('#general', 'to be answered');
    await ana.said(log, 'to be answered');
    await ana.useTool(ana.article(log, 'to be answered').first(), 'Answer');
    await ana.status('Answering keys').waitFor();
    other.say('so that a name stands above the next one');
    await ana.article(log, 'so that a name').waitFor();
    await ana.say('#general', 'with everything');
    const article = ana.article(log, 'with everything');
    await ana.said(log, 'with everything');
    other.process.stdin.write(JSON.stringify({ do: 'react', room: 'general', n: Number(await article.getAttribute('aria-posinset')), emoji: '🎉' }) + '\n');
    await article.getByRole('button', { name: '🎉 by other' }).waitFor();
    await ana.useTool(article, 'Answer in a thread');
    await ana.say('thread in #general', 'said about it');
    await article.getByRole('button', { name: /^1 reply/ }).waitFor();
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await ana.composer('#general').waitFor();
    await ana.pointAt(ana.article(log, 'to be answered').first());  // and rests there
    await ana.log(log).focus();
    await ana.page.keyboard.press('End');
    await ana.page.waitForFunction(() => document.activeElement.textContent.includes('with everything'));
    const reached = [];
    for (let i = 0; i < 18 && reached.at(-1) !== 'Mark unread'; ++i) {
      await ana.page.keyboard.press('Tab');
      await ana.settled(3);
      reached.push(await ana.page.evaluate(() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent));
    }
    for (const name of ['Profile of keys', '🎉 by other', 'Add a reaction', 'React with 👍', 'Edit', 'Delete', 'Mark unread'])
      assert.ok(reached.includes(name), `${name}: ${reached.join(' | ')}`);
    for (const name of [/^In answer to keys: to be answered/, /^1 reply, the last at/]) assert.ok(reached.some((each) => name.test(each)), `${name}: ${reached.join(' | ')}`);
    await ana.context.close();
  });

  it('what is said is announced as it reads: with names, without marks, and what is hidden is not told', async () => {
    const listening = () => {
      globalThis.said = [];
      Element.prototype.ariaNotify = (words) => globalThis.said.push(words);
    };
    const ana = await Person.at(browser, server.url, 'hearer', {}, listening);
    await ana.register();
    const bo = await Person.at(browser, server.url, 'speaker');
    await bo.register();
    await bo.composer('#general').waitFor();
    await ana.page.locator('#mirror aside [title^="Profile of speaker (Online)"]').waitFor();
    await ana.page.evaluate(() => { globalThis.said.length = 0; });
    await bo.say('#general', '**hello** @hearer, come to #general: ||the gardener|| did it with `rm`');
    await ana.article('Messages in #general', 'did it with').waitFor();
    await ana.page.waitForFunction(() => globalThis.said.length > 0);
    assert.deepEqual(await ana.page.evaluate(() => globalThis.said), ['speaker: hello @hearer, come to #general: spoiler did it with rm']);
    await ana.context.close();
    await bo.context.close();
  });

  it("the system's own colours ask for contrast, and nothing is drawn twice", async () => {
    const ana = await Person.at(browser, server.url, 'forced', { forcedColors: 'active' });
    await ana.register();
    await ana.say('#general', 'seen once');
    await ana.article('Messages in #general', 'seen once').waitFor();
    const { contrast, ink } = await ana.page.evaluate(() => ({ contrast: document.documentElement.dataset.contrast,
      ink: getComputedStyle(document.querySelector('#mirror article .body')).color }));
    assert.equal(contrast, 'more');
    assert.equal(ink, 'rgba(0, 0, 0, 0)');
    await ana.page.screenshot({ path: `${pictures}/forced-colours.png` });
    await ana.context.close();
  });
});
