import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * The steps of connecting to a host. A step after a failed one is null. Failures are codes of the operating system.
 */
export interface HostObservation {
  readonly host: string;
  readonly port: number;
  readonly name: { readonly addresses: readonly string[] } | { readonly failure: string };
  readonly connection: 'open' | { readonly failure: string } | null;
  readonly encryption:
    | 'trusted'
    | 'not_asked_for'
    | {
        readonly failure: string;
        readonly isHandshakeDone: boolean;
        readonly validTo: string | null;
        readonly names: string;
      }
    | null;
}

const DEADLINE_MS = 10_000;

/** Resolves the name, connects and does the TLS handshake, one after the other, to find out which step fails. */
export async function observeHost(url: URL, signal: AbortSignal): Promise<HostObservation> {
  const isHttps = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (isHttps ? 443 : 80));
  const start = { host, port, connection: null, encryption: null };
  const ends = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);

  const found = await lookup(host, { all: true }).catch(codeOf);
  if (typeof found === 'string') return { ...start, name: { failure: found } };
  const name = { addresses: found.map(({ address }) => address) };

  const socket = connectTcp({ host, port });
  try {
    const failure = await settled(socket, 'connect', ends);
    if (failure !== null) return { ...start, name, connection: { failure } };
    if (!isHttps) return { ...start, name, connection: 'open', encryption: 'not_asked_for' };
    return { ...start, name, connection: 'open', encryption: await shakeHands(socket, host, ends) };
  } finally {
    socket.destroy();
    signal.throwIfAborted();
  }
}

async function shakeHands(
  socket: Socket,
  host: string,
  ends: AbortSignal,
): Promise<HostObservation['encryption']> {
  // An invalid certificate does not end the handshake, so that its fault can be reported. Nothing is sent.
  const secured = connectTls({
    socket,
    servername: /[a-z]/i.test(host) ? host : '',
    rejectUnauthorized: false,
  });
  const failure = await settled(secured, 'secureConnect', ends);
  if (failure !== null) return { failure, isHandshakeDone: false, validTo: null, names: '' };
  if (secured.authorized) return 'trusted';
  const { valid_to: validTo = null, subjectaltname: names = '' } = secured.getPeerCertificate() ?? {};
  return { failure: String(secured.authorizationError), isHandshakeDone: true, validTo, names };
}

async function settled(socket: Socket, event: string, signal: AbortSignal): Promise<string | null> {
  return once(socket, event, { signal }).then(() => null, codeOf);
}

function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'ETIMEDOUT';
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
