import { AUTH_API_VERSION, checkPayloadFits, encodePayload, ValetkeyError } from '@valetkey/protocol';
import { found, type KeyRequest, type Step } from './key-request.ts';

type Sealable = Pick<KeyRequest, 'parameters' | 'push' | 'publicKey' | 'padding' | 'expiresInSeconds'>;

/** Rejects a nonce that does not fit beside the key, before the user has to sign in. */
export const checkPayloadSize: Step = (known) => {
  checkFits({
    parameters: known.parameters,
    push: found(known, 'push'),
    publicKey: found(known, 'publicKey'),
    padding: found(known, 'padding'),
    expiresInSeconds: found(known, 'expiresInSeconds'),
  });
  return {};
};

/** Returns whether the payload of this request fits into its public key. */
export function fitsPayload(request: Sealable): boolean {
  try {
    checkFits(request);
    return true;
  } catch (error) {
    if (error instanceof ValetkeyError) return false;
    throw error;
  }
}

function checkFits({ parameters, push, publicKey, padding, expiresInSeconds }: Sealable): void {
  const payload = encodePayload({
    key: '0'.repeat(32),
    nonce: parameters.nonce,
    push,
    api: AUTH_API_VERSION,
    expiresAt: expiresInSeconds === null ? null : new Date(0).toISOString(),
  });
  checkPayloadFits(payload, publicKey, padding);
}
