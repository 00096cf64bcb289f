import type { Profiler } from 'node:inspector';

/** The server listens and knows these keys. */
export interface ServerReady {
  readonly port: number;
  readonly keys: readonly string[];
  /** A key without the scope of the route. */
  readonly narrowKey: string;
}

/** What the server process does on request. */
export type ServerQuestion = 'cpu time' | 'start profile' | 'stop profile';

/** Processor time in microseconds since the start, and the profile after `stop profile`. */
export interface ServerAnswer {
  readonly cpuMicroseconds: number;
  readonly profile: Profiler.Profile | null;
}

/** What the load process is told to do. */
export interface LoadOrder {
  readonly port: number;
  readonly keys: readonly string[];
  readonly seconds: number;
  readonly connections: number;
}

/** What the load process measured. Every response had status 200, or the process ends with an error. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
