import { describe, expect, test } from 'vitest';
import { createBlockList } from './block-list.ts';
import { parseBlockedHost } from './receiver-host.ts';

const block = (kind: 'client_id' | 'host', value: string) => ({
  kind,
  value,
  reason: '',
  createdAt: 0,
  createdBy: '',
});

describe('parseBlockedHost', () => {
  test.each([
    ['evil.example', 'evil.example'],
    [' EVIL.Example. ', 'evil.example'],
    ['evil.example:8443', 'evil.example'],
    ['*.evil.example', 'evil.example'],
    ['https://user@evil.example:8443/cb?x=1#y', 'evil.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['ｅvil.example', 'evil.example'],
    ['0x7f.1', '127.0.0.1'],
    ['[::0001]', '[::1]'],
    ['MyApp:', 'myapp:'],
    ['com.example.app://callback', 'com.example.app:'],
  ])('reads %j as %j', (text, host) => expect(parseBlockedHost(text)).toBe(host));

  test.each(['', '.', '*', 'a b', 'https:', 'http://', '*.*.example', 'evil.*'])('rejects %j', (text) =>
    expect(parseBlockedHost(text)).toBeNull(),
  );
});

describe('createBlockList', () => {
  const list = createBlockList([
    block('host', 'evil.example'),
    block('host', 'myapp:'),
    block('client_id', 'plum'),
  ]);
  const isBlocked = (url: string) => list.find({ clientIds: [], receivers: [url] }) !== null;

  test.each([
    'https://evil.example/cb',
    'https://EVIL.example.:8443/',
    'http://a.b.evil.example',
    'wss://evil.example/',
    'myapp://anything',
    'myapp:/callback',
  ])('finds %s', (url) => expect(isBlocked(url)).toBe(true));

  test.each([
    'https://notevil.example/',
    'https://evil.example.org/',
    'https://example/',
    'https://good.example/evil.example',
    'other.myapp://x',
  ])('does not find %s', (url) => expect(isBlocked(url)).toBe(false));

  test('compares client ids exactly', () => {
    const find = (id: string | null) => list.find({ clientIds: [null, id], receivers: [null] })?.value;
    expect([find('plum'), find('Plum'), find('plum '), find(null)]).toEqual([
      'plum',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
