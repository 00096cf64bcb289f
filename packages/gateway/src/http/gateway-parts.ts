import type { Dispatcher } from 'undici';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { OpenStreams } from '../streams/open-streams.ts';

/** One line of the access log. It contains no query, header or key. */
export interface AccessLogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** `own` for the gateway's pages, `anonymous`, `key` or `refused`. */
  readonly decision: string;
  /** The error code of a refusal. */
  readonly code: string | null;
  /** The id of the key's user. */
  readonly user: string | null;
}

/** What the handlers of requests share. */
export interface GatewayParts {
  /** The configuration in force. */
  readonly current: () => Runtime;
  readonly dispatcher: Dispatcher;
  readonly streams: OpenStreams;
  readonly metrics: GatewayMetrics;
  /** Null if nothing is logged. */
  readonly log: ((entry: AccessLogEntry) => void) | null;
  readonly reportError: (error: unknown) => void;
}
