import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describeWhen } from '@valetkey/test-support/describe-when';

const candidates = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
const firefoxPath = candidates.find((path) => path !== undefined && existsSync(path)) ?? null;

/** `describe` for tests that need Firefox. */
export const describeInFirefox = describeWhen(firefoxPath !== null);

/** One tab of a headless Firefox, driven by WebDriver BiDi. */
export interface FirefoxTab {
  /** Resolves when the page is loaded. */
  goto(url: string): Promise<void>;
  /** Evaluates an expression in the page, and returns its JSON. */
  evaluate<T>(expression: string): Promise<T>;
  /** Clicks an element, and resolves when the next page is loaded. */
  clickAndLoad(selector: string): Promise<void>;
  close(): Promise<void>;
}

type Message = { id?: number; type: string; method?: string; result?: unknown; message?: string };

/** Launches Firefox with a profile of its own. */
export async function launchFirefox(): Promise<FirefoxTab> {
  if (firefoxPath === null)
    throw new Error(
      'Firefox is not installed. Install it with: apt-get install firefox-esr, or set $FIREFOX',
    );
  const profile = mkdtempSync(join(tmpdir(), 'valetkey-firefox-'));
  const args = [
    '--headless',
    '--no-remote',
    '--new-instance',
    '--profile',
    profile,
    '--remote-debugging-port',
    '0',
  ];
  const child = spawn(firefoxPath, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const closed = new Promise((resolve) => void child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    closed.then(() => reject(new Error('Firefox ended before it was ready.')));
  });

  const socket = new WebSocket(`${url}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (message: Message) => void>();
  let onLoad = () => {};
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.method === 'browsingContext.load') onLoad();
    waiting.get(message.id ?? -1)?.(message);
  });
  let lastId = 0;
  async function send(method: string, params: object): Promise<Record<string, unknown>> {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<Message>((resolve) => void waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { type, result, message } = await answered;
    if (type !== 'success') throw new Error(`Firefox rejected ${method}: ${message}`);
    return result as Record<string, unknown>;
  }

  await send('session.new', { capabilities: {} });
  const { context } = await send('browsingContext.create', { type: 'tab' });
  await send('session.subscribe', { events: ['browsingContext.load'] });
  async function evaluate<T>(expression: string): Promise<T> {
    const params = { expression: `JSON.stringify(${expression})`, target: { context }, awaitPromise: false };
    const { result, exceptionDetails } = await send('script.evaluate', params);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return JSON.parse((result as { value: string }).value);
  }

  return {
    evaluate,
    goto: async (target) =>
      void (await send('browsingContext.navigate', { context, url: target, wait: 'complete' })),
    async clickAndLoad(selector) {
      const loaded = new Promise<void>((resolve) => {
        onLoad = resolve;
      });
      await evaluate(`document.querySelector(${JSON.stringify(selector)}).click() ?? null`);
      await loaded;
    },
    async close() {
      socket.close();
      // The complete process group, because a browser has many processes.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await closed;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
