import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A separate, unlocked keychain service for processes with `env`. */
export interface SecretService {
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

type NamedService = readonly [name: string, start: () => Promise<SecretService>];

/** Returns the keychain services that can be started here: GNOME Keyring if it is installed, as in `.ci/run`. */
export function findSecretServices(): readonly NamedService[] {
  const isInstalled = ['dbus-run-session', 'gnome-keyring-daemon'].every(
    (program) => spawnSync(program, ['--version']).status === 0,
  );
  return isInstalled ? [['GNOME Keyring', startGnomeKeyring]] : [];
}

const SESSION = `gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 <<< password
  echo "$DBUS_SESSION_BUS_ADDRESS"; cat`;

async function startGnomeKeyring(): Promise<SecretService> {
  const home = mkdtempSync(join(tmpdir(), 'valetkey-keyring-'));
  // Runs until its input is closed, so that a failing test leaves no process.
  const session = spawn('dbus-run-session', ['--', 'bash', '-c', SESSION], {
    env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const address = await firstLine(session);
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    stop() {
      session.stdin?.end();
      session.once('close', () => rmSync(home, { recursive: true, force: true }));
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim();
  throw new Error('The session bus did not start.');
}
