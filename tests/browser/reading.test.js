// Reading as in a page: found by the browser, reached by address and by key, selected, copied, followed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { launch, Person } from './people.js';
import { inkBox } from './pixels.js';

describe('reading', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  const kMessages = 400;
  let browser, ana;

  // Typed and entered as a person does, but all in one go.
  const sayAll = (lines) => ana.composer('#general').evaluate((field, all) => {
    for (const line of all) {
      field.value = line;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    }
  }, lines);
  const address = () => `${server.url}/healthz?b=1&c=2`;
  const focused = () => ana.page.evaluate(() => document.activeElement.textContent);
  const untilFocused = (number) => ana.page.waitForFunction((wanted) => document.activeElement.matches('article') && document.activeElement.getAttribute('aria-posinset') === String(wanted), number);
  const select = async (from, to) => {
    const a = await from.boundingBox();
    const b = await to.boundingBox();
    await ana.page.mouse.move(a.x + 1, a.y + 11);
    await ana.page.mouse.down();
    await ana.page.mouse.move(a.x + 20, a.y + 11);
    await ana.page.mouse.move(b.x + b.width - 1, b.y + 11, { steps: 4 });
    await ana.page.mouse.up();
  };
  const clipboard = (type) => ana.page.evaluate(async (wanted) => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType(wanted)).text();
  }, type);
  // The clipboard as soon as it begins with these words.
  const copied = (words) => ana.page.evaluate(async (wanted) => {
    for (let frame = 0; frame < 600; ++frame) {
      const text = await navigator.clipboard.readText();
      if (text.startsWith(wanted)) return text;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return navigator.clipboard.readText();
  }, words);
  const body = (words) => ana.article(log, words).locator('.body');

  before(async () => {
    await server.start();
    browser = await launch();
    ana = await Person.at(browser, server.url, 'ana', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ana.register();
    await sayAll(Array.from({ length: kMessages }, (_, i) => (i === 6 ? 'the needle in the hay' : `line ${i + 1}`)));
    await ana.said(log, `line ${kMessages}`);
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  it('what is loaded and out of view is in the page, in order, to be found', async () => {
    await ana.page.waitForFunction((count) => document.querySelectorAll('#mirror article').length === count, kMessages);
    const found = await ana.page.evaluate(() => {
      const all = [...document.querySelectorAll('#mirror article')];
      return { hidden: all.filter((article) => article.hidden === 'until-found').length,
        texts: all.map((article) => article.querySelector('.body').textContent) };
    });
    assert.ok(found.hidden > kMessages - 60, `${found.hidden} hidden`);
    assert.deepEqual(found.texts, Array.from({ length: kMessages }, (_, i) => (i === 6 ? 'the needle in the hay' : `line ${i + 1}`)));
    const stats = await ana.stats();
    assert.ok(stats.semanticNodes <= 150 && stats.foundNodes <= 1000 && stats.foundNodes >= kMessages - 60, JSON.stringify(stats));
  });

  it('an address of a message out of view leads to it', async () => {
    const needle = ana.page.locator('#mirror article', { hasText: 'the needle' });
    assert.equal(await needle.getAttribute('hidden'), 'until-found');
    const id = await needle.getAttribute('id');
    await ana.page.evaluate((hash) => { location.hash = hash; }, '#' + id);
    await ana.page.waitForFunction((article) => !article.hidden, await needle.elementHandle());
    await ana.settled();
    const box = await needle.boundingBox();
    const around = await ana.log(log).boundingBox();
    assert.ok(box.y >= around.y && box.y + box.height <= around.y + around.height, JSON.stringify([box, around]));
    assert.equal(await needle.getAttribute('hidden'), null);
    await ana.page.getByRole('button', { name: 'Jump to latest' }).click();
    await ana.article(log, `line ${kMessages}`).waitFor();
    await ana.page.waitForFunction((article) => article.hidden === 'until-found', await needle.elementHandle());
  });

  it('the arrows, Home and End go through the messages, the first one too', async () => {
    await ana.log(log).focus();
    await ana.page.keyboard.press('End');
    await untilFocused(kMessages);
    await ana.page.keyboard.press('ArrowUp');
    await untilFocused(kMessages - 1);
    await ana.page.keyboard.press('ArrowUp');
    await ana.page.keyboard.press('ArrowDown');
    await untilFocused(kMessages - 1);
    await ana.page.keyboard.press('Home');
    await untilFocused(1);
    for (let i = 0; i < 40; ++i) await ana.page.keyboard.press('ArrowDown');
    await untilFocused(41);
    assert.match(await focused(), /^ana/);
    await ana.page.keyboard.press('End');
    await untilFocused(kMessages);
  });

  it('F6 goes round the regions of the page', async () => {
    const where = () => ana.page.evaluate(() => document.activeElement.closest('nav, [role=log], textarea, aside')?.tagName);
    await ana.composer('#general').focus();
    const seen = [];
    for (let i = 0; i < 4; ++i) { await ana.page.keyboard.press('F6'); seen.push(await where()); }
    assert.deepEqual(seen, ['ASIDE', 'NAV', 'DIV', 'TEXTAREA']);
    await ana.page.keyboard.press('Shift+F6');
    assert.equal(await where(), 'DIV');
  });

  it('a selection over messages of two scripts is copied as text and as HTML', async () => {
    await ana.say('#general', 'one **first** <line>\nand a second');
    await ana.say('#general', 'السطر العربي 123');
    await ana.say('#general', `see ${address()} now`);
    await ana.said(log, 'see http');
    await ana.settled();
    await select(body('one first'), body('see http'));
    await ana.page.keyboard.press('Control+C');
    const time = await ana.article(log, 'one first').locator('time').textContent();
    const plain = await clipboard('text/plain');
    assert.equal(plain, `ana [${time}]\none first <line>\nand a second\nالسطر العربي 123\nsee ${address()} now`);
    const html = await clipboard('text/html');
    assert.match(html, /<p><b>ana \[.*\]<\/b><br>one <strong>first<\/strong> &lt;line&gt;<br>and a second<\/p>/);
    const shown = address().replace('&', '&amp;');
    assert.ok(html.includes(`<a href="${shown}">${shown}</a> now`), html);
  });

  it('a part of one message is copied as it is', async () => {
    await ana.settled();
    await body('السطر').dblclick({ position: { x: (await body('السطر').boundingBox()).width - 8, y: 11 } });
    await ana.page.keyboard.press('Control+C');
    assert.equal((await clipboard('text/plain')).trim(), 'السطر');
  });

  it('a message is copied from its bar, by pointer and by key', async () => {
    const bar = ana.log(log).getByRole('button', { name: 'Copy text' });
    await ana.page.mouse.move(5, 5);
    await ana.composer('#general').focus();
    await bar.waitFor({ state: 'detached' });
    await ana.pointAt(body('one first'));
    await bar.click();
    assert.equal(await copied('one'), 'one **first** <line>\nand a second');
    await ana.page.mouse.move(5, 5);
    await bar.waitFor({ state: 'detached' });
    await ana.log(log).focus();
    await ana.page.keyboard.press('End');
    await ana.page.keyboard.press('ArrowUp');
    await ana.page.waitForFunction(() => document.activeElement.textContent.includes('السطر'));
    await ana.article(log, 'السطر').getByRole('button', { name: 'Copy text' }).waitFor();
    const onCopy = () => ana.page.evaluate(() => document.activeElement.getAttribute('aria-label') === 'Copy text');
    for (let i = 0; i < 10 && !(await onCopy()); ++i) {
      await ana.page.keyboard.press('Tab');
      await ana.settled(3);
    }
    assert.ok(await onCopy());
    await ana.page.keyboard.press('Enter');
    assert.equal(await copied('السطر العربي'), 'السطر العربي 123');
    await ana.composer('#general').focus();
    await bar.waitFor({ state: 'detached' });
  });

  // Found by a slow machine: what the pointer does between two frames is taken one step a frame, and the last steps were
  // never taken.
  it('a pointer that did much between two frames is where it ended', async () => {
    const bar = ana.log(log).getByRole('button', { name: 'Copy text' });
    await ana.pointAt(body('see http'));
    await bar.waitFor();
    await ana.settled();
    await body('see http').evaluate((node) => {
      const act = (type, x, y, more = {}) => node.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: x, clientY: y, ...more }));
      const { x, y } = node.getBoundingClientRect();
      for (let i = 0; i < 6; ++i) {
        act('mousemove', x + i, y + 4);
        act('mousedown', x + i, y + 4);
        act('mouseup', x + i, y + 4);
      }
      act('mousemove', 5, 5);
    });
    await bar.waitFor({ state: 'detached' });
  });

  it('Ctrl+A in the log takes all that is loaded', async () => {
    await ana.log(log).focus();
    await ana.page.keyboard.press('Control+A');
    await ana.page.keyboard.press('Control+C');
    const plain = await clipboard('text/plain');
    assert.match(plain, /line 1\n/);
    assert.ok(plain.includes(address()));
    assert.ok(!plain.includes('Rooms'));
    await ana.page.evaluate(() => getSelection().removeAllRanges());
  });

  // Found by reviewing: between the lines of two messages there were five pixels where nothing could be selected.
  it('a selection may begin between two messages', async () => {
    await ana.say('#general', 'above the gap');
    await ana.say('#general', 'below the gap');
    await ana.said(log, 'below the gap');
    await ana.settled();
    const above = await body('above the gap').boundingBox();
    const below = await body('below the gap').boundingBox();
    const x = above.x + 4;
    for (let y = Math.round(above.y + above.height - 6); y < below.y + 6; ++y) {
      await ana.page.evaluate(() => document.getSelection().removeAllRanges());
      await ana.page.mouse.move(x, y);
      await ana.page.mouse.down();
      await ana.page.mouse.move(x + 60, y + 24, { steps: 4 });
      const selected = await ana.page.evaluate(() => document.getSelection().toString());
      await ana.page.mouse.up();
      assert.ok(selected.length > 0, `nothing from y = ${y}`);
    }
    await ana.page.evaluate(() => document.getSelection().removeAllRanges());
  });

  it('a selection drawn past the edge scrolls', async () => {
    await ana.settled();
    const box = await ana.log(log).boundingBox();
    const top = (await ana.bodies(log)).length;
    const from = await body('see http').boundingBox();
    await ana.page.mouse.move(from.x + 4, from.y + 11);
    await ana.page.mouse.down();
    await ana.page.mouse.move(box.x + 200, box.y + 100, { steps: 3 });
    await ana.page.mouse.move(box.x + 200, box.y + 2);
    await ana.page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await ana.page.mouse.up();
    await ana.settled();
    assert.ok(top > 0);
    assert.notEqual(await ana.page.evaluate(() => getSelection().toString()), '');
    await ana.page.evaluate(() => getSelection().removeAllRanges());
    await ana.page.getByRole('button', { name: 'Jump to latest' }).click();
    await body('see http').waitFor();
  });

  it('a link is a link: its address, its place, and a middle click opens it', async () => {
    const link = ana.log(log).getByRole('link', { name: address() });
    assert.equal(await link.getAttribute('href'), address());
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
    for (const button of ['middle', 'left']) {
      const opened = ana.context.waitForEvent('page');
      await link.click({ button });
      const page = await opened;
      await page.waitForURL(address());
      await page.close();
    }
  });

  it('what comes in a burst is said in one breath', async () => {
    await ana.composer('#general').focus();
    const bo = await Person.at(browser, server.url, 'bo');
    await bo.register();
    await bo.article(log, 'see http').waitFor();
    await ana.page.evaluate(() => {
      globalThis.said = [];
      const announcer = document.getElementById('announcer');
      announcer.ariaNotify = (words) => globalThis.said.push(words);
    });
    await bo.say('#general', 'a single one');
    await ana.page.waitForFunction(() => globalThis.said.length === 1);
    await bo.composer('#general').evaluate((field) => {
      for (const line of ['b1', 'b2', 'b3']) {
        field.value = line;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      }
    });
    await body('b3').waitFor();
    await ana.page.waitForFunction(() => globalThis.said.length >= 2);
    assert.deepEqual(await ana.page.evaluate(() => globalThis.said), ['bo: a single one', '3 new messages']);
    await bo.context.close();
  });

  // Found by reviewing: what the browser found in a message that was partly in view stayed out of view, and so did the
  // place in a long message that was out of view as a whole.
  describe('a message taller than the page', () => {
    const kRows = 90;
    const wordOf = (line) => `word-${String(line).padStart(2, '0')}-here`;
    const article = () => ana.page.locator('#mirror article', { hasText: wordOf(1) });
    // Where a word of it stands, and the log around it.
    const placeOf = (word) => article().evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + wanted.length);
        const [word, log] = [range.getBoundingClientRect(), element.closest('[role=log]').getBoundingClientRect()];
        return { top: word.top, inView: word.top >= log.top && word.bottom <= log.bottom };
      }
      return null;
    }, word);
    // What a browser does with what it has found: it scrolls every box around to it. (window.find() does not.)
    const showAsFound = (word) => article().evaluate((element, wanted) => {
      if (element.hidden) {
        element.dispatchEvent(new Event('beforematch', { bubbles: true }));
        element.removeAttribute('hidden');
      }
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && !walker.currentNode.data.includes(wanted));
      const mark = document.createElement('span');
      mark.style.position = 'static';
      const place = walker.currentNode.splitText(walker.currentNode.data.indexOf(wanted));
      place.before(mark);
      mark.scrollIntoView({ block: 'center' });
      mark.remove();
      element.normalize();
    }, word);
    const untilInView = async (word) => {
      let before = null;
      for (let turn = 0; turn < 60; ++turn) {
        await ana.settled(10);
        const place = await placeOf(word);
        if (place?.inView && place.top === before) return place;
        before = place?.top;
      }
      return assert.fail(`${word} is out of view: ${JSON.stringify(await placeOf(word))}`);
    };

    before(async () => {
      await ana.say('#general', Array.from({ length: kRows }, (_, i) => wordOf(i + 1)).join('\n'));
      await ana.said(log, wordOf(kRows));
      await ana.page.evaluate(() => getSelection().removeAllRanges());
      await ana.page.mouse.move(5, 5);
      await ana.settled();
    });

    it('the browser finds every place of it, and brings it into view', async () => {
      for (const line of [5, 60, 12, kRows]) {
        await showAsFound(wordOf(line));
        const { top } = await untilInView(wordOf(line));
        // The pixels went along: the node still lies where its words are painted.
        const body = await article().locator('.body').boundingBox();
        const ink = await inkBox(ana.page, { x: body.x - 6, y: Math.round(top), width: 60, height: 22 });
        assert.ok(Math.abs(ink.left - body.x) <= 2.5 && ink.top - top > 0 && ink.bottom - top < 22, JSON.stringify([ink, top]));
      }
    });

    it('out of view it is revealed at the very place', async () => {
      await sayAll(Array.from({ length: 40 }, (_, i) => `below it ${i}`));
      await ana.article(log, 'below it 39').waitFor();
      await ana.page.waitForFunction((word) => [...document.querySelectorAll('#mirror article')].some((each) => each.hidden && each.textContent.includes(word)), wordOf(1));
      assert.equal(await article().getAttribute('hidden'), 'until-found');
      await showAsFound(wordOf(70));
      await untilInView(wordOf(70));
    });
  });
});
