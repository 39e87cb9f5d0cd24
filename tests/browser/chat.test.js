// Two people talk, in a room and alone, and find everything again after a reload and after the server died.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('two people', () => {
  const server = new ParleyServer();
  let browser, ana, bo;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    bo = await Person.at(browser, server.url, 'bo', { colorScheme: 'dark' });
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  it('both make an account and see each other', async () => {
    await ana.register();
    await bo.register();
    for (const person of [ana, bo]) {
      await person.room('#general').waitFor();
      await person.status('Connected').waitFor();
      await person.page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: /^bo$/ }).waitFor();
      assert.match(person.page.url(), /\/r\/\d+\/general$/);
    }
  });

  it('a message in a room arrives, with its author, its text as written and a time', async () => {
    await ana.say('#general', 'Good morning <b>Bo</b> 🎉 नमस्ते');
    const article = bo.article('Messages in #general', 'Good morning');
    await article.waitFor();
    const text = await article.innerText();
    assert.match(text, /ana/);
    assert.match(text, /Good morning <b>Bo<\/b> 🎉 नमस्ते/);
    assert.match(text, /\d\d:\d\d/);
    await bo.say('#general', 'Good morning to you');
    await ana.article('Messages in #general', 'to you').filter({ hasText: 'bo' }).waitFor();
  });

  it('Shift and Enter makes a line, Enter sends, white space alone is not sent', async () => {
    const composer = ana.composer('#general');
    await composer.fill('   ');
    await composer.press('Enter');
    await composer.fill('one');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('two');
    await composer.press('Enter');
    await bo.article('Messages in #general', 'two').waitFor();
    assert.equal(await composer.inputValue(), '');
    assert.deepEqual((await bo.bodies('Messages in #general')).slice(-2), ['Good morning to you', 'one\ntwo']);
  });

  it('nothing is sent while an input method composes', async () => {
    const composer = ana.composer('#general');
    await composer.focus();
    const devtools = await ana.context.newCDPSession(ana.page);
    await devtools.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    await devtools.send('Input.insertText', { text: '日本' });
    assert.equal(await composer.inputValue(), '日本');
    await composer.press('Enter');
    await bo.article('Messages in #general', '日本').waitFor();
  });

  it('a new room is made in its dialog, and a bad name is refused in words', async () => {
    await ana.page.getByRole('button', { name: 'Create room' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Create room' });
    await dialog.getByRole('textbox', { name: 'Room name' }).fill('No Good');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: 'no capitals' }).waitFor();
    await dialog.getByRole('textbox', { name: 'Room name' }).fill('general');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: /name/i }).waitFor();
    await dialog.getByRole('textbox', { name: 'Room name' }).fill('garden');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await ana.log('Messages in #garden').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await ana.say('#garden', 'first in the garden');
  });

  it('another joins it from the list of rooms and reads what was there', async () => {
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();
    await bo.page.getByRole('dialog', { name: 'Browse rooms' }).getByRole('button', { name: 'Join #garden' }).click();
    await bo.article('Messages in #garden', 'first in the garden').waitFor();
  });

  it('a direct chat is opened by name, and is unread until it is looked at', async () => {
    await ana.page.getByRole('button', { name: 'New direct message' }).click();
    const person = ana.page.getByRole('dialog', { name: 'New direct message' }).getByRole('combobox', { name: 'Person' });
    await person.fill('bo');
    await person.press('Enter');
    await ana.say('@bo', 'only for you');
    await bo.rooms.getByRole('link', { name: '@ana, 1 unread' }).waitFor();
    await bo.page.waitForFunction(() => document.title.startsWith('(1) '));
    await bo.room('@ana').click();
    await bo.article('Messages with @ana', 'only for you').waitFor();
    await bo.rooms.getByRole('link', { name: '@ana', exact: true }).waitFor();
    await bo.say('@ana', 'and back');
    await ana.article('Messages with @bo', 'and back').waitFor();
    assert.match(bo.page.url(), /\/d\/ana$/);
  });

  it('each room keeps its draft; Back goes to the room before', async () => {
    await ana.composer('@bo').fill('half a thought');
    await ana.room('#general').click();
    assert.equal(await ana.composer('#general').inputValue(), '');
    await ana.page.goBack();
    assert.equal(await ana.composer('@bo').inputValue(), 'half a thought');
  });

  it('a reload keeps the session, the place and the history', async () => {
    await bo.page.reload();
    await bo.article('Messages with @ana', 'only for you').waitFor();
    await bo.room('#general').click();
    await bo.article('Messages in #general', '日本').waitFor();
    assert.deepEqual(await bo.bodies('Messages in #general'), await (async () => {
      await ana.room('#general').click();
      await ana.article('Messages in #general', '日本').waitFor();
      return ana.bodies('Messages in #general');
    })());
  });

  it('the server is killed and started again: both come back and nothing is lost', async () => {
    await ana.say('#general', 'before the fall');
    await bo.article('Messages in #general', 'before the fall').waitFor();
    await server.stop('SIGKILL');
    for (const person of [ana, bo]) await person.status('Reconnecting…').waitFor();
    await ana.say('#general', 'written while it was away');
    await ana.article('Messages in #general', 'Sending…').waitFor();
    await server.start();
    for (const person of [ana, bo]) {
      await person.status('Connected').waitFor();
      await person.article('Messages in #general', 'written while it was away').waitFor();
    }
    await ana.article('Messages in #general', 'Sending…').waitFor({ state: 'detached' });
    assert.deepEqual(await ana.bodies('Messages in #general'), await bo.bodies('Messages in #general'));
    assert.equal((await bo.bodies('Messages in #general')).filter((body) => body === 'written while it was away').length, 1);
    assert.ok(ana.console.some((line) => /parley socket \[\d+\] closed, code \d+/.test(line)), 'the console names the connection that closed');
    assert.ok(ana.console.some((line) => /next try in \d+ ms/.test(line)), 'the console names the next try');
  });

  it('signing out forgets the session; a wrong password is refused in words; signing in finds everything', async () => {
    await bo.page.getByRole('button', { name: 'Settings' }).click();
    await bo.page.getByRole('button', { name: 'Sign out' }).click();
    await bo.page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(await bo.page.evaluate(() => localStorage.getItem('parley.session')), null);
    await bo.page.getByRole('textbox', { name: 'Name', exact: true }).fill('bo');
    await bo.page.getByLabel('Password').fill('not the password');
    await bo.page.getByRole('button', { name: 'Sign in' }).click();
    await bo.page.getByRole('alert').filter({ hasText: /password/i }).waitFor();
    await bo.signIn();
    await bo.room('#general').click();
    await bo.article('Messages in #general', 'written while it was away').waitFor();
  });

  it('what arrives while somebody reads further up moves nothing, and is counted', async () => {
    await ana.page.setViewportSize({ width: 1000, height: 420 });
    await bo.page.setViewportSize({ width: 1000, height: 420 });
    await bo.article('Messages in #general', 'written while it was away').waitFor();
    await bo.settled();
    const box = await bo.log('Messages in #general').boundingBox();
    await bo.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await bo.page.mouse.wheel(0, -260);
    await bo.page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await bo.settled();
    const read = bo.log('Messages in #general').getByRole('article').nth(1);
    const words = await read.innerText();
    const before = await read.boundingBox();
    await ana.say('#general', 'another one');
    await bo.page.getByRole('button', { name: '1 new message' }).waitFor();
    await bo.settled();
    assert.equal(await read.innerText(), words);
    assert.deepEqual(await read.boundingBox(), before);
    await bo.page.getByRole('button', { name: '1 new message' }).click();
    await bo.article('Messages in #general', 'another one').waitFor();
  });

  it('a shown name is changed in the settings, and the look too', async () => {
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    await bo.page.setViewportSize({ width: 1280, height: 800 });
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByRole('textbox', { name: 'Shown name' }).fill('Ana Sofia');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await bo.article('Messages in #general', 'Ana Sofia').last().waitFor();
    await dialog.getByRole('button', { name: 'Dark' }).click();
    await ana.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await dialog.getByRole('button', { name: 'Dark', pressed: true }).waitFor();
    await ana.page.reload();
    await ana.status('Connected').waitFor();
    assert.equal(await ana.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  });

  it('who leaves a room has it no more in the list, is gone for the others, and may join again', async () => {
    await ana.room('#garden').click();
    await bo.room('#garden').click();
    const members = ana.page.getByRole('list', { name: 'Members' });
    await members.getByRole('listitem').filter({ hasText: /^bo$/ }).waitFor();
    await bo.page.getByRole('button', { name: 'Leave room' }).click();
    await bo.room('#garden').waitFor({ state: 'detached' });
    await members.getByRole('listitem').filter({ hasText: /^bo$/ }).waitFor({ state: 'detached' });
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();
    await bo.page.getByRole('dialog', { name: 'Browse rooms' }).getByRole('button', { name: 'Join #garden' }).click();
    await bo.article('Messages in #garden', 'first in the garden').waitFor();
    await members.getByRole('listitem').filter({ hasText: /^bo$/ }).waitFor();
  });

  it('Alt with the arrows goes through the rooms', async () => {
    await ana.room('#general').click();
    await ana.log('Messages in #general').waitFor();
    await ana.page.keyboard.press('Alt+ArrowUp');
    await ana.log('Messages in #garden').waitFor();
    await ana.page.keyboard.press('Alt+ArrowDown');
    await ana.log('Messages in #general').waitFor();
  });

  it('no line of the page broke its content security policy', () => {
    assert.deepEqual([...ana.violations, ...bo.violations], []);
    assert.deepEqual([...ana.console, ...bo.console].filter((line) => line.startsWith('page error')), []);
  });
});
