import type { KeyRequestParameters } from '@valetkey/protocol';
import type { KeyRequest } from '../steps/key-request.ts';

/** What a pending grant says about itself, as text in the store. */
export interface StoredDeviceRequest {
  /** Which column of the steps table judges it. */
  readonly column: 'device' | 'bearer';
  readonly parameters: KeyRequestParameters;
  /** Who it is shown as: an approval holds for this app and no other. */
  readonly app: DisplayedClient;
  /** How the key of a `bearer` grant will be recognised, and half of what it will be made from. */
  readonly bearer: { readonly keyHash: string; readonly salt: string } | null;
}

/** Name and key as they were when the device asked, and whether a registration vouched for them. */
export interface DisplayedClient {
  readonly applicationName: string;
  readonly publicKey: string | null;
  readonly registeredAt: number | null;
}

/** What an approved grant has for the device. */
export type DeviceAnswer =
  | { readonly payload: string }
  | { readonly salt: string; readonly scopes: readonly string[]; readonly expiresAt: number | null };

export const formatGrantText = (value: StoredDeviceRequest | DeviceAnswer): string => JSON.stringify(value);

/** Only what `formatGrantText` has written comes in here. */
export const parseStoredDeviceRequest = (text: string): StoredDeviceRequest =>
  JSON.parse(text) as StoredDeviceRequest;

/** Only what `formatGrantText` has written comes in here. */
export const parseDeviceAnswer = (text: string): DeviceAnswer => JSON.parse(text) as DeviceAnswer;

export function describeDisplayedClient({
  applicationName,
  client,
  publicKey,
}: Pick<KeyRequest, 'applicationName' | 'client'> & Partial<Pick<KeyRequest, 'publicKey'>>): DisplayedClient {
  return {
    applicationName,
    publicKey: publicKey?.spkiPem ?? null,
    registeredAt: client?.createdAt ?? null,
  };
}
