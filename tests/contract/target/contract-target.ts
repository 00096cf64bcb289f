import type { Browser } from '@valetkey/test-support/browser';

/**
 * A provider under test, reached over HTTP. It has the users `alice` (trust level 1), `bob`, `mona` (a moderator), `admin` and
 * `sam` (suspended). What a client cannot do by itself is a capability: a target leaves out those that
 * it lacks, and the tests that need one are then reported as skipped, each by its name.
 */
export interface ContractTarget {
  /** Origin, without a trailing slash. */
  readonly baseUrl: string;
  /** Sends a request to a path of the provider; follows no redirect. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** Signs a user in with a new browser. */
  signIn(username: string): Promise<Browser>;
  readonly settings?: SettingsControl;
  readonly clock?: ClockControl;
  readonly suspension?: SuspensionControl;
  readonly push?: PushControl;
  /** True where no earlier test has left keys, clients or settings behind. */
  readonly isFresh: boolean;
  /**
   * Of a target with several nodes: lets all of them see what one has seen. Changes of keys and settings take some
   * milliseconds, uses of keys five seconds. Absent if there is one node.
   */
  settle?(): Promise<void>;
  /** Returns the id of a key by its name, which no other key has. @default from the profile of Discourse */
  findKeyId?(browser: Browser, username: string, applicationName: string): Promise<string>;
  /** Ends what the target started, and restores what it changed. */
  close(): Promise<void>;
}

/** Changes settings, by the names of PROTOCOL.md#settings. */
export interface SettingsControl {
  set(name: string, value: unknown): Promise<void>;
}

/** Moves the provider's time. A clock begins at 2026-11-23T12:00:00Z. */
export interface ClockControl {
  advance(ms: number): void;
  /** Runs the daily job, as the provider does at night. */
  runDailyJobs(): Promise<void>;
}

export interface SuspensionControl {
  suspend(username: string, until?: string): Promise<void>;
  unsuspend(username: string): Promise<void>;
}

/** A target that may push to this computer. */
export interface PushControl {
  /** Sends everything that is due. */
  deliver(): Promise<void>;
}
