// Unread again from a message on, who is mentioned, whom it tells, and back to a day: on every device of one person.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { Listener } from './listener.js';
import { launch, Person } from './people.js';
import { Wire } from './wire.js';

const log = 'Messages in #general';

describe('unread', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana, second, bo, wire;

  // Ana has two devices; the second one looks at another room.
  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    wire = await Wire.of(ana.page);
    await ana.page.reload();
    await ana.register();
    await ana.page.getByRole('button', { name: 'Create room' }).click();
    await ana.page.getByRole('textbox', { name: 'Room name' }).fill('garden');
    await ana.page.getByRole('button', { name: 'Create', exact: true }).click();
    await ana.log('Messages in #garden').waitFor();
    second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await second.room('#garden').click();
    await second.log('Messages in #garden').waitFor();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await bo.log(log).waitFor();
    await ana.room('#general').click();
    await ana.log(log).waitFor();
    for (const words of ['one', 'two', 'three', 'four']) await bo.say('#general', words);
    await ana.article(log, 'four').waitFor();
    await second.room('#general').waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const link = (person, name) => person.rooms.getByRole('link', { name, exact: true });
  const tool = (person, words, name) => person.useTool(person.article(log, words), name);
  const isRead = async () => {
    for (const person of [ana, second]) await link(person, '#general').waitFor();
  };

  it('a message marked unread is so on every device, and stays so while the room is open', async () => {
    await isRead();
    await tool(ana, 'three', 'Mark unread');
    for (const person of [ana, second]) await link(person, '#general, 2 unread').waitFor();
    await ana.status('2 messages stay unread until you come back').waitFor();
    assert.match(await ana.page.title(), /^\(2\) /);
    await ana.page.mouse.move(640, 20);
    await ana.picture('unread-kept-light');
    await bo.say('#general', 'five');
    for (const person of [ana, second]) await link(person, '#general, 3 unread').waitFor();
  });

  it('until she comes back to it', async () => {
    await ana.room('#garden').click();
    await ana.log('Messages in #garden').waitFor();
    await link(ana, '#general, 3 unread').waitFor();
    await ana.picture('unread-list-light');
    await ana.room('#general').click();
    await isRead();
    assert.equal(await ana.page.getByRole('button', { name: 'Mark read', exact: true }).count(), 0);
  });

  it('Alt+click does the same, and Esc reads it; so does the button', async () => {
    const body = await ana.article(log, 'two').boundingBox();
    await ana.page.mouse.move(body.x + 300, body.y + body.height - 8);
    await ana.settled();
    await ana.page.keyboard.down('Alt');
    await ana.page.mouse.down();
    await ana.page.mouse.up();
    await ana.page.keyboard.up('Alt');
    await link(second, '#general, 4 unread').waitFor();
    await ana.composer('#general').press('Escape');
    await isRead();
    await tool(ana, 'five', 'Mark unread');
    await link(second, '#general, 1 unread').waitFor();
    await ana.page.getByRole('button', { name: 'Mark read', exact: true }).click();
    await isRead();
  });

  it('marked on another device, it is not read where it is looked at; a reload of that one finds it so', async () => {
    await second.room('#general').click();
    await second.article(log, 'five').waitFor();
    await tool(second, 'four', 'Mark unread');
    await ana.status('2 messages stay unread until you come back').waitFor();
    await second.room('#garden').click();
    await second.log('Messages in #garden').waitFor();
    await second.page.reload();
    await link(second, '#general, 2 unread').waitFor();
    await link(ana, '#general, 2 unread').waitFor();
    await ana.composer('#general').press('Escape');
    await isRead();
  });

  it('wished without a connection, it is so afterwards', async () => {
    await wire.block();
    await ana.status(/Reconnecting|Offline/).first().waitFor();
    await tool(ana, 'three', 'Mark unread');
    await link(ana, '#general, 3 unread').waitFor();
    assert.equal(await link(second, '#general').count(), 1, 'nobody has heard of it yet');
    wire.free();
    await link(second, '#general, 3 unread').waitFor();
    await link(ana, '#general, 3 unread').waitFor();
    await ana.composer('#general').press('Escape');
    await isRead();
  });

  it('a mention is counted in the list and in the title, on every device, and goes with its words', async () => {
    await ana.room('#garden').click();
    await ana.log('Messages in #garden').waitFor();
    await bo.say('#general', 'look, @ana');
    await bo.say('#general', 'in code: `@ana`');
    for (const person of [ana, second]) await link(person, '#general, 2 unread, 1 mention').waitFor();
    assert.match(await ana.page.title(), /^\(2\) @1 · #garden/);
    await bo.say('#general', 'and @all of you');
    for (const person of [ana, second]) await link(person, '#general, 3 unread, 2 mentions').waitFor();
    await ana.picture('mentions-list-light');
    await ana.page.emulateMedia({ colorScheme: 'dark' });
    await ana.picture('mentions-list-dark');
    await ana.page.emulateMedia({ colorScheme: 'light' });
    await ana.page.reload();
    await link(ana, '#general, 3 unread, 2 mentions').waitFor();
    await tool(bo, 'look, ', 'Delete');
    await tool(bo, 'look, ', 'Delete it for everybody');
    for (const person of [ana, second]) await link(person, '#general, 3 unread, 1 mention').waitFor();
    await ana.room('#general').click();
    await isRead();
    assert.doesNotMatch(await ana.page.title(), /@\d/);
  });

  it('a direct chat counts every message', async () => {
    await bo.say('#general', '/msg @ana between us');
    await ana.rooms.getByRole('link', { name: '@bo, 1 unread', exact: true }).waitFor();
    assert.match(await ana.page.title(), /^\(1\) @1 · /);
    await ana.room('@bo').click();
    await ana.article('Messages with @bo', 'between us').waitFor();
    await ana.rooms.getByRole('link', { name: '@bo', exact: true }).waitFor();
    await ana.room('#general').click();
    await bo.room('#general').click();
    await bo.composer('#general').waitFor();
  });

  it('goes back to a day, by the day that is shown, and refuses what is none', async () => {
    await ana.page.getByRole('button', { name: 'Today: jump to a day' }).first().click();
    const dialog = ana.page.getByRole('dialog', { name: 'Jump to a day' });
    const day = dialog.getByRole('textbox', { name: 'Day' });
    assert.match(await day.inputValue(), /^\d{4}-\d\d-\d\d$/);
    await day.fill('2026-02-30');
    await day.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'no day' }).waitFor();
    await ana.picture('jump-to-a-day-light');
    await day.fill('2020-01-01');
    await dialog.getByRole('button', { name: 'Jump' }).click();
    await dialog.waitFor({ state: 'detached' });
    await ana.page.waitForFunction(() => document.activeElement?.matches('article') && document.activeElement.textContent.includes('one'));
  });
});

