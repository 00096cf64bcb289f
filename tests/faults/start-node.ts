import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newKey } from '@valetkey/conformance/fixtures';
import { hashKey, type Store } from '@valetkey/server';

/** A node in a process of its own. */
export interface SiteNode {
  /** Sends a request with this key. Returns `key` if it is allowed, otherwise the error code. */
  use(key: string): Promise<string>;
  /** Revokes this key by itself. Returns the status of the response. */
  revoke(key: string): Promise<number>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Where a node runs. */
export interface NodePlace {
  /** A program, with its arguments, that starts the one after it. */
  readonly command: readonly string[];
  readonly ipAddress: string;
}

const HERE: NodePlace = { command: [], ipAddress: '127.0.0.1' };

/** Starts a node, which is ready when this resolves. */
export async function startNode(
  databaseUrl: string,
  { valkeyUrl, place = HERE }: { readonly valkeyUrl?: string; readonly place?: NodePlace } = {},
): Promise<SiteNode> {
  const program = join(import.meta.dirname, 'node-program.ts');
  const node = [process.execPath, program, databaseUrl, place.ipAddress];
  const [command = '', ...parameters] = [...place.command, ...node, ...(valkeyUrl ? [valkeyUrl] : [])];
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [url] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`The node ended with code ${code}.`))),
  ])) as [string];

  const send = (path: string, method: string, key: string) =>
    fetch(url + path, { method, headers: { 'User-Api-Key': key } });
  return {
    async use(key) {
      const { code } = (await (await send('/latest.json', 'GET', key)).json()) as { code: string };
      return code;
    },
    revoke: async (key) => (await send('/user-api-key/revoke', 'POST', key)).status,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Stores an active key and returns it. */
export async function issueKey(store: Store): Promise<string> {
  const key = randomBytes(16).toString('hex');
  await store.replaceKey(newKey({ keyHash: hashKey(key), clientId: key, scopes: ['read'] }));
  return key;
}
