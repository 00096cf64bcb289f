import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHome, main } from './run-command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const home = createHome();
const config = dirname(dirname(home.keyFile));
const bin = join(config, 'bin');
const env = {
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  XDG_CONFIG_HOME: config,
  HOME: config,
  XDG_CACHE_HOME: config,
};
const scriptOf = (shell: Shell) => join(config, `completion.${shell}`);

beforeAll(async () => {
  mkdirSync(bin);
  writeFileSync(join(bin, 'valetkey'), `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`);
  chmodSync(join(bin, 'valetkey'), 0o755);
  keep('alice');
  for (const shell of SHELLS) writeFileSync(scriptOf(shell), (await home.run(['completion', shell])).stdout);
});
afterAll(() => home.remove());

function keep(username: string): void {
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const key = {
    site: 'https://forum.example',
    key: 'k',
    clientId: 'c',
    username,
    scopes: [],
    expiresAt: null,
  };
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys: [key] }), { mode: 0o600 });
}

/** Asks a shell for its completions of the last word. zsh completes only interactively. */
const ASK: Readonly<Record<string, (words: readonly string[]) => string>> = {
  bash: (words) => `source '${scriptOf('bash')}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}; _valetkey; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (words) => `source '${scriptOf('fish')}'; complete -C '${words.join(' ')}'`,
};
const isInstalled = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

describe.each(Object.keys(ASK).filter(isInstalled))('completion in %s', (shell) => {
  const complete = (...words: string[]) => {
    const { stdout, stderr } = spawnSync(shell, ['-c', ASK[shell]?.(words) ?? ''], { env, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
  };

  test.each([
    ['commands', ['valetkey', 'lo'], ['login', 'logout']],
    ['the sites with a key', ['valetkey', 'whoami', ''], ['forum.example']],
    ['the identities', ['valetkey', 'token', '--as', ''], ['alice']],
    ['options', ['valetkey', 'request', '--in'], ['--include']],
    ['scopes', ['valetkey', 'login', '--scopes', 'not'], ['notifications']],
    ['methods', ['valetkey', 'request', 'P'], ['PATCH', 'POST', 'PUT']],
  ])('offers %s', (_what, words, expected) => {
    expect(complete(...words).sort()).toEqual(expected);
  });

  test('does not offer a name with shell syntax', () => {
    keep('$(touch\tpwned)');
    expect(complete('valetkey', 'token', '--as', '')).toEqual([]);
    keep('alice');
  });
});

test.each((['bash', 'zsh'] as const).filter(isInstalled))(
  'completion script: %s reports no syntax error',
  (shell) => {
    const checked = spawnSync(shell, ['-n', scriptOf(shell)], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  },
);

test('completion: rejects another shell and lists the supported ones', async () => {
  const ended = await home.run(['completion', 'tcsh']);
  expect(ended).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('bash, zsh or fish'),
  });
});
