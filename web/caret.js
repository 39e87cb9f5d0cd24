// A caret that blinks is drawn twice a second for as long as its field has the focus, which costs a page at rest more than
// all the rest of it. Where the browser lets it stand still (caret-animation) it does so when nothing was typed for a while.
'use strict';
(() => {
  const kBlinks = 5_000;  // milliseconds
  const root = document.documentElement;
  let since = 0;
  let timer = 0;
  const isField = (node) => node?.matches?.('textarea, input');
  // One timer for a whole burst of keys: it looks how long the last one is ago, and waits for the rest.
  const look = () => {
    const rest = since + kBlinks - performance.now();
    timer = rest > 0 ? setTimeout(look, rest) : 0;
    if (!timer) root.classList.add('still-caret');
  };
  const blink = ({ target }) => {
    if (!isField(target)) return;
    since = performance.now();
    root.classList.remove('still-caret');
    timer ||= setTimeout(look, kBlinks);
  };
  for (const what of ['focusin', 'keydown', 'input', 'pointerdown']) document.addEventListener(what, blink, { capture: true, passive: true });
})();
