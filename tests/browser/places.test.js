// Places in a room that somebody is led to: the address of a message, what is pinned, what is new.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { Wire } from './wire.js';

describe('places in a room', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  const kMessages = 230;  // more than two pages of history
  let browser, writer, ana, bo, address;

  before(async () => {
    await server.start();
    writer = new Listener(server.url, 'writer');
    await writer.ready();
    for (let i = 1; i <= kMessages; ++i) writer.say(`line ${i}.`);
    await writer.heard(`line ${kMessages}.`);
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
  });
  after(async () => {
    writer?.end();
    await browser?.close();
    await server.remove();
  });
  const tool = (person, words, name) => person.useTool(person.article(log, words).first(), name);
  const hasFocus = (person, words) => person.page.waitForFunction((text) => document.activeElement.matches('article') && document.activeElement.textContent.includes(text), words);
  const inView = async (person, words) => {
    const box = await person.article(log, words).first().boundingBox();
    assert.ok(box.y > 40 && box.y + box.height < 760, JSON.stringify(box));
  };

  const toTheBeginning = async (person) => {
    await person.log(log).focus();
    await person.page.keyboard.press('Home');
    await hasFocus(person, 'line 1.');
  };

  it('the address of a message opens the room at it, loaded or not, and again after a reload', async () => {
    await ana.article(log, `line ${kMessages}.`).waitFor();
    await toTheBeginning(ana);
    await tool(ana, 'line 3.', 'Copy link');
    address = await ana.page.evaluate(async () => {
      for (let frames = 0; frames < 600; ++frames) {
        const text = await navigator.clipboard.readText();
        if (text.includes('#m')) return text;
        await new Promise(requestAnimationFrame);
      }
      return 'nothing was copied';
    });
    assert.ok(address.startsWith(server.url + '/r/'), address);
    await bo.page.goto(address);
    await hasFocus(bo, 'line 3.');
    await inView(bo, 'line 3.');
    await bo.picture('permalink-light');
    await bo.page.reload();
    await hasFocus(bo, 'line 3.');
  });

  it('the address of an old message leads there also in a new tab of who is signed in, who has the newest at hand', async () => {
    await bo.page.goto(address.replace(/#m.*/, ''));
    await bo.page.reload();
    await bo.article(log, `line ${kMessages}.`).waitFor();
    await bo.status('Connected').waitFor();
    await bo.settled();
    await bo.page.reload();  // what is kept for the next visit are the newest messages
    await bo.article(log, `line ${kMessages}.`).waitFor();
    const tab = await bo.context.newPage();
    await tab.goto(address);
    await tab.waitForFunction((text) => document.activeElement.matches('article') && document.activeElement.textContent.includes(text), 'line 3.');
    await tab.close();
  });

  it('what is far back is gone to when the connection is back', async () => {
    const person = await Person.at(browser, server.url, 'bo');
    const wire = await Wire.of(person.context);
    await person.page.reload();
    await person.signIn();
    await person.article(log, `line ${kMessages}.`).waitFor();
    await person.settled();
    await wire.block();
    await person.status('Reconnecting').waitFor();
    await person.log(log).focus();
    await person.page.keyboard.press('Home');
    await person.settled();
    wire.free();
    await person.article(log, 'line 1.').first().waitFor();
    await person.context.close();
  });

  it('an address of nothing shows the newest', async () => {
    await bo.page.goto(address.replace(/#m.*/, '#m999999'));
    await bo.page.reload();
    await bo.article(log, `line ${kMessages}.`).waitFor();
    await inView(bo, `line ${kMessages}.`);
    assert.equal((await bo.stats()).messagesReceived, 0);
  });

  it('a message says when to the second, where the pointer rests on its time', async () => {
    const time = bo.article(log, `line ${kMessages}.`).locator('time');
    const { moment, title } = await time.evaluate((element) => ({ moment: element.dateTime, title: element.title }));
    assert.ok(Math.abs(Date.now() - new Date(moment)) < 10 * 60_000, moment);
    assert.equal(title, new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(moment)));
    await bo.pointAt(bo.article(log, `line ${kMessages}.`));
    await bo.settled();
    const box = await time.boundingBox();
    const hit = await bo.page.evaluate(({ x, y }) => document.elementFromPoint(x, y).title, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    assert.equal(hit, title);
  });

  it('an address of a room that one is not in is refused, and nothing moves', async () => {
    await ana.say('#general', `look: ${server.url}/r/999999#m1`);
    await ana.said(log, 'look:');
    await ana.article(log, 'look:').getByRole('link').click();
    await ana.page.getByText('That address is of no room that you are in.').waitFor();
    assert.ok(!ana.page.url().includes('999999'), ana.page.url());
    await ana.log(log).waitFor();
  });

  it('what is pinned is listed, leads to its place, and can be unpinned from the list; on every device', async () => {
    const pins = (person) => person.page.getByRole('dialog', { name: 'Pinned messages' });
    await bo.page.getByRole('button', { name: 'Pinned messages' }).click();
    await pins(bo).getByText('Nothing is pinned here.').waitFor();
    await bo.picture('pins-empty-light');
    await toTheBeginning(ana);
    await tool(ana, 'line 3.', 'Pin');
    await tool(ana, 'line 5.', 'Pin');
    await pins(bo).getByRole('button', { name: 'writer: line 3.' }).waitFor();
    await bo.picture('pins-light');
    await pins(bo).getByRole('button', { name: 'writer: line 3.' }).click();
    await pins(bo).waitFor({ state: 'detached' });
    await hasFocus(bo, 'line 3.');
    await bo.page.reload();
    await bo.page.getByRole('button', { name: 'Pinned messages' }).press('Enter');
    await pins(bo).getByRole('listitem').filter({ hasText: 'line 3.' }).getByRole('button', { name: 'Unpin' }).press('Enter');
    await ana.article(log, 'line 3. (pinned)').waitFor({ state: 'detached' });
    await pins(bo).getByRole('button', { name: 'writer: line 5.' }).waitFor();
    await pins(bo).getByRole('button', { name: 'writer: line 3.' }).waitFor({ state: 'detached' });
    assert.equal(await pins(bo).getByRole('listitem').count(), 1);
    await bo.page.keyboard.press('Escape');
  });

  it('a message is forwarded to where one says, as a draft that is sent when one sends it', async () => {
    await ana.page.getByRole('button', { name: 'Create room' }).click();
    await ana.page.getByRole('textbox', { name: 'Room name' }).fill('garden');
    await ana.page.keyboard.press('Enter');
    await ana.log('Messages in #garden').waitFor();
    await ana.page.goBack();
    await ana.log(log).waitFor();
    await toTheBeginning(ana);
    await tool(ana, 'line 4.', 'Forward');
    const dialog = ana.page.getByRole('dialog', { name: 'Forward to' });
    await dialog.getByRole('combobox').fill('gard');
    await dialog.getByRole('option', { name: '#garden' }).waitFor();
    await ana.picture('forward-light');
    await ana.page.keyboard.press('Enter');
    await ana.log('Messages in #garden').waitFor();
    await ana.page.waitForFunction(() => document.querySelector('textarea').value.startsWith('> line 4.\n— writer in [general]('));
    assert.equal(await ana.page.locator('#mirror article').count(), 0, 'nothing was sent');
    await ana.page.keyboard.type('and what I think of it');
    await ana.page.keyboard.press('Enter');
    const article = ana.article('Messages in #garden', 'and what I think of it');
    await ana.said('Messages in #garden', 'and what I think of it');
    await ana.page.mouse.move(5, 5);
    await ana.picture('forwarded-light');
    await article.getByRole('link', { name: 'general' }).click();
    await hasFocus(ana, 'line 4.');
    // Closed without a choice, it is forgotten.
    await tool(ana, 'line 4.', 'Forward');
    await dialog.waitFor();
    await ana.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await ana.page.getByRole('link', { name: 'garden' }).click();
    await ana.log('Messages in #garden').waitFor();
    assert.equal(await ana.page.locator('textarea').inputValue(), '');
  });

  // Each way to mean the latest message shows it, and does nothing to it until it is meant again.
  const comesFirst = async () => {
    const answering = bo.page.getByRole('status').filter({ hasText: 'Answering bo: the newest of all' });
    const editing = bo.page.getByRole('status').filter({ hasText: 'Editing your message' });
    const picker = bo.page.getByRole('dialog', { name: 'Emoji', exact: true });
    for (const [key, begun] of [['Shift+ArrowUp', answering], ['ArrowUp', editing], ['Control+Shift+\\', picker]]) {
      await toTheBeginning(bo);
      await bo.composer('#general').focus();
      await bo.page.keyboard.press(key);
      await bo.article(log, 'the newest of all').waitFor();
      await bo.settled();
      await inView(bo, 'the newest of all');
      assert.equal(await begun.count(), 0, key);
      await bo.page.keyboard.press(key);
      await begun.waitFor();
      await bo.page.keyboard.press('Escape');
      await begun.waitFor({ state: 'detached' });
    }
  };

  it('what is meant for the latest message, from far back, shows it first', async () => {
    await bo.say('#general', 'the newest of all');
    await bo.said(log, 'the newest of all');
    await comesFirst();
  });

  // Found by a slow machine: it was begun unseen.
  it('also where everything in between is loaded', async () => {
    await toTheBeginning(bo);
    for (let i = 0; i < 40 && (await bo.article(log, 'the newest of all').count()) === 0; ++i) {
      await bo.page.keyboard.press('PageDown');
      await bo.settled(3);
    }
    await bo.article(log, 'the newest of all').waitFor();
    await comesFirst();
  });

  it("the tab's icon tells of what is unread", async () => {
    const icon = () => bo.page.evaluate(() => document.querySelector('link[rel=icon]').getAttribute('href'));
    const plain = await icon();
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();  // what is said beside an open dialog is not read
    await bo.page.getByRole('dialog').waitFor();
    writer.say('something new');
    await bo.page.waitForFunction((before) => document.querySelector('link[rel=icon]').getAttribute('href') !== before, plain);
    const answer = await bo.page.request.get(server.url + (await icon()));
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()['content-type'], /svg/);
    await bo.page.keyboard.press('Escape');
    await bo.page.keyboard.press('Escape');
    await bo.page.waitForFunction((before) => document.querySelector('link[rel=icon]').getAttribute('href') === before, plain);
  });
});
