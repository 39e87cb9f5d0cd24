// From room to room and person to person by key: the quick way, the unread ones, everything read at once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

describe('going somewhere', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana, bo;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { bypassCSP: true });
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    for (const name of ['garden', 'kitchen']) {
      await ana.page.getByRole('button', { name: 'Create room' }).click();
      await ana.page.getByRole('textbox', { name: 'Room name' }).fill(name);
      await ana.page.getByRole('button', { name: 'Create', exact: true }).click();
      await ana.log('Messages in #' + name).waitFor();
      await ana.page.getByRole('dialog').waitFor({ state: 'detached' });
      await bo.say('#general', '/list');
      await bo.page.getByRole('dialog', { name: 'Browse rooms' }).getByRole('button', { name: new RegExp(name) }).click();
      await bo.log('Messages in #' + name).waitFor();
      await bo.room('#general').click();
      await bo.composer('#general').waitFor();
    }
    await ana.room('#general').click();
    await ana.composer('#general').waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const press = (key) => ana.page.keyboard.press(key);
  const dialog = () => ana.page.getByRole('dialog', { name: 'Go to', exact: true });
  const goals = () => dialog().getByRole('option').allTextContents();
  const chosen = (words) => dialog().getByRole('option', { name: words, selected: true }).waitFor();
  const open = async () => {
    await press('Control+K');
    await dialog().waitFor();
    await ana.page.waitForFunction(() => document.activeElement.matches('[role=combobox]'));
  };

  it('to a room by a part of its name, by keys alone, and Back comes back', async () => {
    await ana.composer('#general').focus();
    await open();
    await ana.page.keyboard.type('gdn');
    await chosen('#garden');
    await press('Enter');
    await ana.log('Messages in #garden').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await ana.page.waitForFunction(() => document.activeElement.matches('textarea'));
    await ana.page.goBack();
    await ana.log('Messages in #general').waitFor();
  });

  it('the arrows choose, Tab goes, Esc stays', async () => {
    await open();
    assert.deepEqual(await goals(), ['#garden', '#kitchen', '#general', 'ana @ana', 'bo @bo']);
    await press('ArrowDown');
    await press('Control+n');
    await press('Control+p');
    await chosen('#kitchen');
    await press('Tab');
    await ana.log('Messages in #kitchen').waitFor();
    await open();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await ana.log('Messages in #kitchen').waitFor();
    await open();
    await ana.page.keyboard.type('nowhere');
    await ana.page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 0);
    await press('Enter');
    await ana.settled();
    assert.equal(await dialog().count(), 1, 'there is nowhere to go');
    await press('Escape');
  });

  it('to a person: a chat is made, and found the next time', async () => {
    await open();
    await ana.page.keyboard.type('@bo');
    await chosen('bo @bo');
    await press('Enter');
    await ana.composer('@bo').waitFor();
    await ana.say('@bo', 'here you are');
    await bo.room('@ana').click();
    await bo.article('Messages with @ana', 'here you are').waitFor();
    await ana.room('#general').click();
    await ana.composer('#general').waitFor();
    await open();
    await ana.page.keyboard.type('bo');
    await dialog().getByRole('option', { name: 'bo @bo' }).click();
    await ana.log('Messages with @bo').waitFor();
  });

  it('what is unread comes first; Shift+Esc reads everything, on every device and after a reload', async () => {
    const second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await ana.room('#general').click();
    await ana.composer('#general').waitFor();
    await bo.room('#kitchen').click();
    await bo.say('#kitchen', 'who has the salt?');
    await bo.room('@ana').click();
    await bo.say('@ana', 'do you?');
    await ana.page.getByRole('link', { name: '#kitchen, 1 unread' }).waitFor();
    await ana.page.getByRole('link', { name: '@bo, 1 unread' }).waitFor();
    await open();
    assert.deepEqual((await goals()).slice(0, 3), ['bo @bo, 1 unread', '#kitchen, 1 unread', '#garden']);
    for (const colorScheme of ['light', 'dark']) {
      await ana.page.emulateMedia({ colorScheme });
      await ana.picture(`go-to-${colorScheme}`);
      await ana.page.evaluate(axe);
      assert.deepEqual(await ana.page.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => ({ id, html: nodes[0].html }))), []);
    }
    await ana.page.emulateMedia({ colorScheme: 'light' });
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await ana.page.getByRole('button', { name: 'Mark all read' }).waitFor();
    await press('Shift+Escape');
    for (const person of [ana, second]) {
      await person.page.getByRole('link', { name: '#kitchen', exact: true }).waitFor();
      await person.page.getByRole('link', { name: '@bo', exact: true }).waitFor();
    }
    await ana.page.getByRole('button', { name: 'Mark all read' }).waitFor({ state: 'detached' });
    await ana.page.reload();
    await ana.page.getByRole('link', { name: '#kitchen', exact: true }).waitFor();
    await ana.page.getByRole('link', { name: '@bo', exact: true }).waitFor();
    await second.context.close();
  });

  it('Alt+Shift and the arrows go to the unread ones', async () => {
    await bo.room('#kitchen').click();
    await bo.say('#kitchen', 'found it');
    await ana.page.getByRole('link', { name: '#kitchen, 1 unread' }).waitFor();
    await ana.composer('#general').focus();
    await press('Alt+Shift+ArrowDown');
    await ana.log('Messages in #kitchen').waitFor();
    await bo.room('@ana').click();
    await bo.say('@ana', 'it was with me');
    await ana.page.getByRole('link', { name: '@bo, 1 unread' }).waitFor();
    await press('Alt+Shift+ArrowUp');
    await ana.log('Messages with @bo').waitFor();
  });

  // Its entry in the history was left behind: the first Back went from it to the same place.
  it('a page that is loaded again under a dialog goes back at once', async () => {
    await ana.room('#general').click();
    await ana.composer('#general').waitFor();
    await ana.room('#garden').click();
    await ana.composer('#garden').waitFor();
    await open();
    await ana.page.waitForFunction(() => history.state?.parleyCover);
    const address = ana.page.url();
    await ana.page.reload();
    await ana.composer('#garden').waitFor();
    await ana.page.waitForFunction(() => !history.state?.parleyCover);
    assert.equal(ana.page.url(), address);
    assert.equal(await dialog().count(), 0);
    await ana.page.goBack();
    await ana.log('Messages in #general').waitFor();
    // And a dialog that is open now is closed by Back as ever.
    await open();
    await ana.page.waitForFunction(() => history.state?.parleyCover);
    await ana.page.goBack();
    await dialog().waitFor({ state: 'detached' });
    await ana.log('Messages in #general').waitFor();
  });

  it('by pointer: the button above the rooms; and Ctrl+Shift+K writes to a person', async () => {
    await ana.page.getByRole('button', { name: 'Go to a room or a person' }).click();
    await dialog().waitFor();
    await dialog().getByRole('option', { name: '#garden' }).click();
    await ana.log('Messages in #garden').waitFor();
    await press('Control+Shift+K');
    await ana.page.getByRole('dialog', { name: 'New direct message' }).waitFor();
    await press('Escape');
    await press('Control+/');
    await ana.page.getByRole('dialog', { name: 'Commands and keys' }).waitFor();
    await ana.page.mouse.move(640, 400);
    await ana.page.mouse.wheel(0, 5000);
    await ana.page.getByRole('listitem').filter({ hasText: 'Shift+Esc: Mark everything read' }).waitFor();
    await ana.picture('help-keys-light');
  });
});
