// Every script has its ink where the browser itself puts it: the canvas beside the same text of the page, in two
// browsers, at any scale, also after the scale or the font has changed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ParleyServer } from './parley_server.js';
import { pictures } from './people.js';
import { strays } from './pixels.js';
import { launchChromium, launchFirefox, Reader } from './puppets.js';
import { samples } from './samples.js';

const kWindow = { width: 1280, height: 1500 };

for (const { name, launch, scales } of [{ name: 'chromium', launch: launchChromium, scales: [1, 1.25, 2] }, { name: 'firefox', launch: launchFirefox, scales: [1, 2] }]) {
  describe(`every script, in ${name}`, () => {
    const server = new ParleyServer('--profile', 'bench');
    let puppet, ana, scratch;

    before(async () => {
      await server.start();
      puppet = await launch();
      ana = await Reader.at(puppet.browser, server.url);
      await ana.page.setViewport({ ...kWindow, deviceScaleFactor: 1 });
      await ana.register('ana');
      for (const text of Object.values(samples)) await ana.say('#general', text);
      await ana.article('five');
      await ana.page.waitForFunction(() => !document.querySelector('#mirror').textContent.includes('Sending…'));
      await ana.page.mouse.move(5, 5);
      await ana.page.evaluate(() => document.activeElement.blur());  // a cursor blinks
      await ana.settled();
      scratch = await ana.context.newPage();
      await ana.page.bringToFront();
      // The same place with the canvas gone and the mirror's own text in the colour of the text.
      await ana.page.evaluate(() => {
        globalThis.ofThePage = new CSSStyleSheet();
        ofThePage.replaceSync('#canvas { visibility: hidden } #app { background: var(--ground) } #mirror article .body, #mirror article .body * { color: var(--text) !important } #mirror article .body a { color: var(--accent) !important }');
        document.adoptedStyleSheets.push(ofThePage);
        ofThePage.disabled = true;
      });
    });
    after(async () => {
      await puppet?.close();
      await server.remove();
    });

    const ofThePage = (shown) => ana.page.evaluate((on) => { globalThis.ofThePage.disabled = !on; }, shown);
    const shoot = async (clip) => (await ana.page.screenshot({ clip, captureBeyondViewport: false, encoding: 'base64' }));
    const bodies = () => ana.page.evaluate(() => [...document.querySelectorAll('#mirror article:not([hidden]) .body')].map((body) => {
      const { left, top, right, bottom } = body.getBoundingClientRect();
      const [x, y] = [Math.floor(left), Math.floor(top)];
      return { text: body.textContent, clip: { x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y } };
    }));

    const compareAll = async (what) => {
      const all = await bodies();
      assert.equal(all.length, Object.keys(samples).length);
      const whole = { x: 0, y: 0, ...kWindow };
      writeFileSync(join(pictures, `text-canvas-${name}-${what}.png`), Buffer.from(await shoot(whole), 'base64'));
      const canvas = [];
      for (const { clip } of all) canvas.push(await shoot(clip));
      await ofThePage(true);
      writeFileSync(join(pictures, `text-page-${name}-${what}.png`), Buffer.from(await shoot(whole), 'base64'));
      const page = [];
      for (const { clip } of all) page.push(await shoot(clip));
      await ofThePage(false);
      for (const [index, { text }] of all.entries()) {
        const [here, there] = await strays(scratch, canvas[index], page[index]);
        const start = text.slice(0, 40);
        assert.ok(here.dark > 20 && there.dark > 20, `${start}: there is ink: ${JSON.stringify([here, there])}`);
        assert.ok(here.alone <= here.dark * 0.01 + 2, `${start}: ink of the canvas that the browser has not: ${JSON.stringify(here)}`);
        assert.ok(there.alone <= there.dark * 0.01 + 2, `${start}: ink of the browser that the canvas has not: ${JSON.stringify(there)}`);
      }
    };

    // One page goes through all of them: each change of scale, as by the browser's zoom or another screen, paints anew.
    for (const scale of scales) {
      it(`at scale ${scale}`, async () => {
        await ana.page.setViewport({ ...kWindow, deviceScaleFactor: scale });
        await ana.page.waitForFunction((wanted) => devicePixelRatio === wanted, {}, scale);
        await ana.settled();
        await compareAll(String(scale));
      });
    }

    it('a scale that comes back brings the same picture back', async () => {
      const at = async (scale) => {
        await ana.page.setViewport({ ...kWindow, deviceScaleFactor: scale });
        await ana.page.waitForFunction((wanted) => devicePixelRatio === wanted, {}, scale);
        await ana.settled();
        return shoot({ x: 0, y: 0, ...kWindow });
      };
      const before = await at(1);
      assert.notEqual(await at(2), before);
      assert.equal(await at(1), before);
    });

    it('lines break where the browser breaks them and are as wide, to a tenth of a pixel', async () => {
      const worst = await ana.page.evaluate((texts) => {
        const width = 520;
        const results = parleyPage.text.layOut(400, 15, devicePixelRatio, 22, width, texts.map((text) => ({ text, spans: [] })));
        let difference = 0;
        let lines = 0;
        texts.forEach((text, index) => {
          const box = document.createElement('div');
          Object.assign(box.style, { position: 'absolute', left: '0', top: '0', width: width + 'px', font: '400 15px/22px "Inter","Segoe UI","Roboto","Noto Sans",Arial,sans-serif',
            whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'plaintext', tabSize: 4 });
          const { nodes } = parleyPage.text.fill(box, text, []);
          const placeOf = (offset) => {
            const { node, begin } = nodes.findLast((each) => each.begin <= offset) ?? nodes[0];
            return [node, Math.min(offset - begin, node.length)];
          };
          document.body.append(box);
          const byLine = new Map();
          for (const { begin, end, y, order } of results[index].fragments) {
            const range = document.createRange();
            range.setStart(...placeOf(begin));
            range.setEnd(...placeOf(end));
            const used = [...range.getClientRects()].reduce((sum, rect) => sum + rect.width, 0);
            const mine = parleyPage.text.measure(400, 15 * devicePixelRatio, text.slice(begin, end), order)[0] / devicePixelRatio;
            const both = byLine.get(y) ?? [0, 0];
            byLine.set(y, [both[0] + used, both[1] + mine]);
            for (const rect of range.getClientRects()) if (Math.floor((rect.top + rect.height / 2) / 22) * 22 !== y) throw new Error('another line: ' + text.slice(begin, end));
          }
          if (results[index].height !== box.getBoundingClientRect().height) throw new Error('another number of lines: ' + text);
          for (const [used, mine] of byLine.values()) { difference = Math.max(difference, Math.abs(used - mine)); ++lines; }
          box.remove();
        });
        return { difference, lines };
      }, Object.values(samples));
      assert.ok(worst.lines > 35, JSON.stringify(worst));
      assert.ok(worst.difference < 0.1, JSON.stringify(worst));
    });

    it('the first letter of a name is what a reader sees as one', async () => {
      const capitals = await ana.page.evaluate((names) => names.map((name) => globalThis.parleyPage.text.capital(name)),
        ['ana', '🎉 party', '👨‍👩‍👧 family', '🇵🇹x', 'é̄̃n', 'علي', 'हिन्दी', 'ольга', '小林', '...', '\u0301']);
      assert.deepEqual(capitals, ['A', '🎉', '👨‍👩‍👧', '🇵🇹', 'É̄̃', 'ع', 'हि', 'О', '小', '.', '\u0301']);
    });

    it('a font that arrives later is drawn, and its lines are broken anew', async () => {
      const before = await shoot({ x: 0, y: 0, ...kWindow });
      await ana.page.evaluate(async () => {
        // Of the same name as the first one that the page asks for.
        const font = new FontFace('Inter', 'local("Noto Serif"), local("NotoSerif-Regular")');
        document.fonts.add(font);
        await font.load();
      });
      await ana.settled();
      assert.notEqual(await shoot({ x: 0, y: 0, ...kWindow }), before);
      await compareAll('font');
    });
  });
}
