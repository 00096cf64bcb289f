import type { DeviceGrant } from '../../ports/grant-store.ts';
import type { DeviceRequest } from '../steps/evaluate-key-request.ts';
import type { StoredDeviceRequest } from './stored-device-request.ts';

/** A device's request, found and judged for the person who is looking at it. */
export interface ShownGrant {
  readonly asked: StoredDeviceRequest;
  readonly grant: DeviceGrant;
  readonly request: DeviceRequest;
}

/** Why a user must enter a code again. */
export type CodeProblem = 'invalid_code' | 'expired_code' | 'no_trust_level';

/** Where a person stands on the way to connect a device; each is a page and a JSON answer (PROTOCOL.md section 8). */
export type Activation =
  | {
      readonly state: 'enter_code';
      readonly problem: CodeProblem | null;
    }
  /** By link: what is asked is shown, and the code has yet to be typed. */
  | {
      readonly state: 'authorize';
      readonly by: 'request';
      readonly token: string;
      readonly shown: ShownGrant;
      readonly problem: 'invalid_code' | null;
    }
  /** By code: the grant is bound to this person, who now decides. */
  | { readonly state: 'authorize'; readonly by: 'code'; readonly token: string; readonly shown: ShownGrant }
  | { readonly state: 'complete'; readonly denied: boolean; readonly applicationName: string };

/** Of every grant that cannot be decided by this person any more, and of those that never were, the same is told. */
export const EXPIRED: Activation = { state: 'enter_code', problem: 'expired_code' };
