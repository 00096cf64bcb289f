import type { KeyRequestParameters } from '@valetkey/protocol';
import type { KeyRequest } from '../steps/key-request.ts';

/** The request of a pending grant, as text in the store. */
export interface StoredDeviceRequest {
  /** The column of the steps table that evaluates it. */
  readonly column: 'device' | 'bearer' | 'oauth_device';
  readonly parameters: KeyRequestParameters;
  /** The client as it was displayed: an approval is valid for this client only. */
  readonly app: DisplayedClient;
  /** The hash of the key of a `bearer` grant, and the salt that it is derived with. */
  readonly bearer: { readonly keyHash: string; readonly salt: string } | null;
  /** Set for an OAuth client: an approval stores an OAuth grant instead of a key. */
  readonly oauth?: StoredOauthDevice;
}

/** What the request of an OAuth client has besides the parameters. */
export interface StoredOauthDevice {
  /** The paths of the requested resources below the base URL. */
  readonly resources: readonly string[];
  /** Whether the client has proved its id with a secret. */
  readonly isAuthenticated: boolean;
  /** The scopes of OpenID Connect. Left out by earlier versions: none. */
  readonly identityScopes?: readonly string[];
}

/** Name and public key of the client at the time of the request, and whether they came from a registration. */
export interface DisplayedClient {
  readonly applicationName: string;
  readonly publicKey: string | null;
  readonly registeredAt: number | null;
}

/** The answer of an approved grant for its device. */
export type DeviceAnswer =
  | { readonly payload: string }
  /** With the time at which the user signed in, if the site knows it. */
  | { readonly oauthGrantId: number; readonly authenticatedAt?: number }
  | { readonly salt: string; readonly scopes: readonly string[]; readonly expiresAt: number | null };

export const formatGrantText = (value: StoredDeviceRequest | DeviceAnswer): string => JSON.stringify(value);

/** Accepts only text that `formatGrantText` has created. */
export const parseStoredDeviceRequest = (text: string): StoredDeviceRequest =>
  JSON.parse(text) as StoredDeviceRequest;

/** Accepts only text that `formatGrantText` has created. */
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
