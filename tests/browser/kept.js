// What the page keeps in the browser's storage, and waiting for it.
import assert from 'node:assert/strict';

// How many records there are.
export const kept = (person, store) => person.page.evaluate((name) => new Promise((resolve) => {
  const request = indexedDB.open('parley');
  request.onsuccess = () => {
    const count = request.result.transaction(name).objectStore(name).count();
    count.onsuccess = () => { request.result.close(); resolve(count.result); };
  };
}), store);
export const until = async (what, wanted) => {
  const deadline = Date.now() + 15_000;
  for (let seen = await what(); seen !== wanted; seen = await what()) assert.ok(Date.now() < deadline, `${seen} instead of ${wanted}`);
};
