import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeychainRequest } from './keychain-process.ts';

/** Where the operating system keeps secrets. Its errors never carry the secret. */
export interface Keychain {
  /** Null if it has none of this name. */
  find(account: string): Promise<string | null>;
  save(account: string, secret: string): Promise<void>;
  /** Without complaint if there is none. */
  remove(account: string): Promise<void>;
}

/** A locked keychain asks the person, who may be away. */
const DEADLINE_MS = 60_000;
/** Who waits longer than this wants to know for what. */
const PATIENCE_MS = 1_000;

/**
 * The system's keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service (GNOME, KDE) on Linux. Null
 * if `VALETKEY_KEYCHAIN=off`. What it is asked fails if it has not answered within a minute, or when `signal` ends the wait.
 */
export function openSystemKeychain(signal?: AbortSignal): Keychain | null {
  if (process.env.VALETKEY_KEYCHAIN === 'off') return null;
  const ask = (question: KeychainRequest) => askKeychain(question, signal);
  return {
    find: async (account) => (await ask({ verb: 'find', account })) || null,
    save: async (account, secret) => void (await ask({ verb: 'save', account, secret })),
    remove: async (account) => void (await ask({ verb: 'remove', account })),
  };
}

const PROGRAM = fileURLToPath(new URL(`./keychain-process${extname(import.meta.url)}`, import.meta.url));

/** Asks in a process of its own, since one that never answers cannot be interrupted in any other way. */
async function askKeychain(question: KeychainRequest, signal?: AbortSignal): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  const impatience = setTimeout(() => console.error('Waiting for the system keychain …'), PATIENCE_MS);
  try {
    // By pipe, never by argument or environment, which other programs may read.
    child.stdin.on('error', () => {}).end(JSON.stringify(question));
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    const [exitCode] = await once(child, 'close');
    if (exitCode !== 0) throw new Error('The system keychain does not respond.');
    return answer;
  } finally {
    clearTimeout(impatience);
  }
}
