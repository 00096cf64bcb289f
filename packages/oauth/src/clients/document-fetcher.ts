import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type RequestOptions, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { findTargetAddresses } from '@valetkey/server/extension';

/** A fetched document with the seconds for which it may be cached. */
export interface FetchedDocument {
  readonly text: string;
  readonly maxAgeSeconds: number;
}

/**
 * Fetches the metadata of a client. Returns null for every failure: the reason would reveal the internal network of the
 * site.
 */
export type FetchDocument = (url: URL) => Promise<FetchedDocument | null>;

/** Parts that tests replace. The check of IP addresses cannot be turned off. */
export interface DocumentFetcherParts {
  readonly resolveHost?: (hostname: string) => Promise<LookupAddress[]>;
  /** Certificate authorities in PEM that replace the system’s. */
  readonly ca?: string;
  /** Connects to this IP address and port instead of the one that was checked. */
  readonly connectTo?: { readonly address: string; readonly port: number };
}

/** For DNS, connection and response together. */
const DEADLINE_MS = 3_000;
const MAX_BYTES = 5_120;

/**
 * Creates a fetcher that prevents requests to the internal network of the site (SSRF). It requires https and public IP
 * addresses, and connects only to the addresses that were checked. It follows no redirects, uses no proxy, and accepts
 * at most 5 KB of JSON within 3 seconds.
 */
export function createDocumentFetcher(parts: DocumentFetcherParts = {}): FetchDocument {
  const { resolveHost = (host) => lookup(host, { all: true }), ca, connectTo } = parts;

  return async (url) => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    // A DNS query cannot be cancelled, only abandoned.
    const target = await Promise.race([findTargetAddresses(url, resolveHost, false), whenAborted(signal)]);
    if (target === null || 'problem' in target) return null;
    const addresses = connectTo ? [{ address: connectTo.address, family: 4 }] : target.addresses;
    // Certificate and Host header use the name, but it is not resolved again.
    const lookupChecked: LookupFunction = (_hostname, options, callback) => {
      const [{ address, family } = { address: '', family: 4 }] = addresses;
      if (options.all) callback(null, [...addresses]);
      else callback(null, address, family);
    };
    return get(url, {
      agent: false,
      lookup: lookupChecked,
      signal,
      ...(connectTo && { port: connectTo.port }),
      ...(ca !== undefined && { ca }),
      headers: { Accept: 'application/json', 'User-Agent': 'Valetkey', Host: url.host },
    });
  };
}

function get(url: URL, options: RequestOptions): Promise<FetchedDocument | null> {
  return new Promise((resolve) => {
    const sent = request(url, options, (response) => {
      const type = response.headers['content-type'] ?? '';
      if (response.statusCode !== 200 || !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
        sent.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) sent.destroy();
        else chunks.push(chunk);
      });
      response.on('end', () => {
        // The whole response may have arrived before it was refused.
        if (size > MAX_BYTES) return;
        const maxAgeSeconds = readMaxAge(response.headers['cache-control'] ?? '');
        resolve({ text: Buffer.concat(chunks).toString('utf8'), maxAgeSeconds });
      });
      response.on('error', () => {});
    });
    sent.on('error', () => {});
    sent.on('close', () => resolve(null));
    sent.end();
  });
}

const readMaxAge = (header: string): number =>
  /\bno-(?:store|cache)\b/i.test(header) ? 0 : Number(/\bmax-age=(\d{1,9})/i.exec(header)?.[1] ?? 0);

function whenAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
