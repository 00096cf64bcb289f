import { createHash } from 'node:crypto';
import { ValetkeyError } from '@valetkey/protocol';

/** What the limiters need of a client of Valkey or Redis: scripts. ioredis has these methods. */
export interface ScriptClient {
  evalsha(sha1: string, keyCount: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
  eval(script: string, keyCount: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

/** Runs a script. @throws ValetkeyError `limits_unavailable` if the server cannot be used now */
export type RunScript = (
  keys: readonly string[],
  parameters: readonly (string | number)[],
) => Promise<readonly number[]>;

/** Returns a function that runs this script, which the server keeps until it restarts. */
export function prepareScript(client: ScriptClient, text: string): RunScript {
  const sha1 = createHash('sha1').update(text).digest('hex');
  return async (keys, parameters) => {
    try {
      return (await client.evalsha(sha1, keys.length, ...keys, ...parameters)) as readonly number[];
    } catch (error) {
      if (!isUnknownScript(error)) throw toLimiterError(error);
    }
    try {
      return (await client.eval(text, keys.length, ...keys, ...parameters)) as readonly number[];
    } catch (error) {
      throw toLimiterError(error);
    }
  };
}

const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');

/** The message of the client names host and port, and no password. */
const toLimiterError = (error: unknown): ValetkeyError =>
  new ValetkeyError(
    'limits_unavailable',
    {},
    {
      cause: new Error(error instanceof Error ? error.message : 'The connection failed.'),
    },
  );
