// Writing as in any text field: input methods, dead keys, paste, undo, emoji. What is sent is what was typed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';

describe('typing', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana, cdp, composer;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ana.register();
    cdp = await ana.context.newCDPSession(ana.page);
    composer = ana.composer('#general');
    await composer.focus();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  const compose = (text) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const commit = (text) => cdp.send('Input.insertText', { text });
  const value = () => composer.inputValue();
  // The last message as the server gave it back.
  const sent = async (words) => {
    const article = ana.article(log, words).last();
    await ana.said(log, words);
    return article.locator('.body').textContent();
  };
  const send = async () => {
    const text = await value();
    await composer.press('Enter');
    assert.equal(await value(), '', 'the field is empty');
    assert.equal(await sent(text), text);
    return text;
  };

  it('Japanese: nothing is sent by the Enter that ends a composition', async () => {
    for (const step of ['に', 'にh', 'にほ', 'にほn', 'にほん']) await compose(step);
    await compose('日本');
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    assert.equal(await value(), '日本');
    await commit('日本');
    await compose('ご');
    await commit('語');
    assert.equal(await send(), '日本語');
  });

  it('Hindi, letter by letter', async () => {
    for (const step of ['न', 'नम', 'नमस', 'नमस्', 'नमस्त', 'नमस्ते']) await compose(step);
    await commit('नमस्ते');
    await commit(' दुनिया');
    assert.equal(await send(), 'नमस्ते दुनिया');
  });

  it('dead keys', async () => {
    await composer.pressSequentially('caf');
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Dead', code: 'BracketLeft', windowsVirtualKeyCode: 219 });
    await compose('´');
    await commit('é');
    assert.equal(await send(), 'café');
  });

  it('paste twice gives what was copied each time', async () => {
    for (const text of ['first\nof two', ' and second 👍🏽']) {
      await ana.page.evaluate((words) => navigator.clipboard.writeText(words), text);
      await composer.press('Control+V');
    }
    assert.equal(await send(), 'first\nof two and second 👍🏽');
  });

  it('undo takes back an emoji that was put in, and what was typed before stays', async () => {
    await composer.pressSequentially('party ');
    await composer.blur();  // as a picker takes the focus: what was typed is one step, what it puts in another
    await composer.focus();
    await composer.press('End');
    await ana.page.evaluate(() => document.execCommand('insertText', false, '🎉'));
    assert.equal(await value(), 'party 🎉');
    await composer.press('Control+Z');
    assert.equal(await value(), 'party ');
    await composer.press('Control+Shift+Z');
    assert.equal(await value(), 'party 🎉');
    assert.equal(await send(), 'party 🎉');
  });

  it('a family and Backspace', async () => {
    await commit('we: 👨‍👩‍👧‍👦!');
    await composer.press('Backspace');
    await composer.press('Backspace');
    const left = await value();
    assert.ok(left.startsWith('we: ') && left.length < 'we: 👨‍👩‍👧‍👦'.length, left);
    await commit('ok');
    assert.equal(await send(), left + 'ok');
  });

  it('right-to-left text and marks go as they were typed', async () => {
    await commit('שלום \u200fabc\u200f (12) e\u0301\u0323');
    assert.equal(await send(), 'שלום \u200fabc\u200f (12) e\u0301\u0323');
  });

  // Found by reviewing: after a click on a message what was typed or pasted went nowhere.
  it('typing and pasting on a message goes into the composer', async () => {
    await ana.say('#general', 'click me');
    const message = ana.article('Messages in #general', 'click me').first();
    await message.waitFor();
    const composer = ana.composer('#general');
    await message.click();
    await ana.page.keyboard.type('hey');
    assert.equal(await composer.inputValue(), 'hey');
    await composer.fill('');
    await message.click();
    await ana.page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, 'from\u000belsewhere\u0007');
    assert.equal(await composer.inputValue(), 'from\nelsewhere');
    await composer.fill('');
  });

  it('keys of the browser stay the browser’s', async () => {
    await composer.pressSequentially('x');
    const prevented = await ana.page.evaluate(() => new Promise((resolve) => {
      const found = [];
      const look = (event) => { if (event.defaultPrevented) found.push(event.key); };
      window.addEventListener('keydown', look);
      const keys = [['f', true], ['c', true], ['v', true], ['x', true], ['a', true], ['z', true], ['l', true], ['t', true], ['r', true], ['F5', false], ['Tab', false], ['ArrowLeft', false]];
      for (const [key, ctrlKey] of keys)
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
      window.removeEventListener('keydown', look);
      resolve(found);
    }));
    assert.deepEqual(prevented, []);
    await composer.fill('');
  });

  it('a password manager finds the form that is there before the program is', async () => {
    const page = await ana.context.newPage();
    await page.route('**/*.wasm', () => {});  // never comes
    await page.addInitScript(() => localStorage.clear());
    await page.goto(server.url);
    const form = page.locator('form#login');
    await form.waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).getAttribute('autocomplete'), 'username');
    assert.equal(await page.getByLabel('Password').getAttribute('autocomplete'), 'current-password');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ana');
    await page.getByLabel('Password').fill('correct horse ana');
    await page.getByRole('button', { name: 'Sign in' }).click();
    assert.equal(await form.getAttribute('aria-busy'), 'true', 'it waits for the program');
    await page.close();
  });
});
