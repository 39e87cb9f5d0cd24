// What is offered while somebody types: people, rooms, emoji, commands; chosen by keys alone, and by the pointer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('completion', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, bo, field;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { bypassCSP: true });
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    const boris = await Person.at(browser, server.url, 'boris');
    await boris.register();
    await boris.context.close();
    await ana.page.getByText('boris', { exact: true }).first().waitFor({ state: 'attached' });
    field = ana.composer('#general');
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });
  beforeEach(async () => {
    await field.fill('');
    await field.focus();
    await ana.page.getByRole('listbox').waitFor({ state: 'detached' });
  });

  const list = (name) => ana.page.getByRole('listbox', { name, exact: true });
  const options = (name) => list(name).getByRole('option').allTextContents();
  const marked = () => ana.page.evaluate(() => document.getElementById(document.querySelector('textarea').getAttribute('aria-activedescendant'))?.textContent ?? null);
  const isMarked = (words) => ana.page.waitForFunction((wanted) => document.getElementById(document.querySelector('textarea').getAttribute('aria-activedescendant'))?.textContent.includes(wanted), words);
  const type = (words) => ana.page.keyboard.type(words);
  const press = (key) => ana.page.keyboard.press(key);

  it('a person is chosen by the arrows and taken by Enter, and the message mentions her on every device', async () => {
    await type('good morning @bo');
    // At the @ alone there are more.
    await ana.page.waitForFunction((wanted) => [...document.querySelectorAll('[role=option]')].map((node) => node.textContent).join('; ') === wanted,
      'bo, @bo; boris, @boris');
    await list('People').waitFor();
    assert.equal(await field.getAttribute('aria-controls'), await list('People').getAttribute('id'));
    await isMarked('bo, @bo');
    await press('ArrowDown');
    await isMarked('boris');
    await press('Control+p');
    await isMarked('bo, @bo');
    await press('Control+n');
    await isMarked('boris');
    await press('Enter');
    assert.equal(await field.inputValue(), 'good morning @boris ', 'taken, and not sent');
    await list('People').waitFor({ state: 'detached' });
    assert.equal(await field.getAttribute('aria-activedescendant'), null);
    await type('!');
    await press('Enter');
    const body = bo.article(log, 'good morning @boris !');
    await body.waitFor();
    assert.equal(await body.locator('.m').textContent(), '@boris');
    await bo.page.reload();
    await bo.article(log, 'good morning @boris !').waitFor();
  });

  it('what follows at once goes behind what was taken', async () => {
    await type('@bor');
    await press('Tab');
    await type('and more');
    assert.equal(await field.inputValue(), '@boris and more');
  });

  it('Enter sends a word that is complete, and what nobody is called', async () => {
    await type('hello @bo');
    await list('People').waitFor();
    await press('Enter');
    await bo.article(log, 'hello @bo').waitFor();
    await type('hello @nobody');
    await ana.page.getByRole('listbox').waitFor({ state: 'detached' });
    await press('Enter');
    await bo.article(log, 'hello @nobody').waitFor();
  });

  it('Esc closes, and it stays closed until another word', async () => {
    await type('@bo');
    await list('People').waitFor();
    await press('Escape');
    await list('People').waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), '@bo');
    await type('r');
    await ana.settled();
    assert.equal(await ana.page.getByRole('listbox').count(), 0);
    await type(' @b');
    await list('People').waitFor();
  });

  it('rooms, emoji and commands; undo takes back what was taken', async () => {
    await type('see #gen');
    await list('Rooms').waitFor();
    await press('Tab');
    assert.equal(await field.inputValue(), 'see #general ');
    await type(':tad');
    await list('Emoji').waitFor();
    assert.ok((await options('Emoji')).length <= 8);
    await press('Enter');
    assert.equal(await field.inputValue(), 'see #general 🎉 ');
    await press('Control+Z');
    assert.equal(await field.inputValue(), 'see #general :tad');
    await press('Control+Shift+Z');
    assert.equal(await field.inputValue(), 'see #general 🎉 ');
    await field.fill('');
    await type('/shr');
    await list('Commands').waitFor();
    await press('Tab');
    assert.equal(await field.inputValue(), '/shrug ');
    await type('who knows');
    await press('Enter');
    await bo.article(log, 'who knows ¯\\_(ツ)_/¯').waitFor();
  });

  it('a click takes, and the field keeps the focus', async () => {
    await type('ask @b');
    await list('People').getByRole('option', { name: /boris/ }).click();
    await ana.page.waitForFunction(() => document.querySelector('textarea').value === 'ask @boris ');
    assert.ok(await field.evaluate((node) => node === document.activeElement));
  });

  it('in a message that is edited, and a smiley is none', async () => {
    await type('for later :)');
    await ana.settled();
    assert.equal(await ana.page.getByRole('listbox').count(), 0);
    await press('Enter');
    await bo.article(log, 'for later').waitFor();
    await press('ArrowUp');
    await ana.page.waitForFunction(() => document.querySelector('textarea').value.startsWith('for later'));
    await type(' @bor');
    await list('People').waitFor();
    await press('Enter');
    await press('Enter');
    await bo.article(log, '@boris (edited)').waitFor();
  });

  it('no key is taken from an input method', async () => {
    const cdp = await ana.context.newCDPSession(ana.page);
    await type('@b');
    await list('People').waitFor();
    await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await list('People').waitFor({ state: 'detached' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    await cdp.send('Input.insertText', { text: '日' });
    assert.equal(await field.inputValue(), '@b日');
  });

  it('Tab goes on where nothing is offered, and another place closes the list', async () => {
    await type('@b');
    await list('People').waitFor();
    await press('Home');
    await list('People').waitFor({ state: 'detached' });
    await press('End');
    await ana.settled();
    assert.equal(await ana.page.getByRole('listbox').count(), 0, 'a caret that moves opens nothing');
    await press('Shift+Tab');
    assert.ok(!(await field.evaluate((node) => node === document.activeElement)));
    assert.equal(await marked(), null);
  });

  it('nobody is shut out, in light and dark', async () => {
    await ana.page.evaluate(axe);
    for (const colorScheme of ['light', 'dark']) {
      await ana.page.emulateMedia({ colorScheme });
      for (const [word, name] of [['@', 'People'], [':sm', 'Emoji'], ['/', 'Commands']]) {
        await field.fill('');
        await type(word);
        await list(name).waitFor();
        await ana.picture(`completion-${name.toLowerCase()}-${colorScheme}`);
        const violations = await ana.page.evaluate(async () => (await axe.run(document)).violations.map(({ id, help, nodes }) => ({ id, help, html: nodes[0].html })));
        assert.deepEqual(violations, []);
      }
    }
    await ana.page.emulateMedia({ colorScheme: 'light' });
  });
});
