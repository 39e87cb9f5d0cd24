// What is said about a message in a thread beside its room: by who follows it, on every device, on wide and narrow pages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { Wire } from './wire.js';

const log = 'Messages in #general';
const threadLog = 'Messages in thread in #general';
const thread = 'thread in #general';

describe('threads', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana, second, bo, cy;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo', { colorScheme: 'dark' });
    await bo.register();
    cy = await Person.at(browser, server.url, 'cy');
    await cy.register();
    await ana.say('#general', 'what shall we plant?');
    await bo.article(log, 'what shall we plant?').waitFor();
    second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await second.page.getByRole('button', { name: 'Create room' }).click();
    await second.page.getByRole('textbox', { name: 'Room name' }).fill('garden');
    await second.page.getByRole('button', { name: 'Create', exact: true }).click();
    await second.log('Messages in #garden').waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const panel = (person) => person.page.getByRole('complementary', { name: 'Thread' });
  const followed = (person, more = '') => person.rooms.getByRole('link', { name: 'Thread: ana: what shall we plant?' + more, exact: true });
  const replies = (person, words) => person.article(log, 'what shall we plant?').getByRole('button', { name: new RegExp(`^${words}, the last at`) });
  const answer = async (person, words, where = log) => {
    await person.useTool(person.article(where, words), 'Answer in a thread');
  };

  it('is begun beside the room, and told at its message and to who wrote that, on all her devices', async () => {
    await answer(bo, 'what shall we plant?');
    await panel(bo).getByText('Nothing was said about it yet.').waitFor();
    await bo.log(log).waitFor();
    assert.match(new URL(bo.page.url()).pathname, /\/thread\/1$/);
    await bo.say(thread, 'roses, I think');
    await bo.article(threadLog, 'roses, I think').waitFor();
    await replies(bo, '1 reply').waitFor();
    await bo.picture('thread-dark');
    await replies(ana, '1 reply, 1 new').waitFor();
    for (const device of [ana, second]) await followed(device, ', 1 unread').waitFor();
    assert.equal(await cy.rooms.getByText('Threads').count(), 0, 'cy does not follow it');
    await replies(cy, '1 reply').waitFor();
    assert.equal(await ana.article(log, 'roses').count(), 0, 'it is not said in the room');
  });

  it('is read and answered by who follows it, and read so on every device', async () => {
    await ana.picture('thread-unread-light');
    await replies(ana, '1 reply, 1 new').click();
    await ana.article(threadLog, 'roses, I think').waitFor();
    await panel(ana).getByRole('button', { name: /^About the message of ana: what shall we plant\?/ }).waitFor();
    for (const device of [ana, second]) await followed(device, ', 1 unread').waitFor({ state: 'detached' });
    await ana.say(thread, 'tulips!');
    await bo.article(threadLog, 'tulips!').waitFor();
    for (const person of [ana, bo, cy]) await replies(person, '2 replies').waitFor();
    await ana.picture('thread-light');
  });

  it('leaves the room beside it to be written in, without closing', async () => {
    await ana.page.getByRole('button', { name: 'Write a message to #general' }).click();
    await ana.say('#general', 'said in the room');
    await ana.article(log, 'said in the room').waitFor();
    assert.equal(await ana.article(threadLog, 'said in the room').count(), 0);
    await ana.article(threadLog, 'tulips!').waitFor();
    await ana.picture('thread-beside-light');
    await ana.useTool(ana.article(threadLog, 'roses'), 'Answer');
    await ana.say(thread, 'the red ones?');
    await ana.article(threadLog, 'the red ones?').getByRole('button', { name: /^In answer to bo: roses/ }).waitFor();
    await ana.useTool(ana.article(threadLog, 'the red ones?'), 'React with 👍');
    await bo.article(threadLog, 'the red ones?').getByRole('button', { name: /^👍 by ana/ }).waitFor();
  });

  it('what is done again in the conversation beside turns to it, and typing on its messages goes nowhere else', async () => {
    const tool = (words, name) => ana.useTool(ana.article(log, words), name);
    const write = () => ana.page.getByRole('button', { name: 'Write a message to ' + thread });
    await tool('said in the room', 'Edit');
    await ana.composer('#general').fill('said in the room, and written anew');
    await write().click();
    await ana.composer(thread).waitFor();
    await tool('said in the room', 'Edit');
    await ana.composer('#general').waitFor();
    assert.equal(await ana.composer('#general').inputValue(), 'said in the room, and written anew');
    await ana.composer('#general').press('Escape');
    await tool('said in the room', 'Answer');
    await write().click();
    await ana.composer(thread).waitFor();
    await tool('said in the room', 'Answer');
    await ana.say('#general', 'meant for the room');
    await ana.article(log, 'meant for the room').waitFor();
    assert.equal(await ana.article(threadLog, 'meant for the room').count(), 0);
    await write().click();
    await ana.composer(thread).waitFor();
    await ana.article(log, 'meant for the room').focus();
    await ana.page.keyboard.type('x');
    await ana.settled();
    assert.equal(await ana.composer(thread).inputValue(), '');
  });

  it('is where it was after a reload, and closes by its button and by Esc', async () => {
    await ana.page.reload();
    await ana.article(threadLog, 'the red ones?').waitFor();
    await ana.article(log, 'said in the room').first().waitFor();
    await panel(ana).getByRole('button', { name: 'Close the thread' }).click();
    await panel(ana).waitFor({ state: 'detached' });
    await ana.composer('#general').waitFor();
    assert.doesNotMatch(new URL(ana.page.url()).pathname, /thread/);
    await replies(ana, '3 replies').click();
    await panel(ana).waitFor();
    await ana.page.getByRole('button', { name: 'Write a message to #general' }).click();
    await ana.composer('#general').waitFor();
    assert.match(new URL(ana.page.url()).pathname, /thread/, 'a reload finds it open');
    await ana.page.goBack();
    await panel(ana).waitFor({ state: 'detached' });
    await bo.composer(thread).press('Escape');
    await panel(bo).waitFor({ state: 'detached' });
    await bo.log(log).waitFor();
  });

  it('whom it mentions follows it from then on', async () => {
    await replies(bo, '3 replies').click();
    await bo.say(thread, 'what does @cy say?');
    await followed(cy, ', 1 unread').waitFor();
    assert.match(await cy.page.title(), /@1/);
    await followed(cy, ', 1 unread').click();
    await cy.article(threadLog, 'what does').waitFor();
    await cy.say(thread, 'potatoes');
    await bo.article(threadLog, 'potatoes').waitFor();
  });

  it('is in the list of those she follows until she does not want it', async () => {
    await ana.rooms.getByRole('button', { name: 'Threads you follow' }).click();
    const list = ana.page.getByRole('dialog', { name: 'Threads you follow' });
    await list.getByRole('button', { name: /^ana: what shall we plant\?, in #general · 5 replies, 2 new/ }).waitFor();
    await ana.picture('threads-followed-light');
    await list.getByRole('button', { name: /^ana: what shall we plant\?/ }).click();
    await ana.article(threadLog, 'potatoes').waitFor();
    await ana.page.getByRole('button', { name: 'Write a message to #general' }).click();
    await panel(ana).getByRole('button', { name: 'Unfollow this thread' }).click();
    await panel(ana).waitFor({ state: 'detached' });
    await ana.log(log).waitFor();
    await cy.say(thread, 'nobody?');
    await replies(ana, '6 replies').waitFor();
    assert.equal(await ana.rooms.getByRole('link', { name: /^Thread/ }).count(), 0);
    await cy.say(thread, '@ana come back');
    await followed(ana, ', 1 unread').waitFor();
    assert.equal(await panel(ana).count(), 0, 'it does not come by itself');
    await replies(ana, '7 replies, 1 new').click();
    await ana.article(threadLog, 'nobody?').waitFor();
  });

  it('Alt+Shift+Down leads to one with something unread', async () => {
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await panel(ana).waitFor({ state: 'detached' });
    await cy.say(thread, 'by the keys?');
    await followed(ana, ', 1 unread').waitFor();
    await ana.page.keyboard.press('Alt+Shift+ArrowDown');
    await panel(ana).waitFor();
    await ana.article(threadLog, 'by the keys?').waitFor();
    await followed(ana, ', 1 unread').waitFor({ state: 'detached' });
  });

  it('stands alone where there is no place for both, and the list tells what is not seen', async () => {
    const link = (more = '') => ana.rooms.getByRole('link', { name: '#general' + more, exact: true });
    assert.notEqual(await link().getAttribute('aria-current'), null);
    await ana.page.setViewportSize({ width: 860, height: 800 });
    await panel(ana).waitFor({ state: 'detached' });
    await ana.picture('thread-alone-light');
    await ana.article(threadLog, 'by the keys?').waitFor();
    assert.equal(await link().getAttribute('aria-current'), null);
    await cy.page.getByRole('button', { name: 'Write a message to #general' }).click();
    await cy.say('#general', 'is anybody in the room?');
    await link(', 1 unread').waitFor();
    await ana.picture('thread-alone-light');
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await panel(ana).waitFor();
    await ana.article(log, 'is anybody in the room?').waitFor();
    await link().waitFor();
    assert.notEqual(await link().getAttribute('aria-current'), null);
  });

  it('what has the focus in its head keeps it when it takes the whole window', async () => {
    const focused = (name) => ana.page.waitForFunction((wanted) => document.activeElement.textContent === wanted, name);
    await ana.page.getByRole('button', { name: 'Unfollow this thread' }).focus();
    await ana.page.setViewportSize({ width: 860, height: 800 });
    await panel(ana).waitFor({ state: 'detached' });
    await ana.settled();
    await focused('Unfollow this thread');
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await panel(ana).waitFor();
    await ana.settled();
    await focused('Unfollow this thread');
  });

  it('is heard while she writes in the room, and the room while she writes in it', async () => {
    await ana.page.evaluate(() => {
      globalThis.said = [];
      document.getElementById('announcer').ariaNotify = (words) => globalThis.said.push(words);
    });
    const hears = (words) => ana.page.waitForFunction((wanted) => globalThis.said.includes(wanted), words);
    await ana.composer(thread).waitFor();
    await cy.say('#general', 'heard from the room');
    await hears('cy in the room: heard from the room');
    await ana.page.getByRole('button', { name: 'Write a message to #general' }).click();
    await ana.composer('#general').waitFor();
    await cy.page.getByRole('button', { name: 'Write a message to ' + thread }).click();
    await cy.say(thread, 'heard from the thread');
    await hears('cy in the thread: heard from the thread');
    await ana.page.getByRole('button', { name: 'Write a message to ' + thread }).click();
    await ana.composer(thread).waitFor();
  });

  it('does not open when she has gone elsewhere before the answer', async () => {
    const wire = await Wire.of(second.page);
    await second.page.reload();
    await second.room('#general').click();
    await second.article(log, 'meant for the room').waitFor();
    wire.hold();
    await answer(second, 'meant for the room');
    await second.room('#garden').click();
    await second.say('#garden', 'weeding');
    await second.article('Messages in #garden', 'Sending…').waitFor();
    wire.letGo();
    await second.article('Messages in #garden', 'Sending…').waitFor({ state: 'detached' });
    await second.settled();
    assert.equal(await panel(second).count(), 0);
    assert.match(new URL(second.page.url()).pathname, /\/garden$/);
    await second.composer('#garden').waitFor();
  });

  it('the page keys move the log that has the focus', async () => {
    const garden = 'Messages in #garden';
    for (let bed = 1; bed <= 12; ++bed) await second.say('#garden', `bed ${bed}:\n` + 'peas\n'.repeat(4));
    await answer(second, 'bed 12:', garden);
    await panel(second).waitFor();
    await second.article(garden, 'weeding').waitFor({ state: 'hidden' });
    await second.log(garden).focus();
    for (let pages = 0; pages < 4; ++pages) await second.page.keyboard.press('PageUp');
    await second.article(garden, 'weeding').waitFor();
    await second.composer('thread in #garden').waitFor();
  });

  it('F6 goes through both logs', async () => {
    const has = (log) => second.page.waitForFunction((name) => document.activeElement.getAttribute('role') === 'log' && document.activeElement.getAttribute('aria-label') === name, log);
    await second.composer('thread in #garden').focus();
    await second.page.keyboard.press('Shift+F6');
    await has('Messages in thread in #garden');
    await second.page.keyboard.press('Shift+F6');
    await has('Messages in #garden');
    await second.page.keyboard.press('F6');
    await second.page.keyboard.press('F6');
    await second.page.waitForFunction(() => document.activeElement.matches('textarea'));
  });

  it('there is none of what is not there, of a thread, or for who may not write', async () => {
    await ana.pointAt(ana.article(threadLog, 'nobody?'));
    assert.equal(await ana.article(threadLog, 'nobody?').getByRole('button', { name: 'Answer in a thread' }).count(), 0);
    const room = new URL(ana.page.url()).pathname.replace(/\/thread\/.*/, '');
    await cy.page.goto(server.url + room + '/thread/999');
    await cy.page.getByRole('alert').filter({ hasText: 'There is no such message' }).waitFor();
    await cy.log(log).waitFor();
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await ana.page.getByRole('button', { name: 'About #general', exact: true }).click();
    await ana.page.getByRole('button', { name: 'Only some may write' }).click();
    await ana.page.getByRole('button', { name: 'Only some may write', pressed: true }).waitFor();
    await ana.page.keyboard.press('Escape');
    await panel(bo).getByRole('status').filter({ hasText: 'Only some may write in this room' }).waitFor();
    assert.equal(await bo.page.getByRole('textbox', { name: 'Message ' + thread }).count(), 0);
    await bo.picture('thread-for-some-dark');
  });

  it('is all of a narrow page, and closing it leads back', async () => {
    const phone = await Person.at(browser, server.url, 'ana', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    await phone.page.getByRole('textbox', { name: 'Name', exact: true }).fill('ana');
    await phone.page.getByLabel('Password').fill('correct horse ana');
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await replies(phone, '9 replies').tap();
    await phone.article(threadLog, 'potatoes').waitFor();
    await phone.picture('thread-narrow-light');
    await phone.page.getByRole('button', { name: 'Close the thread' }).tap();
    await phone.article(log, 'what shall we plant?').waitFor();
    await phone.picture('thread-closed-narrow-light');
    await phone.context.close();
  });
});
