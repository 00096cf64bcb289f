import type { KeyRequestParameters } from '@valetkey/protocol';
import type { KeyRequest } from '../steps/key-request.ts';

/** What a pending grant says about itself, as text in the store. */
export interface AskedByDevice {
  /** Which column of the steps table judges it. */
  readonly column: 'device' | 'bearer';
  readonly parameters: KeyRequestParameters;
  /** Who it is shown as: an approval holds for this app and no other. */
  readonly app: AppShown;
  /** How the key of a `bearer` grant will be recognised, and half of what it will be made from. */
  readonly bearer: { readonly keyHash: string; readonly salt: string } | null;
}

/** Name and key as they were when the device asked, and whether a registration vouched for them. */
export interface AppShown {
  readonly applicationName: string;
  readonly publicKey: string | null;
  readonly registeredAt: number | null;
}

/** What an approved grant has for the device. */
export type AnswerToDevice =
  | { readonly payload: string }
  | { readonly salt: string; readonly scopes: readonly string[]; readonly expiresAt: number | null };

export const formatGrantText = (value: AskedByDevice | AnswerToDevice): string => JSON.stringify(value);

/** Only what `formatGrantText` has written comes in here. */
export const parseAskedByDevice = (text: string): AskedByDevice => JSON.parse(text) as AskedByDevice;

/** Only what `formatGrantText` has written comes in here. */
export const parseAnswerToDevice = (text: string): AnswerToDevice => JSON.parse(text) as AnswerToDevice;

export function describeApp({
  applicationName,
  client,
  publicKey,
}: Pick<KeyRequest, 'applicationName' | 'client'> & Partial<Pick<KeyRequest, 'publicKey'>>): AppShown {
  return {
    applicationName,
    publicKey: publicKey?.spkiPem ?? null,
    registeredAt: client?.createdAt ?? null,
  };
}
