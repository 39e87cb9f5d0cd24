// What a browser costs: the processor time of all its processes together, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

// Each thread has children of its own.
const children = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean));
  } catch { return []; }
};
const family = (pid) => [pid, ...children(pid).flatMap(family)];
// Of all threads of a process; nothing of one that has just ended.
const milliseconds = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;  // 100 ticks a second
  } catch { return 0; }
};

export class ProcessorTime {
  #root;

  static async of(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const time = new ProcessorTime();
    time.#root = processInfo.find(({ type }) => type === 'browser').id;
    return time;
  }
  milliseconds() { return family(this.#root).reduce((sum, pid) => sum + milliseconds(pid), 0); }
}
