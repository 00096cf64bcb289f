import type { ErrorDetails } from '@valetkey/protocol';

export { NETWORK_REASONS } from '@valetkey/protocol';

/** Codes of reasons by the runtime's network error codes. */
const REASON_BY_ERROR: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host_unknown',
  EAI_AGAIN: 'host_not_resolved',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_closed',
  UND_ERR_SOCKET: 'connection_closed',
  ETIMEDOUT: 'timed_out',
  UND_ERR_CONNECT_TIMEOUT: 'timed_out',
  CERT_HAS_EXPIRED: 'certificate_expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_of_other_host',
  // TLS libraries report one of these if the response to the handshake is not TLS.
  ERR_SSL_WRONG_VERSION_NUMBER: 'port_without_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'port_without_tls',
};

/** Returns the reason of a network error as details, if it is known. */
export function findReasonOfCode(code: string, { hostname, port }: URL): ErrorDetails | null {
  const reason = REASON_BY_ERROR[code];
  if (reason === undefined) return null;
  return reason === 'port_without_tls'
    ? { reason, http_url: `http://${hostname}:${port || 443}` }
    : { reason };
}
