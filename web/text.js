// Text as the browser sets it: measures, breaks and rasterises with the fonts that the page itself uses, so that what the
// canvas shows and what lies over it agree. No font is ever downloaded. It knows strings, sizes and spans; no messages.
'use strict';
(() => {
  const page = globalThis.parleyPage;
  const stack = '"Inter","Segoe UI","Roboto","Noto Sans",Arial,sans-serif';  // the same as in style.css
  const monoStack = '"JetBrains Mono","Cascadia Mono","SF Mono",Consolas,"Noto Sans Mono","DejaVu Sans Mono",monospace';
  // A face is bits: semibold, italic, of equal widths.
  const fontOf = (face, size) => `${face & 2 ? 'italic ' : ''}${face & 1 ? 600 : 400} ${size} ${face & 4 ? monoStack : stack}`;
  const kWidest = 1024;   // of one picture, in device pixels: lettering/runs.cpp
  const kHighest = 512;
  const kMark = { link: 1, bold: 2, italic: 4, strike: 8, code: 16, mention: 32, spoiler: 128, item: 256 };  // in step with lettering/letterer.hpp
  const kQuoteIndent = 14;
  const kItemIndent = 24;
  const kCodePadding = 8;

  // Of the program's memory. A byte order mark is a character like any other: places are counted with it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const textOf = (bytes) => decoder.decode(bytes);

  // --- the pen: a 2D canvas of its own
  const board = document.createElement('canvas');
  board.width = kWidest;
  board.height = kHighest;
  const pen = board.getContext('2d', { willReadFrequently: true });
  pen.textBaseline = 'alphabetic';
  pen.textAlign = 'left';
  // In the page a browser kerns Chinese, Japanese and Korean letters, on a canvas it sets them one by one: a text with any
  // of them has no kerning in either, which is flag 4 of a fragment's order.
  const unkerned = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
  const kUnkerned = 4;
  let chosen = '';
  const choose = (face, pixels, text, order) => {
    const kerning = order & kUnkerned || unkerned.test(text) ? 'none' : 'normal';
    const font = fontOf(face, pixels + 'px');
    if (font + kerning === chosen) return;
    pen.font = font;
    pen.fontKerning = kerning;
    chosen = font + kerning;
  };

  // --- direction (UAX #9, rules P2 and P3: the first strong letter outside isolates)
  const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u061c\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
  const strong = /[\p{L}\u200e\u200f\u061c]/u;
  const needsCare = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\t]/u;
  const directionOf = (text) => {
    const first = strong.exec(text.replace(/[\u2066-\u2068][^\u2069]*\u2069?/gu, ''));
    return first && rightToLeft.test(first[0]) ? 'rtl' : 'ltr';
  };
  // order: 0 as its own first strong letter says; 1 left to right, 2 right to left, every letter of it
  const directed = (text, flags) => {
    const order = flags & ~kUnkerned;
    pen.direction = order === 2 || (order === 0 && directionOf(text) === 'rtl') ? 'rtl' : 'ltr';
    return order === 0 ? text : (order === 1 ? '\u202d' : '\u202e') + text + '\u202c';
  };
  const coloured = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3\ufe0f]/u;

  // [width, left, top, right, bottom, coloured], in device pixels from the pen's place on the baseline.
  // Firefox tells of a text that runs in both directions the ink of a part of it: all that its advance covers is taken for
  // ink, but where there is none.
  const boxOf = (text, order) => {
    const box = pen.measureText(directed(text, order));
    const blank = box.actualBoundingBoxRight + box.actualBoundingBoxLeft <= 0;
    return [box.width, Math.min(-box.actualBoundingBoxLeft, blank ? Infinity : 0), -box.actualBoundingBoxAscent,
      Math.max(box.actualBoundingBoxRight, blank ? -Infinity : box.width), box.actualBoundingBoxDescent, coloured.test(text) ? 1 : 0];
  };
  // What has just been laid out is drawn next, and measured for it: shaping it a second time would double the cost of a
  // new message. Of the font that is chosen, by order and text.
  const kMostMeasured = 500;
  const measured = new Map();
  const remember = (text, order) => {
    if (measured.size >= kMostMeasured) measured.clear();
    const box = boxOf(text, order);
    measured.set(chosen + order + text, box);
    return box;
  };
  const measure = (face, pixels, text, order) => {
    choose(face, pixels, text, order);
    return measured.get(chosen + order + text) ?? boxOf(text, order);
  };
  // The picture in the board's upper left corner. A colour is in it ("#rrggbb"); without one it is white, weighed as dark
  // ink on a light ground or the other way round.
  const paint = (face, pixels, text, order, left, top, width, height, colour, dark) => {
    choose(face, pixels, text, order);
    const words = directed(text, order);
    pen.globalCompositeOperation = 'source-over';
    pen.clearRect(0, 0, width, height);
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, width, height);
    pen.clip();
    pen.fillStyle = colour || (dark ? '#000' : '#fff');
    pen.fillText(words, -left, -top);
    if (!colour && dark) {
      pen.globalCompositeOperation = 'source-in';
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, width, height);
    }
    pen.restore();
    return board;
  };

  // --- where a reader would put the cursor
  const graphemes = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;
  const boundaries = (text) => (graphemes ? Array.from(graphemes.segment(text), ({ index }) => index) : [...text].reduce((all, c) => (all.push((all.at(-1) ?? 0) + c.length), all), [0]).slice(0, -1));

  const capital = (text) => text.slice(0, boundaries(text)[1] ?? text.length).toLocaleUpperCase();

  // How much of it (in UTF-16 units) fits into the width with an ellipsis behind.
  const fit = (face, pixels, text, width) => {
    choose(face, pixels, text, 0);
    const widthOf = (words) => pen.measureText(directed(words, 0)).width;
    if (widthOf(text) <= width) return text.length;
    const cuts = boundaries(text);
    let low = 0;
    let high = cuts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (widthOf(text.slice(0, cuts[middle]) + '…') <= width) low = middle; else high = middle;
    }
    return cuts[low] ?? 0;
  };

  // --- what a text with parts that are not plain is made of; also for the mirror
  // Returns its text nodes, and for each block its box and those within.
  const kLongNode = 400;
  const tagOf = (marks) => (marks & kMark.link ? 'a' : marks & kMark.code ? 'code' : marks & kMark.bold ? 'strong' : marks & kMark.italic ? 'em' : marks & kMark.strike ? 'del' : 'span');
  const classes = [[kMark.bold, 'b'], [kMark.italic, 'i'], [kMark.code, 'c'], [kMark.mention, 'm'], [kMark.item, 'n']];
  const partOf = ({ marks, begin, end, address }, text) => {
    const part = document.createElement(tagOf(marks));
    if (marks & kMark.link) Object.assign(part, { href: address || text.slice(begin, end), rel: 'noopener noreferrer', target: '_blank' });
    for (const [mark, name] of classes) if (marks & mark) part.classList.add(name);
    return part;
  };
  const boxOfBlock = ({ begin, end, quotes, items, above, code }, text) => {
    const box = document.createElement(code ? 'pre' : quotes ? 'blockquote' : 'div');
    box.className = code ? 'block code' : 'block';
    const words = text.slice(begin, end);
    if (!code) box.dir = directionOf(words);
    box.style.marginInlineStart = quotes * kQuoteIndent + items * kItemIndent + 'px';
    box.style.setProperty('--above', above);
    return box;
  };
  const fill = (element, text, spans, blocks = []) => {
    const nodes = [];  // {node, begin, span}
    // Short nodes: what a browser does to say where a letter stands grows with the node that the letter is in.
    const add = (parent, from, to, span) => {
      for (let begin = from; begin < to;) {
        let end = text.indexOf('\n', begin) + 1 || to;
        if (end - begin > kLongNode) end = text.indexOf(' ', begin + kLongNode / 2) + 1 || end;
        end = Math.min(end, to);
        const node = document.createTextNode(text.slice(begin, end));
        parent.append(node);
        nodes.push({ node, begin, span });
        begin = end;
      }
    };
    element.replaceChildren();
    element.style.fontKerning = unkerned.test(text) ? 'none' : '';
    let at = 0;
    const setLines = (parent, from, to) => {
      let at = from;
      for (let index = next; index < spans.length && spans[index].begin < to; next = ++index) {
        const span = spans[index];
        add(parent, at, span.begin, 0);
        const part = partOf(span, text);
        add(part, span.begin, span.end, index + 1);
        parent.append(part);
        at = span.end;
      }
      add(parent, at, to, 0);
    };
    let next = 0;
    if (blocks.length === 0) setLines(element, 0, text.length);
    const boxes = blocks.map((block) => {
      const box = boxOfBlock(block, text);
      const first = nodes.length;
      setLines(box, block.begin, block.end);
      element.append(box);
      return { box, nodes: nodes.slice(first) };
    });
    return { nodes, boxes };
  };

  // --- the press: an element that nobody sees, in which the browser breaks lines
  const press = document.createElement('div');
  press.id = 'press';
  press.setAttribute('aria-hidden', 'true');
  press.inert = true;
  document.body.append(press);
  const range = document.createRange();
  const rectOf = (node, begin, end) => {
    range.setStart(node, begin);
    range.setEnd(node, end);
    const rects = range.getClientRects();
    return rects.length > 0 ? rects[rects.length - 1] : null;
  };

  // Some browsers give an emoji another width in the page than on a canvas (Firefox, at any scale but 1): there each stands
  // where the page has it.
  const drifts = new Map();
  const emojiDrift = (face, size, density, line) => {
    const font = fontOf(face, `${size}px/${line}px`);
    if (!drifts.has(font + density)) {
      const four = '😀👍🎉🚀';
      const span = document.createElement('span');
      span.textContent = four;
      press.style.font = font;
      press.replaceChildren(span);
      choose(face, size * density, four, 0);
      drifts.set(font + density, Math.abs(pen.measureText(four).width / density - span.getBoundingClientRect().width) > 0.25);
      press.replaceChildren();
    }
    return drifts.get(font + density);
  };

  // Runs of one direction within one line, by where each grapheme stands; emoji alone where they drift.
  const runsOf = (node, begin, end, drifting) => {
    const text = node.data.slice(begin, end);
    const runs = [];
    let run = null;
    const cuts = boundaries(text);
    cuts.forEach((cut, index) => {
      const from = begin + cut;
      const to = begin + (cuts[index + 1] ?? text.length);
      const rect = rectOf(node, from, to);
      if (text[cut] === '\t') { run = null; return; }
      if (!rect || rect.width === 0) { if (run) run.end = to; return; }
      if (drifting && coloured.test(node.data.slice(from, to))) {
        runs.push({ begin: from, end: to, left: rect.left, right: rect.right, order: 0 });
        run = null;
        return;
      }
      const next = run && Math.abs(rect.left - run.right) < 0.51;
      const before = run && Math.abs(rect.right - run.left) < 0.51;
      const letter = strong.exec(text.slice(cut, to - begin));
      const direction = letter ? (rightToLeft.test(letter[0]) ? 2 : 1) : 0;
      const fits = (order, touches) => touches && (run.order === 0 || run.order === order) && (direction === 0 || direction === order);
      if (run && fits(1, next)) { run.order = 1; run.right = rect.right; run.end = to; }
      else if (run && fits(2, before)) { run.order = 2; run.left = rect.left; run.end = to; }
      else runs.push(run = { begin: from, end: to, left: rect.left, right: rect.right, order: direction });
      if (run.order === 0 && direction !== 0) run.order = direction;
    });
    return runs;
  };

  const kBlank = /[\s\u200b]*$/u;
  // Of the lines whose first begins at `top`; places from the corner of `origin`.
  const fragmentsOf = (nodes, origin, top, line, { flag, careful, drifting }) => {
    const fragments = [];
    const lineOf = (node, index) => {
      for (let i = index; i >= 0; --i) {
        const rect = rectOf(node, i, i + 1);
        if (rect) return Math.floor((rect.top + rect.height / 2 - top) / line);
      }
      return 0;
    };
    for (const { node, begin: base, span } of nodes) {
      const length = node.data.length;
      for (let begin = 0; begin < length;) {
        const here = lineOf(node, begin);
        let end = length;
        if (lineOf(node, length - 1) > here) {
          let low = begin;
          while (low + 1 < end) {
            const middle = (low + end) >> 1;
            if (lineOf(node, middle) > here) end = middle; else low = middle;
          }
        }
        const shown = begin + node.data.slice(begin, end).replace(kBlank, '').length;
        if (shown > begin) {
          const runs = careful ? runsOf(node, begin, shown, drifting) : [{ begin, end: shown, left: rectOf(node, begin, shown).left, order: 0 }];
          for (const run of runs) fragments.push({ begin: base + run.begin, end: base + run.end, x: run.left - origin.left, y: top - origin.top + here * line, order: run.order | flag, span });
        }
        begin = end;
      }
    }
    return fragments;
  };
  const layoutOf = ({ box, nodes, boxes, careful, drifting }, line) => {
    const origin = box.getBoundingClientRect();
    const how = { flag: box.style.fontKerning === 'none' ? kUnkerned : 0, careful, drifting };
    const height = Math.max(line, Math.round(origin.height * 64) / 64);
    if (boxes.length === 0) return { fragments: fragmentsOf(nodes, origin, origin.top, line, how), blocks: [], height };
    const fragments = [];
    const blocks = boxes.map(({ box: part, nodes: within }) => {
      const rect = part.getBoundingClientRect();
      const code = part.classList.contains('code');
      fragments.push(...fragmentsOf(within, origin, rect.top + (code ? kCodePadding : 0), line, how));
      return { top: rect.top - origin.top, height: rect.height, rightToLeft: part.dir === 'rtl' };
    });
    return { fragments, blocks, height };
  };

  // Texts whose every paragraph fits on a line need no layout: nothing of them depends on what is around.
  const layOutPlainly = (face, size, density, line, width, text) => {
    choose(face, size * density, text, 0);
    const flag = unkerned.test(text) ? kUnkerned : 0;
    const fragments = [];
    const paragraphs = text.split('\n');
    let begin = 0;
    for (const [index, paragraph] of paragraphs.entries()) {
      const shown = paragraph.replace(kBlank, '');
      const used = remember(shown, flag)[0] / density;
      if (used + (paragraph.length - shown.length) * size > width - 0.5) return null;
      const x = pen.direction === 'rtl' ? width - used : 0;
      if (shown) fragments.push({ begin, end: begin + shown.length, x, y: index * line, order: flag, span: 0 });
      begin += paragraph.length + 1;
    }
    return { fragments, blocks: [], height: paragraphs.length * line };
  };

  // requests: {text, spans, blocks}. All is written first, then all is read: one layout for all of them.
  const layOut = (face, size, density, line, width, requests) => {
    const results = new Array(requests.length);
    const boxes = [];
    requests.forEach(({ text, spans, blocks = [] }, index) => {
      const drifting = coloured.test(text) && emojiDrift(face, size, density, line);
      if (spans.length === 0 && blocks.length === 0 && !drifting && !text.includes('\t')) results[index] = layOutPlainly(face, size, density, line, width, text);
      if (results[index]) return;
      const box = document.createElement('div');
      boxes.push({ index, box, ...fill(box, text, spans, blocks), careful: drifting || needsCare.test(text), drifting });
    });
    if (boxes.length === 0) return results;
    press.style.font = fontOf(face, `${size}px/${line}px`);
    press.style.width = width + 'px';
    press.replaceChildren(...boxes.map(({ box }) => box));
    for (const each of boxes) results[each.index] = layoutOf(each, line);
    press.replaceChildren();
    return results;
  };

  // From the top of a line's box to its baseline.
  const baselines = new Map();
  const baseline = (face, size, line) => {
    const font = fontOf(face, `${size}px/${line}px`);
    if (!baselines.has(font)) {
      const box = document.createElement('div');
      const mark = document.createElement('span');
      mark.className = 'mark-of-baseline';
      press.style.font = font;
      box.append('x', mark);
      press.replaceChildren(box);
      baselines.set(font, mark.getBoundingClientRect().bottom - box.getBoundingClientRect().top);
      press.replaceChildren();
    }
    return baselines.get(font);
  };

  document.fonts?.addEventListener('loadingdone', () => { chosen = ''; measured.clear(); drifts.clear(); baselines.clear(); page.fontsChanged?.(); });

  page.text = { textOf, measure, paint, capital, fit, fill, layOut, baseline };
})();
