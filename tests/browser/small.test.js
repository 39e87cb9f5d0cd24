// Windows with little height: a small window, or a phone on its side with the keyboard up. What is written and read stays
// in view, and every control of every dialog can be reached.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('a window of little height', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  const kSizes = [{ width: 844, height: 150 }, { width: 640, height: 200 }, { width: 390, height: 240 }, { width: 1280, height: 260 }];
  let browser, ana;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    for (let i = 1; i <= 12; ++i) await ana.say('#general', `line ${i}`);
    await ana.said(log, 'line 12');
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const within = (inner, outer) => inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.x + inner.width <= outer.x + outer.width + 1 && inner.y + inner.height <= outer.y + outer.height + 1;

  const everyControlIsReached = async (card, box, name) => {
    const wanted = await card.evaluate((element) => [...element.querySelectorAll('button, input, a')].filter((each) => !each.disabled && each.tabIndex >= 0).length);
    const seen = new Set();
    for (let i = 0; i < wanted + 3; ++i) {
      await ana.settled(2);
      const focused = await ana.page.evaluate(() => {
        const node = document.activeElement;
        const { x, y, width, height } = node.getBoundingClientRect();
        return { id: node.id, name: node.getAttribute('aria-label') || node.textContent, inDialog: node.closest('[role=dialog]') !== null, isDialog: node.matches('[role=dialog]'), x, y, width, height };
      });
      if (focused.inDialog && !focused.isDialog) {
        seen.add(focused.id);
        assert.ok(within(focused, box), `${name}: ${JSON.stringify([focused, box])}`);
      }
      await ana.page.keyboard.press('Shift+Tab');  // (Tab alone completes what is typed in "Go to".)
    }
    assert.ok(seen.size >= wanted, `${name}: ${seen.size} of ${wanted}`);
  };

  for (const size of kSizes) {
    const name = `${size.width}×${size.height}`;
    it(`${name}: what is written and the newest message are in view`, async () => {
      await ana.page.setViewportSize(size);
      await ana.settled();
      const window = { x: 0, y: 0, ...size };
      const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].join('\n');
      for (const text of ['', words]) {
        await ana.composer('#general').fill(text);
        await ana.settled();
        const field = await ana.composer('#general').boundingBox();
        assert.ok(within(field, window), `${name}: the field ${JSON.stringify(field)}`);
        const read = await ana.log(log).boundingBox();
        assert.ok(read.height >= 22 && read.y + read.height <= field.y, `${name}: ${JSON.stringify([read, field])}`);
        const last = await ana.article(log, 'line 12').locator('.body').boundingBox();
        assert.ok(last.y + last.height <= field.y + 1 && last.y + last.height > read.y + 16, `${name}: ${JSON.stringify([last, read])}`);
      }
      await ana.picture(`small-${size.width}x${size.height}-light`);
      await ana.composer('#general').fill('');
    });

    if (size.height < 200 || size.width < 400) it(`${name}: every control of every dialog is reached by Tab and comes into view`, async () => {
      await ana.page.setViewportSize(size);
      for (const [dialog, keys] of Object.entries({ 'Go to': ['Control+k'], 'New direct message': ['Control+Shift+k'], 'Commands and keys': ['Control+/'], Settings: [], 'Create room': [], 'Browse rooms': [] })) {
        await ana.composer('#general').focus();
        for (const key of keys) await ana.page.keyboard.press(key);
        if (keys.length === 0) {
          // Where the lists are behind a button that has no room it is the wide window that has them.
          await ana.page.setViewportSize({ width: 1280, height: 800 });
          await ana.settled(4);
          await ana.page.getByRole('button', { name: dialog }).click();
          await ana.page.getByRole('dialog', { name: dialog }).waitFor();
          await ana.page.setViewportSize(size);
        }
        const card = ana.page.getByRole('dialog', { name: dialog });
        await card.waitFor();
        await ana.settled();
        const box = await card.boundingBox();
        assert.ok(within(box, { x: 0, y: 0, ...size }), `${name}, ${dialog}: ${JSON.stringify(box)}`);
        await everyControlIsReached(card, box, `${name}, ${dialog}`);
        await ana.page.keyboard.press('Escape');
        await card.waitFor({ state: 'detached' });
      }
    });
  }

  it('what a room is made of by its owner has its place, and no control lies over another', async () => {
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await ana.page.getByRole('button', { name: 'Create room' }).click();
    await ana.page.getByRole('textbox', { name: 'Room name' }).fill('shed');
    await ana.page.keyboard.press('Enter');
    await ana.log('Messages in #shed').waitFor();
    const card = ana.page.getByRole('dialog', { name: 'About this room' });
    for (const size of [{ width: 320, height: 480 }, { width: 500, height: 300 }, { width: 740, height: 240 }]) {
      const name = `${size.width}×${size.height}`;
      await ana.page.setViewportSize({ width: 1280, height: 800 });
      await ana.page.getByRole('button', { name: 'About #shed', exact: true }).press('Enter');
      await card.waitFor();
      await ana.page.setViewportSize(size);
      await ana.picture(`small-about-room-${size.width}x${size.height}-light`);
      const box = await card.boundingBox();
      assert.ok(within(box, { x: 0, y: 0, ...size }), `${name}: ${JSON.stringify(box)}`);
      const controls = await card.evaluate((element) => [...element.querySelectorAll('button, input')].map((each) => {
        const { x, y, right, bottom } = each.getBoundingClientRect();
        return { name: each.getAttribute('aria-label') || each.textContent, x, y, right, bottom };
      }));
      for (const one of controls) {
        assert.ok(one.bottom - one.y >= 20, `${name}: ${JSON.stringify(one)}`);
        const other = controls.find((each) => each !== one && each.x < one.right - 1 && one.x < each.right - 1 && each.y < one.bottom - 1 && one.y < each.bottom - 1);
        assert.ok(!other, `${name}: ${JSON.stringify([one, other])}`);
      }
      await everyControlIsReached(card, box, name);
      await ana.page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
    }
  });

  it('the controls of Settings follow each other as they stand', async () => {
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Settings' });
    const field = dialog.getByRole('textbox', { name: 'Shown name' });
    await field.fill('Another name');
    await dialog.getByRole('button', { name: 'Save', disabled: false }).waitFor();
    const order = [];
    const nameOf = () => ana.page.evaluate(() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent);
    await dialog.getByRole('button', { name: 'Close' }).focus();
    for (let i = 0; i < 8; ++i) {
      order.push(await nameOf());
      await ana.page.keyboard.press('Tab');
      await ana.settled(3);
    }
    assert.deepEqual(order, ['Close', 'Shown name', 'Save', 'System', 'Light', 'Dark', 'High contrast', 'Sign out']);
    await ana.page.keyboard.press('Escape');
  });
});
