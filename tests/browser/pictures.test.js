// Pictures of every view, light and dark, wide and narrow, into build/screenshots, to be looked at.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person, pictures } from './people.js';

describe('pictures', () => {
  const server = new ParleyServer('--profile', 'bench');
  let browser, bo;

  before(async () => {
    await server.start();
    browser = await launch();
    bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const kinds = [
    { name: 'ana', look: 'light', size: 'wide', options: { colorScheme: 'light' } },
    { name: 'carla', look: 'dark', size: 'wide', options: { colorScheme: 'dark' } },
    { name: 'dora', look: 'light', size: 'narrow', options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } },
    { name: 'emil', look: 'dark', size: 'narrow', options: { colorScheme: 'dark', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } },
  ];

  for (const { name, look, size, options } of kinds) {
    it(`${look}, ${size}`, async () => {
      const ana = await Person.at(browser, server.url, name, options);
      const shoot = async (what) => {
        await ana.picture(`${what}-${size}-${look}`);
        assert.ok(existsSync(join(pictures, `${what}-${size}-${look}.png`)));
      };
      const narrow = size === 'narrow';
      const showRooms = async () => { if (narrow) await ana.page.getByRole('button', { name: 'Open the room list' }).click(); };
      await shoot('entrance');
      await ana.page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
      await ana.page.getByLabel('Password').fill('correct horse');
      await ana.page.getByRole('button', { name: 'Create account' }).click();
      await ana.log('Messages in #general').waitFor();

      await showRooms();
      await ana.page.getByRole('button', { name: 'Create room' }).click();
      const dialog = ana.page.getByRole('dialog', { name: 'Create room' });
      await shoot('create-room');
      await dialog.getByRole('textbox', { name: 'Room name' }).fill(`plans-${name}`);
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await ana.log(`Messages in #plans-${name}`).waitFor();
      await shoot('empty-room');

      await showRooms();
      await ana.room('#general').click();
      await ana.say('#general', 'Good morning! Has anybody looked at the new build? It compiles in half the time now, and the whole page is three hundred kilobytes.');
      await bo.say('#general', 'I have. It opens before I can blink 🎉');
      await bo.say('#general', 'Other scripts too: नमस्ते दुनिया, สวัสดีชาวโลก, 你好世界, Привет, مرحبا — and 👨‍👩‍👧 🇵🇹 👍🏽');
      await ana.article('Messages in #general', 'Other scripts').last().waitFor();
      await ana.say('#general', 'Then let us ship it on Tuesday.\nI will write the notes.');
      await bo.article('Messages in #general', 'write the notes').last().waitFor();
      // A notice of typing is lossy by nature: one is sent every few seconds, while somebody types.
      const typing = ana.page.getByText('bo is typing…');
      while (!(await typing.isVisible())) await bo.composer('#general').pressSequentially('on it ', { delay: 50 });
      await ana.composer('#general').fill('A draft of\ntwo lines');
      await shoot('conversation');
      await bo.composer('#general').fill('');

      await ana.composer('#general').fill('It is **done**: see `./dev run`, and\n> ship it on Tuesday');
      if (narrow) await ana.page.getByRole('button', { name: 'Formatting', exact: true }).click();
      await ana.page.getByRole('button', { name: 'Preview', exact: true }).click();
      await ana.page.locator('p', { hasText: /^Preview: / }).waitFor();
      await shoot('preview');
      await ana.page.getByRole('button', { name: 'Preview', exact: true }).click();
      if (narrow) await ana.page.getByRole('button', { name: 'Formatting', exact: true }).click();
      await ana.composer('#general').fill('');
      await ana.settled();  // the row of buttons has gone
      await ana.page.getByRole('button', { name: 'Emoji', exact: true }).click();
      await ana.page.getByRole('option').first().waitFor();
      await shoot('emoji');
      await ana.page.keyboard.press('Escape');
      await ana.page.keyboard.press('Control+/');
      await ana.page.getByRole('dialog', { name: 'Commands and keys' }).waitFor();
      await shoot('help');
      await ana.page.keyboard.press('Escape');
      await ana.page.keyboard.press('Control+k');
      await ana.page.getByRole('dialog', { name: 'Go to' }).waitFor();
      await shoot('go-to');
      await ana.page.keyboard.press('Escape');
      if (narrow) {
        await ana.page.getByRole('button', { name: 'Members', exact: true }).click();
        await shoot('members');
        await ana.page.keyboard.press('Escape');
      }
      await ana.pointAt(ana.article('Messages in #general', 'write the notes').last());
      await ana.page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
      await shoot('message-bar');
      await ana.page.getByRole('button', { name: 'Pin', exact: true }).click();
      await ana.page.getByRole('button', { name: 'Pinned messages' }).click();
      await ana.page.getByRole('dialog', { name: 'Pinned messages' }).waitFor();
      await shoot('pins');
      await ana.page.keyboard.press('Escape');
      await ana.useTool(ana.article('Messages in #general', 'write the notes').last(), 'Answer in a thread');
      await ana.say('thread in #general', 'The notes of last time are a good beginning.');
      await ana.article('Messages in thread in #general', 'a good beginning').waitFor();
      await ana.say('thread in #general', 'I shall ask for them.');
      await ana.article('Messages in thread in #general', 'ask for them').waitFor();
      await ana.page.mouse.move(5, 5);
      await shoot('thread');
      await ana.page.getByRole('button', { name: 'Close the thread' }).click();
      await ana.log('Messages in #general').waitFor();
      await ana.page.getByRole('button', { name: 'About #general', exact: true }).click();
      await ana.page.getByRole('dialog', { name: 'About this room' }).waitFor();
      await shoot('about-room');
      await ana.page.keyboard.press('Escape');
      await ana.page.mouse.move(5, 5);

      await showRooms();
      await ana.page.getByRole('button', { name: 'Your status' }).click();
      await ana.page.getByRole('dialog', { name: 'Your status' }).waitFor();
      await shoot('status');
      await ana.page.keyboard.press('Escape');
      await showRooms();
      await shoot('rooms');
      await ana.page.getByRole('button', { name: 'New direct message' }).click();
      const person = ana.page.getByRole('combobox', { name: 'Person' });
      await shoot('direct-message');
      await person.fill('@bo');
      await person.press('Enter');
      await ana.log('Messages with @bo').waitFor();
      await shoot('empty-direct-chat');
      await showRooms();
      await ana.page.getByRole('button', { name: 'Browse rooms' }).click();
      await ana.page.getByRole('button', { name: 'Open #general' }).waitFor();
      await shoot('browse-rooms');
      await ana.page.keyboard.press('Escape');
      await showRooms();
      await ana.page.getByRole('button', { name: 'Settings' }).click();
      await shoot('settings');
      await ana.page.keyboard.press('Escape');
      await ana.context.close();
    });
  }

  // Odd names, each with an avatar of its own; and the button that leads back down.
  it('names of all kinds, and the way back to the latest', async () => {
    const names = { zoe: '🎉', yan: '👨‍👩‍👧 family', xim: 'é̄̃n combining', walid: 'علي حسن', vera: 'Ольга Ким', uma: '小林' };
    const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
    for (const [account, nick] of Object.entries(names)) {
      const somebody = await Person.at(browser, server.url, account);
      await somebody.register();
      await somebody.say('#general', `/nick ${nick}`);
      await somebody.say('#general', `Here I am, ${account}.\nWith another line,\nand a third one.`);
      await somebody.said('Messages in #general', `Here I am, ${account}.`);
      if (account === 'uma') await somebody.picture('names-wide-light');
      await somebody.context.close();
    }
    const zoe = await Person.at(browser, server.url, 'zoe', options);
    await zoe.page.getByRole('textbox', { name: 'Name', exact: true }).fill('zoe');
    await zoe.page.getByLabel('Password').fill('correct horse zoe');
    await zoe.page.getByRole('button', { name: 'Sign in' }).click();
    await zoe.article('Messages in #general', 'Here I am, uma.').waitFor();
    await zoe.picture('names-narrow-light');
    await zoe.page.keyboard.press('PageUp');
    await zoe.page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await zoe.picture('jump-narrow-light');
    await zoe.context.close();
  });

  it('offline and failed', async () => {
    const ana = await Person.at(browser, server.url, 'fay');
    await ana.register();
    await ana.article('Messages in #general', 'write the notes').last().waitFor();
    await server.stop('SIGKILL');
    await ana.status('Reconnecting…').waitFor();
    await ana.say('#general', 'This waits until the server is back.');
    await ana.article('Messages in #general', 'Sending…').waitFor();
    await ana.picture('reconnecting-wide-light');
    await server.start();
    await ana.status('Connected').waitFor();
  });
});
