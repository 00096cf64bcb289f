import type { Profiler } from 'node:inspector';

/** The server listens and has stored these keys. */
export interface ServerReady {
  readonly port: number;
  readonly keys: readonly string[];
  /** A key without the scope of the route. */
  readonly narrowKey: string;
}

/** Commands to the server process. */
export type ServerQuestion = 'cpu time' | 'start profile' | 'stop profile';

/** Processor time in microseconds since the start, and the profile after `stop profile`. */
export interface ServerAnswer {
  readonly cpuMicroseconds: number;
  readonly profile: Profiler.Profile | null;
}

/** Command to the load process. */
export interface LoadOrder {
  readonly port: number;
  readonly keys: readonly string[];
  readonly seconds: number;
  readonly connections: number;
}

/** Result of the load process. Every response had status 200; otherwise the process ends with an error. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
