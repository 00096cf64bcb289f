import { hashKey } from '../judge/hash-key.ts';
import type { Provider } from '../provider.ts';
import type { AuditOf } from '../store/audit-store.ts';
import type { KeyRecord, NewKey } from '../store/store.ts';
import { createKeyText } from './create-key-text.ts';

/** A key that its person makes in the pages and sees once; nothing keeps its text. */
export interface OwnKey {
  readonly key: string;
  readonly record: KeyRecord;
}

/** Makes a key for a feed of the person. An earlier one of the same kind and client id dies in the same step. */
export async function makeOwnKey(
  parts: Omit<NewKey, 'keyHash' | 'pushUrl' | 'createdAt'>,
  audit: AuditOf<KeyRecord>,
  provider: Provider,
): Promise<OwnKey> {
  const key = createKeyText(provider);
  const newKey = { ...parts, keyHash: hashKey(key), pushUrl: null, createdAt: provider.now() };
  const record = await provider.keys.replace(newKey, audit);
  return { key, record };
}
