// Rooms as their owner makes them and as their members find them: private, described, renamed, for some to write in, put
// aside; favourites; and chats of a few.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { Wire } from './wire.js';

describe('rooms', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, ana, bo, dora;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana');
    await ana.register();
    bo = await Person.at(browser, server.url, 'bo', { colorScheme: 'dark' });
    await bo.register();
    dora = await Person.at(browser, server.url, 'dora', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    await dora.page.getByRole('textbox', { name: 'Name', exact: true }).fill('dora');
    await dora.page.getByLabel('Password').fill('correct horse dora');
    await dora.page.getByRole('button', { name: 'Create account' }).click();
    await dora.log('Messages in #general').waitFor();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });
  const dialog = (person, name) => person.page.getByRole('dialog', { name });
  const note = (person, words) => person.page.getByRole('alert').filter({ hasText: words });
  const news = (person, log, words) => person.log(log).getByRole('paragraph').filter({ hasText: words });
  const create = async (person, name, isPrivate = false) => {
    await person.page.getByRole('button', { name: 'Create room' }).click();
    const card = dialog(person, 'Create room');
    await card.getByRole('textbox', { name: 'Room name' }).fill(name);
    if (isPrivate) await card.getByRole('button', { name: 'Private: by invitation only' }).click();
    if (isPrivate) await card.getByRole('button', { name: 'Private: by invitation only', pressed: true }).waitFor();
    await person.picture(`create-room-${isPrivate ? 'private-' : ''}light`);
    await card.getByRole('button', { name: 'Create', exact: true }).click();
    await person.log(`Messages in #${name}`).waitFor();
  };
  const about = async (person, mark) => {
    await person.page.getByRole('button', { name: `About ${mark}`, exact: true }).press('Enter');
    const card = dialog(person, /^About this (room|chat)$/);
    await card.waitFor();
    return card;
  };
  const close = async (person) => {
    await person.page.keyboard.press('Escape');
    await person.page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it('a private room is seen by whom its members invite, and by nobody else', async () => {
    await create(ana, 'den', true);
    await ana.say('#den', 'among us');
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();
    await dialog(bo, 'Browse rooms').getByRole('button', { name: 'Open #general' }).waitFor();
    assert.equal(await dialog(bo, 'Browse rooms').getByText('den').count(), 0);
    await close(bo);
    const card = await about(ana, '#den');
    await card.getByText('Private: only who is invited comes in.').waitFor();
    await ana.picture('about-room-light');
    await card.getByRole('button', { name: 'Invite…' }).click();
    const invite = dialog(ana, 'Invite to this room');
    await invite.getByRole('combobox', { name: 'Person' }).fill('bo');
    await invite.getByRole('option', { name: /^bo @bo/ }).waitFor();
    await ana.picture('invite-light');
    await ana.page.keyboard.press('Enter');
    await invite.getByText('bo is in #den now.').waitFor();
    await close(ana);
    await note(bo, 'ana has brought you into #den.').waitFor();
    await bo.room('#den').click();
    await bo.article('Messages in #den', 'among us').waitFor();
    await news(bo, 'Messages in #den', 'ana brought bo in').waitFor();
    const second = await Person.at(browser, server.url, 'bo');
    await second.signIn();
    await second.room('#den').click();
    await second.article('Messages in #den', 'among us').waitFor();
    await second.context.close();
    assert.equal(await dora.page.getByRole('link', { name: '#den' }).count(), 0);
  });

  it('its owner gives it a topic and another name, links stay good, others are refused in words', async () => {
    await ana.say('#den', 'look here');
    const address = new URL(ana.page.url()).pathname;
    let card = await about(ana, '#den');
    await card.getByRole('textbox', { name: 'Topic' }).fill('What is planned');
    await ana.page.keyboard.press('Enter');
    await card.getByText('The topic is set.').waitFor();
    await bo.page.getByText('What is planned', { exact: true }).first().waitFor();
    await news(bo, 'Messages in #den', 'ana set the topic: What is planned').waitFor();
    await card.getByRole('textbox', { name: 'Name' }).fill('Not A Name');
    await card.getByRole('button', { name: 'Save the name' }).click();
    await card.getByRole('alert').filter({ hasText: 'A room name has 1 to 48 letters' }).waitFor();
    await card.getByRole('textbox', { name: 'Name' }).fill('lair');
    await card.getByRole('button', { name: 'Save the name' }).click();
    await card.getByText('The room has its new name.').waitFor();
    await ana.picture('room-renamed-light');
    await close(ana);
    await bo.log('Messages in #lair').waitFor();
    for (const person of [ana, bo]) await person.page.waitForURL(/\/r\/\d+\/lair$/);
    await bo.say('#lair', '/topic mine now');
    await note(bo, 'Only the owner of a room may change that.').waitFor();
    await bo.say('#lair', '/rename mine');
    await note(bo, 'Only the owner of a room may change that.').waitFor();
    await bo.picture('room-news-dark');
    await bo.page.goto(server.url + address);
    await bo.log('Messages in #lair').waitFor();
    for (const words of ['ana made the room private', 'ana brought bo in', 'ana set the topic: What is planned', 'ana named the room #lair'])
      await news(bo, 'Messages in #lair', words).waitFor();
    card = await about(bo, '#lair');
    await card.getByText('It belongs to ana.').waitFor();
    assert.equal(await card.getByRole('textbox').count(), 0);
    await bo.picture('about-room-guest-dark');
    await close(bo);
  });

  it('what is told of a room stands among its messages in their order', async () => {
    await ana.say('#lair', 'after all that');
    await bo.article('Messages in #lair', 'after all that').waitFor();
    const order = await bo.log('Messages in #lair').evaluate((log) => [...log.querySelectorAll('article, p')].map((each) => each.textContent));
    const at = (words) => order.findIndex((text) => text.includes(words));
    assert.ok(at('among us') < at('ana brought bo in'), order.join('\n'));
    assert.ok(at('look here') < at('set the topic') && at('set the topic') < at('after all that'), order.join('\n'));
  });

  it('slash commands change it, with completion', async () => {
    await ana.composer('#lair').fill('/top');
    await ana.page.getByRole('option', { name: /^\/topic/ }).waitFor();
    await ana.say('#lair', '/topic From the keyboard');
    await news(ana, 'Messages in #lair', 'ana set the topic: From the keyboard').waitFor();
    // Asked for it was taken away, for everybody.
    await ana.say('#lair', '/topic');
    await note(ana, 'the topic: From the keyboard').waitFor();
    await ana.say('#lair', '/topic ""');
    await news(ana, 'Messages in #lair', 'ana took the topic away').waitFor();
    await ana.say('#lair', '/topic');
    await note(ana, 'there is no topic here.').waitFor();
    await ana.say('#lair', '/topic From the keyboard');
    await news(ana, 'Messages in #lair', 'ana set the topic: From the keyboard').nth(1).waitFor();
    await ana.useTool(ana.article('Messages in #lair', 'look here'), 'Answer in a thread');
    await ana.say('thread in #lair', '/topic');
    await note(ana, 'the topic: From the keyboard').waitFor();
    await ana.picture('topic-of-thread-light');
    await ana.page.getByRole('button', { name: 'Close the thread' }).click();
    await ana.say('#lair', '/rename den');
    await ana.log('Messages in #den').waitFor();
    await ana.say('#den', '/invite @nobody');
    await note(ana, 'nobody here has the account @nobody').waitFor();
    await ana.say('#den', '/invite @dora');
    await news(ana, 'Messages in #den', 'ana brought dora in').waitFor();
    await ana.say('#den', '/invite @dora');
    await note(ana, 'That person is in this room already.').waitFor();
  });

  it('on a narrow page as well', async () => {
    await dora.page.getByRole('button', { name: 'Open the room list' }).click();
    await dora.room('#den').click();
    await dora.article('Messages in #den', 'after all that').waitFor();
    await dora.picture('room-news-narrow-light');
    const card = await about(dora, '#den');
    await card.getByRole('button', { name: 'Leave' }).waitFor();
    await dora.picture('about-room-guest-narrow-light');
    await close(dora);
    await dora.page.getByRole('button', { name: 'Open the room list' }).click();
    await dora.page.getByRole('button', { name: 'Create room' }).click();
    await dora.picture('create-room-narrow-light');
    await dialog(dora, 'Create room').getByRole('textbox', { name: 'Room name' }).fill('doras');
    await dialog(dora, 'Create room').getByRole('button', { name: 'Create', exact: true }).click();
    await dora.log('Messages in #doras').waitFor();
    const own = await about(dora, '#doras');
    await own.getByRole('textbox', { name: 'Topic' }).waitFor();
    await dora.picture('about-room-narrow-light');
    await own.getByRole('button', { name: 'Make private…' }).click();
    await own.getByRole('button', { name: 'Make it private', exact: true }).click();
    await own.getByText('Private: only who is invited comes in.').waitFor();
    await close(dora);
  });

  it('newcomers read what its owner lets them', async () => {
    await create(ana, 'plans');
    await ana.say('#plans', 'before you came');
    const card = await about(ana, '#plans');
    await card.getByRole('button', { name: 'Newcomers read what was before them', pressed: true }).click();
    await card.getByText('Newcomers read what is said since they came.').waitFor();
    await close(ana);
    await bo.page.getByRole('button', { name: 'Browse rooms' }).click();
    await dialog(bo, 'Browse rooms').getByRole('button', { name: 'Join #plans' }).click();
    await bo.log('Messages in #plans').waitFor();
    await ana.say('#plans', 'since you came');
    await bo.article('Messages in #plans', 'since you came').waitFor();
    assert.equal(await bo.article('Messages in #plans', 'before you came').count(), 0);
    await bo.page.reload();
    await bo.article('Messages in #plans', 'since you came').waitFor();
    assert.equal(await bo.article('Messages in #plans', 'before you came').count(), 0);
  });

  it('where only some may write the others read, and are told why', async () => {
    const card = await about(ana, '#plans');
    await card.getByRole('button', { name: 'Only some may write', pressed: false }).click();
    await card.getByText('Only you may write, and whom you choose.').waitFor();
    await bo.page.getByText('Only some may write in this room. Its owner says who.').waitFor();
    assert.equal(await bo.composer('#plans').count(), 0);
    await bo.picture('room-for-some-dark');
    await card.getByRole('button', { name: 'Choose who may write…' }).click();
    const posters = dialog(ana, 'Who may write');
    await posters.getByRole('button', { name: 'bo', pressed: false }).click();
    await posters.getByText('bo may write now.').waitFor();
    await ana.picture('who-may-write-light');
    await close(ana);
    await bo.say('#plans', 'now I may');
    await ana.article('Messages in #plans', 'now I may').waitFor();
    await news(ana, 'Messages in #plans', 'ana lets bo write here').waitFor();
  });

  it('an archived room is out of the list until it is asked for, and is read alone', async () => {
    const card = await about(ana, '#plans');
    await card.getByRole('button', { name: 'Archive' }).click();
    await card.getByText('The room is archived.').waitFor();
    await ana.picture('about-room-archived-light');
    await close(ana);
    await ana.page.getByRole('button', { name: 'Leave room' }).click();
    await note(ana, 'Only you can take this room back from the archive. Do so first, then leave it.').waitFor();
    await ana.room('#general').waitFor();
    await bo.page.getByText('This room is archived: it can be read, and nothing else.').first().waitFor();
    await bo.room('#general').click();
    await bo.log('Messages in #general').waitFor();
    assert.equal(await bo.room('#plans').count(), 0);
    await bo.page.reload();
    await bo.rooms.getByRole('button', { name: 'Archived — 1' }).press('Enter');
    // The field goes while something is composed in it: that belongs to the room before.
    const keyboard = await bo.context.newCDPSession(bo.page);
    await bo.composer('#general').focus();
    await keyboard.send('Input.imeSetComposition', { text: 'かな', selectionStart: 2, selectionEnd: 2 });
    await bo.room('#plans').click();
    await bo.article('Messages in #plans', 'now I may').waitFor();
    assert.equal(await bo.composer('#plans').count(), 0);
    await bo.picture('archived-room-dark');
    const again = await about(ana, '#plans');
    await again.getByRole('button', { name: 'Take back from the archive' }).click();
    await again.getByText('The room is back.').waitFor();
    await close(ana);
    await bo.composer('#plans').waitFor();
    assert.equal(await bo.composer('#plans').inputValue(), '');
    await bo.room('#general').click();
    assert.equal(await bo.composer('#general').inputValue(), 'かな');
    await bo.composer('#general').fill('');
  });

  it('a favourite is at the top of her list, on every device', async () => {
    await bo.room('#den').click();
    await bo.log('Messages in #den').waitFor();
    await bo.page.getByRole('button', { name: 'Favourite', pressed: false }).click();
    await bo.page.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
    await bo.picture('favourite-dark');
    const second = await Person.at(browser, server.url, 'bo');
    await second.signIn();
    const first = async (person) => (await person.rooms.getByRole('link').allTextContents())[0];
    await second.room('#den').waitFor();
    assert.equal(await first(second), '#den');
    await second.room('#den').click();
    await second.page.getByRole('button', { name: 'Favourite', pressed: true }).click();
    await bo.page.getByRole('button', { name: 'Favourite', pressed: false }).waitFor();
    await bo.say('#den', '/favourite');
    await second.page.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
    await second.context.close();
  });

  it('a chat of a few is one for the same people, and cannot be left', async () => {
    await ana.page.getByRole('button', { name: 'New direct message' }).click();
    const card = dialog(ana, 'New direct message');
    await card.getByRole('button', { name: 'Add bo' }).click();
    await card.getByRole('button', { name: 'Remove bo' }).waitFor();
    await card.getByRole('combobox', { name: 'Person' }).fill('dora');
    await ana.page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Remove dora' }).waitFor();
    await ana.picture('group-chat-picking-light');
    await card.getByRole('button', { name: 'Open chat' }).click();
    await ana.log('Messages with @bo, dora').waitFor();
    await ana.say('@bo, dora', 'the three of us');
    await bo.room('@ana, dora').click();
    await bo.article('Messages with @ana, dora', 'the three of us').waitFor();
    await bo.say('@ana, dora', '/leave');
    await note(bo, 'a chat cannot be left').waitFor();
    await bo.picture('group-chat-dark');
    await bo.page.reload();
    await bo.article('Messages with @ana, dora', 'the three of us').waitFor();
    await dora.page.getByRole('button', { name: 'Open the room list' }).click();
    await dora.room('@ana, bo').click();
    await dora.article('Messages with @ana, bo', 'the three of us').waitFor();
    await dora.picture('group-chat-narrow-light');
  });

  it('a dialog about a room closes when she is in that room no more, and does nothing to the one that opens', async () => {
    const second = await Person.at(browser, server.url, 'ana');
    await second.signIn();
    await create(ana, 'shed');
    await second.room('#shed').click();
    await second.log('Messages in #shed').waitFor();
    const card = await about(ana, '#shed');
    await card.getByRole('textbox', { name: 'Topic' }).fill('Where the tools are');
    await second.say('#shed', '/leave');
    await note(ana, 'you are not in the room any more that the dialog was about').waitFor();
    assert.equal(await ana.page.getByRole('dialog').count(), 0);
    await ana.log('Messages in #general').waitFor();
    await second.context.close();
  });

  it('a dialog changes the room that it was opened for, also where another one has opened under it', async () => {
    await create(bo, 'annex');
    const second = await Person.at(browser, server.url, 'ana');
    const wire = await Wire.of(second.context);
    await second.page.reload();
    await second.signIn();
    await second.room('#den').click();
    await second.say('#den', '/list');
    await dialog(second, 'Browse rooms').getByRole('button', { name: 'Join #annex' }).waitFor();
    await close(second);
    wire.hold();
    await second.say('#den', '/join #annex');
    const card = await about(second, '#den');
    await card.getByRole('textbox', { name: 'Topic' }).fill('Under the stairs');
    wire.letGo();
    await second.page.waitForURL(/annex/);
    await card.getByRole('button', { name: 'Save the topic' }).click();
    await card.getByText('The topic is set.').waitFor();
    await card.getByRole('button', { name: 'Invite…' }).click();
    await dialog(second, 'Invite to this room').getByText('brings the marked person into #den.').waitFor();
    await ana.room('#den').click();
    await news(ana, 'Messages in #den', 'ana set the topic: Under the stairs').waitFor();
    await second.context.close();
  });

  // On another device of ana's, in #den, which hears no answer before wire.letGo().
  const hasAskedForRoom = async (name) => {
    const second = await Person.at(browser, server.url, 'ana');
    const wire = await Wire.of(second.context);
    await second.page.reload();
    await second.signIn();
    await second.room('#den').click();
    await second.composer('#den').waitFor();
    wire.hold();
    await second.page.getByRole('button', { name: 'Create room' }).click();
    const card = dialog(second, 'Create room');
    await card.getByRole('textbox', { name: 'Room name' }).fill(name);
    await card.getByRole('button', { name: 'Create', exact: true }).click();
    await card.getByRole('button', { name: 'Create', exact: true, disabled: true }).waitFor();
    await close(second);
    return { second, wire };
  };

  it('a room that is being made does not pull her from where she has gone meanwhile', async () => {
    const { second, wire } = await hasAskedForRoom('orangery');
    await second.say('#den', '/join #general');
    await second.composer('#general').pressSequentially('half a sen');
    wire.letGo();
    await second.room('#orangery').waitFor();
    await second.settled();
    await second.page.keyboard.type('tence');
    assert.equal(await second.composer('#general').inputValue(), 'half a sentence');
    await second.composer('#general').fill('');
    await second.context.close();
  });

  // One thing at a time was waited for: the last that was asked for.
  it('a room that is being made opens when it is there, whatever else is asked for meanwhile', async () => {
    const { second, wire } = await hasAskedForRoom('greenhouse');
    await second.say('#den', '/nick Ana of the glass');
    await second.say('#den', '/topic Behind glass');
    const other = await about(second, '#den');
    wire.letGo();
    await second.page.waitForURL(/greenhouse$/);
    await news(ana, 'Messages in #den', 'set the topic: Behind glass').waitFor();
    assert.equal(await other.count(), 1, 'a dialog that asked for nothing stays');
    await close(second);
    await second.log('Messages in #greenhouse').waitFor();
    await second.page.waitForFunction(() => document.querySelector('#mirror aside').textContent.includes('Ana of the glass'));
    await second.context.close();
  });

  it('what is refused is told where it was asked for, and not in a dialog that asked for nothing', async () => {
    const second = await Person.at(browser, server.url, 'bo');
    const wire = await Wire.of(second.context);
    await second.page.reload();
    await second.signIn();
    await second.room('#den').click();
    await second.composer('#den').waitFor();
    wire.hold();
    await second.say('#den', '/topic not by me');
    await second.page.getByRole('button', { name: 'Create room' }).click();
    const card = dialog(second, 'Create room');
    await card.waitFor();
    wire.letGo();
    await second.page.waitForFunction(() => document.getElementById('mirror').textContent.includes('Only the owner of a room may change that.'));
    assert.equal(await card.getByRole('alert').count(), 0);
    await close(second);
    await note(second, 'Only visible to you: Only the owner of a room may change that.').waitFor();
    await second.context.close();
  });
});
