import { expect, test } from 'vitest';
import { AUTH_API_VERSION, readProbe } from './probe.ts';

const probe = (status: number, headers: Record<string, string>) =>
  readProbe({ status, headers: new Headers(headers) });

test('readProbe: reads a site with all features', () => {
  const headers = {
    'Auth-Api-Version': String(AUTH_API_VERSION),
    'Auth-Api-Device-Code': 'true',
    'Auth-Api-Scopes': 'true',
  };
  expect(probe(200, headers)).toEqual({
    isAvailable: true,
    version: 4,
    hasDeviceFlow: true,
    hasScopeList: true,
  });
});

test.each([
  [
    '404',
    404,
    { 'Auth-Api-Version': '4' },
    { isAvailable: false, version: 4, hasDeviceFlow: false, hasScopeList: false },
  ],
  ['no header', 200, {}, { isAvailable: false, version: 0, hasDeviceFlow: false, hasScopeList: false }],
  [
    'no number',
    200,
    { 'Auth-Api-Version': '4; x' },
    { isAvailable: false, version: 0, hasDeviceFlow: false, hasScopeList: false },
  ],
  [
    'an old site',
    200,
    { 'Auth-Api-Version': '2' },
    { isAvailable: true, version: 2, hasDeviceFlow: false, hasScopeList: false },
  ],
])('readProbe: reads %s', (_name, status, headers, result) => {
  expect(probe(status, headers)).toEqual(result);
});
