import { checkBearerClient } from './check-bearer-client.ts';
import { checkDeviceKey } from './check-device-key.ts';
import { checkDeviceScopes } from './check-device-scopes.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkFeature } from './check-feature.ts';
import { checkGroup } from './check-group.ts';
import { checkPayloadFits } from './check-payload-fits.ts';
import { checkPublicKey } from './check-public-key.ts';
import { checkRedirect } from './check-redirect.ts';
import { checkRequired } from './check-required.ts';
import { checkScopes } from './check-scopes.ts';
import { checkUser } from './check-user.ts';
import { decidePush } from './decide-push.ts';
import type { Step } from './key-request.ts';
import { loadClient } from './load-client.ts';
import { loadClientByKey } from './load-client-by-key.ts';

/**
 * The columns. A device asks by `device`, or by `bearer` where it speaks OAuth; when a person decides, the same column
 * runs again, and after it `activate`, which is about the person.
 */
export type KeyRequestEndpoint = 'ask' | 'approve' | 'decline' | 'otp' | 'device' | 'bearer' | 'activate';

/** Which rule runs where, from top to bottom: the pipeline of sections 2, 3, 7 and 8 of PROTOCOL.md. */
// biome-ignore format: a table
export const STEPS_TABLE: readonly { step: Step; on: readonly KeyRequestEndpoint[] }[] = [
  { step: loadClient,        on: ['ask', 'approve', 'decline',        'device', 'bearer'            ] },
  { step: loadClientByKey,   on: [                             'otp'                                ] },
  { step: checkBearerClient, on: [                                              'bearer'            ] },
  { step: checkRequired,     on: ['ask', 'approve', 'decline', 'otp', 'device'                      ] },
  { step: checkFeature,      on: ['ask', 'approve',            'otp', 'device', 'bearer'            ] },
  { step: checkDeviceScopes, on: [                                    'device', 'bearer'            ] },
  { step: checkScopes,       on: ['ask', 'approve',            'otp', 'device', 'bearer'            ] },
  { step: checkRedirect,     on: ['ask', 'approve', 'decline', 'otp'                                ] },
  { step: checkPublicKey,    on: ['ask', 'approve',            'otp', 'device'                      ] },
  { step: checkDeviceKey,    on: [                                    'device'                      ] },
  { step: decidePush,        on: ['ask', 'approve',                   'device', 'bearer'            ] },
  { step: checkExpiry,       on: ['ask', 'approve',                   'device', 'bearer'            ] },
  { step: checkPayloadFits,  on: ['ask', 'approve',                   'device'                      ] },
  { step: checkUser,       on: ['ask', 'approve', 'decline', 'otp',                     'activate'] },
  { step: checkGroup,        on: ['ask', 'approve',            'otp',                     'activate'] },
];
