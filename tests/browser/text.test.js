// Text on the canvas is what the browser itself would have drawn: the same lines, the same widths, the same ink at the
// same places, in every script, at any scale; and never another text's picture.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Listener } from './listener.js';
import { ParleyServer } from './parley_server.js';
import { launch, Person, pictures } from './people.js';

const samples = {
  latin: 'The quick brown fox: AVATAR To fi ffl “quoted” naïve façade',
  arabic: 'مرحبا بالعالم، كيف حالكم اليوم؟ ١٢٣',
  hebrew: 'שלום עולם 1234 (5.5) וגם [סוגריים]',
  hindi: 'नमस्ते दुनिया, क्षत्रिय और ज्ञान की बातें',
  thai: 'สวัสดีชาวโลก น้ำใจที่นี่ กำลังทดสอบ',
  chinese: '你好，世界。今天天气很好！',
  japanese: 'こんにちは世界、「テスト」です。カタカナ',
  korean: '안녕하세요 세계, 한국어 글자입니다',
  emoji: 'family 👨‍👩‍👧‍👦 flags 🇵🇹🇯🇵 skin 👍🏽👋🏿 heart ❤️ keycap 1️⃣',
  mixed: 'English with عربي inside, then עברית (12) and back: 3 > 2',
  mixedRight: 'عربي with English داخل النص و 42 نهاية.',
  longWord: 'https://example.org/' + 'averylongwordwithoutanybreak'.repeat(8),
  marks: 'Z' + '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b'.repeat(4) + 'algo',
  wrapped: 'A sentence that is long enough to be broken into several lines by any window that somebody would use, twice at least. '.repeat(3),
  wrappedArabic: 'هذه جملة طويلة بما يكفي لتنكسر على أسطر عدة وفيها English words و أرقام 12345 (وأقواس). '.repeat(4),
  wrappedHindi: 'यह एक लंबा वाक्य है जो कई पंक्तियों में टूट जाएगा ताकि हम देख सकें। '.repeat(5),
  wrappedJapanese: 'これは何行にもわたって折り返されるはずの長い文章です。句読点の扱いも見ます。'.repeat(5),
  linked: 'a link https://example.org/path?x=1 amid words, and عربي after it',
  tabs: 'one\ttwo\tthree\nfour\tfive',
};

