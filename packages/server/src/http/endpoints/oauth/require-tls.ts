import { ValetkeyError } from '@valetkey/protocol';
import type { Site } from '../../../ports/site.ts';

/**
 * Requires https, because OAuth responses contain the key unencrypted (RFC 8628 section 3.1). Allows http on
 * loopback.
 *
 * @throws ValetkeyError `tls_required`
 */
export function requireTls({ baseUrl }: Pick<Site, 'baseUrl'>): void {
  const { protocol, hostname } = new URL(baseUrl);
  const isLoopback = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  if (protocol !== 'https:' && !isLoopback) throw new ValetkeyError('tls_required');
}
