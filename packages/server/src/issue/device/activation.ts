import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { DeviceRequest } from '../steps/evaluate-key-request.ts';
import type { StoredDeviceRequest } from './stored-device-request.ts';

/** A device’s request, evaluated for the user who views it. */
export interface ShownGrant {
  readonly asked: StoredDeviceRequest;
  readonly grant: DeviceGrant;
  readonly request: DeviceRequest;
}

/** Why a user must enter a code again. */
export type CodeProblem = 'invalid_code' | 'expired_code' | 'no_trust_level';

/**
 * The state of the device verification for a user; each is a page and a JSON response
 * (PROTOCOL.md#enter-the-device-code).
 */
export type Activation =
  | {
      readonly state: 'enter_code';
      readonly problem: CodeProblem | null;
    }
  /** By link: the request is shown, and the code is still to be entered. */
  | {
      readonly state: 'authorize';
      readonly by: 'request';
      readonly token: string;
      readonly shown: ShownGrant;
      readonly problem: 'invalid_code' | null;
    }
  /** By code: the grant is bound to this user, who now decides. */
  | { readonly state: 'authorize'; readonly by: 'code'; readonly token: string; readonly shown: ShownGrant }
  | { readonly state: 'complete'; readonly denied: boolean; readonly applicationName: string };

/** All grants that this user cannot decide, and unknown ones, have the same response. */
export const EXPIRED: Activation = { state: 'enter_code', problem: 'expired_code' };
