// The picker of emoji: searched and gone through by key, by pointer, for the text and for a message.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { Wire } from './wire.js';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('the picker of emoji', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, bo, fan, field;

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
    fan?.end();
    await browser?.close();
    await server.remove();
  });

  const press = (key) => ana.page.keyboard.press(key);
  const dialog = () => ana.page.getByRole('dialog', { name: 'Emoji', exact: true });
  const option = (name) => dialog().getByRole('option', { name, exact: true });
  const chosen = (name) => dialog().getByRole('option', { name, exact: true, selected: true }).waitFor();
  const holds = (wanted) => ana.page.waitForFunction((text) => document.querySelector('textarea').value === text, wanted);
  const atField = () => ana.page.waitForFunction(() => document.activeElement.matches('[role=combobox]'));
  const open = async () => {
    await ana.page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await dialog().waitFor();
    await atField();
  };

  it('is searched by name and word; Enter puts it where the caret is, and undo takes it back', async () => {
    await field.fill('so good, really');
    await field.evaluate((node) => node.setSelectionRange(8, 8));
    await open();
    await ana.page.keyboard.type('tada');
    await chosen('tada');
    await press('Enter');
    await holds('so good,🎉 really');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await field.evaluate(({ selectionStart, selectionEnd }) => `${selectionStart} ${selectionEnd}`), '10 10', 'the caret is behind it');
    await press('Control+Z');
    await holds('so good, really');
    await field.fill('');
  });

  it('nothing that is called so, and Esc, leave the text as it is', async () => {
    await field.fill('as it is');
    await open();
    await ana.page.keyboard.type('qqqq');
    await ana.page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 0);
    await press('Enter');
    await ana.settled();
    assert.equal(await dialog().count(), 1);
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), 'as it is');
    await field.fill('');
  });

  it('the arrows go through the grid, only what is in view is in the mirror, and what was used comes first', async () => {
    await open();
    await chosen('tada');  // used before
    await press('ArrowDown');
    await chosen('grinning');
    await press('ArrowRight');
    await press('ArrowRight');
    await press('ArrowDown');
    await press('ArrowUp');
    await press('ArrowLeft');
    await chosen('smiley');
    const { semanticNodes } = await ana.stats();
    assert.ok(semanticNodes <= 150, `${semanticNodes} nodes`);
    assert.ok((await dialog().getByRole('option').count()) < 80);
    await press('Enter');
    await holds('😃');
    await field.fill('');
    await ana.page.reload();
    await field.waitFor();
    await open();
    await chosen('smiley');
    await press('ArrowRight');
    await chosen('tada');
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('a heading leads to its emoji, a skin tone is kept, and a click takes', async () => {
    await open();
    await dialog().getByRole('button', { name: 'Medium skin tone', exact: true }).click();
    await dialog().getByRole('button', { name: 'Medium skin tone', exact: true, pressed: true }).waitFor();
    await dialog().getByRole('button', { name: 'People & Body', exact: true }).click();
    await option('wave').click();
    await holds('👋🏽');
    await press('Enter');
    await bo.article(log, '👋🏽').waitFor();
    await ana.page.reload();
    await field.waitFor();
    await open();
    await dialog().getByRole('button', { name: 'Medium skin tone', exact: true, pressed: true }).waitFor();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('reacts to a message, and everybody sees it', async () => {
    await bo.say('#general', 'who is for cake?');
    const article = ana.article(log, 'who is for cake?').first();
    await article.waitFor();
    await ana.useTool(article, 'React with another emoji');
    await dialog().waitFor();
    await atField();
    await ana.page.keyboard.type('cake');
    await chosen('cake');
    await press('Enter');
    await bo.page.getByRole('button', { name: '🍰 by ana' }).or(bo.page.getByRole('button', { name: '🎂 by ana' })).waitFor();
    assert.equal(await field.inputValue(), '', 'and the text is as it was');
    await bo.page.reload();
    await bo.page.getByRole('button', { name: /^(🍰|🎂) by ana$/ }).waitFor();
    await bo.article(log, 'who is for cake?').getByRole('button', { name: 'Add a reaction' }).click();
    await bo.page.getByRole('combobox', { name: 'Search emoji' }).fill('rocket');
    await bo.page.getByRole('option', { name: 'rocket', selected: true }).waitFor();
    await bo.page.keyboard.press('Enter');
    await ana.page.getByRole('button', { name: '🚀 by bo' }).waitFor();
    await field.focus();
    await press('Control+Shift+\\');
    await dialog().waitFor();
    await atField();
    await ana.page.keyboard.type('eyes');
    await chosen('eyes');
    await press('Enter');
    await bo.page.getByRole('button', { name: '👀 by ana' }).waitFor();
  });

  it('one kind too many is refused; what is taken shows on every device and after a reload', async () => {
    const second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await bo.say('#general', 'loved by all');
    const on = (person) => person.article(log, 'loved by all');
    await on(ana).waitFor();
    await ana.page.waitForFunction(() => [...document.querySelectorAll('article')].some((node) => node.textContent.includes('loved by all') && node.ariaPosInSet));
    fan = new Listener(server.url, 'fan');
    await fan.ready();
    const kinds = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓'];
    const number = Number(await on(ana).getAttribute('aria-posinset'));
    for (const emoji of kinds) fan.process.stdin.write(JSON.stringify({ do: 'react', room: 'general', n: number, emoji }) + '\n');
    const chips = (person) => on(person).getByRole('button', { name: / by / });
    for (const person of [ana, second]) await chips(person).nth(kinds.length - 1).waitFor();
    const react = async (word) => {
      await on(ana).getByRole('button', { name: 'Add a reaction', exact: true }).click();
      await dialog().waitFor();
      await atField();
      await ana.page.keyboard.type(word);
      await chosen(word);
      await press('Enter');
    };
    await react('rocket');
    await ana.page.getByRole('alert').filter({ hasText: 'This message has as many reactions as one may have' }).waitFor();
    await ana.picture('reaction-refused-light');
    assert.equal(await on(ana).getByRole('button', { name: /^🚀/ }).count(), 0);
    await react('grinning');
    const taken = (person) => on(person).getByRole('button', { name: /^😀 by .*you/, pressed: true });
    for (const person of [ana, second]) await taken(person).waitFor();
    await second.page.reload();
    await taken(second).waitFor();
    assert.equal(await chips(second).count(), kinds.length);
    await second.context.close();
  });

  it('a reaction is to the message that it was chosen for, whatever room opens meanwhile', async () => {
    await bo.page.getByRole('button', { name: 'Create room' }).click();
    await bo.page.getByRole('textbox', { name: 'Room name' }).fill('other');
    await bo.page.getByRole('button', { name: 'Create', exact: true }).click();
    await bo.say('#other', 'the first one here');
    const second = await Person.at(browser, server.url, 'ana');
    const wire = await Wire.of(second.context);
    await second.page.reload();
    await second.signIn();
    await second.say('#general', '/list');
    await second.page.getByRole('button', { name: 'Join #other' }).waitFor();
    await second.page.keyboard.press('Escape');
    const first = second.article(log, '👋🏽').first();
    await second.pointAt(first);
    wire.hold();
    await second.say('#general', '/join #other');
    await second.useTool(first, 'React with another emoji');
    const picker = second.page.getByRole('dialog', { name: 'Emoji', exact: true });
    await picker.waitFor();
    wire.letGo();
    await second.page.waitForURL(/other/);
    await picker.getByRole('combobox').fill('skull');
    await picker.getByRole('option', { name: 'skull', exact: true, selected: true }).waitFor();
    await second.page.keyboard.press('Enter');
    await ana.article(log, '👋🏽').first().getByRole('button', { name: '💀 by you' }).waitFor();
    await second.article('Messages in #other', 'the first one here').waitFor();
    assert.equal(await second.page.getByRole('button', { name: /^💀/ }).count(), 0);
    await second.context.close();
  });

  it('nobody is shut out, in light and dark, and on a phone', async () => {
    for (const [size, colorScheme] of [[{ width: 1280, height: 800 }, 'light'], [{ width: 1280, height: 800 }, 'dark'], [{ width: 390, height: 844 }, 'light']]) {
      await ana.page.setViewportSize(size);
      await ana.page.emulateMedia({ colorScheme });
      await open();
      await ana.picture(`emoji-${size.width}-${colorScheme}`);
      await ana.page.evaluate(axe);
      assert.deepEqual(await ana.page.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => ({ id, html: nodes[0].html }))), []);
      await press('Escape');
      await dialog().waitFor({ state: 'detached' });
    }
    await ana.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('who signs out leaves nothing of it behind', async () => {
    assert.ok(await ana.page.evaluate(() => localStorage.getItem('parley.emoji')));
    await ana.page.getByRole('button', { name: 'Settings' }).click();
    await ana.page.getByRole('button', { name: 'Sign out' }).click();
    await ana.page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(await ana.page.evaluate(() => localStorage.getItem('parley.emoji')), null);
  });
});
