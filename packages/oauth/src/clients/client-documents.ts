import { createHash } from 'node:crypto';
import type { FetchDocument } from './document-fetcher.ts';
import { type ClientMetadata, parseClientMetadata } from './parse-client-metadata.ts';

/** The metadata at the URL of a client, and the SHA-256 of its text. */
export interface ClientDocument extends ClientMetadata {
  readonly hash: string;
}

/** Loads the metadata of clients that are identified by its URL. */
export interface ClientDocuments {
  /** Returns the metadata, from memory if it is recent; null if it cannot be loaded or is invalid. */
  load(url: URL): Promise<ClientDocument | null>;
  isCached(url: URL): boolean;
  /** Removes it from memory, so that the next call loads it again. */
  forget(clientId: string): void;
}

const MIN_CACHE_SECONDS = 60;
const MAX_CACHE_SECONDS = 3_600;
const MAX_CACHED = 1_000;

/** Keeps valid documents for as long as their headers allow, between a minute and an hour. Failures are not kept. */
export function createClientDocuments(fetchDocument: FetchDocument, now: () => number): ClientDocuments {
  const cached = new Map<string, { readonly document: ClientDocument; readonly until: number }>();
  /** Concurrent requests share one fetch. */
  const loading = new Map<string, Promise<ClientDocument | null>>();

  async function fetchAndParse(url: URL): Promise<ClientDocument | null> {
    const fetched = await fetchDocument(url);
    const document = fetched && parseDocument(fetched.text, url.href);
    if (!document) return null;
    const seconds = Math.min(Math.max(fetched.maxAgeSeconds, MIN_CACHE_SECONDS), MAX_CACHE_SECONDS);
    const [oldest] = cached.keys();
    if (cached.size >= MAX_CACHED && oldest !== undefined) cached.delete(oldest);
    cached.set(url.href, { document, until: now() + seconds * 1000 });
    return document;
  }

  function findCached({ href }: URL): ClientDocument | null {
    const known = cached.get(href);
    if (known && known.until > now()) return known.document;
    cached.delete(href);
    return null;
  }

  return {
    isCached: (url) => findCached(url) !== null,
    load(url) {
      const known = findCached(url);
      if (known) return Promise.resolve(known);
      const shared = loading.get(url.href);
      if (shared) return shared;
      const started = fetchAndParse(url).finally(() => loading.delete(url.href));
      loading.set(url.href, started);
      return started;
    },
    forget: (clientId) => void cached.delete(clientId),
  };
}

/** Returns the metadata of a document; null unless it names its own URL and is that of a public client. */
function parseDocument(text: string, clientId: string): ClientDocument | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const metadata = parseClientMetadata(value);
  if (typeof metadata === 'string' || metadata.authMethod !== 'none') return null;
  const members = value as Record<string, unknown>;
  const hasSecret = 'client_secret' in members || 'client_secret_expires_at' in members;
  if (members.client_id !== clientId || hasSecret) return null;
  return { ...metadata, hash: createHash('sha256').update(text).digest('hex') };
}
