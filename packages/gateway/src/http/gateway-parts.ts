import type { AccessLogEntry } from '@valetkey/server/monitor';
import type { Dispatcher } from 'undici';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { OpenStreams } from '../streams/open-streams.ts';

/** One line of the access log. It contains no query, header, cookie or key. */
export interface GatewayLogEntry extends AccessLogEntry {
  /** `own` for the gateway's pages, `asked` for forward authentication, `anonymous`, `key` or `refused`. */
  readonly decision: string;
  /** The error code of a refusal. */
  readonly code: string | null;
  /** The id of the key's user. */
  readonly user: string | null;
}

/**
 * Receives unexpected errors and failed jobs.
 *
 * @param requestId of the request that failed, if there was one
 */
export type ReportError = (error: unknown, requestId?: string) => void;

/** What the handlers of requests share. */
export interface GatewayParts {
  /** The configuration in force. */
  readonly current: () => Runtime;
  readonly dispatcher: Dispatcher;
  readonly streams: OpenStreams;
  readonly metrics: GatewayMetrics;
  /** Null if nothing is logged. */
  readonly log: ((entry: GatewayLogEntry) => void) | null;
  readonly reportError: ReportError;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
