// What the page keeps on this device, in IndexedDB: operations that are not settled, what was seen last, drafts. And
// which unsent operations are this tab's: it holds a Web Lock named after each outbox that it sends from, so the
// operations of a tab that is gone are taken by one other. Bytes and names only; what they mean the program knows.
'use strict';
(() => {
  const page = globalThis.parleyPage;
  const kDraftDelay = 400;
  const lockOf = (outbox) => 'parley.outbox.' + outbox;
  const outboxOf = (id) => id.slice(0, 16);
  const told = { kept: () => {}, notKept: () => {}, forgotten: () => {}, orphan: () => {} };  // set by the program
  const words = (error) => (error && (error.message || error.name)) || 'unknown error';

  // --- the database: null where there is none, and everything goes on without
  let database = null;
  const without = (why) => {
    database = null;
    console.warn('parley storage: nothing is kept on this device: ' + why);
  };
  const settle = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const open = () => new Promise((resolve, reject) => {
    if (!globalThis.indexedDB || !navigator.locks) { reject(new Error(isSecureContext ? 'this browser has no storage' : 'the page was not loaded over https')); return; }
    const request = indexedDB.open('parley', 1);
    request.onupgradeneeded = () => {
      const operations = request.result.createObjectStore('operations', { autoIncrement: true });  // its keys rise: the order of writing
      operations.createIndex('id', 'id', { unique: true });
      operations.createIndex('outbox', 'outbox');
      request.result.createObjectStore('view');
      request.result.createObjectStore('drafts');
    };
    request.onblocked = () => reject(new Error('another tab holds an older version of it'));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const opened = request.result;
      opened.onversionchange = () => { opened.close(); without('a newer version of the page has taken it over'); };
      opened.onclose = () => without('the browser has closed it');
      resolve(opened);
    };
  });
  // One transaction; resolves when it is complete, which with "strict" means on disk. A page that goes away takes with it
  // one that asks something back, and all that wait for that: what would be lost then is said with it. Where `change`
  // asks nothing it is told to commit at once.
  const asksNothing = null;
  const asking = new Map();  // transaction → { kept: ids of operations, forgotten: keys of drafts }
  const write = (stores, durability, change, atStake = {}) => new Promise((resolve, reject) => {
    if (!database) { reject(new Error('there is no storage')); return; }
    const transaction = database.transaction(stores, 'readwrite', { durability });
    const end = (settled, how) => { asking.delete(transaction); settled(how); };
    transaction.oncomplete = () => end(resolve);
    transaction.onabort = () => end(reject, transaction.error);
    change(...stores.map((name) => transaction.objectStore(name)));
    if (atStake === asksNothing) transaction.commit?.(); else asking.set(transaction, atStake);
  });
  // Strict changes, in their order: all that come while one transaction is on its way to the disk share the next.
  let queue = [];
  let writing = false;
  const strictly = (change, kept) => new Promise((resolve, reject) => {
    queue.push({ change, kept, resolve, reject });
    if (!writing) writeQueue();
  });
  const writeQueue = async () => {
    writing = true;
    await null;  // what else this turn brings comes along
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        await write(['operations', 'view', 'drafts'], 'strict', (...stores) => { for (const { change } of batch) change(...stores); },
          { kept: batch.map((each) => each.kept) });
        for (const { resolve } of batch) resolve();
      } catch (error) { for (const { reject } of batch) reject(error); }
    }
    writing = false;
  };
  const complain = (error) => console.warn('parley storage: ' + words(error));

  // --- whose an outbox is
  const held = new Map();      // outbox → settled when it is this tab's
  const releases = new Map();  // outbox → ends the holding
  const watched = new Set();
  const channel = globalThis.BroadcastChannel ? new BroadcastChannel('parley.outboxes') : null;
  const holdUntilReleased = (outbox) => new Promise((resolve) => releases.set(outbox, resolve));
  const hold = (outbox) => {
    if (!held.has(outbox)) {
      held.set(outbox, new Promise((resolve, reject) => {
        navigator.locks.request(lockOf(outbox), () => { resolve(); return holdUntilReleased(outbox); }).catch(reject);
      }));
      channel?.postMessage(outbox);
    }
    return held.get(outbox);
  };
  // Under its lock: what is there now is all there will be. `next` is called when the program has it; nothing there: it
  // is not worth holding.
  const takeOver = async (outbox, next) => {
    if (!database) return undefined;
    const index = database.transaction('operations').objectStore('operations').index('outbox');
    const [records, keys] = await Promise.all([settle(index.getAll(outbox)), settle(index.getAllKeys(outbox))]);
    if (records.length === 0) return undefined;
    held.set(outbox, Promise.resolve());
    const released = holdUntilReleased(outbox);
    told.orphan(outbox, records.map((record) => record.bytes), keys[0]);
    next?.();
    return released;
  };
  // Waits, if need be for ever, until whoever holds it is gone.
  const watch = (outbox) => {
    if (held.has(outbox) || watched.has(outbox)) return;
    watched.add(outbox);
    navigator.locks.request(lockOf(outbox), () => { watched.delete(outbox); return takeOver(outbox); }).catch(complain);
  };
  // Another tab has begun an outbox, or its person has signed out: nothing of hers is written any more.
  let signedOut = false;
  let signOuts = 0;  // in this tab
  // Before the program has asked nobody would take what is found; what was begun until then is found by asking.
  let asked = false;
  if (channel) channel.onmessage = ({ data }) => { if (data === '') signedOut = true; else if (asked) watch(data); };
  // Those whose tabs are gone, in the order in which they were begun; those of living tabs are waited for.
  const lookForOrphans = async () => {
    signedOut = false;
    asked = true;
    await kept;  // the database may be late
    if (!database) return;
    const records = await settle(database.transaction('operations').objectStore('operations').getAll());
    for (const outbox of new Set(records.map((record) => record.outbox))) {
      await new Promise((next) => {
        const take = (lock) => { if (lock) return takeOver(outbox, next); watch(outbox); return undefined; };
        navigator.locks.request(lockOf(outbox), { ifAvailable: true }, take).catch(complain).then(next);
      });
    }
    const locks = await navigator.locks.query();
    for (const { name } of locks.held) if (name.startsWith(lockOf(''))) watch(name.slice(lockOf('').length));
  };

  // --- operations: an id is its outbox and its number
  // What is not on disk yet, by the id: the draft that it was, and what is told instead if the page ends before.
  const keeping = new Map();
  const keep = async (id, owner, bytes, insteadOf, { key, draft, unfinished }) => {
    const sent = draft ? sentDraft(key, [draft, unfinished]) : [];
    const began = signOuts;
    if (key) keeping.set(id, { key, unfinished, sent });
    try {
      await kept;  // the database may be late
      await hold(outboxOf(id));
      if (signOuts !== began) return;
      await strictly((operations, view, drafts) => {
        const known = operations.index('id');
        known.getKey(id).onsuccess = (event) => operations.put({ id, outbox: outboxOf(id), owner, bytes }, event.target.result);
        if (insteadOf) known.getKey(insteadOf).onsuccess = (event) => { if (event.target.result !== undefined) operations.delete(event.target.result); };
        if (draft) forgetDraft(drafts, key, sent);
      }, id);
      keeping.delete(id);
      keeping.delete(insteadOf);
      told.kept(id);
    } catch (error) {
      if (signOuts !== began) return;  // nobody asks any more
      complain(error);
      told.notKept(id, words(error));
    }
  };
  // It is settled, kept or not.
  const forget = async (id) => {
    const unkept = keeping.get(id);
    keeping.delete(id);
    try {
      await kept;
      await held.get(outboxOf(id));  // after it is kept
      await strictly((operations, view, drafts) => {
        operations.index('id').getKey(id).onsuccess = (event) => { if (event.target.result !== undefined) operations.delete(event.target.result); };
        if (unkept) { forgetDraft(drafts, unkept.key, unkept.sent); drafts.delete(unkept.key + ' ' + id); }
      });
      told.forgotten(id);
    } catch (error) { complain(error); told.notKept(id, words(error)); }
  };
  const release = (outbox) => {
    releases.get(outbox)?.();
    releases.delete(outbox);
    held.delete(outbox);
  };

  // --- what was seen last, and what is typed: keys are owner and room. Behind a third word, of an operation or a tab,
  // stands what was left there by a page that could not know what the draft was.
  const saveView = (owner, bytes) => {
    if (!signedOut) write(['view'], 'relaxed', (view) => view.put({ owner, bytes }, 'last'), asksNothing).catch(complain);
  };
  const forgetView = () => write(['view'], 'relaxed', (view) => view.clear(), asksNothing).catch(complain);
  // Tabs share one draft of each room: none takes away the words of another, and each writes its own once more when it ends.
  const waitingDrafts = new Map();
  const typedHere = new Map();
  const writtenHere = new Map();  // or found
  let draftTimer = 0;
  const leftThere = new Map();    // key → the keys of what was left there, as they were found
  const tab = Math.random().toString(36).slice(2);
  const placeOf = (key) => key.split(' ').slice(0, 2).join(' ');
  const deleteLeft = (drafts, key) => { for (const left of leftThere.get(key) || []) drafts.delete(left); };
  const putDraft = (drafts, key, text) => { drafts.put(text, key); deleteLeft(drafts, key); };
  const forgetDraft = (drafts, key, texts) => {
    drafts.get(key).onsuccess = (event) => { if (texts.includes(event.target.result)) drafts.delete(key); };
    deleteLeft(drafts, key);
  };
  // All that this tab has written of it.
  const sentDraft = (key, texts) => {
    for (const known of [waitingDrafts, typedHere]) if (texts.includes(known.get(key))) known.delete(key);
    const all = [...texts, writtenHere.get(key)];
    writtenHere.delete(key);
    return all;
  };
  let isRead = false;  // what has not been read is not written over
  const flushLater = () => { if (!draftTimer) draftTimer = setTimeout(flushDrafts, kDraftDelay); };
  const flushDrafts = () => {
    clearTimeout(draftTimer);
    draftTimer = 0;
    if (waitingDrafts.size === 0 || signedOut || !isRead) return;
    const written = [...waitingDrafts].filter(([, text]) => text);
    const forgotten = [...waitingDrafts.keys()].filter((key) => !waitingDrafts.get(key));
    waitingDrafts.clear();
    if (written.length > 0) {
      write(['drafts'], 'relaxed', (drafts) => { for (const [key, text] of written) { putDraft(drafts, key, text); writtenHere.set(key, text); } },
        asksNothing).catch(complain);
    }
    if (forgotten.length > 0) {
      write(['drafts'], 'relaxed', (drafts) => { for (const key of forgotten) forgetDraft(drafts, key, sentDraft(key, [''])); }, { forgotten }).catch(complain);
    }
  };
  const saveDraft = (key, text) => {
    waitingDrafts.set(key, text);
    if (text) typedHere.set(key, text); else typedHere.delete(key);
    flushLater();
  };
  // What still asks is broken off, unless all of it is under way; what it was to do for drafts.
  const breakOff = () => {
    const forgotten = [];
    for (const [transaction, atStake] of asking) {
      try {
        transaction.abort();
        forgotten.push(...(atStake.forgotten || []));
      } catch { for (const id of atStake.kept || []) keeping.delete(id); }
    }
    return forgotten;
  };
  // What is not on disk stands in its field again after a reload.
  const writeLast = (drafts) => {
    for (const [id, { key, unfinished, sent }] of keeping) {
      drafts.put(unfinished, key + ' ' + id);
      const wasWrittenBefore = isRead && sent.at(-1) !== undefined;  // perhaps the half of it
      if (wasWrittenBefore && !typedHere.has(key)) { drafts.delete(key); deleteLeft(drafts, key); }
    }
    for (const [key, text] of new Map([...typedHere, ...waitingDrafts])) {
      if (!isRead && text) drafts.put(text, key + ' ' + tab);
      else if (text) putDraft(drafts, key, text);
      else if (isRead) { drafts.delete(key); deleteLeft(drafts, key); }
    }
  };
  addEventListener('pagehide', () => {
    const isAnythingAtStake = keeping.size + typedHere.size + waitingDrafts.size > 0 || [...asking.values()].some(({ forgotten }) => forgotten);
    if (!database || signedOut || !isAnythingAtStake) return;
    for (const key of breakOff()) if (!typedHere.has(key)) waitingDrafts.set(key, '');
    write(['drafts'], 'relaxed', writeLast, asksNothing).catch(complain);
    waitingDrafts.clear();  // the page is hidden after this, and that is told
  });
  document.addEventListener('visibilitychange', flushDrafts);

  // Also where the page ends in the next moment.
  const forgetAll = () => {
    channel?.postMessage('');
    signedOut = true;
    ++signOuts;
    breakOff();
    for (const { reject } of queue.splice(0)) reject(new Error('signed out'));
    return write(['operations', 'view', 'drafts'], 'strict', (...stores) => { for (const store of stores) store.clear(); }, asksNothing).catch(complain);
  };
  // Nothing of anybody but `owner` stays; of nobody, where it is empty.
  const forgetOthers = (owner) => {
    for (const known of [waitingDrafts, typedHere, writtenHere]) for (const key of known.keys()) if (key.split(' ')[0] !== owner) known.delete(key);
    for (const [id, { key }] of keeping) if (key.split(' ')[0] !== owner) keeping.delete(id);
    if (!owner) return forgetAll();
    return strictly((operations, view, drafts) => {
      for (const store of [operations, view, drafts]) {
        store.openCursor().onsuccess = (event) => {
          const cursor = event.target.result;
          if (!cursor) return;
          const whose = store === drafts ? cursor.key.split(' ')[0] : cursor.value.owner;
          if (whose !== owner) cursor.delete();
          cursor.continue();
        };
      }
    }).catch(complain);
  };

  // --- the beginning: reading starts while the program is still on its way
  const readAll = async () => {
    database = await open();
    const transaction = database.transaction(['view', 'drafts']);
    const [view, texts, keys] = await Promise.all([settle(transaction.objectStore('view').get('last')),
      settle(transaction.objectStore('drafts').getAll()), settle(transaction.objectStore('drafts').getAllKeys())]);
    keys.forEach((key, index) => {
      const place = placeOf(key);
      if (key !== place) leftThere.set(place, [...(leftThere.get(place) || []), key]);
      else if (!writtenHere.has(key)) writtenHere.set(key, texts[index]);
    });
    // Each of the others comes above the one before it: the last that was written first.
    const found = keys.map((key, index) => ({ key, place: placeOf(key), text: texts[index] }));
    const inOrder = [...found.filter(({ key, place }) => key === place), ...found.filter(({ key, place }) => key !== place).reverse()];
    return { view: view?.bytes, drafts: inOrder.map(({ place, text }) => [place, text]) };
  };
  const kept = readAll().catch((error) => { without(words(error)); return { drafts: [] }; });
  kept.then(() => {
    isRead = true;
    for (const [key, text] of waitingDrafts) if (!text) waitingDrafts.delete(key);  // it is not what was read that was taken back
    flushLater();
  });

  page.storage = { told, kept, lookForOrphans: () => lookForOrphans().catch(complain), keep, forget, release, saveView, forgetView, saveDraft, forgetOthers };
})();
