import { SiteRefusal } from '@valetkey/client';
import { expect, test } from 'vitest';
import { decideRequest } from './decide-request.ts';

const insufficient = (requiredScopes: readonly string[]) =>
  new SiteRefusal({
    status: 403,
    code: 'scope_insufficient',
    errorType: 'invalid_access',
    errors: ['No.'],
    advice: '',
    waitSeconds: null,
    requiredScopes,
  });

test.each([
  ['GET', insufficient(['photos:read']), 'GET /photos needs the scope photos:read; the key has albums:read.'],
  ['GET', insufficient([]), 'No scope of the site allows GET /photos.'],
  ['POST', 'not_sent', 'The site does not tell which of its scopes allows POST /photos.'],
] as const)(
  'request: %s on a site with scopes of its own names no scope of a forum',
  (method, outcome, seen) => {
    const offered = ['albums:read', 'photos:read'];
    const observation = { method, path: '/photos', scopes: ['albums:read'], offered, outcome };
    expect(decideRequest(observation).seen).toBe(seen);
  },
);