describe('text', () => {
  const server = new ParleyServer('--profile', 'bench');
  const log = 'Messages in #general';
  let browser;

  before(async () => {
    await server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server.remove();
  });

  // Of the page's part: how many pixels are ink in one picture and have none within a pixel's distance in the other.
  const compare = (page, one, other) => page.evaluate(async ([first, second]) => {
    const read = async (data) => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
      pen.drawImage(image, 0, 0);
      return pen.getImageData(0, 0, image.width, image.height);
    };
    const a = await read(first);
    const b = await read(second);
    const away = (picture, x, y) => {
      const at = 4 * (y * picture.width + x);
      return Math.abs(picture.data[at] - picture.data[0]) + Math.abs(picture.data[at + 1] - picture.data[1]) + Math.abs(picture.data[at + 2] - picture.data[2]);
    };
    const strays = (ink, ground) => {
      let dark = 0;
      let alone = 0;
      for (let y = 1; y < ink.height - 1; ++y) {
        for (let x = 1; x < ink.width - 1; ++x) {
          if (away(ink, x, y) < 300) continue;
          ++dark;
          let near = false;
          for (let dy = -1; dy <= 1 && !near; ++dy) for (let dx = -1; dx <= 1 && !near; ++dx) near = away(ground, x + dx, y + dy) > 90;
          if (!near) ++alone;
        }
      }
      return { dark, alone };
    };
    return [strays(a, b), strays(b, a)];
  }, [one.toString('base64'), other.toString('base64')]);

  for (const density of [1, 1.25, 2]) {
    it(`every script has its ink where the browser puts it, at scale ${density}`, async () => {
      const name = 'ana' + String(density).replace('.', '');
      const ana = await Person.at(browser, server.url, name, { deviceScaleFactor: density, viewport: { width: 1280, height: 1500 } });
      await ana.register();
      await ana.page.getByRole('button', { name: 'Create room' }).click();
      await ana.page.getByRole('textbox', { name: 'Room name' }).fill(name);
      await ana.page.getByRole('button', { name: 'Create', exact: true }).click();
      await ana.composer('#' + name).waitFor();
      for (const text of Object.values(samples)) await ana.say('#' + name, text);
      const room = 'Messages in #' + name;
      await ana.article(room, 'five').waitFor();
      await ana.article(room, 'Sending…').first().waitFor({ state: 'detached' });
      await ana.page.mouse.move(5, 5);
      await ana.settled();
      const clip = await ana.log(room).boundingBox();
      const canvas = await ana.page.screenshot({ clip });
      // The same place with the canvas gone and the mirror's own text in the colour of the text.
      const style = await ana.page.evaluateHandle(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('#canvas { visibility: hidden } #app { background: var(--ground) } #mirror article .body, #mirror article .body * { color: var(--text) !important } #mirror article .body a { color: var(--accent) !important }');
        document.adoptedStyleSheets.push(sheet);
        return sheet;
      });
      const dom = await ana.page.screenshot({ clip });
      await style.evaluate((sheet) => { sheet.disabled = true; });
      writeFileSync(join(pictures, `text-canvas-${density}.png`), canvas);
      writeFileSync(join(pictures, `text-dom-${density}.png`), dom);
      const bodies = await ana.page.evaluate(() => [...document.querySelectorAll('#mirror article:not([hidden]) .body')].map((body) => {
        const { x, y, width, height } = body.getBoundingClientRect();
        return { text: body.textContent, x, y, width, height };
      }));
      assert.equal(bodies.length, Object.keys(samples).length);
      for (const { text, x, y, width, height } of bodies) {
        const part = { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width), height: Math.ceil(height) };
        const mine = await ana.page.screenshot({ clip: part });
        await style.evaluate((sheet) => { sheet.disabled = false; });
        const browsers = await ana.page.screenshot({ clip: part });
        await style.evaluate((sheet) => { sheet.disabled = true; });
        const scratch = await ana.context.newPage();
        const [here, there] = await compare(scratch, mine, browsers);
        await scratch.close();
        assert.ok(here.dark > 20 && there.dark > 20, `${text.slice(0, 40)}: there is ink: ${JSON.stringify([here, there])}`);
        assert.ok(here.alone <= here.dark * 0.01 + 2, `${text.slice(0, 40)}: ink of the canvas that the browser has not: ${JSON.stringify(here)}`);
        assert.ok(there.alone <= there.dark * 0.01 + 2, `${text.slice(0, 40)}: ink of the browser that the canvas has not: ${JSON.stringify(there)}`);
      }
      await ana.context.close();
    });
  }

  it('lines break where the browser breaks them and are as wide, to a tenth of a pixel', async () => {
    const ana = await Person.at(browser, server.url, 'measured');
    await ana.register();
    const worst = await ana.page.evaluate((texts) => {
      const width = 520;
      const results = parleyPage.text.layOut(400, 15, devicePixelRatio, 22, width, texts.map((text) => ({ text, spans: [] })));
      let difference = 0;
      let lines = 0;
      texts.forEach((text, index) => {
        const box = document.createElement('div');
        Object.assign(box.style, { position: 'absolute', left: '0', top: '0', width: width + 'px', font: '400 15px/22px "Inter","Segoe UI","Roboto","Noto Sans",Arial,sans-serif',
          whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'plaintext', tabSize: 4 });
        parleyPage.text.fill(box, text, []);
        document.body.append(box);
        const byLine = new Map();
        for (const { begin, end, y, order } of results[index].fragments) {
          const range = document.createRange();
          range.setStart(box.firstChild, begin);
          range.setEnd(box.firstChild, end);
          const used = [...range.getClientRects()].reduce((sum, rect) => sum + rect.width, 0);
          const mine = parleyPage.text.measure(400, 15 * devicePixelRatio, text.slice(begin, end), order)[0] / devicePixelRatio;
          const both = byLine.get(y) ?? [0, 0];
          byLine.set(y, [both[0] + used, both[1] + mine]);
          for (const rect of range.getClientRects()) if (Math.floor((rect.top + rect.height / 2) / 22) * 22 !== y) throw new Error('another line: ' + text.slice(begin, end));
        }
        if (results[index].lines !== Math.round(box.getBoundingClientRect().height / 22)) throw new Error('another number of lines: ' + text);
        for (const [used, mine] of byLine.values()) { difference = Math.max(difference, Math.abs(used - mine)); ++lines; }
        box.remove();
      });
      return { difference, lines };
    }, Object.values(samples));
    assert.ok(worst.lines > 35, JSON.stringify(worst));
    assert.ok(worst.difference < 0.1, JSON.stringify(worst));
    await ana.context.close();
  });

  it('ten thousand different lines, scrolled through and back, leave the same picture', async () => {
    const kLines = 10_000;
    const letters = [...'abcdefghijklmnopqrstuvwxyz漢字仮名한국어عربيहिन्दीไทย😀🎉'];
    const lineOf = (i) => `${i} ` + Array.from({ length: 30 }, (_, k) => letters[(i * 7 + k * 11 + ((i * k) % 13)) % letters.length]).join('');
    const writer = new Listener(server.url, 'writer');
    await writer.ready();
    for (let i = 1; i <= kLines; ++i) {
      writer.say(lineOf(i));
      if (i % 400 === 0) await writer.heard(lineOf(i));
    }
    writer.end();
    const ana = await Person.at(browser, server.url, 'scroller');
    await ana.register();
    await ana.article(log, ` ${kLines} `).waitFor();
    await ana.page.mouse.move(5, 5);
    await ana.settled();
    const before = await ana.page.screenshot();
    const box = await ana.log(log).boundingBox();
    const readout = async () => Number((await ana.bodies(log))[0].split(' ')[0]);
    await ana.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let turn = 0; turn < 2000 && (await readout()) > kLines - 2500; ++turn) {
      await ana.page.mouse.wheel(0, -4000);
      await ana.settled(1);
    }
    await ana.log(log).focus();
    await ana.page.keyboard.press('Home');
    await ana.page.waitForFunction(() => document.activeElement.textContent.includes(' 1 '));
    await ana.page.keyboard.press('End');
    await ana.page.waitForFunction((last) => document.activeElement.textContent.includes(` ${last} `), kLines);
    await ana.page.evaluate(() => document.activeElement.blur());
    await ana.composer('#general').focus();
    await ana.page.mouse.move(5, 5);
    await ana.settled();
    assert.ok((await ana.page.screenshot()).equals(before), 'the same picture as before');
    const stats = await ana.stats();
    assert.ok(stats.textureBytes <= 3 * 2048 * 2048 * 4 + 8 * 1024 * 1024, `${stats.textureBytes} bytes of textures`);
    await ana.context.close();
  });
});