describe('a day far back', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana;

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

  it('is fetched where it is not loaded, and by command', async () => {
    for (let n = 1; n <= 160; ++n) await ana.say('#general', `number ${n} of them`);
    await ana.article(log, 'number 160 of them').waitFor();
    await ana.page.reload();
    await ana.article(log, 'number 160 of them').waitFor();
    await ana.say('#general', '/jumptodate 2020-01-01');
    await ana.article(log, 'number 1 of them').waitFor();
    await ana.page.waitForFunction(() => document.activeElement?.matches('article') && document.activeElement.textContent.includes('number 1 of'));
    await ana.say('#general', '/jumptodate 2999-01-01');
    await ana.article(log, 'number 160 of them').waitFor();
    await ana.say('#general', '/jumptodate soon');
    await ana.page.getByRole('alert').filter({ hasText: 'a day is written as 2026-03-01' }).waitFor();
    await ana.picture('jumped-to-a-day-light');
  });
});

describe('a message for many', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana, listener;
  const crowd = [];

  // 21 people besides ana: one more than are told without asking. One of them listens.
  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    for (let n = 1; n <= 21; ++n) crowd.push(new Listener(server.url, 'guest' + n));
    for (const guest of crowd) await guest.ready();
    listener = crowd[0];
    await ana.page.getByText('guest21').first().waitFor({ state: 'attached' });
  });
  after(async () => {
    for (const guest of crowd) guest.end();
    await browser?.close();
    await server.remove();
  });

  const dialog = () => ana.page.getByRole('dialog', { name: 'Tell 21 people?' });

  it('is asked about; Cancel and Esc give the words back, Send sends them once', async () => {
    await ana.say('#general', 'lunch, @all?');
    await dialog().waitFor();
    await ana.picture('tell-many-light');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'lunch, @all?');
    await ana.composer('#general').press('Enter');
    await dialog().waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'lunch, @all?');
    assert.deepEqual(listener.texts, []);
    await ana.composer('#general').press('Enter');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await listener.heard('lunch, <!all>?');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await ana.composer('#general').inputValue(), '');
  });

  // What was sent stood in the field again, and an answer was nowhere while it was asked about.
  it('outlives a reload while it is asked about, and is not in the field again once it is sent', async () => {
    const field = ana.composer('#general');
    const send = async (words, heard) => {
      await dialog().getByRole('button', { name: 'Send' }).click();
      await listener.heard(heard);
      await ana.said(log, words);
      await ana.page.reload();
      await ana.article(log, words).last().waitFor();
      await ana.settled();
      assert.equal(await field.inputValue(), '');
      assert.equal(await ana.status('Answering').count(), 0);
    };
    await ana.say('#general', 'dinner, @all?');
    await dialog().waitFor();
    await send('dinner, @all?', 'dinner, <!all>?');
    await ana.say('#general', '/me greets @all');
    await dialog().waitFor();
    await ana.page.reload();
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === '/me greets @all');
    await field.fill('');
    await ana.useTool(ana.article(log, 'dinner, @all?').last(), 'Answer');
    await ana.status('Answering ana: dinner').waitFor();
    await ana.say('#general', 'at eight, @all!');
    await dialog().waitFor();
    await ana.page.reload();
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'at eight, @all!');
    await ana.status('Answering ana: dinner').waitFor();
    await field.press('Enter');
    await dialog().waitFor();
    await ana.settled();
    await send('at eight, @all!', 'at eight, <!all>!');
  });

  it('is sent at once when it names one person, and by parley-cli', async () => {
    await ana.say('#general', 'and you, @guest1?');
    await ana.article(log, 'and you, @guest1?').waitFor();
    assert.equal(await ana.page.getByRole('dialog').count(), 0);
    listener.say('all of you: <!all>');
    await ana.article(log, 'all of you').waitFor();
  });

  it('is asked about in a thread too, where many follow it', async () => {
    const message = ana.article(log, 'and you, @guest1?');
    const n = Number(await message.getAttribute('aria-posinset'));
    for (const guest of crowd) guest.process.stdin.write(JSON.stringify({ do: 'thread', room: 'general', n, text: 'here' }) + '\n');
    await message.getByRole('button', { name: /^21 replies/ }).waitFor();
    await ana.useTool(message, 'Answer in a thread');
    await ana.say('thread in #general', 'or tea, @all?');
    await dialog().waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'or tea, @all?');
    assert.equal(await ana.article('Messages in thread in #general', 'or tea').count(), 0);
    await ana.composer('thread in #general').press('Enter');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await ana.article('Messages in thread in #general', 'or tea').waitFor();
  });

  it('goes back to the room that it was written in, and to no other that has opened meanwhile', async () => {
    const bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await bo.page.getByRole('button', { name: 'Create room' }).click();
    await bo.page.getByRole('textbox', { name: 'Room name' }).fill('other');
    await bo.page.keyboard.press('Enter');
    await bo.log('Messages in #other').waitFor();
    const second = await Person.at(browser, server.url, 'ana');
    const line = await Wire.of(second.page);
    await second.page.reload();
    await second.signIn();
    await second.say('#general', '/list');
    await second.page.getByRole('button', { name: 'Join #other' }).waitFor();
    await second.page.keyboard.press('Escape');
    line.hold();
    await second.say('#general', '/join #other');
    await second.say('#general', 'supper, @all?');
    const asked = second.page.getByRole('dialog', { name: 'Tell 22 people?' });
    await asked.waitFor();
    line.letGo();
    await second.page.waitForURL(/other/);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await second.page.getByRole('alert').filter({ hasText: 'your words are in #general again, not sent.' }).waitFor();
    assert.equal(await second.composer('#other').inputValue(), '');
    await second.room('#general').click();
    await second.composer('#general').waitFor();
    assert.equal(await second.composer('#general').inputValue(), 'supper, @all?');
    await second.context.close();
    await bo.context.close();
  });
});
