// Moving a node of the page that may have the focus. Taken out and put in again it would lose the focus, its selection, its
// undo and what is being composed in it. Among its siblings it stays where it is, and they move around it. To another parent a
// browser may move it as it is (moveBefore), which leaves it all but its undo (Chromium 156); any other can give it back the
// focus alone.
'use strict';
(() => {
  const page = globalThis.parleyPage;
  const canMove = 'moveBefore' in Element.prototype;

  // Before `next` in this parent, or at its end where that is null.
  const move = (element, parent, next) => {
    if (canMove && parent.isConnected && element.isConnected) parent.moveBefore(element, next);
    else parent.insertBefore(element, next);
  };
  const moveSiblings = (element, parent, next) => {
    const isBefore = next !== null && (element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
    if (!isBefore) {
      while (element.nextSibling !== next) move(element.nextSibling, parent, element);
      return;
    }
    const end = element.nextSibling;
    for (let each = next; each !== element;) {
      const following = each.nextSibling;
      move(each, parent, end);
      each = following;
    }
  };
  // True: its siblings have moved.
  const moveKeepingFocus = (element, parent, next) => {
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    if (focused && element.parentNode === parent) {
      moveSiblings(element, parent, next);
      return true;
    }
    move(element, parent, next);
    if (focused && document.activeElement !== focused) focused.focus();
    return false;
  };

  page.moving = { canMove, move, moveKeepingFocus };
})();
