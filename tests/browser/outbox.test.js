// What was sent is never lost: reloads, crashes of the page, a server that is away, tabs that close.
import assert from 'node:assert/strict';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { kept, until } from './kept.js';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, launchRemembering, Person } from './people.js';
import { newcomerOnWire, Wire } from './wire.js';

const general = 'Messages in #general';
const numbers = (word, from, to) => Array.from({ length: to - from + 1 }, (_, i) => `${word} ${from + i}.`);

describe('what was sent', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, reader;
  const pages = [];  // everybody's, for their consoles

  before(async () => {
    await server.start();
    browser = await launch();
    reader = new Listener(server.url, 'reader');
    await reader.ready();
  });
  after(async () => {
    reader?.end();
    await browser?.close();
    await server.remove();
  });

  const newcomer = async (name) => {
    const person = await newcomerOnWire(browser, server.url, name);
    pages.push(person);
    return person;
  };
  const another = async (person) => {
    const tab = Object.create(person);
    tab.page = await person.context.newPage();
    tab.wire = await Wire.of(tab.page);
    await tab.page.goto(server.url);
    return tab;
  };
  const say = async (person, texts) => { for (const text of texts) await person.say('#general', text); };
  const withWord = (bodies, word) => bodies.filter((body) => body.startsWith(word + ' '));
  // What everybody has heard of this word, once the last one was.
  const arrived = async (word, last) => {
    await reader.heard(`${word} ${last}.`);
    return reader.withWord(word);
  };
  const viewHolds = (person, text) => person.page.evaluate((wanted) => new Promise((resolve) => {
    const request = indexedDB.open('parley');
    request.onsuccess = () => {
      const view = request.result.transaction('view').objectStore('view').get('last');
      view.onsuccess = () => { request.result.close(); resolve(new TextDecoder().decode(view.result?.bytes).includes(wanted)); };
    };
  }), text);

  it('twenty messages written without a connection arrive once and in order, also across a reload', async () => {
    const ana = await newcomer('ana');
    await ana.wire.block();
    await ana.status('Reconnecting…').waitFor();
    await say(ana, numbers('queued', 1, 12));
    await ana.article(general, 'queued 12.').waitFor();
    await ana.page.reload();
    await ana.article(general, 'queued 12.').waitFor();
    await say(ana, numbers('queued', 13, 20));
    await ana.article(general, 'queued 20.').waitFor();
    assert.deepEqual(withWord(await ana.bodies(general), 'queued'), numbers('queued', 1, 20));
    await ana.picture('unsent-after-a-reload');
    ana.wire.free();
    assert.deepEqual(await arrived('queued', 20), numbers('queued', 1, 20));
    await ana.article(general, 'Sending…').first().waitFor({ state: 'detached' });
    await until(() => kept(ana, 'operations'), 0);
    assert.deepEqual(withWord(await ana.bodies(general), 'queued'), numbers('queued', 1, 20));
    await ana.context.close();
  });

  it('the page is killed in the middle of sending: what was shown is sent, once and in order', async () => {
    const bea = await newcomer('bea');
    let promised = [];
    for (let round = 1; round <= 2; ++round) {
      const from = (round - 1) * 10 + 1;
      await say(bea, numbers('crash', from, from + 9));
      promised = promised.concat(withWord(await bea.bodies(general), 'crash'));
      const crashed = bea.page.waitForEvent('crash');
      const devtools = await bea.context.newCDPSession(bea.page);
      devtools.send('Page.crash').catch(() => {});
      await crashed;
      await bea.page.close();
      Object.assign(bea, { page: (await another(bea)).page });
      await bea.status('Connected').waitFor();
    }
    await bea.say('#general', 'crash 99.');
    const texts = await arrived('crash', 99);
    for (const text of promised) assert.equal(texts.filter((body) => body === text).length, 1, text);
    const order = texts.map((text) => Number(/\d+/.exec(text)[0]));
    assert.deepEqual(order, [...new Set(order)].sort((a, b) => a - b));
    await until(() => kept(bea, 'operations'), 0);
    await bea.context.close();
  });

  it('the whole browser is killed with unsent messages: the next one sends them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-profile-'));
    const begin = async () => {
      const context = await launchRemembering(folder);
      const person = Object.assign(new Person(), { name: 'kim', context, page: await context.newPage() });
      person.wire = await Wire.of(person.page);
      await person.page.goto(server.url);
      return person;
    };
    let kim = await begin();
    await kim.register();
    await kim.status('Connected').waitFor();
    await kim.wire.block();
    await kim.status('Reconnecting…').waitFor();
    await say(kim, numbers('killed', 1, 5));
    await kim.article(general, 'killed 5.').waitFor();
    const closed = kim.context.waitForEvent('close');
    process.kill(Number(readlinkSync(join(folder, 'SingletonLock')).split('-').pop()), 'SIGKILL');
    await closed;
    rmSync(join(folder, 'SingletonLock'), { force: true });
    kim = await begin();
    // What it had not yet written of the session is Chromium's own: then she signs in again.
    if (await kim.page.evaluate(() => localStorage.getItem('parley.session')) === null) await kim.signIn();
    assert.deepEqual(await arrived('killed', 5), numbers('killed', 1, 5));
    await until(() => kept(kim, 'operations'), 0);
    await kim.context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('of two tabs one is closed with unsent messages: the other sends them, once', async () => {
    const first = await newcomer('cleo');
    const second = await another(first);
    await second.status('Connected').waitFor();
    await first.wire.block();
    await first.status('Reconnecting…').waitFor();
    await say(first, numbers('inherited', 1, 5));
    await first.article(general, 'inherited 5.').waitFor();
    assert.equal(await second.article(general, 'inherited').count(), 0);
    await first.page.close();
    assert.deepEqual(await arrived('inherited', 5), numbers('inherited', 1, 5));
    await until(() => kept(second, 'operations'), 0);
    assert.deepEqual(withWord(await second.bodies(general), 'inherited'), numbers('inherited', 1, 5));
    await second.context.close();
  });

  // Found by reviewing: the tab took the outbox while its program was still loading, and told nobody.
  it('a tab that is still loading takes what another one has left', async () => {
    const una = await newcomer('una');
    const loading = Object.create(una);
    loading.page = await una.context.newPage();
    let go;
    const held = new Promise((resolve) => { go = resolve; });
    await loading.page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
    await loading.page.goto(server.url, { waitUntil: 'commit' });
    await loading.page.waitForFunction(() => globalThis.parleyPage?.storage);
    await una.wire.block();
    await say(una, numbers('early', 1, 3));
    await until(() => kept(una, 'operations'), 3);
    await una.page.close();
    go();
    assert.deepEqual(await arrived('early', 3), numbers('early', 1, 3));
    await loading.page.close();
  });

  // Found by reviewing: nobody looked a second time.
  it('storage that opens late is looked through all the same', async () => {
    const vera = await newcomer('vera');
    await vera.wire.block();
    await say(vera, numbers('late', 1, 3));
    await until(() => kept(vera, 'operations'), 3);
    await vera.page.close();
    const slow = Object.create(vera);
    slow.page = await vera.context.newPage();
    await slow.page.addInitScript(() => {
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...where) {
        const request = open.apply(this, where);
        const late = { get result() { return request.result; }, get error() { return request.error; } };
        request.onupgradeneeded = (event) => late.onupgradeneeded?.(event);
        request.onerror = (event) => late.onerror?.(event);
        request.onsuccess = (event) => setTimeout(() => late.onsuccess?.(event), 2500);  // longer than the page waits for it
        return late;
      };
    });
    await slow.page.goto(server.url);
    assert.deepEqual(await arrived('late', 3), numbers('late', 1, 3));
    await slow.page.close();
  });

  it('the last messages are shown before the connection stands, and put right by it', async () => {
    const dora = await newcomer('dora');
    await dora.say('#general', 'seen before the reload');
    await dora.said(general, 'seen before the reload');
    await until(() => viewHolds(dora, 'seen before the reload'), true);
    await dora.wire.block();
    await dora.page.reload();
    await dora.article(general, 'seen before the reload').waitFor();
    assert.equal(await dora.status('Connected').count(), 0);
    await dora.picture('before-the-connection');
    reader.say('said meanwhile');
    await reader.heard('said meanwhile');
    dora.wire.free();
    await dora.article(general, 'said meanwhile').waitFor();
    assert.deepEqual((await dora.bodies(general)).slice(-2), ['seen before the reload', 'said meanwhile']);
    await dora.context.close();
  });

  it('a message that is refused for good stays, with Retry and Delete, also across a reload', async () => {
    const fay = await newcomer('fay');
    let refuses = true;
    fay.wire.refusePosts(() => refuses);
    await say(fay, ['This is refused and sent again.', 'This is refused and thrown away.']);
    await fay.article(general, 'sent again').getByRole('button', { name: 'Retry' }).waitFor();
    await fay.article(general, 'thrown away').getByRole('button', { name: 'Delete' }).waitFor();
    await fay.picture('not-sent-wide-light');
    await fay.page.setViewportSize({ width: 390, height: 844 });
    await fay.picture('not-sent-narrow-light');
    await fay.page.setViewportSize({ width: 1280, height: 800 });
    await fay.page.reload();
    await fay.status('Connected').waitFor();
    await fay.article(general, 'thrown away').getByRole('button', { name: 'Delete' }).click();
    await fay.article(general, 'thrown away').waitFor({ state: 'detached' });
    refuses = false;
    await fay.article(general, 'sent again').getByRole('button', { name: 'Retry' }).click();
    await reader.heard('This is refused and sent again.');
    await until(() => kept(fay, 'operations'), 0);
    assert.deepEqual(reader.withWord('This'), ['This is refused and sent again.']);
    await fay.context.close();
  });

  it('a message to a room that she is not in any more is not lost without a word', async () => {
    const nora = await newcomer('nora');
    const elsewhere = await another(nora);
    await elsewhere.status('Connected').waitFor();
    await nora.wire.block();
    await nora.status('Reconnecting…').waitFor();
    await nora.say('#general', 'too late for this room');
    await nora.article(general, 'too late').waitFor();
    await elsewhere.page.getByRole('button', { name: 'Leave room' }).click();
    await elsewhere.room('#general').waitFor({ state: 'detached' });
    nora.wire.free();
    const alert = nora.page.getByRole('alert').filter({ hasText: 'too late for this room' });
    await alert.waitFor();
    await nora.page.bringToFront();
    await nora.picture('not-sent-room-gone-wide-light');
    await nora.page.getByRole('button', { name: 'Delete' }).click();
    await alert.waitFor({ state: 'detached' });
    await until(() => kept(nora, 'operations'), 0);
    await nora.context.close();
  });

  for (const [what, spoil] of [
    ['is refused', () => { IDBFactory.prototype.open = () => { throw new Error('switched off'); }; }],
    ['is of a later version', () => { const open = IDBFactory.prototype.open; IDBFactory.prototype.open = function(name) { return open.call(this, name, 7); }; }],
    ['is full', () => { IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }; }],
  ]) {
    it(`where the storage ${what} the page goes on, and says so once something is not saved`, async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
      const ida = Object.assign(new Person(), { context, name: 'ida-' + what.split(' ').pop(), page: await context.newPage() });
      const lines = [];
      ida.page.on('console', (message) => lines.push(message.text()));
      if (what === 'is of a later version') {
        await ida.page.goto(server.url + '/healthz');
        await ida.page.evaluate(() => new Promise((resolve) => { const request = indexedDB.open('parley', 7); request.onsuccess = () => { request.result.close(); resolve(); }; }));
      } else {
        await ida.page.addInitScript(spoil);
      }
      await ida.page.goto(server.url);
      await ida.register();
      await ida.say('#general', `sent by ${ida.name}`);
      await reader.heard(`sent by ${ida.name}`);
      await ida.page.getByRole('alert').filter({ hasText: 'cannot save' }).waitFor();
      assert.ok(lines.some((line) => line.startsWith('parley storage:')), 'the console says why');
      if (what === 'is full') await ida.picture('storage-full-wide-light');
      await context.close();
    });
  }

  it('no line of the pages broke their content security policy', () => {
    assert.ok(pages.length > 5);
    assert.deepEqual(pages.flatMap((person) => person.violations), []);
    assert.deepEqual(pages.flatMap((person) => person.console).filter((line) => line.startsWith('page error')), []);
  });
});
