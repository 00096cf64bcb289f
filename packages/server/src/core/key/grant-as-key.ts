import type { KeyRecord } from './key-record.ts';

/** What a grant and a key have in common. */
type GrantLike = Omit<
  KeyRecord,
  | 'keyHash'
  | 'kind'
  | 'sentClientId'
  | 'applicationName'
  | 'isUrlKey'
  | 'pushUrl'
  | 'retiresAt'
  | 'allowedIpAddresses'
  | 'restoredAt'
> & { readonly clientName: string };

/** Returns an OAuth grant in the form of a key, for lists of both. It has the id of the grant and no hash. */
export const grantAsKey = ({ clientName, ...grant }: GrantLike): KeyRecord => ({
  ...grant,
  keyHash: '',
  kind: 'oauth',
  sentClientId: null,
  applicationName: clientName,
  isUrlKey: false,
  pushUrl: null,
  retiresAt: null,
  allowedIpAddresses: null,
  restoredAt: null,
});
