// The entrance: there before the program, and honest where the program cannot run.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('the entrance', () => {
  const server = new ParleyServer();
  let browser;

  before(async () => {
    await server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  it('what is entered before the program has arrived is used when it has', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
    await page.goto(server.url, { waitUntil: 'commit' });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('early');
    await page.getByLabel('Password').fill('correct horse early');
    await page.getByRole('button', { name: 'Create account' }).click();
    assert.equal(await page.getByLabel('Password').getAttribute('autocomplete'), 'new-password');
    release();
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await context.close();
  });

  it('an empty form, a name that is taken and a short password are refused in words', async () => {
    const someone = await Person.at(browser, server.url, 'early');
    const { page } = someone;
    const alert = (words) => page.getByRole('alert').filter({ hasText: words }).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await alert('Enter your name');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('early');
    await page.getByLabel('Password').fill('another password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await alert(/name/i);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('later');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    await alert(/password/i);
    await someone.context.close();
  });

  it('without WebGL the page says so', async () => {
    const plain = await launch(['--disable-3d-apis']);
    try {
      const page = await plain.newPage();
      await page.goto(server.url);
      await page.getByRole('alert').filter({ hasText: 'WebGL 2' }).waitFor();
    } finally {
      await plain.close();
    }
  });

  it('without WebAssembly the page says so', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => { delete globalThis.WebAssembly; });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('alert').filter({ hasText: 'WebAssembly' }).waitFor();
    await context.close();
  });

  it('a deep link opens its room, also after signing in', async () => {
    const someone = await Person.at(browser, server.url, 'link');
    await someone.register();
    const address = someone.page.url();
    assert.match(address, /\/r\/\d+\/general$/);
    const other = await Person.at(browser, address.replace('general', 'oldname'), 'early');
    await other.signIn();
    await other.log('Messages in #general').waitFor();
    assert.equal(other.page.url(), address);
    await someone.context.close();
    await other.context.close();
  });

  // The page asked again for the chat in every turn until the stack was full.
  it('the address of a person opens a chat with her where there was none, with rooms known from before or not', async () => {
    const dora = await Person.at(browser, server.url, 'dora');
    await dora.register();
    const emil = await Person.at(browser, server.url + '/d/dora', 'emil');
    await emil.register();
    await emil.composer('@dora').waitFor();
    assert.match(emil.page.url(), /\/d\/dora$/);
    await dora.page.goto('about:blank');  // leaves the view with its rooms and people behind
    await dora.page.goto(server.url + '/d/early');
    await dora.composer('@early').waitFor();
    await dora.say('@early', 'by your address');
    await dora.article('Messages with @early', 'by your address').waitFor();
    await dora.room('#general').click();
    await dora.log('Messages in #general').waitFor();
    assert.deepEqual([...dora.console, ...emil.console].filter((line) => line.startsWith('page error')), []);
    await dora.context.close();
    await emil.context.close();
  });

  it('the address of a chat waits for the line, and the chat opens when it is back', async () => {
    const fred = await Person.at(browser, server.url, 'fred');
    await fred.register();
    await fred.composer('#general').waitFor();
    await fred.page.goto('about:blank');
    await server.stop('SIGKILL');
    await server.start();
    await fred.page.goto(server.url + '/d/early');
    await fred.composer('@early').waitFor();
    assert.deepEqual(fred.console.filter((line) => line.startsWith('page error')), []);
    await fred.context.close();
  });

  it('the printed link makes the owner where nobody else may register, once', async () => {
    const closed = new ParleyServer('--registration', 'closed');
    try {
      await closed.start();
      const link = /http:\S+#invite=\S+/.exec(closed.log.join('\n'))[0];
      const owner = await Person.at(browser, link, 'olga');
      await owner.register();
      await owner.composer('#general').waitFor();
      assert.doesNotMatch(owner.page.url(), /invite/, 'the code stays out of the address once it is used');
      const second = await Person.at(browser, link, 'otto');
      await second.page.getByRole('textbox', { name: 'Name', exact: true }).fill('otto');
      await second.page.getByLabel('Password').fill('correct horse otto');
      await second.page.getByRole('button', { name: 'Create account' }).click();
      await second.page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
      await owner.context.close();
      await second.context.close();
      await closed.stop();
      closed.log.length = 0;
      await closed.start();
      assert.doesNotMatch(closed.log.join('\n'), /#invite=/, 'there is an owner');
    } finally {
      await closed.remove();
    }
  });
});
