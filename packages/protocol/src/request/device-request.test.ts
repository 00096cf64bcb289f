import { expect, test } from 'vitest';
import { parseDeviceRequest } from './device-request.ts';

const request = { client_id: 'tv', nonce: 'n', scopes: 'read', application_name: 'A TV', public_key: 'PEM' };

test('parseDeviceRequest: accepts the parameters of a key request, without a redirect', () => {
  const parsed = parseDeviceRequest({
    ...request,
    auth_redirect: 'https://evil.example/',
    push_url: 'https://p',
  });
  expect(parsed).toMatchObject({
    clientId: 'tv',
    scopes: ['read'],
    pushUrl: 'https://p',
    authRedirect: null,
  });
});

test.each([
  ['client_id', 200],
  ['application_name', 200],
  ['nonce', 256],
  ['public_key', 4096],
  ['push_url', 2000],
])('parseDeviceRequest: accepts a %s of %i bytes, not longer', (parameter, max) => {
  expect(() => parseDeviceRequest({ ...request, [parameter]: 'é'.repeat(max / 2) })).not.toThrow();
  expect(() => parseDeviceRequest({ ...request, [parameter]: `${'é'.repeat(max / 2)}x` })).toThrow(
    expect.objectContaining({ code: 'parameter_too_long', details: { parameter, max_bytes: max } }),
  );
});

test('parseDeviceRequest: accepts 500 bytes and twenty scopes', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`).join(',');
  expect(parseDeviceRequest({ ...request, scopes: names(20) }).scopes).toHaveLength(20);
  for (const scopes of [names(21), 'x'.repeat(501)]) {
    expect(() => parseDeviceRequest({ ...request, scopes })).toThrow(/scopes/);
  }
});
