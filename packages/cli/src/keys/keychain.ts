import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeychainRequest } from './keychain-process.ts';

/** The secret store of the operating system. Its errors do not contain the secret. */
export interface Keychain {
  /** Returns null if there is no secret of this name. */
  find(account: string): Promise<string | null>;
  save(account: string, secret: string): Promise<void>;
  /** Does nothing if there is no secret of this name. */
  remove(account: string): Promise<void>;
}

/** A locked keychain waits until the user unlocks it. */
const DEADLINE_MS = 60_000;
/** After this time, a message says what the command waits for. */
const PATIENCE_MS = 1_000;

/**
 * Opens the keychain of the system: Keychain on macOS, Credential Manager on Windows, the Secret Service (GNOME, KDE)
 * on Linux. Returns null if `VALETKEY_KEYCHAIN=off`. Requests fail after a minute, or when `signal` aborts.
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

/** Runs in a separate process, because a call that does not return cannot be interrupted otherwise. */
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
    // Through a pipe: other programs may read arguments and environment variables.
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
