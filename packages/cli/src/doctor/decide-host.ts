import { type Finding, finding } from './finding.ts';
import type { HostObservation } from './observe-host.ts';

/** Returns the findings about the connection to a host. */
export function decideHost({ host, port, name, connection, encryption }: HostObservation): Finding[] {
  if ('failure' in name) return [finding('name_unknown', sayName(host, name.failure))];
  const isAddress = name.addresses.includes(host);
  const found = isAddress ? [] : [finding('name_found', `${host} is ${name.addresses.join(', ')}.`)];
  if (connection === null) return found;
  if (connection !== 'open')
    return [
      ...found,
      finding('port_closed', `Port ${port}: ${CONNECTION[connection.failure] ?? connection.failure}.`),
    ];
  const open = [...found, finding('port_open', `Port ${port} accepts connections.`)];
  if (encryption === null) return open;
  if (encryption === 'trusted') return [...open, finding('tls_trusted', 'The certificate is valid.')];
  if (encryption === 'not_asked_for')
    return isLocal(host)
      ? open
      : [...open, finding('no_encryption', 'The URL starts with http://, not https://.')];
  const { failure, isHandshakeDone, validTo, names } = encryption;
  if (!isHandshakeDone)
    return [
      ...open,
      finding(
        'tls_failed',
        NOT_TLS.includes(failure)
          ? `Port ${port} speaks http, not https: try http://${host.includes(':') ? `[${host}]` : host}:${port}.`
          : `TLS handshake failed (${failure}).`,
      ),
    ];
  return [...open, finding('tls_untrusted', sayCertificate(failure, validTo, names))];
}

/** Errors of the TLS library if the response to the handshake is not TLS. */
const NOT_TLS: readonly string[] = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'];

const isLocal = (host: string): boolean => /^(localhost|127\..*|::1)$/.test(host);

const sayName = (host: string, failure: string): string =>
  failure === 'ENOTFOUND'
    ? `The host name ${host} does not exist.`
    : `The host name ${host} cannot be resolved now (${failure}).`;

const CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'no response',
  EHOSTUNREACH: 'the host is not reachable',
  ENETUNREACH: 'the network is not reachable',
};

function sayCertificate(failure: string, validTo: string | null, names: string): string {
  if (failure === 'CERT_HAS_EXPIRED') return `The certificate has expired (${validTo}).`;
  if (failure === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate is for other names (${names}).`;
  if (/SELF_SIGNED/.test(failure)) return 'The certificate is self-signed.';
  if (/UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/.test(failure))
    return 'The certificate is signed by an unknown authority, or its chain is incomplete.';
  return `The certificate is not trusted (${failure}).`;
}
