// The first script of the page: puts the theme on, makes the entrance work before the program has arrived, says so where
// the browser lacks what Parley needs, and tells the Emscripten glue where its wasm is. No chat logic.
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const page = (globalThis.parleyPage = {});
  globalThis.parley = { stats: () => ({ frames: 0, framesByReason: {}, messagesReceived: 0, firstFrameMs: 0, firstMessageMs: 0,
    semanticNodes: 0, lineSpans: 0, foundNodes: 0, textureBytes: 0 }), frameTimes: () => [] };

  // --- theme: "light", "dark" or "system", which follows the system while it is chosen
  const darkWish = matchMedia('(prefers-color-scheme: dark)');
  const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  let choice = stored('parley.theme') || 'system';
  const showTheme = () => {
    const dark = choice === 'dark' || (choice === 'system' && darkWish.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    page.themeChanged?.();
  };
  page.theme = () => choice;
  // More contrast: as the system wishes, until the person has chosen here.
  const contrastWish = matchMedia('(prefers-contrast: more)');
  let contrast = stored('parley.contrast');  // "more", "normal" or nothing yet
  const forced = matchMedia('(forced-colors: active)');  // the system's colours: the canvas cannot take them, but be as clear
  const hasContrast = () => (contrast ? contrast === 'more' : contrastWish.matches || forced.matches);
  const showContrast = () => {
    if (hasContrast()) document.documentElement.dataset.contrast = 'more'; else delete document.documentElement.dataset.contrast;
    page.themeChanged?.();
  };
  page.contrast = hasContrast;
  page.setContrast = (more) => {
    contrast = more ? 'more' : 'normal';
    try { localStorage.setItem('parley.contrast', contrast); } catch { /* lasts as long as the tab */ }
    showContrast();
  };
  for (const wish of [contrastWish, forced]) wish.addEventListener('change', showContrast);
  page.setTheme = (name) => {
    choice = name;
    try { localStorage.setItem('parley.theme', name); } catch { /* a private window: the choice lasts as long as the tab */ }
    showTheme();
  };
  // Which emoji are used here, as a line that the program reads; nothing: they are forgotten.
  let habits = stored('parley.emoji') || '';
  page.emojiHabits = () => habits;
  page.keepEmojiHabits = (line) => {
    habits = line;
    try { if (line) localStorage.setItem('parley.emoji', line); else localStorage.removeItem('parley.emoji'); } catch { /* lasts as long as the tab */ }
  };
  // Whether what is typed is shown as it will look.
  let preview = stored('parley.preview') === 'on';
  page.wantsPreview = () => preview;
  page.keepPreview = (wanted) => {
    preview = wanted;
    try { localStorage.setItem('parley.preview', wanted ? 'on' : 'off'); } catch { /* lasts as long as the tab */ }
  };
  page.colour = (name) => {
    const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const digits = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(text);
    if (!digits) { console.error(`parley: ${name} is not a colour of tokens.css: "${text}"`); return 0xff00ffff; }
    return parseInt(digits[1] + (digits[2] || 'ff'), 16) >>> 0;
  };
  darkWish.addEventListener('change', showTheme);
  showTheme();
  showContrast();

  // --- a phone's keyboard that covers the page instead of shrinking it: the program has what is left
  const fit = () => {
    const { height, offsetTop, scale } = window.visualViewport;
    if (scale !== 1) return;  // the person has zoomed in
    const covered = window.innerHeight - height > 80;
    byId('app').style.height = covered ? height + 'px' : '';
    byId('app').style.top = covered ? offsetTop + 'px' : '';
    byId('app').style.bottom = covered ? 'auto' : '';
  };
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);

  // --- what is missing is said in words
  const cannot = (why) => {
    byId('login').hidden = true;
    byId('resuming').hidden = true;
    byId('cannot').hidden = false;
    byId('cannot-why').textContent = why;
    byId('entrance').hidden = false;
    page.stopped = true;
  };
  page.cannot = cannot;

  // --- the entrance
  const form = byId('login');
  const entrance = byId('entrance');
  const fields = { name: byId('login-name'), password: byId('login-password'), invite: byId('login-invite') };
  const buttons = [byId('sign-in'), byId('create-account')];
  let waiting = null;  // what was asked before the program was there
  let offered = true;  // the server makes accounts

  const complain = (sentence) => { byId('login-error').textContent = sentence; };
  const setBusy = (busy) => {
    buttons[0].disabled = busy;
    buttons[1].disabled = busy || !offered;
    form.setAttribute('aria-busy', String(busy));
  };
  const enter = (creating) => {
    fields.password.autocomplete = creating ? 'new-password' : 'current-password';
    if (!fields.name.value || !fields.password.value) {
      complain(creating ? 'Choose a name and a password, then press Create account again.' : 'Enter your name and your password.');
      (fields.name.value ? fields.password : fields.name).focus();
      return;
    }
    complain('');
    setBusy(true);
    const wish = [creating, fields.name.value.trim().toLowerCase(), fields.password.value, fields.invite.value.trim()];
    if (page.enter) page.enter(...wish); else waiting = wish;
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); enter(false); });
  buttons[1].addEventListener('click', () => enter(true));
  // The owner's link carries its code in the fragment, which no server and no log sees.
  fields.invite.value = new URLSearchParams(location.hash.slice(1)).get('invite') || '';
  byId('login-invite-row').hidden = !fields.invite.value;

  // Called by the program: page.enter is its handler from now on.
  page.programStarted = (handler) => {
    page.enter = handler;
    if (waiting) handler(...waiting);
    waiting = null;
  };
  // visible: the entrance is shown. registration: 0 unknown, 1 closed, 2 by invitation, 3 open.
  page.showEntrance = (visible, busy, error, registration) => {
    byId('resuming').hidden = true;
    entrance.hidden = !visible;
    if (!visible) {
      fields.password.value = '';
      form.remove();
      return;
    }
    if (!form.isConnected) { entrance.prepend(form); fields.name.focus(); }
    form.hidden = false;
    offered = registration !== 1;
    byId('login-invite-row').hidden = registration !== 2 && !fields.invite.value;
    byId('login-lead').textContent = offered ? 'Sign in to your server, or make an account.' : 'Sign in to your server.';
    if (!offered) byId('login-hint').textContent = 'New accounts are switched off on this server: ask its owner for one.';
    complain(error);
    setBusy(busy);
  };

  page.sayResuming = (words) => {
    form.hidden = true;
    byId('resuming').hidden = false;
    byId('resuming').textContent = words;
    entrance.hidden = false;
  };

  if (typeof WebAssembly !== 'object') return cannot('It has no WebAssembly. Any current Firefox, Chrome, Edge or Safari has it.');
  const probe = document.createElement('canvas').getContext('webgl2');
  if (!probe) return cannot('It has no WebGL 2, or its graphics are switched off. Switch hardware acceleration on in the browser’s settings, or use another browser.');
  probe.getExtension('WEBGL_lose_context')?.loseContext();

  if (stored('parley.session')) { form.hidden = true; byId('resuming').hidden = false; }
  setBusy(false);
  addEventListener('error', (event) => console.error('parley: ' + event.message));

  globalThis.Module = {
    canvas: byId('canvas'),
    locateFile: (name) => (name.endsWith('.wasm') ? '{{file:parley_web.wasm}}' : name),
    print: (line) => console.info(line),
    printErr: (line) => console.warn(line),
    onAbort: (why) => cannot('Its program stopped (' + why + '). Load the page again.'),
  };
})();
