import { AUTH_API_VERSION, encodePayload } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import { hashKey } from '../judge/hash-key.ts';
import type { Provider } from '../provider.ts';
import type { KeyRequest } from '../steps/key-request.ts';
import type { KeyRecord } from '../store/store.ts';
import { createKeyText } from './create-key-text.ts';

/**
 * Makes a key, seals it to the app's public key, and only then puts it in the place of the earlier one: whatever
 * fails before the last step has changed nothing, and after it the key is durable before anybody hears of it.
 *
 * @returns the sealed payload, base64 (the key itself leaves this function in no other form), and what is stored
 */
export async function issueKey(
  request: KeyRequest,
  provider: Provider,
): Promise<{ payload: string; key: KeyRecord }> {
  const { parameters, expiresInSeconds } = request;
  const createdAt = provider.now();
  const expiresAt = expiresInSeconds === null ? null : createdAt + expiresInSeconds * 1000;
  const key = createKeyText(provider);
  const payload = encodePayload({
    key,
    nonce: parameters.nonce,
    push: request.push,
    api: AUTH_API_VERSION,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  });
  const sealed = sealPayload(payload, request.publicKey, request.padding);

  const record = await provider.keys.replace({
    keyHash: hashKey(key),
    userId: request.session.user.id,
    kind: 'app',
    clientId: parameters.clientId,
    applicationName: request.applicationName,
    scopes: request.scopes,
    isUrlKey: request.isUrlKey,
    pushUrl: request.push ? parameters.pushUrl : null,
    createdAt,
    expiresAt,
  });
  return { payload: sealed, key: record };
}
