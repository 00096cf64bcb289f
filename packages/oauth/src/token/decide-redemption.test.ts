import { expect, test } from 'vitest';
import { formatApprovedRequest } from '../authorize/approved-request.ts';
import { CALLBACK, createPkce } from '../test-support/oauth-site.ts';
import { decideRedemption } from './decide-redemption.ts';

const NOW = 1_000_000;
const { code_verifier: right, code_challenge: codeChallenge } = createPkce();
const { code_verifier: another } = createPkce();

const CLIENTS = ['client', 'other'];
const REDIRECTS = [CALLBACK, null, `${CALLBACK}/`, 'https://evil.example/'];
const VERIFIERS = [right, another, null, codeChallenge];
const CHALLENGES = [codeChallenge, null];
const EXPIRIES = [NOW + 1, NOW, NOW - 1];
const USES = [null, NOW - 1];

test('decideRedemption: of every combination of client, redirect, verifier, challenge, expiry and use, only the right ones redeem', () => {
  const redeemed: unknown[] = [];
  let combinations = 0;
  for (const clientId of CLIENTS)
    for (const redirectUri of REDIRECTS)
      for (const codeVerifier of VERIFIERS)
        for (const challenge of CHALLENGES)
          for (const expiresAt of EXPIRIES)
            for (const usedAt of USES) {
              combinations += 1;
              const { kind } = decideRedemption(
                codeWith({ challenge, expiresAt, usedAt }),
                { clientId, redirectUri, codeVerifier },
                NOW,
              );
              if (kind === 'redeem') redeemed.push([redirectUri, codeVerifier, challenge]);
              // Another client changes nothing, whatever else it sends.
              expect(kind === 'refuse').toBe(clientId === 'other');
              // A second use ends the grant, whatever else the client sends.
              expect(kind === 'end_grant').toBe(clientId === 'client' && usedAt !== null);
            }
  expect(combinations).toBe(384);
  expect(redeemed).toEqual([
    [CALLBACK, right, codeChallenge],
    [CALLBACK, null, null],
    [null, right, codeChallenge],
    [null, null, null],
  ]);
});

function codeWith({
  challenge,
  expiresAt,
  usedAt,
}: {
  challenge: string | null;
  expiresAt: number;
  usedAt: number | null;
}) {
  const request = formatApprovedRequest({
    redirectUri: CALLBACK,
    authRedirect: CALLBACK,
    codeChallenge: challenge,
    clientName: 'A client',
    scopes: ['read'],
    identityScopes: [],
    isRemembered: false,
    resources: ['/'],
    expiresInSeconds: null,
    nonce: null,
    authenticatedAt: null,
    approvedAt: NOW - 1_000,
  });
  const code = { codeHash: 'h', clientId: 'client', userId: 'id-alice', expiresAt };
  return { ...code, request: usedAt === null ? request : null, usedAt, grantId: usedAt === null ? null : 7 };
}
