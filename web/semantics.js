// The thin DOM layer over the canvas: applies the mirror's operations (ui/semantics.hpp writes them), holds the real
// fields, and tells the program what people did. It knows nodes, roles and rectangles; no rooms and no messages.
'use strict';
(() => {
  const page = globalThis.parleyPage;
  const app = document.getElementById('app');
  const mirror = document.getElementById('mirror');
  const composer = document.getElementById('composer');
  const announcer = document.getElementById('announcer');
  const { log, moving } = page;

  // In step with ui/mirror_writer.hpp and ui/semantics.hpp.
  const Op = { insert: 1, remove: 2, place: 3, rect: 4, name: 5, state: 6, value: 7, detail: 8, focus: 9, announce: 10, parts: 11, body: 12,
    order: 13, hide: 14, find: 15, anchor: 16, position: 17, keys: 18, moment: 19, hint: 20 };
  const Role = ['', 'navigation', 'main', 'complementary', 'log', 'article', 'list', 'listitem', 'link', 'button', 'dialog', 'heading',
    'status', 'textbox', 'composer', 'combobox', 'listbox', 'option', 'text', 'alert'];
  const Bit = { disabled: 1, current: 2, expanded: 4, collapsed: 8, selected: 16, hidden: 32, invalid: 64, pressed: 128, unpressed: 256 };
  const Act = { click: 1, focus: 2, blur: 3, setValue: 4, submit: 5, height: 6, key: 7, reveal: 8, drag: 9, caret: 10 };
  const tags = { navigation: 'nav', main: 'main', complementary: 'aside', list: 'ul', listitem: 'li', link: 'a',
    button: 'button', heading: 'h2', textbox: 'input', combobox: 'input', text: 'p' };
  const named = new Set(['navigation', 'main', 'complementary', 'log', 'list', 'dialog', 'textbox', 'composer', 'combobox', 'listbox']);
  const fields = new Set(['textbox', 'composer', 'combobox']);

  const nodes = new Map();  // id → element; the element carries parleyId and parleyRole
  let structureChanged = false;
  let logMoved = false;  // which forgets how it was scrolled
  const textEncoder = new TextEncoder();
  const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

  // --- program → page
  const setAttribute = (element, name, value) => {
    if (value === null) element.removeAttribute(name); else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const make = (role) => {
    if (role === 'composer') return bringComposer();
    if (role === 'article') return log.make();
    const element = document.createElement(tags[role] || 'div');
    if (!tags[role]) element.setAttribute('role', role);
    if (role === 'log') { element.setAttribute('aria-live', 'off'); element.tabIndex = 0; log.watch(element); }
    if (role === 'button') element.type = 'button';
    if (role === 'combobox') {
      for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['autocomplete', 'off'], ['spellcheck', 'false']]) element.setAttribute(name, value);
    }
    if (role === 'textbox') { element.type = 'text'; element.autocomplete = 'off'; element.spellcheck = false; }
    if (role === 'dialog') { element.setAttribute('aria-modal', 'true'); element.tabIndex = -1; }
    return element;
  };
  const setName = (element, role, name) => {
    if (role === 'article') { log.setText(element.parleyParts.author, name); return; }
    if (named.has(role)) { setAttribute(element, 'aria-label', name); return; }
    element.parleyName = name;
    showLabel(element);
  };
  // Links and buttons show their value as text where it differs from their name ("general" for "#general, 3 unread").
  const showLabel = (element) => {
    const shown = element.parleyValue || element.parleyName || '';
    if (element.textContent !== shown) element.textContent = shown;
    setAttribute(element, 'aria-label', shown === element.parleyName ? null : element.parleyName);
  };
  const setValue = (element, role, value) => {
    if (fields.has(role)) { if (element.value !== value) element.value = value; if (role === 'composer') { caret = ''; element.parleyHeight = -1; measure(element); } return; }
    element.parleyValue = value;
    showLabel(element);
  };
  const setDetail = (element, role, detail) => {
    if (role === 'article') log.setText(element.parleyParts.time, detail);
    else if (role === 'link') element.setAttribute('href', detail);
    else if (fields.has(role)) element.placeholder = detail;
    else if (role === 'button') setAttribute(element, 'title', detail || null);
  };
  const setState = (element, role, bits) => {
    const flag = (bit, name, value = 'true') => setAttribute(element, name, bits & bit ? value : null);
    if ('disabled' in element) element.disabled = (bits & Bit.disabled) !== 0;
    flag(Bit.current, 'aria-current', 'page');
    if (role !== 'composer') setAttribute(element, 'aria-expanded', bits & Bit.expanded ? 'true' : bits & Bit.collapsed ? 'false' : null);
    setAttribute(element, 'aria-pressed', bits & Bit.pressed ? 'true' : bits & Bit.unpressed ? 'false' : null);
    setAttribute(element, 'aria-selected', role === 'option' ? String((bits & Bit.selected) !== 0) : null);
    flag(Bit.invalid, 'aria-invalid');
    element.style.visibility = bits & Bit.hidden ? 'hidden' : '';
  };
  const place = (element, previous) => {
    const parent = element.parleyParent;
    if (element.parentNode === parent && element.previousElementSibling === previous) return;
    const next = previous ? previous.nextSibling : parent.parleyParts ? parent.parleyParts.body.nextSibling : parent.firstChild;
    if (next === element) return;
    if (moving.moveKeepingFocus(element, parent, next) || element.parleyRole === 'log' || element.querySelector?.('[role=log]')) logMoved = true;
  };
  // The composer is one for ever. Its node may go and come in one turn, as where a thread gets a place of its own: it waits
  // beside the mirror meanwhile, and keeps the focus and what is being composed where the browser can move it as it is.
  let isLeaving = false;
  let cameWithFocus = false;
  // What was composed by then has been told letter by letter: it belongs to the room before.
  let isTakenAway = false;
  const blurComposer = () => { isTakenAway = true; composer.blur(); isTakenAway = false; };
  const setComposerAside = () => {
    if (composer.parentNode === app) return;
    if (!moving.canMove) blurComposer();
    moving.move(composer, app, null);
  };
  const bringComposer = () => {
    cameWithFocus = isLeaving && document.activeElement === composer;
    isLeaving = false;
    composer.hidden = false;
    caret = '';
    return composer;
  };
  const putComposerAway = () => {
    isLeaving = false;
    if (document.activeElement === composer) act(composer, Act.blur);
    blurComposer();
    composer.hidden = true;
  };
  // With a log its articles go, also those that are only to be found.
  const forgetArticles = (element) => {
    for (const article of element.parleyArticles ?? []) nodes.delete(article.parleyId);
    log.forgetAll();
    element.remove();
  };
  const remove = (id, element) => {
    nodes.delete(id);
    log.forget(id);
    if (!element) return;
    if (element.contains(composer)) setComposerAside();
    if (element === composer) isLeaving = true;
    else if (element.parleyRole === 'log') forgetArticles(element);
    else if (element.parleyOrder !== undefined) log.remove(element);  // an article, or a text among them
    else element.remove();
  };
  const register = (id, element, role, parent) => {
    Object.assign(element, { parleyId: id, parleyRole: role, parleyParent: parent });
    if (role !== 'article') element.id = 'n' + id;
    nodes.set(id, element);
  };
  const insert = (id, parent, role) => {
    const waiting = role === 'article' ? nodes.get(id) ?? log.takeWaiting(id) : null;  // one that could be found comes into view
    if (waiting) return log.show(waiting);
    register(id, make(role), role, parent);
    structureChanged = true;
  };
  const findLater = (id, parent, wish) => nodes.has(id) || log.find(id, { ...wish, parent: () => nodes.get(parent), register: (of, element, log) => register(of, element, 'article', log) });

  // What comes in one burst is said in one breath.
  const kBurst = 400;
  let burst = [];
  const sayBurst = () => {
    const words = burst.length === 1 ? burst[0] : burst.length + ' new messages';
    burst = [];
    if (announcer.ariaNotify) { announcer.ariaNotify(words); return; }
    announcer.textContent = words;
    setTimeout(() => { if (announcer.textContent === words) announcer.textContent = ''; }, 1500);
  };
  const announce = (words) => { if (burst.push(words) === 1) setTimeout(sayBurst, kBurst); };

  const apply = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    const u8 = () => view.getUint8(at++);
    const u16 = () => { at += 2; return view.getUint16(at - 2, true); };
    const i16 = () => { at += 2; return view.getInt16(at - 2, true); };
    const u32 = () => { at += 4; return view.getUint32(at - 4, true); };
    const f64 = () => { at += 8; return view.getFloat64(at - 8, true); };
    const string = () => { const length = u32(); at += length; return textDecoder.decode(bytes.subarray(at - length, at)); };
    // Spans come in bytes and are wanted in units of the string.
    const body = () => {
      const length = u32();
      const start = at;
      at += length;
      const text = textDecoder.decode(bytes.subarray(start, at));
      const unit = (byte) => (text.length === length ? byte : textDecoder.decode(bytes.subarray(start, start + byte)).length);
      const spans = [];
      for (let left = u16(); left > 0; --left) spans.push({ marks: u16(), begin: unit(u32()), end: unit(u32()), address: string() });
      const blocks = [];
      for (let left = u16(); left > 0; --left) blocks.push({ begin: unit(u32()), end: unit(u32()), quotes: u8(), items: u8(), above: u8(), code: u8() !== 0 });
      return { text, spans, blocks, size: u8(), line: u8() };
    };
    let wanted = null;
    while (at < bytes.length) {
      const op = u8();
      if (op === Op.announce) { announce(string()); continue; }
      const id = u32();
      const element = nodes.get(id);
      const role = element?.parleyRole;
      if (op === Op.insert) {
        const parent = nodes.get(u32()) || mirror;
        insert(id, parent, Role[u8()]);
      } else if (op === Op.remove) { remove(id, element); structureChanged = true;
      } else if (op === Op.place) { const previous = u32(); place(element, previous ? nodes.get(previous) : null);
      } else if (op === Op.rect) {
        const style = element.style;
        style.left = i16() + 'px'; style.top = i16() + 'px'; style.width = i16() + 'px'; style.height = i16() + 'px';
      } else if (op === Op.parts) log.setParts(element, Array.from({ length: 9 }, i16));
      else if (op === Op.body) { log.setBody(element, body());
      } else if (op === Op.order) log.place(element, element.parleyParent, f64());
      else if (op === Op.hide) { if (element) log.hide(element);
      } else if (op === Op.find) { const parent = u32(); findLater(id, parent, { order: f64(), anchor: f64(), author: string(), time: string(), ...body() });
      } else if (op === Op.anchor) log.setAnchor(element, f64());
      else if (op === Op.position) log.setPosition(element, f64());
      else if (op === Op.moment) log.setMoment(element, f64());
      else if (op === Op.keys) setAttribute(element, 'aria-keyshortcuts', string() || null);
      else if (op === Op.hint) setAttribute(element, 'title', string() || null);
      else if (op === Op.name) setName(element, role, string());
      else if (op === Op.value) setValue(element, role, string());
      else if (op === Op.detail) setDetail(element, role, string());
      else if (op === Op.state) { setState(element, role, u16()); structureChanged ||= role === 'option' || role === 'composer'; }
      else if (op === Op.focus) wanted = element;
    }
    if (isLeaving) putComposerAway();
    if (structureChanged) settle();
    if (logMoved) mirror.querySelectorAll('[role=log]').forEach(log.toMiddle);
    logMoved = false;
    wanted?.focus({ preventScroll: true });
    if (cameWithFocus && document.activeElement === composer) act(composer, Act.focus);  // to the program it is another node
    cameWithFocus = false;
  };
  // What follows from the whole: a dialog makes the rest inert, a combobox knows its list. The composer too, which stays a
  // textbox: a text field of several lines is no combobox, and takes no aria-expanded.
  const settle = () => {
    structureChanged = false;
    const dialog = [...mirror.children].reverse().find((child) => child.parleyRole === 'dialog');
    for (const child of mirror.children) child.inert = dialog !== undefined && child !== dialog && child.parleyRole !== 'status';
    for (const box of mirror.querySelectorAll('[role=combobox]')) {
      const list = box.parentNode.querySelector('[role=listbox]');
      setAttribute(box, 'aria-expanded', String(list !== null));
      setAttribute(box, 'aria-controls', list?.id ?? null);
      setAttribute(box, 'aria-activedescendant', list?.querySelector('[aria-selected=true]')?.id ?? null);
    }
    const offered = composer.parentNode.querySelector(':scope > [role=listbox]');
    setAttribute(composer, 'aria-controls', offered?.id ?? null);
    setAttribute(composer, 'aria-activedescendant', offered?.querySelector('[aria-selected=true]')?.id ?? null);
  };

  // --- page → program; page.act(id, action, bytes) is set by the program
  const act = (element, action, text = '') => page.act?.(element.parleyId, action, textEncoder.encode(text)) ?? 0;
  const ownerOf = (target) => {
    for (let element = target; element && element !== app; element = element.parentElement) if (element.parleyId) return element;
    return null;
  };
  const isField = (element) => fields.has(element?.parleyRole);
  const measure = (element) => {
    const height = element.style.height;
    element.style.height = '0px';
    const wanted = element.scrollHeight;
    element.style.height = height;
    if (wanted !== element.parleyHeight) act(element, Act.height, String(element.parleyHeight = wanted));
  };
  // Places in the composer's text are told in bytes of UTF-8.
  const bytesTo = (text, unit) => textEncoder.encode(text.slice(0, unit)).length;
  const unitAt = (text, byte) => textDecoder.decode(textEncoder.encode(text).subarray(0, byte)).length;
  let caret = '';
  const tellCaret = () => {
    const { value, selectionStart, selectionEnd } = composer;
    const now = composing ? '' : `${bytesTo(value, selectionStart)} ${bytesTo(value, selectionEnd)}`;
    if (now !== caret) act(composer, Act.caret, caret = now);
  };
  // As if it were typed, so that undo works; soon, and not while the program is still being called.
  const replace = (begin, end, text, from, to) => queueMicrotask(() => {
    const { value } = composer;
    composer.focus({ preventScroll: true });
    composer.setSelectionRange(unitAt(value, begin), unitAt(value, end));
    if (text || begin !== end) document.execCommand(text ? 'insertText' : 'delete', false, text);
    composer.setSelectionRange(unitAt(composer.value, from), unitAt(composer.value, to));
    tellCaret();
  });
  // On a phone words are composed letter by letter, and offered meanwhile; an input method has a list of its own.
  let composing = false;
  composer.addEventListener('compositionstart', () => { composing = !matchMedia('(pointer: coarse)').matches; tellCaret(); });
  composer.addEventListener('compositionend', () => {
    composing = false;
    caret = '';
    if (isTakenAway) return;
    act(composer, Act.setValue, composer.value);
    tellCaret();
  });
  document.addEventListener('selectionchange', () => { if (document.activeElement === composer && composer.parleyId) tellCaret(); });
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  // The pointer's clicks go through ImGui; those of a key, a script or assistive technology come without its having been
  // pressed. (A click's `detail` does not tell: Firefox counts a key on a link as a click of the pointer.)
  let pressed = false;
  document.addEventListener('pointerdown', () => { pressed = true; }, true);
  document.addEventListener('keydown', () => { pressed = false; }, true);
  mirror.addEventListener('click', (event) => {
    const byPointer = pressed && event.isTrusted;
    pressed = false;
    const element = ownerOf(event.target);
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    const inMessage = event.target.closest('.body a');  // the browser's, unless it leads to a place in here
    if (inMessage && !newTab && inMessage.origin === location.origin && /^\/[rd]\//.test(inMessage.pathname)) {
      event.preventDefault();
      return page.go(inMessage.href);
    }
    if (!element || isField(element) || inMessage) return;
    if (element.parleyRole === 'link' && newTab) return;
    event.preventDefault();
    if (!byPointer) act(element, Act.click);
  });
  // A press on a button or link leaves the focus (and the phone's keyboard) where it is.
  mirror.addEventListener('mousedown', (event) => {
    const element = ownerOf(event.target);
    if (element && ['link', 'button', 'option'].includes(element.parleyRole)) event.preventDefault();
  });
  mirror.addEventListener('focusin', (event) => {
    const element = ownerOf(event.target);
    if (element && (isField(element) || element.matches(':focus-visible'))) act(element, Act.focus);
  });
  mirror.addEventListener('focusout', (event) => { const element = ownerOf(event.target); if (element) act(element, Act.blur); });
  mirror.addEventListener('input', (event) => {
    const element = ownerOf(event.target);
    if (!isField(element)) return;
    act(element, Act.setValue, element.value);
    if (element !== composer) return;
    measure(element);
    caret = '';
    tellCaret();
  });
  // What the program may want of the composer's keys: it is asked for each, and answers at once.
  const nameOfKey = ({ key, ctrlKey, metaKey, shiftKey, altKey }) => {
    const held = ctrlKey || metaKey;
    if (altKey || (!held && ((shiftKey && key !== 'ArrowUp') || !['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Tab', 'Enter'].includes(key)))) return '';
    return (held ? 'Control+' : '') + (shiftKey ? 'Shift+' : '') + (key.length === 1 ? key.toLowerCase() : key);
  };
  const comboKeys = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Control+p', 'Control+n', 'Tab']);
  const isTaken = (event, element) => {
    const name = nameOfKey(event);
    if (!name || (element !== composer && element.parleyRole !== 'combobox')) return false;
    if (element === composer) tellCaret();
    return act(element, Act.key, name) === 1;
  };
  const fieldKey = (event, element) => {
    if ((element === composer || comboKeys.has(nameOfKey(event))) && isTaken(event, element)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (act(element, Act.submit, element.value) === 1 && element === composer) { element.value = ''; measure(element); }
    }
  };
  const logKeys = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End']);
  const logKey = (event, element) => {
    const whole = element.closest('[role=log]');
    if (!whole) return;
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      log.selectAll(whole);
    } else if (logKeys.has(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      act(whole, Act.key, event.key + ' ' + (element.closest('article')?.parleyOrder ?? 0));
    }
  };
  mirror.addEventListener('keydown', (event) => {
    const element = ownerOf(event.target);
    if (isField(element)) { if (!isComposing(event)) fieldKey(event, element); } else if (element) logKey(event, element);
  });
  // The browser has found something in what is out of view, or an address leads there.
  mirror.addEventListener('beforematch', (event) => {
    const article = event.target.closest('article');
    if (!article) return;
    log.expect(article);
    act(article.parleyParent, Act.reveal, String(article.parleyOrder));
  });
  page.scrollLog = (element, pixels) => act(element, Act.drag, String(pixels));

  // F6 and Shift+F6 go through the regions of the page.
  const regions = () => [mirror.querySelector('nav'), ...mirror.querySelectorAll('[role=log]'), composer.hidden ? null : composer, mirror.querySelector('aside')]
    .filter((region) => region && !region.closest('[inert]'));
  const entryOf = (region) => (region.matches('nav') ? region.querySelector('[aria-current]') ?? region.querySelector('a, button') : region.matches('aside') ? region.querySelector('button, a') : region);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = regions();
    if (all.length === 0) return;
    event.preventDefault();
    const at = all.findIndex((region) => region.contains(document.activeElement));
    const next = at < 0 ? (event.shiftKey ? all.length - 1 : 0) : (at + (event.shiftKey ? all.length - 1 : 1)) % all.length;
    entryOf(all[next])?.focus();
  });
  // Typing and pasting where nothing takes it, as on a message, goes into the composer.
  const goesNowhere = () => document.activeElement === document.body || document.activeElement.matches('article, [role=log]');
  const isHere = () => { const log = document.activeElement.closest('[role=log]'); return !log || composer.parentNode.contains(log); };  // of two conversations
  const composerIsOpen = () => !composer.hidden && isHere() && composer.style.visibility !== 'hidden' && !composer.closest('[inert]');
  document.addEventListener('keydown', (event) => {
    const plain = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !isComposing(event) && goesNowhere() && composerIsOpen()) composer.focus();
  });
  // What no message may hold is not pasted: nobody could find it to take it out. (A vertical tab is a line to who copied it.)
  const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
  document.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const field = isField(ownerOf(event.target)) ? event.target : goesNowhere() && composerIsOpen() ? composer : null;
    if (!field || !text) return;
    const clean = text.replace(/\r\n?|[\u000b\u000c\u0085]/g, '\n').replace(controls, '');
    if (field === event.target && clean === text.replace(/\r\n?/g, '\n')) return;
    event.preventDefault();
    field.focus();
    document.execCommand('insertText', false, clean);
  });

  page.semantics = { apply, replace };
})();
