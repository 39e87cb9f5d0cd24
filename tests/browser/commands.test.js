// What is typed with a slash is done and not sent; names and shortcodes become what they stand for.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('what is typed', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, bo, heard;

  before(async () => {
    await server.start();
    browser = await launch();
    heard = new Listener(server.url, 'listener');
    await heard.ready();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await ana.page.getByText('bo', { exact: true }).first().waitFor({ state: 'attached' });
  });
  after(async () => {
    heard?.end();
    await browser?.close();
    await server.remove();
  });
  const note = (words) => ana.page.getByRole('alert').filter({ hasText: words });

  it('a command that is not there is never sent, and says so to its writer alone', async () => {
    await ana.say('#general', '/frobnicate the garden');
    await note('Only visible to you: there is no command /frobnicate').waitFor();
    assert.equal(await ana.composer('#general').inputValue(), '/frobnicate the garden', 'it can be put right');
    await ana.say('#general', '//frobnicate is sent');
    await heard.heard('/frobnicate is sent');
    assert.ok(!heard.texts.some((text) => text.includes('the garden')));
    await note('Only visible').waitFor({ state: 'detached' });
  });

  it('what is told to its writer alone is read to its end, also on a phone', async () => {
    await ana.page.setViewportSize({ width: 390, height: 700 });
    await ana.say('#general', '/shrgu');
    await note('//shrgu sends it as text.').waitFor();
    await ana.picture('note-narrow-light');
    const told = await note('//shrgu').boundingBox();
    const read = await ana.log(log).boundingBox();
    const field = await ana.composer('#general').boundingBox();
    assert.ok(told.height >= 36, `it takes two lines: ${JSON.stringify(told)}`);
    assert.ok(read.y + read.height <= told.y && told.y + told.height <= field.y, JSON.stringify([read, told, field]));
    await ana.composer('#general').fill('');
    await ana.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('/nick changes the shown name everywhere, a bad one is refused in words, a reload keeps it', async () => {
    await ana.say('#general', '/nick \u200b');
    await note('a shown name has 1 to 32 characters').waitFor();
    assert.equal(await ana.composer('#general').inputValue(), '/nick \u200b');
    await ana.say('#general', '/nick Ana of the garden');
    await bo.page.getByText('Ana of the garden').first().waitFor({ state: 'attached' });
    await bo.page.reload();
    await bo.page.getByText('Ana of the garden').first().waitFor({ state: 'attached' });
  });

  it('a mention holds who is meant: it has the name of now, on every device', async () => {
    await bo.say('#general', 'good morning @ana and @nobody');
    await ana.article(log, 'good morning @Ana of the garden and @nobody').waitFor();
    const second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await second.article(log, 'good morning @Ana of the garden').waitFor();
    await second.say('#general', '/nick Ana');
    await ana.article(log, 'good morning @Ana and').waitFor();
    await bo.article(log, 'good morning @Ana and').waitFor();
    await ana.picture('mentioned-light');
    await second.context.close();
  });

  it('shortcodes and emoticons become emoji, but not in code', async () => {
    await ana.say('#general', 'done :tada: :) `:tada:`');
    await heard.heard('done 🎉 🙂 `:tada:`');
  });

  it('/me, /shrug, /spoiler and /plain send what they say', async () => {
    await ana.say('#general', '/me waters the pots');
    assert.equal(await ana.article(log, 'waters the pots').locator('em').textContent(), 'waters the pots');
    await ana.say('#general', '/shrug who knows');
    await bo.article(log, 'who knows ¯\\_(ツ)_/¯').waitFor();
    await ana.say('#general', '/spoiler the butler');
    await bo.article(log, '████').waitFor();
    await ana.say('#general', '/plain **as it is**');
    await bo.article(log, '**as it is**').waitFor();
    await ana.say('#general', '/me');
    await note('a text belongs behind it').waitFor();
  });

  it('/msg opens a direct chat and says it there', async () => {
    await ana.say('#general', '/msg @nobody hello');
    await note('nobody here has the account @nobody').waitFor();
    await ana.say('#general', '/msg @bo for you alone');
    await ana.article('Messages with @bo', 'for you alone').waitFor();
    await bo.room('@ana').click();
    await bo.article('Messages with @ana', 'for you alone').waitFor();
    assert.ok(!heard.texts.includes('for you alone'));
    await ana.say('@bo', '/leave');
    await note('cannot be left').waitFor();
    await ana.say('@bo', '/join #general');
    await ana.log(log).waitFor();
  });

  it('/help and Ctrl+/ list the commands and the keys', async () => {
    for (const open of [() => ana.say('#general', '/help'), () => ana.page.keyboard.press('Control+/')]) {
      await open();
      const help = ana.page.getByRole('dialog', { name: 'Commands and keys' });
      await help.getByRole('listitem').filter({ hasText: '/nick name: ' }).waitFor();
      // Far out of view, and there for whoever listens.
      await help.getByRole('list', { name: 'Keys' }).getByRole('listitem').filter({ hasText: 'Ctrl+/: ' }).waitFor({ state: 'attached' });
      await ana.picture('help-light');
      await ana.page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
    }
  });
});
