import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { createVisitor } from './support/visitor.ts';

const SECRET = 'provider-secret-of-the-wiki-32-bytes-long';
const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
const seconds = Math.floor(Date.now() / 1000);

let provider: Server;
let site: GatewaySite;
let url: string;
let issuer: string;
/** Of the next sign-in. */
let sign: (claims: JWTPayload) => string | Promise<string>;
let nonce = '';

const signWith = (claims: JWTPayload, key: Parameters<SignJWT['sign']>[0] = own.privateKey, alg = 'ES256') =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: '1' }).sign(key);

/** A provider that signs whatever a test wants. */
beforeAll(async () => {
  provider = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/jwks') {
      const jwk = { ...(await exportJWK(own.publicKey)), kid: '1', alg: 'ES256', use: 'sig' };
      return response.end(JSON.stringify({ keys: [jwk] }));
    }
    if (request.url !== '/token') return response.end(JSON.stringify(metadata()));
    const claims = { iss: issuer, aud: 'wiki', sub: '7', iat: seconds, exp: seconds + 300, nonce };
    const id_token = await sign({ ...claims, preferred_username: 'alice' });
    return response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', id_token }));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  url = `http://127.0.0.1:${await findFreePort()}`;
  const text = configFor('http://127.0.0.1:1')
    .replace('http://wiki.example', url)
    .replace('127.0.0.1:0', new URL(url).host)
    .replace(/ask: .*/, `oidc: { issuer: '${issuer}', client_id: wiki, client_secret_env: SECRET }`);
  site = await startGatewaySite(text, {}, { SECRET });
});
afterAll(async () => {
  await site.close();
  provider.close();
  provider.closeAllConnections();
});

const metadata = () => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
});

/** Signs in; returns the status of the callback and whether there is a session. */
async function signIn(): Promise<[number, boolean]> {
  const visitor = createVisitor();
  const start = await visitor.send(`${url}/valetkey/sign-in`);
  const sent = new URL(start.headers.get('location') ?? '').searchParams;
  nonce = sent.get('nonce') ?? '';
  const { status } = await visitor.send(
    `${url}/valetkey/sign-in/callback?code=c&state=${sent.get('state')}&iss=${encodeURIComponent(issuer)}`,
  );
  return [status, visitor.cookies(url).includes('valetkey_session=')];
}

test('a right ID token signs in', async () => {
  sign = signWith;
  expect(await signIn()).toEqual([303, true]);
});

test.each<[string, typeof sign]>([
  ['another audience', (claims) => signWith({ ...claims, aud: 'other' })],
  ['no audience', ({ aud, ...claims }) => signWith(claims)],
  ['several audiences and another party', (claims) => signWith({ ...claims, aud: ['wiki', 'x'], azp: 'x' })],
  ['an expiry in the past', (claims) => signWith({ ...claims, iat: seconds - 900, exp: seconds - 600 })],
  ['no expiry', ({ exp, ...claims }) => signWith(claims)],
  ['a start in the future', (claims) => signWith({ ...claims, nbf: seconds + 600 })],
  ['another issuer', (claims) => signWith({ ...claims, iss: 'https://evil.example' })],
  ['another nonce', (claims) => signWith({ ...claims, nonce: 'x'.repeat(43) })],
  ['no nonce', ({ nonce: _, ...claims }) => signWith(claims)],
  ['no subject', ({ sub, ...claims }) => signWith(claims)],
  ['the signature of another key', (claims) => signWith(claims, foreign.privateKey)],
  ['no signature', (claims) => new UnsecuredJWT(claims).encode()],
  ['an HMAC with the secret', (claims) => signWith(claims, new TextEncoder().encode(SECRET), 'HS256')],
  ['a signature that is cut off', async (claims) => (await signWith(claims)).slice(0, -4)],
  ['claims of another token', async (claims) => swapClaims(await signWith(claims), { ...claims, sub: '8' })],
  ['no token in it', () => ''],
])('an ID token with %s signs nobody in', async (_, signer) => {
  sign = signer;
  expect(await signIn()).toEqual([400, false]);
});

function swapClaims(token: string, claims: JWTPayload): string {
  const [head, , signature] = token.split('.');
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
