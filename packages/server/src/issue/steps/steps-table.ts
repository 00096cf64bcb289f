import { checkBlock } from './check-block.ts';
import { checkBearerClient, checkDeviceKey, checkDeviceScopes } from './check-device.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkFeature } from './check-feature.ts';
import { checkPayloadSize } from './check-payload-size.ts';
import { checkPublicKey } from './check-public-key.ts';
import { checkRedirect } from './check-redirect.ts';
import { checkRequired } from './check-required.ts';
import { checkScopes } from './check-scopes.ts';
import { checkGroup, checkUser } from './check-user.ts';
import { decidePush } from './decide-push.ts';
import { grantScopes } from './grant-scopes.ts';
import type { Step } from './key-request.ts';
import { loadClient, loadClientByKey } from './load-client.ts';

/**
 * The columns. A device sends its request by `device`, by `bearer` if it uses OAuth, or by `oauth_device` if it is an
 * OAuth client that the site knows. When the user decides, the same column runs again together with `activate`, which
 * checks the user. `restore` undoes a revocation; `sign_in` uses a
 * one-time password. `authorize` shows and approves an OAuth request; `refresh` checks its grant again.
 */
export type KeyRequestEndpoint =
  | 'ask'
  | 'approve'
  | 'decline'
  | 'otp'
  | 'device'
  | 'bearer'
  | 'oauth_device'
  | 'activate'
  | 'restore'
  | 'sign_in'
  | 'authorize'
  | 'refresh';

/**
 * Defines which steps run for which endpoint, from top to bottom (PROTOCOL.md#authorize-responses,
 * PROTOCOL.md#device-flow).
 */
// biome-ignore format: a table
export const STEPS_TABLE: readonly { step: Step; on: readonly KeyRequestEndpoint[] }[] = [
  { step: loadClient,        on: ['ask', 'approve', 'decline',        'device', 'bearer'                                                                          ] },
  { step: loadClientByKey,   on: [                             'otp'                                                                                              ] },
  { step: checkBearerClient, on: [                                              'bearer'                                                                          ] },
  { step: checkBlock,        on: ['ask', 'approve', 'decline', 'otp', 'device', 'bearer',                                    'authorize', 'oauth_device'           ] },
  { step: checkRequired,     on: ['ask', 'approve', 'decline', 'otp', 'device'                                                                                    ] },
  { step: checkFeature,      on: ['ask', 'approve',            'otp', 'device', 'bearer',             'restore', 'sign_in', 'authorize', 'oauth_device'           ] },
  { step: checkDeviceScopes, on: [                                    'device', 'bearer'                                                                          ] },
  { step: checkScopes,       on: ['ask', 'approve',            'otp', 'device', 'bearer',             'restore', 'sign_in'                                        ] },
  { step: grantScopes,       on: [                                                                                          'authorize', 'refresh', 'oauth_device'] },
  { step: checkRedirect,     on: ['ask', 'approve', 'decline', 'otp'                                                                                              ] },
  { step: checkPublicKey,    on: ['ask', 'approve',            'otp', 'device'                                                                                    ] },
  { step: checkDeviceKey,    on: [                                    'device'                                                                                    ] },
  { step: decidePush,        on: ['ask', 'approve',                   'device', 'bearer'                                                                          ] },
  { step: checkExpiry,       on: ['ask', 'approve',                   'device', 'bearer',                                   'authorize', 'oauth_device'           ] },
  { step: checkPayloadSize,  on: ['ask', 'approve',                   'device'                                                                                    ] },
  { step: checkUser,         on: ['ask', 'approve', 'decline', 'otp',                     'activate', 'restore', 'sign_in', 'authorize', 'refresh'                ] },
  { step: checkGroup,        on: ['ask', 'approve',            'otp',                     'activate', 'restore', 'sign_in', 'authorize'                           ] },
];
