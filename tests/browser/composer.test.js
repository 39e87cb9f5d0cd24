// The composer as a tool: marks by key and by button, the preview of what will be seen, how much fits, and what is kept
// of it in each room.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('the composer', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  const kMost = 16_000;
  let browser, ana, bo, field;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { bypassCSP: true });
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    field = ana.composer('#general');
    await field.waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });
  beforeEach(async () => { await field.fill(''); await field.focus(); });

  const press = (key) => ana.page.keyboard.press(key);
  // The text with what is selected between brackets.
  const shown = () => field.evaluate(({ value, selectionStart, selectionEnd }) => `${value.slice(0, selectionStart)}[${value.slice(selectionStart, selectionEnd)}]${value.slice(selectionEnd)}`);
  const select = (words) => field.evaluate((node, wanted) => { const at = node.value.indexOf(wanted); node.setSelectionRange(at, at + wanted.length); }, words);
  const isShown = (wanted) => ana.page.waitForFunction((text) => document.querySelector('textarea').value === text, wanted);
  const button = (name) => ana.page.getByRole('button', { name, exact: true });
  const preview = () => ana.page.locator('p', { hasText: /^Preview: / });
  const judge = async () => {
    await ana.page.evaluate(axe);
    assert.deepEqual(await ana.page.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => ({ id, html: nodes[0].html }))), []);
  };

  it('marks what is selected by key, takes the marks away again, and undo goes back', async () => {
    await ana.page.keyboard.type('água, hello world 👋🏽 end');
    await select('world 👋🏽');
    await press('Control+B');
    assert.equal(await shown(), 'água, hello **[world 👋🏽]** end');
    await press('Control+B');
    assert.equal(await shown(), 'água, hello [world 👋🏽] end');
    await press('Control+I');
    assert.equal(await shown(), 'água, hello *[world 👋🏽]* end');
    await press('Control+Z');
    assert.equal(await field.inputValue(), 'água, hello world 👋🏽 end');
    await select('hello');
    await press('Control+E');
    assert.equal(await shown(), 'água, `[hello]` world 👋🏽 end');
    await select('end');
    await press('Control+Shift+X');
    assert.equal(await shown(), 'água, `hello` world 👋🏽 ~~[end]~~');
    await press('Enter');
    const body = bo.article(log, 'água').locator('.body');
    await body.waitFor();
    assert.equal(await body.locator('code').textContent(), 'hello');
    assert.equal(await body.locator('del').textContent(), 'end');
  });

  it('without a selection it is the word, or what comes next', async () => {
    await ana.page.keyboard.type('a garden');
    await press('ArrowLeft');
    await press('ArrowLeft');
    await press('Control+B');
    assert.equal(await shown(), 'a **[garden]**');
    await field.fill('so ');
    await press('Control+I');
    await ana.page.keyboard.type('quiet');
    assert.equal(await shown(), 'so *quiet[]*');
  });

  it('makes links', async () => {
    await ana.page.keyboard.type('see the garden');
    await select('garden');
    await press('Control+K');
    await ana.page.keyboard.type('https://example.org/');
    assert.equal(await field.inputValue(), 'see the [garden](https://example.org/)');
    assert.equal(await ana.page.getByRole('dialog').count(), 0);
    await field.fill('https://example.org/');
    await press('Control+A');
    await press('Control+Shift+L');
    assert.equal(await shown(), '[[]](https://example.org/)');
  });

  it('has a button for each, with its keys; the field keeps the focus and the selection', async () => {
    for (const [name, keys, wanted] of [['Bold', 'Control+B', 'so **quiet** here'], ['Italic', 'Control+I', 'so *quiet* here'],
      ['Strike through', 'Control+Shift+X', 'so ~~quiet~~ here'], ['Code', 'Control+E', 'so `quiet` here'], ['Link', 'Control+Shift+L', 'so [quiet]() here']]) {
      await field.fill('so quiet here');
      await select('quiet');
      assert.equal(await button(name).getAttribute('aria-keyshortcuts'), keys);
      assert.equal(await button(name).getAttribute('title'), `${name} (${keys.replace('Control', 'Ctrl')})`);
      await button(name).click();
      await isShown(wanted);
      assert.ok(await field.evaluate((node) => node === document.activeElement));
    }
    await field.fill('by key');
    await select('key');
    await button('Bold').focus();
    await press('Enter');
    await isShown('by **key**');
  });

  it('shows what will be seen, while it is typed', async () => {
    await button('Preview').click();
    await ana.page.getByRole('button', { name: 'Preview', pressed: true }).waitFor();
    assert.equal(await preview().count(), 0, 'nothing is typed');
    await field.focus();
    await ana.page.keyboard.type('**bold** and _so on_ with `code`, @bo :tada: and');
    await press('Shift+Enter');
    await ana.page.keyboard.type('- one');
    await press('Shift+Enter');
    await ana.page.keyboard.type('- two');
    await preview().filter({ hasText: /bold and so on with code, @bo 🎉 and.*one.*two/s }).waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await ana.page.emulateMedia({ colorScheme });
      await ana.picture(`preview-${colorScheme}`);
      await judge();
    }
    await ana.page.emulateMedia({ colorScheme: 'light' });
    await field.fill('/shrug');
    await preview().waitFor({ state: 'detached' });
    await button('Preview').click();
    await field.fill('plain');
    await ana.settled();
    assert.equal(await preview().count(), 0);
  });

  it('says how much fits when little is left, and refuses what is more', async () => {
    await field.fill('x'.repeat(kMost * 0.9));
    await ana.settled();
    assert.equal(await ana.page.getByText(/\d+ left$/).count(), 0);
    await field.fill('x'.repeat(kMost - 7));
    await ana.page.getByText('7 left').waitFor({ state: 'attached' });
    await field.fill('é'.repeat(kMost / 2 + 1));
    await ana.page.getByText('2 too many').waitFor({ state: 'attached' });
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.ok(await button('Send').isDisabled());
    await ana.picture('too-long-light');
    await press('Enter');
    await ana.page.getByRole('alert').filter({ hasText: 'too long for one message' }).waitFor();
    assert.equal((await field.inputValue()).length, kMost / 2 + 1, 'it stays');
    await field.fill('é'.repeat(kMost / 2));
    await press('Enter');
    await bo.article(log, 'ééé').waitFor();
    assert.equal(await field.inputValue(), '');
  });

  it('keeps the words of an edit, and the draft behind them, while she looks into another room', async () => {
    await ana.say('#general', 'the first words');
    await bo.article(log, 'the first words').waitFor();
    await ana.say('#general', '/msg @bo hello');
    await ana.article('Messages with @bo', 'hello').waitFor();
    await ana.room('#general').click();
    await field.waitFor();
    await field.focus();
    await press('ArrowUp');
    await isShown('the first words');
    await ana.page.keyboard.type(' and more');
    await ana.room('@bo').click();
    await ana.composer('@bo').waitFor();
    assert.equal(await ana.composer('@bo').inputValue(), '');
    await ana.room('#general').click();
    await field.waitFor();
    assert.equal(await field.inputValue(), 'the first words and more');
    await ana.page.getByRole('status').filter({ hasText: 'Editing your message' }).waitFor();
    await press('Enter');
    await bo.article(log, 'the first words and more (edited)').waitFor();
  });

  // Found by reading: the selection of a longer draft was used in a shorter one.
  it('marks what is in the room of now, however long the text of another was', async () => {
    await field.fill('a long text in a room of its own');
    await field.press('Control+A');
    await ana.room('@bo').click();
    await ana.composer('@bo').waitFor();
    await button('Bold').click();
    await isShown('****');
    await ana.page.keyboard.type('x');
    assert.equal(await ana.composer('@bo').inputValue(), '**x**');
    await ana.composer('@bo').fill('');
    await ana.room('#general').click();
    await field.waitFor();
    await button('Emoji').click();
    await ana.page.getByRole('combobox', { name: 'Search emoji' }).fill('rocket');
    await ana.page.getByRole('option', { name: 'rocket', selected: true }).waitFor();
    await press('Enter');
    await isShown('a long text in a room of its own🚀');
  });

  it('Shift and the arrow in an empty field answers the latest message', async () => {
    await bo.say('#general', 'a question');
    await ana.article(log, 'a question').waitFor();
    await press('Shift+ArrowUp');
    await ana.page.getByRole('status').filter({ hasText: 'Answering bo: a question' }).waitFor();
    await ana.page.keyboard.type('an answer');
    await press('Shift+ArrowUp');
    await press('End');
    await press('Enter');
    await bo.article(log, 'an answer').getByRole('button', { name: 'In answer to bo: a question' }).waitFor();
  });

  // Found by reviewing: what was typed in the last half second was lost with the page.
  it('the last letter before a reload is there after it', async () => {
    for (const words of ['typed', 'typed and', 'typed and left']) {
      await field.fill(words);
      await Promise.all([ana.page.waitForEvent('load'), ana.page.evaluate(() => { document.execCommand('insertText', false, '!'); location.reload(); })]);
      await isShown(words + '!');
    }
    await field.fill('');
  });

  it('an edit under way outlives a reload, and so does the draft behind it', async () => {
    await ana.say('#general', 'words to change');
    await bo.article(log, 'words to change').waitFor();
    await field.fill('a draft behind');
    await ana.page.mouse.move(5, 5);
    await ana.useTool(ana.article(log, 'words to change').last(), 'Edit');
    await isShown('words to change');
    await field.press('End');
    await ana.page.keyboard.type(', changed');
    await ana.page.reload();
    await isShown('words to change, changed');
    await ana.page.getByRole('status').filter({ hasText: 'Editing your message' }).waitFor();
    await field.press('Enter');
    await bo.article(log, 'words to change, changed (edited)').waitFor();
    await isShown('a draft behind');
    await ana.page.reload();
    await isShown('a draft behind');
    assert.equal(await ana.page.getByRole('status').filter({ hasText: 'Editing your message' }).count(), 0);
  });

  it('an answer under way outlives a reload', async () => {
    await bo.say('#general', 'is it kept?');
    await ana.article(log, 'is it kept?').waitFor();
    await press('Shift+ArrowUp');
    await ana.page.getByRole('status').filter({ hasText: 'Answering bo: is it kept?' }).waitFor();
    await ana.page.reload();
    await ana.page.getByRole('status').filter({ hasText: 'Answering bo: is it kept?' }).waitFor();
    await field.fill('it is');
    await field.press('Enter');
    await bo.article(log, 'it is').last().getByRole('button', { name: 'In answer to bo: is it kept?' }).waitFor();
    await ana.page.reload();
    await field.waitFor();
    await ana.article(log, 'it is').last().waitFor();
    assert.equal(await ana.page.getByRole('status').filter({ hasText: 'Answering' }).count(), 0);
  });

  it('who wants a preview has it after a reload too', async () => {
    const pressed = (wanted) => ana.page.getByRole('button', { name: 'Preview', exact: true, pressed: wanted }).waitFor();
    await button('Preview').click();
    await pressed(true);
    await ana.page.reload();
    await field.fill('**seen** at once');
    await preview().filter({ hasText: 'Preview: seen at once' }).waitFor();
    await button('Preview').click();
    await pressed(false);
    await ana.page.reload();
    await field.waitFor();
    await pressed(false);
    await field.fill('**not** seen');
    await ana.settled();
    assert.equal(await preview().count(), 0);
  });

  it('on a phone its buttons are behind one', async () => {
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await button('Bold').waitFor({ state: 'detached' });
    await button('Formatting').click();
    await button('Bold').waitFor();
    await ana.picture('composer-phone-light');
    await judge();
    const box = await button('Link').boundingBox();
    assert.ok(box.x + box.width <= 390 && box.width >= 24 && box.height >= 24, JSON.stringify(box));
    await button('Formatting').click();
    await button('Bold').waitFor({ state: 'detached' });
    await ana.page.setViewportSize({ width: 1280, height: 800 });
  });
});
