import { ValetkeyError } from '@valetkey/protocol';
import { recognizeAdminKey } from '../../../verify/recognize-key.ts';
import { readHeaderCredentials } from '../../read-credentials.ts';

/**
 * Returns the user API key in the headers, for endpoints that accept keys; null if there is none.
 *
 * @throws ValetkeyError `credentials_conflict`, `user_key_in_admin_header`
 */
export function readUserKey(headers: Headers): string | null {
  const presented = readHeaderCredentials(headers);
  if (presented === null) return null;
  if (presented.kind === 'conflict') throw new ValetkeyError('credentials_conflict');
  const isMisplaced =
    presented.kind === 'admin_key' && recognizeAdminKey(presented.key) === 'user_key_in_admin_header';
  if (isMisplaced) throw new ValetkeyError('user_key_in_admin_header');
  return presented.kind === 'user_key' ? presented.key : null;
}
