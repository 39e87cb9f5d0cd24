// The mirror: what the canvas shows is there as nodes, at the same place, and acts by pointer, key and script alike.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { changedBox, coloursOf, inkBox } from './pixels.js';

describe('the mirror', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana;
  const kMessages = 230;  // more than two pages of history

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  // Where the browser itself puts this element's text.
  const textBox = (locator) => locator.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, top, right, bottom } = range.getBoundingClientRect();
    return { left, top, right, bottom };
  });

  it('a message lies where its pixels are', async () => {
    await ana.say('#general', 'HHHH HHHH HHHH');
    const body = ana.article('Messages in #general', 'HHHH').locator('.body');
    await ana.said('Messages in #general', 'HHHH');
    await ana.page.mouse.move(5, 5);
    await ana.settled();
    const words = await textBox(body);
    const clip = { x: Math.floor(words.left) - 8, y: Math.floor(words.top), width: Math.ceil(words.right - words.left) + 40, height: 22 };
    const ink = await inkBox(ana.page, clip);
    assert.ok(Math.abs(ink.left - words.left) <= 2.5, `left: pixels ${ink.left}, node ${words.left}`);
    assert.ok(Math.abs(ink.right - words.right) <= 2.5, `right: pixels ${ink.right}, node ${words.right}`);
    const middle = (box) => (box.top + box.bottom) / 2;
    assert.ok(Math.abs(middle(ink) - middle(words)) <= 2, `middle: pixels ${middle(ink)}, node ${middle(words)}`);
  });

  // The ring that is painted around what has the focus tells where the control itself is painted.
  const everyControlLiesWhereItIsPainted = async (view, least) => {
    const controls = await ana.page.locator('#mirror a, #mirror button, #mirror [role=option]').elementHandles();
    const scratch = await ana.context.newPage();
    await ana.page.bringToFront();
    await ana.page.mouse.move(5, 5);
    await ana.page.evaluate(() => document.activeElement.blur());
    await ana.settled(5);
    let before = await ana.page.screenshot();
    let looked = 0;
    for (const control of controls) {
      // The bar of a message comes with the focus: it is there before by the pointer.
      const message = await control.evaluateHandle((element) => element.closest('article'));
      if (message.asElement()) {
        const { x, y, width, height } = await message.asElement().boundingBox();
        await ana.page.evaluate(() => document.activeElement.blur());
        await ana.page.mouse.move(x + width / 2, y + height - 4);
        await ana.settled(5);
        before = await ana.page.screenshot();
      }
      const node = await control.evaluate((element) => {
        if (element.closest('[inert]') || element.closest('.body') || element.disabled || element.tabIndex < 0 || !element.checkVisibility()) return null;
        element.focus();
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return document.activeElement === element && { name: element.getAttribute('aria-label') || element.textContent, left, top, right, bottom };
      });
      if (!node) continue;
      await ana.settled(3);
      const ring = await changedBox(scratch, before, await ana.page.screenshot());
      const where = `${view}, ${JSON.stringify(node)}, ring ${JSON.stringify(ring)}`;
      assert.ok(ring, where);
      const around = { left: node.left - ring.left, right: ring.right - node.right, top: node.top - ring.top, bottom: ring.bottom - node.bottom };
      assert.ok(Math.abs(around.left - around.right) <= 1 && Math.abs(around.top - around.bottom) <= 1, where);
      for (const distance of Object.values(around)) assert.ok(distance >= 0 && distance <= 12, where);
      ++looked;
    }
    await scratch.close();
    assert.ok(looked >= least, `${view}: ${looked} controls`);
  };

  it('every control lies where it is painted', async () => {
    const bo = await Person.at(browser, server.url, 'bo');
    await bo.register();  // and stays: news of her would change the picture
    await ana.page.locator('#mirror aside [title^="Profile of bo (Online)"]').waitFor();
    await everyControlLiesWhereItIsPainted('the conversation', 8);
    for (const { name, least } of [{ name: 'Create room', least: 2 }, { name: 'Browse rooms', least: 2 }, { name: 'Settings', least: 6 }]) {
      await ana.page.getByRole('button', { name }).click();
      await ana.page.getByRole('dialog', { name }).waitFor();
      if (name === 'Browse rooms') await ana.page.getByRole('button', { name: 'Open #general' }).waitFor();
      await everyControlLiesWhereItIsPainted(name, least);
      await ana.page.keyboard.press('Escape');
      await ana.page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
    }
    await bo.context.close();
  });

  it('a button acts by pointer, by key and by script', async () => {
    const create = ana.page.getByRole('button', { name: 'Create room' });
    const dialog = ana.page.getByRole('dialog', { name: 'Create room' });
    for (const act of [() => create.click(), () => create.press('Enter'), () => create.evaluate((button) => button.click())]) {
      await act();
      await dialog.waitFor();
      assert.ok(await ana.rooms.evaluate((nav) => nav.inert), 'what is behind a dialog is inert');
      await ana.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('Tab reaches the links, and the ring follows', async () => {
    await ana.page.getByRole('button', { name: 'Create room' }).focus();
    const reached = [];
    for (let i = 0; i < 3; ++i) {
      await ana.page.keyboard.press('Tab');
      reached.push(await ana.page.evaluate(() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent));
    }
    assert.ok(reached.includes('#general'), reached.join(' | '));
  });

  it('a long history: what is in view is in the page, within the bound, and everything can be reached', async () => {
    const composer = ana.composer('#general');
    // Typed and entered as a person does, but all in one go.
    await composer.evaluate((field, count) => {
      for (let i = 1; i <= count; ++i) {
        field.value = `line ${i}`;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      }
    }, kMessages);
    const log = 'Messages in #general';
    await ana.page.getByRole('log').getByText(`line ${kMessages}`, { exact: true }).waitFor();
    await ana.article(log, 'Sending…').first().waitFor({ state: 'detached' });
    await ana.page.reload();
    await ana.page.getByRole('log').getByText(`line ${kMessages}`, { exact: true }).waitFor();
    const stats = await ana.stats();
    assert.ok(stats.semanticNodes <= 150, `${stats.semanticNodes} nodes`);
    const seen = new Set();
    const box = await ana.log(log).boundingBox();
    await ana.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const first = ana.page.getByRole('log').getByText('HHHH HHHH HHHH', { exact: true });
    for (let turn = 0; turn < 200 && !(await first.isVisible()); ++turn) {
      for (const body of await ana.bodies(log)) seen.add(body);
      await ana.page.mouse.wheel(0, -480);
      await ana.settled(3);
    }
    for (const body of await ana.bodies(log)) seen.add(body);
    const missed = [];
    for (let i = 1; i <= kMessages; ++i) if (!seen.has(`line ${i}`)) missed.push(i);
    assert.deepEqual(missed, []);
    await ana.page.getByRole('button', { name: 'Jump to latest' }).click();
    await ana.page.getByRole('log').getByText(`line ${kMessages}`, { exact: true }).waitFor();
  });

  it('what is behind a dialog stays as it is', async () => {
    const first = () => ana.bodies('Messages in #general').then((bodies) => bodies[0]);
    const before = await first();
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    await ana.page.getByRole('dialog', { name: 'Settings' }).waitFor();
    for (const key of ['PageUp', 'Alt+ArrowDown']) await ana.page.keyboard.press(key);
    await ana.settled();
    assert.equal(await first(), before);
    await ana.page.keyboard.press('Escape');
  });

  it('on a narrow page the drawer has the focus, and gives it back', async () => {
    await ana.page.setViewportSize({ width: 640, height: 500 });
    await ana.page.getByRole('button', { name: 'Open the room list' }).press('Enter');
    await ana.page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Close the room list');
    assert.ok(await ana.log('Messages in #general').evaluate((log) => log.closest('[inert]') !== null));
    await ana.page.keyboard.press('Escape');
    await ana.page.waitForFunction(() => document.activeElement.tagName === 'TEXTAREA');
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await ana.settled();
  });

  it('panels are filled to their edges in their colours, at a scale that is no whole number too', async () => {
    for (const deviceScaleFactor of [1, 1.25]) {
      const bea = await Person.at(browser, server.url, `bea${deviceScaleFactor * 100}`, { deviceScaleFactor });
      await bea.register();
      await bea.settled();
      const edge = (await bea.page.getByRole('navigation').first().boundingBox()).width;
      const colours = await coloursOf(bea.page, [[4, 500], [edge - 4, 500], [edge + 4, 300], [700, 300], [1276, 500]]);
      const token = (name) => bea.page.evaluate((of) => getComputedStyle(document.documentElement).getPropertyValue(of).trim(), name);
      const [panel, ground] = [await token('--panel'), await token('--ground')];
      assert.deepEqual(colours, [panel, panel, ground, ground, panel], `at ${deviceScaleFactor}`);
      await bea.context.close();
    }
  });

  it('a lost drawing surface comes back with everything on it', async () => {
    for (const gone of ['bea100', 'bea125']) await ana.page.locator(`#mirror aside [title^="Profile of ${gone} (Offline)"]`).waitFor();  // or it would change the picture
    await ana.page.mouse.move(5, 5);
    await ana.settled();
    const before = await ana.page.screenshot();
    await ana.page.evaluate(async () => {
      const canvas = document.getElementById('canvas');
      const loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      const once = (name) => new Promise((resolve) => canvas.addEventListener(name, resolve, { once: true }));
      const lost = once('webglcontextlost');
      loss.loseContext();
      await lost;
      await new Promise((resolve) => requestAnimationFrame(resolve));  // not while the browser is still telling of the loss
      const restored = once('webglcontextrestored');
      loss.restoreContext();
      await restored;
    });
    await ana.settled();
    assert.ok((await ana.page.screenshot()).equals(before), 'the same picture as before');
  });

  // Of 150 nodes a crowd took all, and a dialog over it had none.
  it('a crowd on a tall screen leaves room for dialogs, and every member is reached by key', async () => {
    const kMembers = 40;
    for (let i = 10; i < 10 + kMembers; ++i) {
      const member = new Listener(server.url, 'member' + i);
      await member.ready();
      member.end();
    }
    await ana.page.setViewportSize({ width: 1080, height: 1920 });
    await ana.settled();
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByRole('textbox', { name: 'Shown name' }).fill('Ana of the crowd');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Sign out' }).waitFor();
    assert.ok(await ana.page.evaluate(() => document.querySelector('nav').inert));
    await ana.page.waitForFunction(() => document.querySelector('#mirror aside').textContent.includes('Ana of the crowd'));
    await ana.page.keyboard.press('Escape');
    assert.ok((await ana.stats()).semanticNodes <= 150);
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await ana.settled();
    await ana.page.getByRole('list', { name: 'Members' }).getByRole('button').first().focus();
    await ana.page.waitForFunction(() => !document.querySelector('#mirror aside [title^="Profile of member"][title$="(Online)"]'));  // nobody moves now
    const reached = new Set();
    for (let i = 0; i < 2 * kMembers && reached.size < kMembers; ++i) {
      const name = await ana.page.evaluate(() => document.activeElement.textContent);
      if (/^member/.test(name)) reached.add(name);
      await ana.page.keyboard.press('Tab');
      await ana.settled(2);
    }
    assert.equal(reached.size, kMembers);
  });

  // Of 150 nodes the reactions to a few messages took all, and there was no field to write in.
  it('many reactions leave the composer, the buttons and every dialog their places', async () => {
    const log = 'Messages in #general';
    const loved = (number) => ana.article(log, `loved ${number}`);
    const listener = new Listener(server.url, 'lover');
    await listener.ready();
    const act = (what) => listener.process.stdin.write(JSON.stringify(what) + '\n');
    const kinds = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓'];
    const there = async () => {
      await ana.settled();
      assert.ok((await ana.stats()).semanticNodes <= 150);
      await ana.composer('#general').waitFor();
      for (const name of ['Send', 'Emoji', 'Bold', 'Preview', 'Pinned messages', /^Members(, \d+)?$/]) await ana.page.getByRole('button', { name, exact: true }).waitFor();
      await ana.page.getByRole('button', { name: 'Settings' }).click();
      const dialog = ana.page.getByRole('dialog', { name: 'Settings' });
      await dialog.getByRole('textbox', { name: 'Shown name' }).waitFor();
      for (const name of ['Save', 'Sign out']) await dialog.getByRole('button', { name }).waitFor();
      await ana.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await ana.page.getByRole('button', { name: 'Emoji', exact: true }).click();
      await ana.page.getByRole('dialog', { name: 'Emoji' }).getByRole('button', { name: 'Dark skin tone', exact: true }).waitFor();
      assert.ok((await ana.stats()).semanticNodes <= 150);
      await ana.page.keyboard.press('Escape');
      await ana.page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    for (let i = 1; i <= 6; ++i) await ana.say('#general', `loved ${i}`);
    await ana.page.waitForFunction(() => [...document.querySelectorAll('article')].some((node) => node.textContent.includes('loved 6') && node.ariaPosInSet));
    const first = Number(await loved(6).getAttribute('aria-posinset')) - 5;
    for (let n = first; n < first + 6; ++n) for (const emoji of kinds) act({ do: 'react', room: 'general', n, emoji });
    await listener.heard('loved 6');
    act({ do: 'post', room: 'general', text: 'that is all' });
    await ana.article(log, 'that is all').waitFor();
    await there();
    await ana.say('#general', 'written all the same');
    await ana.said(log, 'written all the same');  // keys go from said message to said message
    // Of the message that has the focus everything is there.
    await ana.log(log).focus();
    for (let i = 0; i < 3; ++i) await ana.page.keyboard.press('ArrowUp');
    await ana.page.waitForFunction(() => document.activeElement.textContent.includes('loved 6'));
    await ana.settled();
    await loved(6).getByRole('button', { name: / by lover$/ }).nth(kinds.length - 1).waitFor();
    await loved(6).getByRole('button', { name: 'Mark unread' }).waitFor();
    // A thread beside its room.
    await ana.page.setViewportSize({ width: 1920, height: 1080 });
    await loved(6).getByRole('button', { name: 'Answer in a thread' }).press('Enter');
    await ana.composer('thread in #general').waitFor();
    await ana.page.getByRole('button', { name: 'Write a message to #general' }).press('Enter');
    await ana.page.getByRole('button', { name: 'Close the thread' }).waitFor();
    await ana.page.getByRole('button', { name: 'Write a message to thread in #general' }).waitFor();
    await there();
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await ana.settled();
    listener.end();
  });

  // The composer's node is another one there, in another parent: what was being composed was lost with it, and so was the focus.
  it('what is being composed goes on when a thread gets a place of its own, and the focus stays', async () => {
    const log = 'Messages in #general';
    const field = ana.page.locator('textarea');
    const isWithin = (around) => ana.page.waitForFunction((wanted) => document.querySelector('textarea').closest(wanted), around);
    await ana.say('#general', 'to be talked about');
    await ana.said(log, 'to be talked about');
    await ana.useTool(ana.article(log, 'to be talked about'), 'Answer in a thread');
    await ana.composer('thread in #general').waitFor();
    await isWithin('aside');
    await field.focus();
    await ana.page.keyboard.type('before ');
    const keyboard = await ana.context.newCDPSession(ana.page);
    await keyboard.send('Input.imeSetComposition', { text: 'かな', selectionStart: 2, selectionEnd: 2 });
    await ana.page.evaluate(() => {
      globalThis.lost = [];
      for (const what of ['blur', 'compositionend']) document.querySelector('textarea').addEventListener(what, () => globalThis.lost.push(what));
    });
    await ana.page.setViewportSize({ width: 640, height: 800 });
    await isWithin('main');
    await ana.settled();
    assert.deepEqual(await ana.page.evaluate(() => globalThis.lost), []);
    assert.ok(await field.evaluate((node) => node === document.activeElement));
    await keyboard.send('Input.insertText', { text: '仮名' });
    await ana.page.keyboard.type(' after');
    assert.equal(await field.inputValue(), 'before 仮名 after');
    await ana.page.keyboard.press('Enter');
    await ana.article('Messages in thread in #general', 'before 仮名 after').waitFor();
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await isWithin('aside');
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await ana.composer('#general').waitFor();
  });

  it('where the browser can only take a node out and put it in again, the field has its words and the focus all the same', async () => {
    const old = await Person.at(browser, server.url, 'ana', {}, () => { delete Element.prototype.moveBefore; });
    await old.signIn();
    await old.useTool(old.article('Messages in #general', 'to be talked about'), 'Answer in a thread');
    const field = old.composer('thread in #general');
    await field.fill('half a senten');
    await old.page.setViewportSize({ width: 640, height: 800 });
    await old.page.waitForFunction(() => document.querySelector('textarea').closest('main') && document.activeElement.matches('textarea'));
    await old.page.keyboard.type('ce');
    assert.equal(await field.inputValue(), 'half a sentence');
    await field.fill('');
    await old.context.close();
  });

  it('what has the focus stays among its siblings, which move around it, and undo goes back', async () => {
    const field = ana.composer('#general');
    await field.focus();
    await ana.page.keyboard.type('to be undone');
    const moved = await field.evaluate((composer) => {
      const { moving } = globalThis.parleyPage;
      const around = composer.parentNode;
      const order = () => [...around.children].map((each) => each.id);
      const before = order();
      const behind = composer.nextSibling;
      let blurs = 0;
      composer.addEventListener('blur', () => ++blurs);
      moving.moveKeepingFocus(composer, around, around.firstChild);
      const first = order()[0] === composer.id;
      moving.moveKeepingFocus(composer, around, null);
      const last = order().at(-1) === composer.id;
      moving.moveKeepingFocus(composer, around, behind);
      return { first, last, same: order().join() === before.join(), blurs };
    });
    assert.deepEqual(moved, { first: true, last: true, same: true, blurs: 0 });
    await ana.page.keyboard.press('Control+Z');
    assert.equal(await field.inputValue(), '');
  });

  it('the list of rooms has headings, and what stands beside a name in pictures is told with it', async () => {
    const bo = await Person.at(browser, server.url, 'bo');
    await bo.signIn();
    await ana.say('#general', '/msg @bo hello');
    await ana.article('Messages with @bo', 'hello').waitFor();
    const told = async (words) => {
      await ana.rooms.locator(`a[title="${words}"]`).filter({ hasText: '@bo' }).waitFor();
      await ana.rooms.getByRole('link', { name: '@bo', exact: true }).waitFor();  // its name is what it always was
    };
    await told('Online');
    const tree = await ana.context.newCDPSession(ana.page);
    const { nodes } = await tree.send('Accessibility.getFullAXTree');
    assert.equal(nodes.find(({ role, name }) => role?.value === 'link' && name?.value === '@bo')?.description?.value, 'Online');
    assert.deepEqual((await ana.rooms.getByRole('heading').allTextContents()).filter((name) => name !== 'Threads'), ['Rooms', 'Direct messages']);
    await ana.composer('@bo').fill('not sent yet');
    await ana.room('#general').click();
    await told('Online, draft');
    await ana.page.getByRole('button', { name: 'Favourite', exact: true }).click();
    await ana.rooms.getByRole('heading', { name: 'Favourites' }).waitFor();
    await ana.picture('room-list-draft-light');
    await ana.page.getByRole('button', { name: 'Favourite', exact: true }).click();
    await ana.rooms.getByRole('heading', { name: 'Favourites' }).waitFor({ state: 'detached' });
    await bo.context.close();
    await told('Offline, draft');
    await ana.room('@bo').click();
    await ana.composer('@bo').fill('');
    await ana.room('#general').click();
    await told('Offline');
  });

  it('how many there are in a room is told where it is painted', async () => {
    const button = (words) => ana.page.getByRole('button', { name: words, exact: true });
    const members = ana.page.getByRole('list', { name: 'Members' });
    const heads = async (...wanted) => {
      for (const words of wanted) await members.getByRole('listitem').getByRole('heading', { name: words, exact: true }).waitFor();
      assert.deepEqual(await members.getByRole('heading').allTextContents(), wanted);
    };
    await button('Create room').click();
    await ana.page.getByRole('textbox', { name: 'Room name' }).fill('counted');
    await ana.page.keyboard.press('Enter');
    await ana.log('Messages in #counted').waitFor();
    await button('Members, 1').waitFor();
    await heads('Online — 1');
    const bo = await Person.at(browser, server.url, 'bo');
    await bo.signIn();
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();
    await bo.page.getByRole('dialog', { name: 'Browse rooms' }).getByRole('button', { name: 'Join #counted' }).click();
    await bo.log('Messages in #counted').waitFor();
    await button('Members, 2').waitFor();
    await heads('Online — 2');
    assert.equal(await members.locator(':scope > :not(li)').count(), 0, 'a list holds items alone');
    await bo.context.close();
    await heads('Online — 1', 'Offline — 1');
    await ana.page.setViewportSize({ width: 640, height: 800 });
    await button('Members').waitFor();  // nothing is painted beside it there
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await button('Members, 2').waitFor();
    assert.ok((await ana.stats()).semanticNodes <= 150);
  });
});
