import { parsePublicKey, type RsaPublicKey, ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import { found, type Step } from './key-request.ts';

/** The key that the payload is sealed to. A registered client's own is used; another one sent along is refused. */
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

/** A public key of a size that the site accepts. @throws ValetkeyError `public_key_…` */
export function readPublicKey(text: string, settings: Settings): RsaPublicKey {
  return parsePublicKey(text, { minBits: settings.min_user_api_public_key_bits });
}
