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
  const keeping = new Map();  // id → the draft that it was: what is not on disk yet
  const keep = async (id, owner, bytes, insteadOf, draft, text) => {
    const before = draft ? sentDraft(draft, text) : undefined;
    if (draft) keeping.set(id, { draft, text });
    try {
      await hold(outboxOf(id));
      await strictly((operations, view, drafts) => {
        const known = operations.index('id');
        known.getKey(id).onsuccess = (event) => operations.put({ id, outbox: outboxOf(id), owner, bytes }, event.target.result);
        if (insteadOf) known.getKey(insteadOf).onsuccess = (event) => { if (event.target.result !== undefined) operations.delete(event.target.result); };
        if (draft) forgetDraft(drafts, draft, [text, before]);
      }, id);
      keeping.delete(id);
      told.kept(id);
    } catch (error) { keeping.delete(id); complain(error); told.notKept(id, words(error)); }
  };
  const forget = async (id) => {
    try {
      await strictly((operations) => {
        operations.index('id').getKey(id).onsuccess = (event) => { if (event.target.result !== undefined) operations.delete(event.target.result); };
      });
      told.forgotten(id);
    } catch (error) { complain(error); told.notKept(id, words(error)); }
  };
  const release = (outbox) => {
    releases.get(outbox)?.();
    releases.delete(outbox);
    held.delete(outbox);
  };

  // --- what was seen last, and what is typed: keys are owner and room
  const saveView = (owner, bytes) => {
    if (!signedOut) write(['view'], 'relaxed', (view) => view.put({ owner, bytes }, 'last'), asksNothing).catch(complain);
  };
  const forgetView = () => write(['view'], 'relaxed', (view) => view.clear(), asksNothing).catch(complain);
  // Tabs share one draft of each room: none takes away the words of another, and each writes its own once more when it ends.
  const waitingDrafts = new Map();
  const typedHere = new Map();
  const writtenHere = new Map();  // or found
  let draftTimer = 0;
  const forgetDraft = (drafts, key, texts) => {
    drafts.get(key).onsuccess = (event) => { if (texts.includes(event.target.result)) drafts.delete(key); };
  };
  // What this tab wrote of it before.
  const sentDraft = (key, text) => {
    for (const known of [waitingDrafts, typedHere]) if (known.get(key) === text) known.delete(key);
    const before = writtenHere.get(key);
    writtenHere.delete(key);
    return before;
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
      write(['drafts'], 'relaxed', (drafts) => { for (const [key, text] of written) { drafts.put(text, key); writtenHere.set(key, text); } },
        asksNothing).catch(complain);
    }
    if (forgotten.length > 0) {
      write(['drafts'], 'relaxed', (drafts) => { for (const key of forgotten) forgetDraft(drafts, key, [sentDraft(key, '')]); }, { forgotten }).catch(complain);
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
  // The words of a message that is not on disk stand in the field again after a reload.
  const lastDrafts = () => {
    const last = new Map([...breakOff().map((key) => [key, '']), ...typedHere, ...waitingDrafts]);
    for (const { draft, text } of keeping.values()) last.set(draft, last.get(draft) ? last.get(draft) + '\n' + text : text);
    return last;
  };
  addEventListener('pagehide', () => {
    const isAnythingAtStake = keeping.size + typedHere.size + waitingDrafts.size > 0 || [...asking.values()].some(({ forgotten }) => forgotten);
    if (!database || signedOut || !isAnythingAtStake) return;
    const last = lastDrafts();
    waitingDrafts.clear();  // the page is hidden after this, and that is told
    write(['drafts'], 'relaxed', (drafts) => { for (const [key, text] of last) if (text) drafts.put(text, key); else drafts.delete(key); }, asksNothing).catch(complain);
  });
  document.addEventListener('visibilitychange', flushDrafts);

  // Nothing of anybody but `owner` stays; of nobody, where it is empty.
  const forgetOthers = (owner) => {
    for (const known of [waitingDrafts, typedHere, writtenHere]) for (const key of known.keys()) if (key.split(' ')[0] !== owner) known.delete(key);
    if (!owner) channel?.postMessage('');
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
    keys.forEach((key, index) => { if (!writtenHere.has(key)) writtenHere.set(key, texts[index]); });
    return { view: view?.bytes, drafts: keys.map((key, index) => [key, texts[index]]) };
  };
  const kept = readAll().catch((error) => { without(words(error)); return { drafts: [] }; });
  kept.then(() => { isRead = true; flushLater(); });

  page.storage = { told, kept, lookForOrphans: () => lookForOrphans().catch(complain), keep, forget, release, saveView, forgetView, saveDraft, forgetOthers };
})();
