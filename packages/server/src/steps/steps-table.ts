import { checkExpiry } from './check-expiry.ts';
import { checkFeature } from './check-feature.ts';
import { checkGroup } from './check-group.ts';
import { checkPayloadFits } from './check-payload-fits.ts';
import { checkPerson } from './check-person.ts';
import { checkPublicKey } from './check-public-key.ts';
import { checkRedirect } from './check-redirect.ts';
import { checkRequired } from './check-required.ts';
import { checkScopes } from './check-scopes.ts';
import { decidePush } from './decide-push.ts';
import type { Step } from './key-request.ts';
import { loadClient } from './load-client.ts';
import { loadClientByKey } from './load-client-by-key.ts';

export type KeyRequestEndpoint = 'ask' | 'approve' | 'decline' | 'otp';

/** Which rule runs where, from top to bottom: the pipeline of sections 2, 3 and 7 of PROTOCOL.md. */
// biome-ignore format: a table
export const STEPS_TABLE: readonly { step: Step; on: readonly KeyRequestEndpoint[] }[] = [
  { step: loadClient,       on: ['ask', 'approve', 'decline'       ] },
  { step: loadClientByKey,  on: [                             'otp'] },
  { step: checkRequired,    on: ['ask', 'approve', 'decline', 'otp'] },
  { step: checkFeature,     on: ['ask', 'approve',            'otp'] },
  { step: checkScopes,      on: ['ask', 'approve',            'otp'] },
  { step: checkRedirect,    on: ['ask', 'approve', 'decline', 'otp'] },
  { step: checkPublicKey,   on: ['ask', 'approve',            'otp'] },
  { step: decidePush,       on: ['ask', 'approve'                  ] },
  { step: checkExpiry,      on: ['ask', 'approve'                  ] },
  { step: checkPayloadFits, on: ['ask', 'approve'                  ] },
  { step: checkPerson,      on: ['ask', 'approve', 'decline', 'otp'] },
  { step: checkGroup,       on: ['ask', 'approve',            'otp'] },
];
