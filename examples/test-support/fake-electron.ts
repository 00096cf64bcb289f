import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { App, Shell } from 'electron';

/** The part of Electron that the recipe uses, with Electron's types. The test reads the URL from standard error. */
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

/** Emits URLs with the registered scheme, as the operating system does with a second command line. */
async function handOver(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin }))
    if (line.startsWith(`${scheme}:`)) app.emit('second-instance', {}, ['plum-desktop', line], '/');
  // No more input: the user closes the app.
  app.emit('before-quit', {});
}
