import { Person } from './people.js';

// The sockets of one person's pages, in the test's hands: cut, blocked, or answered in the server's place.
export class Wire {
  blocked = false;
  #sockets = new Set();
  #answer = () => false;
  #held = null;

  static async of(target) {
    const wire = new Wire();
    await target.routeWebSocket(/\/ws$/, (socket) => wire.#take(socket));
    return wire;
  }

  // Those that are open are cut, and no new one opens until free().
  async block() {
    this.blocked = true;
    for (const socket of this.#sockets) await socket.close({ code: 4001, reason: 'cut by the test' });
    this.#sockets.clear();
  }
  free() { this.blocked = false; }
  // What the page says stays here until it is let go, in its order.
  hold() { this.#held = []; }
  letGo() {
    const held = this.#held;
    this.#held = null;
    for (const { server, frame } of held) server.send(frame);
  }
  // Every post (its OpId's 16 bytes) is refused for good in the server's name while `refuses` says so.
  refusePosts(refuses) {
    const kPostText = 0x0b;
    this.#answer = (socket, frame) => {
      if (frame[0] !== kPostText || !refuses()) return false;
      const sentence = Buffer.from('You are not in that room.');
      const notAMember = 15;
      socket.send(Buffer.concat([Buffer.from([0x09, 1]), frame.subarray(1, 17), Buffer.from([0, 0, 0, 0, notAMember, 0, 0, 0, 0, sentence.length]), sentence]));
      return true;
    };
  }

  #take(socket) {
    if (this.blocked) { socket.close({ code: 4001, reason: 'blocked by the test' }); return; }
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (this.#answer(socket, frame)) return;
      if (this.#held) this.#held.push({ server, frame });
      else server.send(frame);
    });
    this.#sockets.add(socket);
  }
}

// Somebody new, connected, with her wire.
export const newcomerOnWire = async (browser, url, name) => {
  const person = await Person.at(browser, 'about:blank', name);
  person.wire = await Wire.of(person.page);
  await person.page.goto(url);
  await person.register();
  await person.status('Connected').waitFor();
  return person;
};
