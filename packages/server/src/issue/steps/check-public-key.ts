import { parsePublicKey, type RsaPublicKey, ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import { found, type Step } from './key-request.ts';

/**
 * Determines the public key that the payload is encrypted to. A registered client’s own key is used; a different one
 * in the request is rejected.
 */
export const checkPublicKey: Step = (known, { settings }) => {
  const client = found(known, 'client');
  const sent = known.parameters.publicKey;
  const read = (text: string): RsaPublicKey => readPublicKey(text, settings);
  if (!client) return { publicKey: read(sent ?? '') };

  const registered = read(client.publicKey);
  if (sent !== null && read(sent).spkiPem !== registered.spkiPem)
    throw new ValetkeyError('client_public_key_mismatch');
  return { publicKey: registered };
};

/** Parses a public key and checks its size. @throws ValetkeyError `public_key_…` */
export function readPublicKey(text: string, settings: Settings): RsaPublicKey {
  return parsePublicKey(text, { minBits: settings.min_user_api_public_key_bits });
}
