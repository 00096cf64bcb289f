import { ValetkeyError } from '@valetkey/protocol';
import type { Site } from '../../../ports/site.ts';

/**
 * By OAuth a key travels as it is, so only encrypted connections will do (RFC 8628 section 3.1), or none at all: to a
 * program on this computer.
 *
 * @throws ValetkeyError `tls_required`
 */
export function requireTls({ baseUrl }: Pick<Site, 'baseUrl'>): void {
  const { protocol, hostname } = new URL(baseUrl);
  const isLoopback = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  if (protocol !== 'https:' && !isLoopback) throw new ValetkeyError('tls_required');
}
