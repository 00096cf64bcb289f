import { describe, expect, test } from 'vitest';
import { createOauthSite, registeredClient } from '../test-support/oauth-site.ts';

/** How the token was used before: not at all, or so many milliseconds ago. */
const USES = { unused: null, '59 s': 59_000, '60 s': 60_000, '61 s': 61_000 } as const;
/** Whether the grant has expired or is revoked at the time of the request. */
const GRANTS = ['live', 'expired', 'revoked'] as const;
const CLIENTS = { 'public-client': 'same', 'other-client': 'other', nobody: 'unknown' } as const;

const rows = Object.keys(USES).flatMap((use) =>
  GRANTS.flatMap((grant) => Object.keys(CLIENTS).map((client) => [use, grant, client] as const)),
);

/** The promise: the own client, a live grant, and a first use or one within the grace period. */
function expectedOf(use: string, grant: string, client: string): string {
  if (client === 'nobody') return 'invalid_client';
  return client === 'public-client' && grant === 'live' && use !== '61 s' ? 'ok' : 'invalid_grant';
}

describe('POST /oauth/token with a refresh token: the truth table of use, grant and client', () => {
  test.each(rows)('used %s, grant %s, client %s', async (use, grant, client_id) => {
    const site = await createOauthSite();
    await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
    const waitMs = USES[use as keyof typeof USES];
    const expires_in_seconds = grant === 'expired' ? String((waitMs ?? 1_000) / 1000) : '7200';
    const { refresh_token } = await site.connect({ expires_in_seconds });
    if (waitMs !== null) await site.refresh(refresh_token);
    site.advance(waitMs ?? 1_000);
    const [{ id } = { id: 0 }] = await site.store.listOauthGrants('id-alice', 0);
    if (grant === 'revoked') await site.post('/oauth/grants/revoke', { id: String(id) }, 'alice');
    const { status, error } = await site.refresh(refresh_token, { client_id });
    expect(status === 200 ? 'ok' : error).toBe(expectedOf(use, grant, client_id));
    // Only the own client, and only after the grace period, ends a live grant.
    const isEnded = grant !== 'live' || (use === '61 s' && client_id === 'public-client');
    expect(await site.valetkey.grantsOf('id-alice')).toHaveLength(isEnded ? 0 : 1);
  });
});
