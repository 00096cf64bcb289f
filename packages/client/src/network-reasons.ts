const CUT = 'the connection was closed';
const UNKNOWN_AUTHORITY = 'its certificate is not signed by a trusted authority';

/** Explanations of the runtime's network error codes. */
const NETWORK_REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the host name cannot be resolved now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: CUT,
  UND_ERR_SOCKET: CUT,
  ETIMEDOUT: 'the request timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the request timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** TLS libraries report one of these if the response to the handshake is not TLS. */
const NOT_TLS: readonly string[] = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'];

/** Returns the explanation of a network error code, if it is known. */
export function describeNetworkError(code: string, { hostname, port }: URL): string | null {
  if (NOT_TLS.includes(code)) return `it speaks http, not https: try http://${hostname}:${port || 443}`;
  return NETWORK_REASONS[code] ?? null;
}
