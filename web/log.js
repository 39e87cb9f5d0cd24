// The articles of a conversation's log: what they are made of, in which order they stand, those that are out of view and
// can still be found, copying, and a selection that is drawn past the edge. It knows authors, times and texts; what they
// mean the program knows.
'use strict';
(() => {
  const page = globalThis.parleyPage;
  const canBeFound = 'onbeforematch' in document.body;
  const kIdleSlice = 4;  // milliseconds

  // --- one article
  const make = () => {
    const element = document.createElement('article');
    const parts = { author: document.createElement('span'), time: document.createElement('time'), body: document.createElement('div') };
    for (const [name, part] of Object.entries(parts)) part.className = name;
    element.append(parts.author, ' ', parts.time, ' ', parts.body);
    element.tabIndex = -1;
    element.parleyParts = parts;
    return element;
  };
  const setText = (part, text) => { if (part.textContent !== text) part.textContent = text; };
  const setBody = (element, wish) => {
    const { text, spans, blocks, size, line } = wish;
    const known = JSON.stringify([text, spans, blocks, size]);
    if (element.parleyBody === known) return;
    element.parleyBody = known;
    const { style } = element.parleyParts.body;
    style.fontSize = size + 'px';
    style.lineHeight = line + 'px';
    page.text.fill(element.parleyParts.body, text, spans, blocks);
  };
  const setPart = (part, x, y, width) => {
    part.classList.toggle('unseen', width === 0);
    part.style.left = x + 'px';
    part.style.top = y + 'px';
    part.style.width = width ? width + 'px' : '';
  };
  // body, author, time: x, y and width each
  const setParts = (element, numbers) => {
    const { body, author, time } = element.parleyParts;
    [body, author, time].forEach((part, index) => setPart(part, ...numbers.slice(3 * index, 3 * index + 3)));
  };
  const setPosition = (element, position) => {
    element.setAttribute('aria-posinset', position);
    element.setAttribute('aria-setsize', '-1');
  };
  // Read out and shown in short; a pointer that rests on it is told the day and the second.
  const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
  const setMoment = (element, moment) => {
    const { time } = element.parleyParts;
    time.dateTime = new Date(moment).toISOString();
    time.title = whole.format(moment);
  };
  const setAnchor = (element, anchor) => { element.id = 'm' + anchor; };

  // --- their order, which is not always the order in which they come
  const place = (element, parent, order) => {
    const all = (parent.parleyArticles ??= []);
    const old = all.indexOf(element);
    if (old >= 0) all.splice(old, 1);
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].parleyOrder <= order) low = middle + 1; else high = middle;
    }
    element.parleyOrder = order;
    const before = all[low] ?? null;
    all.splice(low, 0, element);
    if (element.parentNode !== parent || element.nextSibling !== before) parent.insertBefore(element, before);
  };
  const remove = (element) => {
    const all = element.parleyParent?.parleyArticles;
    const at = all ? all.indexOf(element) : -1;
    if (at >= 0) all.splice(at, 1);
    element.remove();
  };

  // --- out of view
  const hide = (element) => {
    if (element.contains(document.activeElement)) element.parleyParent?.focus({ preventScroll: true });
    element.setAttribute('hidden', canBeFound ? 'until-found' : '');
    element.parleyFound = true;
  };
  const show = (element) => {
    element.removeAttribute('hidden');
    element.parleyFound = false;
  };
  // Those that were never in view are made when the browser has time.
  const waiting = new Map();  // id → what it takes to make one
  let scheduled = false;
  const idle = globalThis.requestIdleCallback ?? ((call) => setTimeout(() => call({ timeRemaining: () => kIdleSlice }), 50));
  const makeOne = (id, wish) => {
    waiting.delete(id);
    const parent = wish.parent();
    if (!parent) return null;
    const element = make();
    wish.register(id, element, parent);
    if (wish.anchor) setAnchor(element, wish.anchor);
    setText(element.parleyParts.author, wish.author);
    setText(element.parleyParts.time, wish.time);
    setBody(element, wish);
    place(element, parent, wish.order);
    hide(element);
    return element;
  };
  const makeSome = (deadline) => {
    scheduled = false;
    for (const [id, wish] of waiting) {
      if (deadline.timeRemaining() <= 0) break;
      makeOne(id, wish);
    }
    schedule();
  };
  const schedule = () => {
    if (scheduled || waiting.size === 0) return;
    scheduled = true;
    idle(makeSome, { timeout: 2000 });
  };
  const find = (id, wish) => { waiting.set(id, wish); schedule(); };
  const takeWaiting = (id) => { const wish = waiting.get(id); return wish ? makeOne(id, wish) : null; };
  const forget = (id) => waiting.delete(id);
  const forgetAll = () => waiting.clear();

  // --- selecting all of a log: a browser leaves out what is out of view, so that it is remembered what was meant
  let all = null;  // {log, range} as the browser made of it
  const selectAll = (log) => {
    const selection = document.getSelection();
    selection.selectAllChildren(log);
    all = selection.rangeCount > 0 ? { log, range: selection.getRangeAt(0).cloneRange() } : null;
  };
  const isAllOf = (range) => {
    const same = all && all.log.isConnected && range.compareBoundaryPoints(Range.START_TO_START, all.range) === 0 && range.compareBoundaryPoints(Range.END_TO_END, all.range) === 0;
    return same ? all.log : null;
  };

  // --- copying: what is shown, with whose it is where there are several
  // Each block begins a line; a bullet or number stands apart from its text.
  const linesOf = (content) => {
    let text = '';
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) { text += node.data; return; }
      if (text && node.classList?.contains('block')) text += (text.endsWith('\n') ? '' : '\n') + '\n'.repeat(Number(node.style.getPropertyValue('--above')));
      node.childNodes.forEach(walk);
      if (node.classList?.contains('n')) text += ' ';
    };
    walk(content);
    return text;
  };
  const selectedParts = (range) => {
    const parts = [];
    const whole = isAllOf(range);
    for (const element of (whole ?? document).querySelectorAll('#mirror article')) {
      const body = element.parleyParts?.body;
      if (!body || !(whole || range.intersectsNode(body))) continue;
      const part = document.createRange();
      part.selectNodeContents(body);
      if (part.comparePoint(range.startContainer, range.startOffset) === 0) part.setStart(range.startContainer, range.startOffset);
      if (part.comparePoint(range.endContainer, range.endOffset) === 0) part.setEnd(range.endContainer, range.endOffset);
      const content = part.cloneContents();
      const text = linesOf(content);
      if (text) parts.push({ text, content, author: element.parleyParts.author.textContent, time: element.parleyParts.time.textContent });
    }
    return parts;
  };
  const headOf = ({ author, time }) => (time ? `${author} [${time}]` : author);
  const plainOf = (parts) => {
    if (parts.length === 1) return parts[0].text;
    return parts.map((part, index) => (index > 0 && headOf(parts[index - 1]) === headOf(part) ? '' : headOf(part) + '\n') + part.text).join('\n');
  };
  // Lines become <br>, links keep where they go, and what is marked its meaning; nothing else of the mirror is in it.
  const meanings = new Set(['A', 'STRONG', 'EM', 'DEL', 'CODE', 'PRE', 'BLOCKQUOTE', 'DIV']);
  const cleaned = (content, into = document.createDocumentFragment()) => {
    for (const node of content.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        node.data.split('\n').forEach((line, index) => { if (index > 0) into.append(document.createElement('br')); into.append(line); });
      } else if (meanings.has(node.nodeName)) {
        const copy = document.createElement(node.nodeName);
        if (node.nodeName === 'A') copy.href = node.href;
        into.append(cleaned(node, copy));
      } else {
        cleaned(node, into);
        if (node.classList?.contains('n')) into.append(' ');
      }
    }
    return into;
  };
  const htmlOf = (parts) => {
    const all = document.createElement('div');
    for (const part of parts) {
      const paragraph = document.createElement('p');
      if (parts.length > 1) {
        const author = document.createElement('b');
        author.textContent = headOf(part);
        paragraph.append(author, document.createElement('br'));
      }
      paragraph.append(cleaned(part.content));
      all.append(paragraph);
    }
    return all.innerHTML;
  };
  document.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    if (event.target.closest?.('textarea, input') || !selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const parts = selectedParts(selection.getRangeAt(0));
    if (parts.length === 0) return;
    event.clipboardData.setData('text/plain', plainOf(parts));
    event.clipboardData.setData('text/html', htmlOf(parts));
    event.preventDefault();
  });

  // --- the browser scrolls the log to what it has found, also within a message that is partly in view, or to what has the
  // focus. Nothing of the page moves by itself: the log stays in its middle, and the program is told how far it went.
  const kMiddle = 16000;
  const toMiddle = (element) => {
    if (element.scrollTop !== kMiddle) element.scrollTop = kMiddle;
    if (element.scrollLeft !== 0) element.scrollLeft = 0;
  };
  const watch = (element) => element.addEventListener('scroll', () => {
    const moved = element.scrollTop - kMiddle;
    toMiddle(element);
    if (moved && !dragging) page.scrollLog(element, moved);
  });
  // What was out of view is about to be scrolled to: it stands where the program will have it.
  const expect = (element) => {
    const { parleyParent: around, parleyParts: { body }, style } = element;
    const model = around.querySelector('article:not([hidden]) .body:not(.unseen)');
    style.left = '0px';
    style.top = Math.round(around.clientHeight * 0.3) + 'px';
    if (model) Object.assign(body.style, { left: model.style.left, width: model.style.width });
  };

  // --- a selection that is drawn past the edge scrolls what is there; page.scrollLog is set by semantics.js
  const kEdge = 28;
  let dragging = 0;
  let dragLog = null;
  const step = () => {
    if (!dragging || !dragLog?.isConnected) { dragging = 0; return; }
    page.scrollLog(dragLog, dragging);
    requestAnimationFrame(step);
  };
  document.addEventListener('pointermove', (event) => {
    const was = dragging;
    dragging = 0;
    if (!(event.buttons & 1) || event.pointerType === 'touch') return;
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return;
    const from = selection.anchorNode?.nodeType === 1 ? selection.anchorNode : selection.anchorNode?.parentElement;
    dragLog = from?.closest('[role=log]') ?? null;
    if (!dragLog) return;
    const box = dragLog.getBoundingClientRect();
    if (event.clientY < box.top + kEdge) dragging = Math.max(-40, (event.clientY - box.top - kEdge) / 2);
    else if (event.clientY > box.bottom - kEdge) dragging = Math.min(40, (event.clientY - box.bottom + kEdge) / 2);
    if (dragging && !was) requestAnimationFrame(step);
  });
  document.addEventListener('pointerup', () => { dragging = 0; });

  page.log = { make, setText, setBody, setParts, setPosition, setAnchor, setMoment, place, remove, hide, show, find, takeWaiting, forget, forgetAll, selectAll, watch, toMiddle, expect };
})();
