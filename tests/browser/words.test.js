// Words that were typed wait, come back or are sent, whatever becomes of the line, the session and the other tabs.
// Each of these was found by reading: they were lost, or stood there twice.
import { after, before, describe, it } from 'node:test';
import { until } from './kept.js';
import { ParleyServer } from './parley_server.js';
import { launch } from './people.js';
import { newcomerOnWire } from './wire.js';

describe('words', () => {
  const server = new ParleyServer('--profile', 'bench');
  const general = 'Messages in #general';
  let browser, bo, cy;

  before(async () => {
    await server.start();
    browser = await launch();
    bo = await newcomer('bo');
    cy = await newcomer('cy');
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });
  const newcomer = (name) => newcomerOnWire(browser, server.url, name);
  const offline = async (person) => {
    await person.wire.block();
    await person.status('Reconnecting…').waitFor();
  };
  const knows = (person, name) => person.page.getByText(name, { exact: true }).first().waitFor({ state: 'attached' });
  const holds = async (person, mark, words) => {
    const field = person.composer(mark);
    await field.waitFor();
    await until(() => field.inputValue(), words);
  };
  const drafts = (person) => person.page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open('parley');
    request.onsuccess = () => {
      const all = request.result.transaction('drafts').objectStore('drafts').getAll();
      all.onsuccess = () => { request.result.close(); resolve(all.result); };
    };
  }));
  const untilDrafts = (person, wanted) => until(async () => (await drafts(person)).join(), wanted.join());
  const receives = async (person, from, words) => {
    await person.room(from).click();
    await person.article('Messages with ' + from, words).waitFor();
  };

  it('of two /msg without a line the first was lost', async () => {
    const dan = await newcomer('dan');
    await knows(dan, 'bo');
    await knows(dan, 'cy');
    await offline(dan);
    await dan.say('#general', '/msg @bo the first of two');
    await dan.say('#general', '/msg @cy the second of two');
    dan.wire.free();
    await receives(bo, '@dan', 'the first of two');
    await receives(cy, '@dan', 'the second of two');
    await dan.context.close();
  });

  it('what /msg was to say was lost where something was typed after it, and the page loaded again', async () => {
    const kim = await newcomer('kim');
    await knows(kim, 'bo');
    await offline(kim);
    await kim.say('#general', '/msg @bo held until then');
    await kim.composer('#general').pressSequentially('and more');
    await untilDrafts(kim, ['and more\n/msg @bo held until then']);
    await kim.page.reload();
    await holds(kim, '#general', 'and more\n/msg @bo held until then');
    await kim.context.close();
  });

  it('what was sent while /msg waited stood in the field again after a reload', async () => {
    const lou = await newcomer('lou');
    await knows(lou, 'bo');
    await offline(lou);
    await lou.say('#general', '/msg @bo still waiting');
    await lou.say('#general', 'sent meanwhile');
    await lou.article(general, 'sent meanwhile').waitFor();
    await lou.page.reload();
    await lou.article(general, 'sent meanwhile').waitFor();
    await holds(lou, '#general', '/msg @bo still waiting');
    await lou.context.close();
  });

  it('/msg without a line and then /nick: the words were neither sent nor given back', async () => {
    const eva = await newcomer('eva');
    await knows(eva, 'bo');
    await offline(eva);
    await eva.say('#general', '/msg @bo before the new name');
    await eva.say('#general', '/nick Evita');
    eva.wire.free();
    await receives(bo, '@eva', 'before the new name');
    await eva.context.close();
  });

  it('a session that ended took along what waited to be said, and what was being written', async () => {
    const fin = await newcomer('fin');
    const elsewhere = Object.assign(Object.create(fin), { page: await fin.context.newPage() });
    await elsewhere.page.goto(server.url);
    await elsewhere.status('Connected').waitFor();
    await knows(fin, 'bo');
    await offline(fin);
    await fin.say('#general', '/msg @bo across two sessions');
    await fin.composer('#general').fill('half a thought');
    await elsewhere.page.getByRole('button', { name: 'Settings' }).click();
    await elsewhere.page.getByRole('button', { name: 'Sign out' }).click();
    await elsewhere.page.getByRole('button', { name: 'Sign in' }).waitFor();
    fin.wire.free();
    await fin.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await fin.signIn();
    await receives(bo, '@fin', 'across two sessions');
    await fin.room('#general').click();
    await holds(fin, '#general', 'half a thought');
    await fin.context.close();
  });

  it('a command that was done stood in the field again after a reload', async () => {
    const gil = await newcomer('gil');
    await gil.say('#general', '/nick Gil the second');
    await gil.page.getByText('Gil the second').first().waitFor({ state: 'attached' });
    await untilDrafts(gil, []);
    await gil.page.reload();
    await gil.status('Connected').waitFor();
    await holds(gil, '#general', '');
    await gil.context.close();
  });

  it('what one tab sent took the draft of another away', async () => {
    const hal = await newcomer('hal');
    const other = Object.assign(Object.create(hal), { page: await hal.context.newPage() });
    await other.page.goto(server.url);
    await other.status('Connected').waitFor();
    await hal.composer('#general').fill('not finished yet');
    await untilDrafts(hal, ['not finished yet']);
    await other.say('#general', 'sent by the other tab');
    await other.said(general, 'sent by the other tab');
    await bo.room('#general').click();
    await bo.article(general, 'sent by the other tab').waitFor();
    await untilDrafts(hal, ['not finished yet']);
    await other.composer('#general').pressSequentially('written over it');
    await untilDrafts(hal, ['written over it']);
    await other.composer('#general').press('Enter');
    await untilDrafts(hal, []);
    await hal.page.reload();
    await holds(hal, '#general', 'not finished yet');
    await hal.context.close();
  });

  it('an edit that was refused vanished with its words', async () => {
    const ira = await newcomer('ira');
    const other = Object.assign(Object.create(ira), { page: await ira.context.newPage() });
    await other.page.goto(server.url);
    await other.status('Connected').waitFor();
    await ira.say('#general', 'to be made better');
    await other.article(general, 'to be made better').waitFor();
    await ira.said(general, 'to be made better');
    await ira.page.evaluate(() => {
      globalThis.announced = '';
      const announcer = document.getElementById('announcer');
      announcer.ariaNotify = (words) => { globalThis.announced += words + '\n'; };
    });
    await offline(ira);
    await ira.composer('#general').press('ArrowUp');
    await holds(ira, '#general', 'to be made better');
    await ira.say('#general', 'made better with care');
    const article = other.article(general, 'to be made better').first();
    await other.useTool(article, 'Delete');
    await article.getByRole('button', { name: 'Delete it for everybody', exact: true }).click();
    await bo.room('#general').click();
    await bo.article(general, 'to be made better').waitFor({ state: 'detached' });
    ira.wire.free();
    const failed = ira.article(general, 'made better with care').filter({ hasText: 'Not edited' });
    await failed.getByRole('button', { name: 'Retry' }).waitFor();
    await ira.page.waitForFunction(() => globalThis.announced.includes('Your edit was not made: made better with care'));
    await ira.page.bringToFront();
    await ira.picture('edit-refused-light');
    await other.page.close();  // or it takes what the reload leaves for a moment
    await ira.page.reload();
    await ira.status('Connected').waitFor();
    await failed.getByRole('button', { name: 'Delete', exact: true }).click();
    await failed.waitFor({ state: 'detached' });
    await ira.context.close();
  });

  it('a pin that was refused was forgotten without a word', async () => {
    const uma = await newcomer('uma');
    await bo.say('#general', 'soon to be gone');
    const article = uma.article(general, 'soon to be gone').first();
    await article.waitFor();
    await offline(uma);
    await uma.useTool(article, 'Pin');
    const own = bo.article(general, 'soon to be gone').first();
    await bo.useTool(own, 'Delete');
    await own.getByRole('button', { name: 'Delete it for everybody', exact: true }).click();
    await own.waitFor({ state: 'detached' });
    uma.wire.free();
    await uma.page.getByText('That was not done. ').first().waitFor();
    await uma.context.close();
  });
});
