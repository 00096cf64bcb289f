import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { App, Shell } from 'electron';

/** As much of Electron as the recipe uses, by Electron's own types: the browser is what reads standard error. */
type FakeApp = Pick<
  App,
  'requestSingleInstanceLock' | 'setAsDefaultProtocolClient' | 'whenReady' | 'exit' | 'quit'
>;

let scheme = '';

export const app: FakeApp & EventEmitter = Object.assign(new EventEmitter(), {
  requestSingleInstanceLock: () => true,
  setAsDefaultProtocolClient(registered: string) {
    scheme = registered;
    return true;
  },
  whenReady: () => Promise.resolve(),
  exit: (code?: number) => process.exit(code),
  quit: () => process.exit(),
});

export const shell: Pick<Shell, 'openExternal'> = {
  async openExternal(address) {
    process.stderr.write(`${address}\n`);
    void handOver();
  },
};

/** A system hands over what has the scheme that was registered, in the words of a second command line. */
async function handOver(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin }))
    if (line.startsWith(`${scheme}:`)) app.emit('second-instance', {}, ['plum-desktop', line], '/');
  // The person has nothing more to do, and quits.
  app.emit('before-quit', {});
}
