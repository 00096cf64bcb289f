import { AUTH_API_VERSION, checkPayloadFits, encodePayload } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/** Rejects a nonce that does not fit beside the key, before the user has to sign in. */
export const checkPayloadSize: Step = (known) => {
  const expires = found(known, 'expiresInSeconds') !== null;
  const payload = encodePayload({
    key: '0'.repeat(32),
    nonce: known.parameters.nonce,
    push: found(known, 'push'),
    api: AUTH_API_VERSION,
    expiresAt: expires ? new Date(0).toISOString() : null,
  });
  checkPayloadFits(payload, found(known, 'publicKey'), found(known, 'padding'));
  return {};
};
