/**
 * Returns the URL of a client metadata document; null if the client id is no such URL. It has https, a path, and neither user
 * information, query, fragment nor dot segments (draft-ietf-oauth-client-id-metadata-document section 3). The URL must
 * be in normalized form, so that each document has only one client id.
 */
export function parseClientUrl(clientId: string): URL | null {
  if (!clientId.startsWith('https://') || clientId.length > 500) return null;
  const url = URL.parse(clientId);
  if (!url || url.href !== clientId || url.pathname === '/') return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  // A decoded dot segment could be another document for the server that delivers it.
  const segments = url.pathname.toLowerCase().replaceAll('%2e', '.').split('/');
  return segments.includes('.') || segments.includes('..') ? null : url;
}
