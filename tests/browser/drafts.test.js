// What was typed and is not sent, or not on disk yet: it outlives the page, on this device and for its writer alone.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { kept, until } from './kept.js';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch } from './people.js';
import { newcomerOnWire } from './wire.js';

const general = 'Messages in #general';

describe('what was typed', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, reader;

  before(async () => {
    await server.start();
    browser = await launch();
    reader = new Listener(server.url, 'reader');
    await reader.ready();
  });
  after(async () => {
    reader?.end();
    await browser?.close();
    await server.remove();
  });

  const newcomer = (name) => newcomerOnWire(browser, server.url, name);

  it('a draft survives a reload, and is gone once it is sent', async () => {
    const emma = await newcomer('emma');
    await emma.composer('#general').fill('half a thought');
    await until(() => kept(emma, 'drafts'), 1);
    await emma.page.reload();
    await until(() => emma.composer('#general').inputValue(), 'half a thought');
    await emma.composer('#general').press('Enter');
    await reader.heard('half a thought');
    await until(() => kept(emma, 'drafts'), 0);
    await emma.page.reload();
    // Its record may have outlived the page: then it is sent again, and stands there twice until that is answered.
    await emma.article(general, 'half a thought').first().waitFor();
    await until(() => kept(emma, 'operations'), 0);
    await until(() => emma.article(general, 'half a thought').count(), 1);
    await until(() => emma.composer('#general').inputValue(), '');
    assert.deepEqual(reader.withWord('half'), ['half a thought']);
    await emma.context.close();
  });

  // A page that is told what the storage holds when the test says so.
  const readsLate = async (person) => {
    const page = await person.context.newPage();
    await page.addInitScript(() => {
      const getAllKeys = IDBObjectStore.prototype.getAllKeys;
      IDBObjectStore.prototype.getAllKeys = function (...what) {
        const request = getAllKeys.apply(this, what);
        const late = { get result() { return request.result; } };
        request.onsuccess = (event) => { globalThis.tellDrafts = () => late.onsuccess(event); };
        return late;
      };
    });
    await page.goto(server.url);
    return page;
  };
  // Drafts were shown only where they were read within the time that the page waits, and the next one took their place.
  it('drafts that are read late stand above what was written meanwhile', async () => {
    const lena = await newcomer('lena');
    await lena.say('#general', 'to be answered late');
    await lena.said(general, 'to be answered late');
    await lena.useTool(lena.article(general, 'to be answered late').last(), 'Answer');
    await lena.status('Answering lena: to be answered late').waitFor();
    await lena.composer('#general').fill('from before');
    await until(() => kept(lena, 'drafts'), 1);
    await lena.page.close();
    const slow = Object.create(lena);
    slow.page = await readsLate(lena);
    const field = slow.composer('#general');
    await field.fill('written meanwhile');
    assert.equal(await slow.status('Answering').count(), 0);
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'from before\nwritten meanwhile');
    await slow.status('Answering lena: to be answered late').waitFor();
    await slow.page.reload();
    await slow.page.waitForFunction(() => globalThis.tellDrafts);
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'from before\nwritten meanwhile');
    await slow.status('Answering lena: to be answered late').waitFor();
    await lena.context.close();
  });

  it('an edit that is read late has what was written meanwhile behind it', async () => {
    const rosa = await newcomer('rosa');
    await rosa.say('#general', 'to be edited');
    await rosa.said(general, 'to be edited');
    await rosa.useTool(rosa.article(general, 'to be edited').last(), 'Edit');
    await until(() => rosa.composer('#general').inputValue(), 'to be edited');
    await rosa.composer('#general').fill('edited by half');
    await until(() => kept(rosa, 'drafts'), 1);
    await rosa.page.close();
    const slow = Object.create(rosa);
    slow.page = await readsLate(rosa);
    const field = slow.composer('#general');
    await field.fill('meanwhile');
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'edited by half');
    await slow.page.reload();
    await slow.page.waitForFunction(() => globalThis.tellDrafts);
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'edited by half');
    await slow.status('Editing your message').waitFor();
    await field.press('Escape');
    await until(() => field.inputValue(), 'meanwhile');
    await rosa.context.close();
  });

  // From now on until she loads the page again what asks this of the storage does not come to its end.
  const stayAsking = (person, type, method) => person.page.evaluate(([name, which]) => {
    const ask = globalThis[name].prototype[which];
    globalThis.asks = false;
    globalThis[name].prototype[which] = function (...what) {
      const store = this.objectStore || this;
      const again = () => { store.count().onsuccess = again; globalThis.asks = true; };
      again();
      return ask.apply(this, what);
    };
  }, [type, method]);
  const endsBeforeTheDisk = async (person, act) => {
    await stayAsking(person, 'IDBIndex', 'getKey');
    await act();
    await person.page.waitForFunction(() => globalThis.asks);
    await person.page.reload();
  };

  // A change that asked the storage something took along, with its page, what waited behind it.
  it('what is typed while the storage is asked something outlives the page', async () => {
    const mila = await newcomer('mila');
    const field = mila.composer('#general');
    await field.fill('taken back');
    await until(() => kept(mila, 'drafts'), 1);
    await stayAsking(mila, 'IDBObjectStore', 'get');
    await field.fill('');
    await mila.page.waitForFunction(() => globalThis.asks);
    await field.fill('the last words');
    await mila.page.reload();
    await until(() => field.inputValue(), 'the last words');
    await mila.context.close();
  });

  it('what is sent and not on disk yet is in the field again after a reload, as what it was', async () => {
    const nell = await newcomer('nell');
    const field = nell.composer('#general');
    await nell.say('#general', 'said by nell');
    await nell.said(general, 'said by nell');
    await nell.wire.block();
    await endsBeforeTheDisk(nell, async () => { for (const words of ['not on disk', 'nor this', 'nor the third']) await nell.say('#general', words); await field.fill('and begun'); });
    await until(() => field.inputValue(), 'not on disk\nnor this\nnor the third\nand begun');
    await field.fill('');
    await until(() => kept(nell, 'drafts'), 0);
    await field.fill('half of');  // is on disk before the rest of it is typed
    await until(() => kept(nell, 'drafts'), 1);
    await endsBeforeTheDisk(nell, () => nell.say('#general', 'half of it'));
    await until(() => field.inputValue(), 'half of it');
    await field.fill('');
    await until(() => kept(nell, 'drafts'), 0);
    await nell.useTool(nell.article(general, 'said by nell').last(), 'Answer');
    await endsBeforeTheDisk(nell, () => nell.say('#general', 'an answer'));
    await until(() => field.inputValue(), 'an answer');
    await nell.status('Answering nell: said by nell').waitFor();
    await field.fill('');
    await field.press('Escape');
    await until(() => kept(nell, 'drafts'), 0);
    await nell.useTool(nell.article(general, 'said by nell').last(), 'Edit');
    await until(() => field.inputValue(), 'said by nell');
    await endsBeforeTheDisk(nell, () => nell.say('#general', 'said better by nell'));
    await until(() => field.inputValue(), 'said better by nell');
    await nell.status('Editing your message').waitFor();
    nell.wire.free();
    await nell.status('Connected').waitFor();
    await field.press('Enter');
    await nell.article(general, 'said better by nell (edited)').waitFor();
    await until(() => kept(nell, 'operations'), 0);
    await until(() => kept(nell, 'drafts'), 0);
    await nell.page.reload();
    await nell.article(general, 'said better by nell (edited)').waitFor();
    await nell.settled();
    assert.equal(await field.inputValue(), '');
    assert.deepEqual((await nell.bodies(general)).filter((body) => /not on disk|nor |half of|an answer/.test(body)), []);
    await nell.context.close();
  });

  it('what was typed and taken back before the drafts were read takes none of them away', async () => {
    const odil = await newcomer('odil');
    await odil.composer('#general').fill('to be found');
    await until(() => kept(odil, 'drafts'), 1);
    await odil.page.close();
    const slow = Object.create(odil);
    slow.page = await readsLate(odil);
    const field = slow.composer('#general');
    await field.fill('x');
    await field.fill('');
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'to be found');
    await field.press('End');
    await field.pressSequentially('!');
    await slow.page.reload();
    await field.waitFor();
    await field.fill('x');
    await slow.page.reload();  // before they were read
    await slow.page.waitForFunction(() => globalThis.tellDrafts);
    await slow.page.evaluate(() => globalThis.tellDrafts());
    await until(() => field.inputValue(), 'x\nto be found!');
    await odil.context.close();
  });

  it('signing out leaves nothing of her on the device', async () => {
    const gina = await newcomer('gina');
    await gina.say('#general', 'only for the room');
    await gina.article(general, 'only for the room').waitFor();
    await gina.composer('#general').fill('a secret draft');
    await until(() => kept(gina, 'drafts'), 1);
    await until(() => kept(gina, 'view'), 1);
    await gina.page.getByRole('button', { name: 'Settings' }).click();
    await gina.page.getByRole('button', { name: 'Sign out' }).click();
    await gina.page.getByRole('button', { name: 'Sign in' }).waitFor();
    for (const store of ['operations', 'view', 'drafts']) await until(() => kept(gina, store), 0);
    await gina.page.reload();
    gina.name = 'hugo';
    await gina.register();
    await gina.log(general).waitFor();
    assert.equal(await gina.composer('#general').inputValue(), '');
    await gina.context.close();
  });

  it('signing out leaves nothing either where the page ends at once; who signs in after it has her own kept', async () => {
    const pam = await newcomer('pam');
    await pam.composer('#general').fill('a secret draft');
    await until(() => kept(pam, 'drafts'), 1);
    await until(() => kept(pam, 'view'), 1);
    await stayAsking(pam, 'IDBIndex', 'getKey');
    await pam.say('#general', 'on its way to the disk');
    await pam.page.waitForFunction(() => globalThis.asks);
    await pam.page.getByRole('button', { name: 'Settings' }).click();
    await pam.page.getByRole('button', { name: 'Sign out' }).click();
    await pam.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await pam.page.reload();
    await pam.page.getByRole('button', { name: 'Sign in' }).waitFor();
    for (const store of ['operations', 'view', 'drafts']) await until(() => kept(pam, store), 0);
    const quin = Object.assign(Object.create(pam), { name: 'quin' });
    await quin.register();
    await quin.page.getByRole('button', { name: 'Settings' }).click();
    await quin.page.getByRole('button', { name: 'Sign out' }).click();
    await quin.page.getByRole('button', { name: 'Sign in' }).waitFor();
    quin.name = 'rhea';
    await quin.register();
    await quin.composer('#general').fill('kept as ever');
    await until(() => kept(quin, 'drafts'), 1);
    await quin.say('#general', 'sent as ever');
    await quin.said(general, 'sent as ever');
    assert.equal(await quin.page.getByRole('alert').count(), 0);
    await pam.context.close();
  });
});
