// What is done to a message that is there: answered, edited, deleted, reacted to, pinned; on every device, and after a
// reload.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('a message that is there', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, bo;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await ana.say('#general', 'the first one');
    await bo.article(log, 'the first one').waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });
  // Everything that the page's nodes say, in view or not.
  const says = (person, words) => person.page.evaluate((wanted) => document.getElementById('mirror').textContent.includes(wanted), words);
  const tool = (person, words, name) => person.useTool(person.article(log, words).first(), name);

  it('is answered, and the answer leads to it', async () => {
    await tool(bo, 'the first one', 'Answer');
    await bo.page.getByRole('status').filter({ hasText: 'Answering ana: the first one' }).waitFor();
    await bo.say('#general', 'and this is the second');
    const answer = ana.article(log, 'and this is the second');
    await answer.getByRole('button', { name: 'In answer to ana: the first one' }).click();
    await ana.page.waitForFunction(() => document.activeElement.matches('article') && document.activeElement.textContent.includes('the first one'));
    await ana.composer('#general').focus();
  });

  it('is edited by the arrow in an empty field, with mentions as they were typed; Esc takes it back', async () => {
    await ana.say('#general', 'good morning @bo');
    await bo.article(log, 'good morning @bo').waitFor();
    const field = ana.composer('#general');
    await field.press('ArrowUp');
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'good morning @bo');
    await field.press('Escape');
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === '');
    await field.press('ArrowUp');
    await ana.page.waitForFunction(() => document.querySelector('textarea').value !== '');
    await ana.say('#general', 'good evening @bo');
    await bo.article(log, 'good evening @bo (edited)').waitFor();
    assert.equal(await bo.article(log, 'good morning').count(), 0);
    await bo.page.reload();
    await bo.article(log, 'good evening @bo (edited)').waitFor();
  });

  it('is copied with the names that it mentions, as they would be typed', async () => {
    await tool(ana, 'good evening @bo', 'Copy text');
    const copied = () => ana.page.evaluate(() => navigator.clipboard.readText());
    for (let i = 0; i < 50 && !(await copied()).startsWith('good evening'); ++i) await ana.settled(3);
    assert.equal(await copied(), 'good evening @bo');
  });

  it('is reacted to, and each sees who did', async () => {
    await tool(bo, 'the first one', 'React with 👍');
    await ana.page.getByRole('button', { name: '👍 by bo' }).click();
    await bo.page.getByRole('button', { name: '👍 by ana, you' }).or(bo.page.getByRole('button', { name: '👍 by you, ana' })).waitFor();
    await ana.picture('changed-light');
    await ana.page.getByRole('button', { name: /^👍 by .*you/ }).press('Enter');
    await ana.page.getByRole('button', { name: '👍 by bo' }).waitFor();
  });

  it('has the focus when the reaction that had it is taken back', async () => {
    await bo.page.mouse.move(5, 5);
    await bo.page.getByRole('button', { name: '👍 by you' }).press('Enter');
    await bo.page.getByRole('button', { name: '👍 by you' }).waitFor({ state: 'detached' });
    await bo.page.waitForFunction(() => document.activeElement.matches('article') && document.activeElement.textContent.includes('the first one'));
    await bo.composer('#general').focus();
    await tool(bo, 'the first one', 'React with 👍');
    await ana.page.getByRole('button', { name: '👍 by bo' }).waitFor();
  });

  it('is pinned and unpinned', async () => {
    await tool(ana, 'the first one', 'Pin');
    await bo.article(log, 'the first one (pinned)').waitFor();
    await tool(bo, 'the first one', 'Unpin');
    await ana.article(log, '(pinned)').waitFor({ state: 'detached' });
  });

  // Found by reviewing: what asked and what did it were one button at one place.
  it('is not deleted by a double click or a key that is held, and is asked for anew when she has been elsewhere', async () => {
    await ana.say('#general', 'to be kept');
    await ana.say('#general', 'another one');
    await ana.said(log, 'another one');
    const article = ana.article(log, 'to be kept');
    const button = (name) => article.getByRole('button', { name, exact: true });
    const isKept = async () => {
      await ana.settled();
      assert.equal(await article.count(), 1);
      await button('Delete it for everybody').waitFor();
      await bo.article(log, 'to be kept').waitFor();
    };
    await ana.pointAt(article);
    await button('Delete').dblclick();
    await isKept();
    await ana.pointAt(ana.article(log, 'another one'));
    await ana.article(log, 'another one').getByRole('button', { name: 'Delete', exact: true }).waitFor();
    await ana.pointAt(article);
    await button('Copy text').waitFor();
    assert.equal(await button('Delete it for everybody').count(), 0);
    await ana.page.mouse.move(5, 5);
    await article.focus();
    await button('Delete').focus();
    for (let i = 0; i < 4; ++i) {
      await ana.page.keyboard.down('Enter');  // again and again, without an up: held
      await ana.settled(3);
    }
    await ana.page.keyboard.up('Enter');
    await isKept();
    // The next button; and the message has the focus then, not the page.
    await ana.page.keyboard.press('Tab');
    await ana.page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Delete it for everybody');
    await ana.page.keyboard.press('Enter');
    await bo.article(log, 'to be kept').waitFor({ state: 'detached' });
    await article.waitFor({ state: 'detached' });
    await ana.page.waitForFunction(() => document.activeElement.matches('article') && document.activeElement.textContent.includes('This message was deleted.'));
    await ana.composer('#general').focus();
  });

  it('is deleted by its author alone, asked twice, and its words are gone everywhere', async () => {
    await bo.pointAt(bo.article(log, 'the first one').first());
    assert.equal(await bo.article(log, 'the first one').first().getByRole('button', { name: 'Delete', exact: true }).count(), 0);
    await tool(ana, 'the first one', 'Delete');
    await tool(ana, 'the first one', 'Delete it for everybody');
    await bo.article(log, 'This message was deleted.').first().waitFor();
    await bo.article(log, 'the first one').first().waitFor({ state: 'detached' });
    await bo.page.reload();
    await bo.article(log, 'and this is the second').waitFor();
    await bo.article(log, 'the first one').first().waitFor({ state: 'detached' });
    await ana.picture('deleted-light');
  });

  it('is not to be found any more where it was out of view when it was deleted', async () => {
    await ana.say('#general', 'a secret to be regretted');
    for (let i = 1; i <= 60; ++i) await ana.say('#general', `line ${i}`);
    await bo.article(log, 'line 60').waitFor();
    await bo.page.waitForFunction(() => [...document.querySelectorAll('article[hidden]')].some((node) => node.textContent.includes('regretted')));
    await ana.log(log).focus();
    await ana.page.keyboard.press('Home');
    await tool(ana, 'regretted', 'Delete');
    await tool(ana, 'regretted', 'Delete it for everybody');
    await bo.page.waitForFunction(() => !document.getElementById('mirror').textContent.includes('regretted'));
    assert.ok(await says(bo, 'line 1'), 'the others are there');
    await ana.page.getByRole('button', { name: 'Jump to latest' }).click();
  });

  it('a command that is not there comes back with what it answers; one that says something is the answer', async () => {
    await tool(bo, 'line 60', 'Answer');
    const answering = bo.page.getByRole('status').filter({ hasText: 'Answering ana: line 60' });
    await answering.waitFor();
    await bo.say('#general', '/frobnicate');
    await bo.page.getByRole('alert').filter({ hasText: 'there is no command /frobnicate' }).waitFor();
    await bo.settled();
    assert.equal(await answering.count(), 1);
    assert.equal(await bo.composer('#general').inputValue(), '/frobnicate');
    assert.ok(!(await says(ana, '/frobnicate')));
    await bo.page.reload();
    await answering.waitFor();
    await bo.say('#general', '/me nods');
    await answering.waitFor({ state: 'detached' });
    await ana.article(log, 'nods').getByRole('button', { name: /^In answer to ana: line 60/ }).waitFor();
  });

  // The answer that was being written became a message of its own.
  it('a command that says nothing leaves what is answered, also over a reload', async () => {
    await tool(bo, 'line 60', 'Answer');
    const answering = bo.page.getByRole('status').filter({ hasText: 'Answering ana: line 60' });
    await answering.waitFor();
    await bo.say('#general', '/online');
    await bo.page.getByRole('alert').filter({ hasText: 'you are shown as online' }).waitFor();
    assert.equal(await bo.composer('#general').inputValue(), '');
    await bo.settled();
    assert.equal(await answering.count(), 1);
    await bo.page.reload();
    await answering.waitFor();
    assert.equal(await bo.composer('#general').inputValue(), '');
    await bo.say('#general', 'answered after all');
    await answering.waitFor({ state: 'detached' });
    await ana.article(log, 'answered after all').getByRole('button', { name: /^In answer to ana: line 60/ }).waitFor();
  });

  it('is deleted elsewhere while it is edited: the edit ends, and what was written of it stays as a draft', async () => {
    const second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    const field = ana.composer('#general');
    const editing = ana.page.getByRole('status').filter({ hasText: 'Editing your message' });
    const told = (words) => ana.page.getByRole('alert').filter({ hasText: 'Only visible to you: the message that you were editing was deleted' + words });
    const isShown = (wanted) => ana.page.waitForFunction((text) => document.querySelector('textarea').value === text, wanted);
    const edit = async (words) => {
      await second.article(log, words).waitFor();
      await ana.said(log, words);
      await ana.page.mouse.move(5, 5);
      await tool(ana, words, 'Edit');
      await editing.waitFor();
      await isShown(words);
    };
    const deleteElsewhere = async (words) => {
      await tool(second, words, 'Delete');
      await tool(second, words, 'Delete it for everybody');
      await editing.waitFor({ state: 'detached' });
    };
    await ana.say('#general', 'to be lost with words');
    await edit('to be lost with words');
    await field.press('End');
    await ana.page.keyboard.type(', and more of them');
    await deleteElsewhere('to be lost with words');
    await told('. Your words stay here as a draft, not sent.').waitFor();
    assert.equal(await field.inputValue(), 'to be lost with words, and more of them');
    // Nothing has touched the field.
    await field.focus();
    await ana.page.keyboard.press('Control+Z');
    await isShown('to be lost with words');
    await ana.page.keyboard.press('Control+Shift+Z');
    await isShown('to be lost with words, and more of them');
    await ana.page.reload();
    await isShown('to be lost with words, and more of them');
    assert.equal(await editing.count(), 0);
    // Below the draft that was put aside.
    await field.fill('');
    await ana.say('#general', 'lost behind a draft');
    await second.article(log, 'lost behind a draft').waitFor();
    await field.fill('the draft');
    await edit('lost behind a draft');
    await field.fill('other words');
    await deleteElsewhere('lost behind a draft');
    await isShown('the draft\nother words');
    // What was meant for one message is not said to everybody by the key that she was about to press.
    await field.press('Enter');
    await ana.page.getByRole('alert').filter({ hasText: 'Send it again to say this as a new message.' }).waitFor();
    await isShown('the draft\nother words');
    assert.equal(await second.article(log, 'other words').count(), 0);
    await field.press('Enter');
    await second.article(log, 'other words').waitFor();
    // Nothing was written of it: the draft alone is back, and nothing is said of words.
    await field.fill('');
    await ana.say('#general', 'lost unchanged');
    await second.article(log, 'lost unchanged').waitFor();
    await field.fill('the draft');
    await edit('lost unchanged');
    await deleteElsewhere('lost unchanged');
    await isShown('the draft');
    await told('').waitFor();
    assert.equal(await told('. Your words').count(), 0);
    await field.fill('');
    await second.context.close();
  });

  it('more reactions than fit in a line stand below each other', async () => {
    await ana.say('#general', 'much loved');
    const article = bo.article(log, 'much loved');
    await article.waitFor();
    await bo.page.waitForFunction(() => [...document.querySelectorAll('article')].some((node) => node.textContent.includes('much loved') && node.ariaPosInSet));
    const fan = new Listener(server.url, 'fan');
    await fan.ready();
    const emoji = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏'];
    const number = Number(await article.getAttribute('aria-posinset'));
    for (const each of emoji) fan.process.stdin.write(JSON.stringify({ do: 'react', room: 'general', n: number, emoji: each }) + '\n');
    await bo.page.setViewportSize({ width: 420, height: 800 });
    const chips = article.getByRole('button', { name: / by fan$/ });
    await chips.nth(emoji.length - 1).waitFor();
    await bo.settled();
    const boxes = await Promise.all((await chips.all()).map((chip) => chip.boundingBox()));
    assert.equal(boxes.length, emoji.length);
    assert.ok(boxes.every(({ x, width }) => x + width <= 420), JSON.stringify(boxes));
    assert.ok(new Set(boxes.map(({ y }) => y)).size > 1);
    await bo.picture('reactions-narrow-light');
    await bo.page.setViewportSize({ width: 1280, height: 800 });
    fan.end();
  });
});
