import { createValetkey, type Site, type SiteUser } from '@valetkey/server';
import { fetchKeys } from '@valetkey/server/fetch';
import { honoKeys } from '@valetkey/server/hono';
import { nodeKeys } from '@valetkey/server/node';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { keyRequest, open } from '@valetkey/test-support/site/test-site';
import { expect, expectTypeOf, test } from 'vitest';

interface Customer extends SiteUser {
  readonly email: string;
}

const BASE = 'https://shop.example';
const context = { ipAddress: '192.0.2.1' };
const alice: Customer = {
  id: '1',
  username: 'alice',
  isAdmin: false,
  isSuspended: false,
  email: 'alice@example.org',
};
const site: Site<unknown, Customer> = {
  name: 'Plum Shop',
  baseUrl: BASE,
  loginUrl: () => '/login',
  findSession: ({ headers }) => (headers.has('cookie') ? { id: 'session-1', user: alice } : null),
  findUser: (id) => (id === alice.id ? alice : null),
  findUserByUsername: () => null,
};

test('the user of a key has the type of the site, in authorize and in the adapters', async () => {
  const valetkey = await createValetkey({ site, store: createMemoryStore() });
  const body = new URLSearchParams({
    ...keyRequest({ auth_redirect: null, scopes: 'read' }),
    authenticity_token: valetkey.csrfToken('session-1'),
  });
  const init = { method: 'POST', body, headers: { cookie: 'session=1' } };
  const approved = await valetkey.fetch(new Request(`${BASE}/user-api-key.json`, init), context);
  if (!approved) throw new Error('Nothing serves the approval.');
  const { key } = open(((await approved.json()) as { payload: string }).payload);
  const request = new Request(`${BASE}/orders`, { headers: { 'User-Api-Key': key } });

  const result = await valetkey.authorize(request, { name: 'orders' }, context);
  if (result.kind !== 'key') throw new Error(result.kind);
  expectTypeOf(result.principal.user).toEqualTypeOf<Customer>();
  expect(result.principal.user.email).toBe('alice@example.org');

  const keys = fetchKeys(valetkey, { ipAddress: () => context.ipAddress });
  const response = await keys.guard(request, 'orders', (principal) =>
    Response.json(principal.kind === 'anonymous' ? null : principal.user.email),
  );
  expect(await response.json()).toBe('alice@example.org');

  const { guard } = nodeKeys(valetkey);
  type Guarded = Exclude<Awaited<ReturnType<typeof guard>>, null>;
  expectTypeOf<Exclude<Guarded, { kind: 'anonymous' }>['user']>().toEqualTypeOf<Customer>();
  const hono = honoKeys(valetkey, { ipAddress: () => context.ipAddress });
  type Context = Parameters<ReturnType<typeof hono.guard>>[0];
  expectTypeOf<
    Exclude<Context['var']['principal'], { kind: 'anonymous' }>['user']
  >().toEqualTypeOf<Customer>();
});
