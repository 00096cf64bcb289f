import type { ScriptClient } from './script-client.ts';

/** How a limiter uses Valkey or Redis. */
export interface LimiterOptions {
  readonly client: ScriptClient;
  /** Begins the name of every key on the server. @default 'valetkey:' */
  readonly prefix?: string;
  /**
   * If the server cannot be used: `refuse` rejects requests with 503; `local` counts in this process, so that with n nodes
   * up to n times the limit is allowed. @default 'refuse'
   */
  readonly whenUnavailable?: 'refuse' | 'local';
  /** `caller` measures time by the parameter `now`, for tests. @default 'server', so that all nodes have one clock */
  readonly clock?: 'server' | 'caller';
}
