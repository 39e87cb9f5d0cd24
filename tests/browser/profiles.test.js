// People: what they say of themselves, what they are shown as, their cards, and whom one does not want to hear.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('people', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, bo, second;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await ana.say('#general', 'good morning');
    await bo.article(log, 'good morning').waitFor();
    await bo.say('#general', 'and to you');
    await ana.article(log, 'and to you').waitFor();
    second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const note = (person, words) => person.page.getByRole('alert').filter({ hasText: words });
  const member = (person, who, shown) => person.page.locator(`#mirror aside [title^="Profile of ${who} (${shown})"]`);
  const card = (person) => person.page.getByRole('dialog', { name: 'Profile' });
  const own = (person) => person.page.getByRole('dialog', { name: 'Your status' });
  const openOwn = async (person) => {
    await person.page.getByRole('button', { name: 'Your status' }).click();
    await own(person).waitFor();
  };
  const openFromMembers = async (person, who) => {
    await person.page.getByRole('list', { name: 'Members' }).getByRole('button', { name: new RegExp(`^${who}(,|$)`) }).click();
    await card(person).waitFor();
  };
  const close = async (person) => {
    await person.page.keyboard.press('Escape');
    await person.page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it('a status with an emoji is seen by others, on her other device and after a reload, until she clears it', async () => {
    await openOwn(ana);
    const field = own(ana).getByRole('textbox', { name: 'Status' });
    await field.fill('x'.repeat(101));
    await own(ana).getByRole('button', { name: 'Save' }).click();
    await own(ana).getByRole('alert').filter({ hasText: 'A status is one line of at most 100 characters' }).waitFor();
    await field.fill(':palm_tree: on holiday');
    await own(ana).getByRole('button', { name: '1 hour' }).click();
    await ana.picture('own-status-light');
    await own(ana).getByRole('button', { name: 'Save' }).click();
    await own(ana).waitFor({ state: 'detached' });
    await openFromMembers(bo, 'ana');
    await card(bo).getByText('🌴 on holiday').waitFor();
    await card(bo).getByText(/^Until Today, /).waitFor();
    await close(bo);
    await bo.page.reload();
    await openFromMembers(bo, 'ana');
    await card(bo).getByText('🌴 on holiday').waitFor();
    await bo.picture('profile-light');
    await openOwn(second);
    assert.equal(await own(second).getByRole('textbox', { name: 'Status' }).inputValue(), '🌴 on holiday');
    await own(second).getByRole('button', { name: 'Clear', exact: true }).click();
    await own(second).waitFor({ state: 'detached' });
    await card(bo).getByText('🌴 on holiday').waitFor({ state: 'detached' });
    await close(bo);
    await ana.say('#general', '/status 30m Lunch 🍜');
    await openFromMembers(bo, 'ana');
    await card(bo).getByText('Lunch 🍜').waitFor();
    await close(bo);
  });

  it('what she is shown as is equal on her devices, and kept', async () => {
    await ana.say('#general', '/dnd');
    await note(ana, 'Only visible to you: you are shown as not to be disturbed').waitFor();
    await member(bo, 'ana', 'Do not disturb').waitFor();
    await second.page.reload();
    await openOwn(second);
    await own(second).getByRole('button', { name: 'Do not disturb', pressed: true }).waitFor();
    await own(second).getByRole('button', { name: 'Away' }).click();
    await member(bo, 'ana', 'Away').waitFor();
    await own(second).getByRole('button', { name: 'Invisible' }).click();
    await member(bo, 'ana', 'Offline').waitFor();
    await close(second);
    await ana.composer('#general').pressSequentially('typing unseen');
    await openOwn(ana);
    await own(ana).getByRole('button', { name: 'Invisible', pressed: true }).waitFor();
    assert.equal(await bo.page.getByText('is typing…').count(), 0);
    await close(ana);
    await ana.composer('#general').fill('');
    await ana.say('#general', '/back');
    await member(bo, 'ana', 'Online').waitFor();
  });

  it('a card opens from an avatar, a name and the member list, by pointer, key and finger', async () => {
    const article = ana.article(log, 'and to you');
    const avatar = article.getByRole('button', { name: 'Profile of bo' });
    await avatar.click();
    await card(ana).getByText('@bo').waitFor();
    await card(ana).getByText('Online').waitFor();
    await close(ana);
    const name = await article.locator('.author').boundingBox();
    await ana.page.mouse.click(name.x + name.width / 2, name.y + name.height / 2);
    await card(ana).getByText('@bo').waitFor();
    await close(ana);
    await avatar.focus();
    await ana.page.keyboard.press('Enter');
    await card(ana).getByText('@bo').waitFor();
    await close(ana);
    await ana.page.getByRole('list', { name: 'Members' }).getByRole('button', { name: /^bo(,|$)/ }).focus();
    await ana.page.keyboard.press('Enter');
    await card(ana).getByRole('heading', { name: 'bo' }).waitFor();
    await ana.page.keyboard.press('Enter');  // "Message" has the focus
    await ana.log('Messages with @bo').waitFor();
    await ana.room('#general').click();

    const phone = await Person.at(browser, server.url, 'ana', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.page.getByRole('textbox', { name: 'Name', exact: true }).fill('ana');
    await phone.page.getByLabel('Password').fill('correct horse ana');
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await phone.article(log, 'and to you').getByRole('button', { name: 'Profile of bo' }).tap();
    await card(phone).getByText('@bo').waitFor();
    await phone.picture('profile-narrow-light');
    await card(phone).getByRole('button', { name: 'Message' }).tap();
    await phone.log('Messages with @bo').waitFor();
    await phone.context.close();
  });

  it('the head of a direct chat says whether she is here, and when she was', async () => {
    const guest = await Person.at(browser, server.url, 'guest');
    await guest.register();
    await ana.say('#general', '/msg @guest welcome');
    await ana.article('Messages with @guest', 'welcome').waitFor();
    const head = ana.page.getByRole('main');
    await head.getByText('Online', { exact: true }).waitFor();
    await guest.context.close();
    await head.getByText('Last seen just now').waitFor();
    await ana.picture('last-seen-light');
    await ana.page.reload();
    await head.getByText(/^Last seen (just now|1 minute ago)$/).waitFor();
    await head.getByRole('button', { name: 'Profile of guest' }).click();
    await card(ana).getByText(/^Last seen /).waitFor();
    await close(ana);
    await ana.room('#general').click();
  });

  it('whoever is blocked is refused in direct messages, folded away in rooms, on all devices and after a reload', async () => {
    await ana.room('@bo').click();
    await ana.say('@bo', 'hello bo');
    await bo.room('@ana').click();
    await bo.article('Messages with @ana', 'hello bo').waitFor();
    await ana.room('#general').click();
    await openFromMembers(ana, 'bo');
    await card(ana).getByRole('button', { name: 'Block', exact: true }).click();
    await card(ana).getByRole('button', { name: 'Unblock' }).waitFor();
    await close(ana);

    await bo.say('@ana', 'can you hear me');
    await bo.page.getByText('Not sent. This person does not take direct messages from you, nor invitations.').waitFor();
    await bo.room('#general').click();
    await bo.say('#general', 'something for everybody');
    await bo.article(log, 'something for everybody').waitFor();
    for (const person of [ana, second]) {
      const folded = person.log(log).getByRole('article').last();
      await folded.getByRole('button', { name: 'Blocked: show' }).waitFor();
      assert.equal(await person.article(log, 'something for everybody').count(), 0);
    }
    await ana.picture('blocked-light');
    await bo.composer('#general').pressSequentially('still here');
    await ana.page.reload();
    await ana.log(log).getByRole('article').last().getByRole('button', { name: 'Blocked: show' }).click();
    await ana.article(log, 'something for everybody').waitFor();
    assert.equal(await ana.article(log, 'and to you').count(), 0, 'the others stay folded');
    assert.equal(await ana.page.getByText('bo is typing…').count(), 0);
    await ana.say('#general', '/unignore @bo');
    await ana.article(log, 'and to you').waitFor();
    await second.article(log, 'something for everybody').waitFor();
    await bo.composer('#general').fill('');
    await bo.room('@ana').click();
    await bo.page.getByRole('button', { name: 'Retry' }).click();
    await ana.room('@bo').click();
    await ana.article('Messages with @bo', 'can you hear me').waitFor();
    await ana.say('@bo', '/ignore @ana');
    await note(ana, 'You cannot block yourself.').waitFor();
  });

  it('no line of the page broke its content security policy', () => {
    assert.deepEqual([...ana.violations, ...bo.violations, ...second.violations], []);
    assert.deepEqual([...ana.console, ...bo.console, ...second.console].filter((line) => line.startsWith('page error')), []);
  });
});
