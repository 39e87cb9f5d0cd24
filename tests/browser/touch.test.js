// By finger, on a small screen: everything can be reached, hit and read, also while the keyboard is up.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('by finger', () => {
  const server = new ParleyServer('--profile', 'bench');
  const size = { width: 390, height: 844 };
  let browser, bo, ana, cdp;

  before(async () => {
    await server.start();
    bo = new Listener(server.url, 'bo');
    await bo.ready();
    for (let i = 1; i <= 200; ++i) bo.say(`line ${i}`);
    await bo.heard('line 200');
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { viewport: size, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    cdp = await ana.context.newCDPSession(ana.page);
  });
  after(async () => {
    bo?.end();
    await browser?.close();
    await server.remove();
  });

  const touch = (type, x, y) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const frames = (count) => ana.page.evaluate((wanted) => new Promise((resolve) => { let left = wanted; const step = () => (left-- > 0 ? requestAnimationFrame(step) : resolve()); step(); }), count);
  // `rest`: frames that the finger stays before it is lifted. (A browser takes the tap after a flick for the end of it.)
  const drag = async (from, to, rest = 0) => {
    const steps = 5;
    const sent = [touch('touchStart', ...from)];
    for (let i = 1; i <= steps; ++i) sent.push(touch('touchMove', from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps));
    if (rest > 0) await Promise.all(sent).then(() => frames(rest));
    await Promise.all([...sent, touch('touchEnd')]);
  };
  const lastLine = () => ana.page.evaluate(() => Number([...document.querySelectorAll('#mirror article:not([hidden]) .body')].at(-1).textContent.split(' ')[1]));
  const tooSmall = () => ana.page.evaluate(() => [...document.querySelectorAll('#mirror a, #mirror button')]
    .filter((node) => !node.closest('[inert]') && !node.closest('.body') && node.checkVisibility())
    .map((node) => ({ name: node.getAttribute('aria-label') || node.textContent, ...node.getBoundingClientRect().toJSON() }))
    .filter(({ width, height }) => width < 43.5 || height < 43.5).map(({ name, width, height }) => `${name}: ${width}×${height}`));

  it('registers, and sees one column', async () => {
    await ana.page.getByRole('textbox', { name: 'Name', exact: true }).tap();
    await ana.page.keyboard.type('ana');
    await ana.page.getByLabel('Password').tap();
    await ana.page.keyboard.type('correct horse');
    await ana.page.getByRole('button', { name: 'Create account' }).tap();
    await ana.log('Messages in #general').waitFor();
    await ana.article('Messages in #general', 'line 200').waitFor();
    const box = await ana.log('Messages in #general').boundingBox();
    assert.ok(box.x === 0 && box.width === size.width, JSON.stringify(box));
    assert.deepEqual(await tooSmall(), []);
  });

  it('a finger scrolls, and what it lets go of glides on and comes to rest', async () => {
    await ana.settled();
    const before = await lastLine();
    await drag([200, 300], [200, 500], 20);
    await ana.settled();
    const rested = await lastLine();
    assert.ok(rested < before - 4 && rested > before - 10, `as far as the finger went: ${before} → ${rested}`);
    await drag([200, 300], [200, 500]);
    await ana.settled();
    const flung = await lastLine();
    assert.ok(rested - flung > before - rested, `further than the finger went: ${before} → ${rested} → ${flung}`);
    // Found when the bar of a message became wider: it lay over the button, and took the tap.
    await ana.page.getByRole('button', { name: 'Jump to latest' }).tap();
    await ana.page.getByRole('button', { name: 'Jump to latest' }).waitFor({ state: 'detached' });
    await ana.article('Messages in #general', 'line 200').waitFor();
  });

  // Found by a quick machine: the browser took a drag for the beginning of a glide of its own, and swallowed the next tap.
  it('a drag that scrolls is not the browser\'s too; two fingers are', async () => {
    const begin = () => ana.page.evaluate(() => {
      globalThis.taken = [];
      document.addEventListener('touchmove', (event) => globalThis.taken.push(event.defaultPrevented));
    });
    const taken = () => ana.page.evaluate(() => globalThis.taken);
    await begin();
    await drag([200, 300], [200, 500], 20);
    await ana.settled();
    const one = await taken();
    assert.ok(one.length > 0 && one.every((each) => each), JSON.stringify(one));
    await ana.page.evaluate(() => { globalThis.taken.length = 0; });
    const two = (type, y) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 120, y, id: 1 }, { x: 260, y, id: 2 }] });  // beside each other: nothing is zoomed
    await two('touchStart', 400);
    for (const y of [430, 460, 490]) await two('touchMove', y);
    await touch('touchEnd');
    const pinched = await taken();
    assert.ok(pinched.length > 0 && pinched.every((each) => !each), JSON.stringify(pinched));
    await ana.page.getByRole('button', { name: 'Jump to latest' }).tap();
    await ana.article('Messages in #general', 'line 200').waitFor();
  });

  it('a swipe brings the rooms and takes them away', async () => {
    await drag([60, 400], [300, 410], 10);
    await ana.room('#general').waitFor();
    assert.deepEqual(await tooSmall(), []);
    await drag([300, 400], [60, 410], 10);
    await ana.rooms.waitFor({ state: 'detached' });
    await drag([300, 400], [60, 410], 10);
    await ana.page.getByRole('list', { name: 'Members' }).waitFor();
    await ana.page.getByRole('heading', { name: 'Members of #general', exact: true }).waitFor();
    assert.deepEqual(await tooSmall(), []);
    await drag([60, 400], [300, 410], 10);
    await ana.page.getByRole('list', { name: 'Members' }).waitFor({ state: 'detached' });
  });

  it('every dialog is for fingers', async () => {
    for (const name of ['Create room', 'New direct message', 'Browse rooms', 'Settings']) {
      await ana.page.getByRole('button', { name: 'Open the room list' }).tap();
      await ana.page.getByRole('button', { name }).tap();
      const dialog = ana.page.getByRole('dialog', { name });
      await dialog.waitFor();
      if (name === 'Browse rooms') await ana.page.getByRole('button', { name: 'Open #general' }).waitFor();
      await ana.settled();
      assert.deepEqual(await tooSmall(), [], name);
      const box = await dialog.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height, `${name}: ${JSON.stringify(box)}`);
      await dialog.getByRole('button', { name: 'Close' }).tap();
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('with the keyboard up the composer and the newest message stay in view', async () => {
    await ana.composer('#general').tap();
    await ana.page.setViewportSize({ width: size.width, height: 480 });  // what a keyboard leaves (interactive-widget=resizes-content)
    await ana.settled();
    const field = await ana.composer('#general').boundingBox();
    assert.ok(field.y > 300 && field.y + field.height <= 480, JSON.stringify(field));
    const last = await ana.article('Messages in #general', 'line 200').boundingBox();
    assert.ok(last.y + last.height <= field.y, JSON.stringify([last, field]));
    await ana.composer('#general').pressSequentially('by thumb');
    await ana.page.getByRole('button', { name: 'Send' }).tap();
    await ana.article('Messages in #general', 'by thumb').waitFor();
    assert.ok(await ana.page.evaluate(() => document.activeElement.tagName === 'TEXTAREA'), 'the keyboard stays up');
    await ana.page.setViewportSize(size);
  });

  it('Back closes a list or a dialog before it leaves the room', async () => {
    const path = () => new URL(ana.page.url()).pathname;
    const before = path();
    await ana.page.getByRole('button', { name: 'Open the room list' }).tap();
    await ana.page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await ana.page.waitForFunction(() => history.state?.parleyCover);
    await ana.page.goBack();
    await ana.page.getByRole('navigation', { name: 'Rooms' }).waitFor({ state: 'detached' });
    assert.equal(path(), before);
    await ana.page.getByRole('button', { name: 'Open the room list' }).tap();
    await ana.page.getByRole('button', { name: 'Create room' }).tap();
    await ana.page.getByRole('textbox', { name: 'Room name' }).waitFor();
    await ana.page.waitForFunction(() => history.state?.parleyCover);
    await ana.page.keyboard.type('back-yard');
    await ana.page.keyboard.press('Enter');
    await ana.log('Messages in #back-yard').waitFor();
    await ana.page.waitForFunction(() => !history.state?.parleyCover);
    assert.notEqual(path(), before);
    await ana.page.goBack();  // one step: the dialog left nothing behind
    await ana.log('Messages in #general').waitFor();
    assert.equal(path(), before);
    await ana.page.getByRole('button', { name: 'Open the room list' }).tap();
    await ana.page.waitForFunction(() => history.state?.parleyCover);
    await ana.page.keyboard.press('Escape');
    await ana.page.waitForFunction(() => !history.state?.parleyCover);
    assert.equal(path(), before);
  });

  it('takes what is offered by a tap, and the keyboard stays up', async () => {
    await ana.composer('#general').tap();
    await ana.page.keyboard.type('@b');
    await ana.page.getByRole('option', { name: /@bo$/ }).tap();
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === '@bo ');
    assert.ok(await ana.page.evaluate(() => document.activeElement.tagName === 'TEXTAREA'));
    await ana.composer('#general').fill('');
  });

  it('opens a direct chat, switches the look and signs out', async () => {
    const menu = () => ana.page.getByRole('button', { name: 'Open the room list' }).tap();
    await menu();
    await ana.page.getByRole('button', { name: 'New direct message' }).tap();
    await ana.page.getByRole('combobox', { name: 'Person' }).fill('bo');
    await ana.page.getByRole('option', { name: /bo/ }).tap();
    await ana.log('Messages with @bo').waitFor();
    await menu();
    await ana.page.getByRole('button', { name: 'Settings' }).tap();
    await ana.page.getByRole('button', { name: 'Dark' }).tap();
    await ana.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await ana.page.getByRole('button', { name: 'High contrast' }).tap();
    await ana.page.waitForFunction(() => document.documentElement.dataset.contrast === 'more');
    await ana.page.getByRole('button', { name: 'High contrast', pressed: true }).waitFor();
    await ana.picture('settings-narrow-contrast');
    await ana.page.getByRole('button', { name: 'Sign out' }).tap();
    await ana.page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
