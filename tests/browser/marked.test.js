// What people mark in their messages is drawn as it is meant, stands where the browser itself puts it, and reads well.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { strays } from './pixels.js';

const samples = {
  inline: 'Some **bold**, some *italic*, ***both***, ~~gone~~ and `code(1)` in **one *nested* line** with https://example.org/path and [a name](https://example.org/named).',
  quote: 'Before it\n> what she said,\n> in two lines\n> > and who said it first\nand after it',
  list: 'To do:\n- water the garden, which takes a sentence long enough to be broken into a second line by the window it is shown in, so that it hangs\n- **pots**\n  - the red one\n  - the blue one\n1. first\n2. second',
  code: '```cpp\n// Adds them.\nint add(int a, int b) {\n\treturn a + b * 42; // "text"\n}\n```\nand a word after it',
  arabic: '> مرحبا **بالعالم**\n- واحد `code` اثنان\n- ثلاثة',
  hidden: 'It was ||the *butler*|| with ||a rope||.',
  escaped: '\\*not italic\\* and 2 * 3 * 4 and snake_case_name and <b>no html</b>',
};

describe('what is marked', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser, ana;

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { viewport: { width: 1280, height: 1200 } });
    await ana.register();
    for (const text of Object.values(samples)) await ana.say('#general', text);
    await ana.say('#general', '🎉👍🏽');
    await ana.said(log, '🎉');
    await ana.page.mouse.move(5, 5);
    await ana.page.evaluate(() => document.activeElement.blur());
    await ana.settled();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  it('stands where the browser puts it', async () => {
    await ana.picture('marked-light');
    const style = await ana.page.evaluateHandle(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#canvas { visibility: hidden } #app { background: var(--ground) } #mirror article .body, #mirror article .body * { color: var(--text) !important }');
      document.adoptedStyleSheets.push(sheet);
      sheet.disabled = true;
      return sheet;
    });
    const bodies = await ana.page.evaluate(() => [...document.querySelectorAll('#mirror article:not([hidden]) .body')].map((body) => {
      const { x, y, width, height } = body.getBoundingClientRect();
      return { text: body.textContent, x, y, width, height };
    }));
    assert.equal(bodies.length, Object.keys(samples).length + 1);
    const scratch = await ana.context.newPage();
    await ana.page.bringToFront();
    for (const { text, x, y, width, height } of bodies) {
      const clip = { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width), height: Math.ceil(height) };
      const canvas = await ana.page.screenshot({ clip });
      await style.evaluate((sheet) => { sheet.disabled = false; });
      const page = await ana.page.screenshot({ clip });
      await style.evaluate((sheet) => { sheet.disabled = true; });
      // Ink of the page that the canvas has not: the canvas has more, bars and lines through words.
      const [, there] = await strays(scratch, canvas.toString('base64'), page.toString('base64'));
      assert.ok(there.dark > 20, text);
      assert.ok(there.alone <= there.dark * 0.02 + 2, `${text.slice(0, 60)}: ${JSON.stringify(there)}`);
    }
    await scratch.close();
  });

  it('reads as what it is', async () => {
    const body = (words) => ana.article(log, words).first().locator('.body');
    assert.equal(await body('Some').locator('strong').first().textContent(), 'bold');
    assert.equal(await body('Some').locator('em').first().textContent(), 'italic');
    assert.equal(await body('Some').locator('del').textContent(), 'gone');
    assert.equal(await body('Some').locator('code').textContent(), 'code(1)');
    assert.equal(await body('Some').getByRole('link', { name: 'a name' }).getAttribute('href'), 'https://example.org/named');
    assert.equal(await body('Before').locator('blockquote').first().textContent(), 'what she said,\nin two lines');
    assert.match(await body('int add').locator('pre').textContent(), /^\/\/ Adds them\.\nint add\(int a, int b\) \{\n\treturn/);
    assert.match(await body('not italic').textContent(), /^\*not italic\* and 2 \* 3 \* 4 and snake_case_name and <b>no html<\/b>$/);
  });

  it('what is hidden is hidden from everybody, until it is asked for', async () => {
    const hidden = ana.article(log, 'It was').first();
    assert.equal(await hidden.locator('.body').textContent(), 'It was ████ with ████.');
    await ana.useTool(hidden, 'Show what is hidden');
    await ana.article(log, 'the butler').waitFor();
    await ana.picture('marked-uncovered-light');
    await ana.page.getByRole('button', { name: 'Hide it again' }).press('Enter');
    await ana.article(log, 'the butler').waitFor({ state: 'detached' });
  });
});
