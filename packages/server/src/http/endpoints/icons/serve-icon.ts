import { ValetkeyError } from '@valetkey/protocol';
import type { Endpoint } from '../endpoint.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * `GET /user-api-key/assets/icons/:hash`: serves the icon of a client with the type that its bytes have (PROTOCOL.md#icons).
 * Needs no session. The content of a path never changes.
 */
export const serveIcon: Endpoint = async ({ pathParameters: { hash = '' } }, { store }) => {
  const icon = SHA256.test(hash) ? await store.findIcon(hash) : null;
  if (!icon) throw new ValetkeyError('not_found');
  return new Response(Uint8Array.from(icon.bytes), {
    headers: {
      'Content-Type': icon.mediaType,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      // For a visitor who opens the file by itself.
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
};
