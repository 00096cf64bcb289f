import { ValetkeyError } from '@valetkey/protocol';
import { recognizeAdminKey } from '../../../verify/recognize-key.ts';
import { readBasicCredential, readHeaderCredentials } from '../../read-credentials.ts';

/**
 * Returns the user API key of a request, for endpoints that accept keys; null if there is none.
 *
 * @throws ValetkeyError `credentials_conflict`, `user_key_in_admin_header`
 */
export function readUserKey(request: Request): string | null {
  const presented = readHeaderCredentials(request.headers) ?? readBasicCredential(request);
  if (presented === null) return null;
  if (presented.kind === 'conflict') throw new ValetkeyError('credentials_conflict');
  const isMisplaced =
    presented.kind === 'admin_key' && recognizeAdminKey(presented.key) === 'user_key_in_admin_header';
  if (isMisplaced) throw new ValetkeyError('user_key_in_admin_header');
  return presented.kind === 'user_key' ? presented.key : null;
}
