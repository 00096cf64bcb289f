import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readArguments } from './read-arguments.ts';

test('readArguments: takes the options of several nodes, and a base URL without its slash', () => {
  const databaseUrl = 'postgres://user@127.0.0.1:5432/forum';
  const args = ['--database-url', databaseUrl, '--valkey-url', 'redis://127.0.0.1', '--base-url'];
  expect(
    readArguments([...args, 'https://forum.example/', '--trusted-proxies', '127.0.0.1,10.0.0.0/8']),
  ).toMatchObject({
    databaseUrl,
    valkeyUrl: 'redis://127.0.0.1',
    baseUrl: 'https://forum.example',
    trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
  });
  expect(readArguments([])).toMatchObject({ databaseUrl: undefined, valkeyUrl: undefined, mail: undefined });
});

test('readArguments: reads URLs with passwords from files, and names no content of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-urls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const fileWith = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const database = fileWith('database', 'postgres://u:pass-to-find@h/d\n');
  const valkey = fileWith('valkey', 'redis://:pass-to-find@h\n');
  const smtp = fileWith('smtp', 'smtps://u:pass-to-find@h\n');
  const files = ['--database-url-file', database, '--valkey-url-file', valkey, '--smtp-url-file', smtp];
  expect(readArguments(files)).toMatchObject({
    databaseUrl: 'postgres://u:pass-to-find@h/d',
    valkeyUrl: 'redis://:pass-to-find@h',
    mail: { smtpUrl: 'smtps://u:pass-to-find@h', from: undefined },
  });
  const wrong = fileWith('wrong', 'mysql://u:pass-to-find@h/d');
  for (const [args, sentence] of [
    [[...files, '--database-url', 'postgres://u@h/d'], /either/],
    [['--database-url-file', join(folder, 'missing')], /cannot be read: ENOENT/],
    [['--database-url-file', wrong], /must be a URL/],
  ] as const) {
    expect(() => readArguments(args)).toThrow(sentence);
    expect(() => readArguments(args)).not.toThrow('pass-to-find');
  }
});

test.each([
  ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
  ['[::1]:0', { host: '::1', port: 0 }],
])('readArguments: parses --monitor %s', (text, monitor) => {
  expect(readArguments(['--monitor', text])).toMatchObject({ monitor });
});

test.each([
  [['--database-url', 'mysql://u:pass-to-find@h/d'], /--database-url must be/],
  [['--database-url', 'postgres://:pass-to-find@h/d'], /--database-url must be/],
  [['--database-url', 'postgres://u:pass-to-find@h'], /--database-url must be/],
  [['--database-url', 'postgres://u:pass-to-find@h/'], /--database-url must be/],
  [['--database-url', 'u:pass-to-find'], /--database-url must be/],
  [['postgres://u:pass-to-find@h/d'], /positional/],
  [['--databaseurl=postgres://u:pass-to-find@h/d'], /Unknown option/],
  [['--valkey-url', 'http://:pass-to-find@h'], /--valkey-url must be/],
  [['--valkey-url', 'redis://:pass-to-find@h'], /give --database-url too/],
  [['--base-url', 'https://u:pass-to-find@forum.example'], /--base-url must be/],
  [['--base-url', 'https://forum.example/path'], /--base-url must be/],
  [['--base-url', 'forum.example'], /--base-url must be/],
  [['--smtp-url', 'http://u:pass-to-find@h'], /--smtp-url must be/],
  [['--smtp-url', 'smtp://h', '--mail-from', 'a@b\r\nBcc: c@d'], /--mail-from must be/],
  [['--mail-from', 'forum@mail.example'], /--mail-from needs/],
  [['--monitor', '9464'], /--monitor must be/],
  [['--monitor', '127.0.0.1'], /--monitor must be/],
  [['--monitor', '127.0.0.1:99999'], /--monitor must be/],
  [['--monitor', 'u:pass-to-find@127.0.0.1:1'], /--monitor must be/],
  [['--trusted-proxies', '127.0.0.1,nginx'], /--trusted-proxies must be/],
])('readArguments: rejects %j, and repeats no password', (args, sentence) => {
  const reject = () => readArguments(args);
  expect(reject).toThrow(sentence);
  expect(reject).not.toThrow('pass-to-find');
});
