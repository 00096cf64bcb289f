import { ValetkeyError } from '@valetkey/protocol';
import type { MaybePromise } from '@valetkey/server';

/** Returns a function that calls `local` instead if the server cannot be used. */
export const withLocal =
  <Parameters extends readonly unknown[], Result>(
    shared: (...parameters: Parameters) => MaybePromise<Result>,
    local: (...parameters: Parameters) => MaybePromise<Result>,
  ) =>
  async (...parameters: Parameters): Promise<Result> => {
    try {
      return await shared(...parameters);
    } catch (error) {
      if (error instanceof ValetkeyError && error.code === 'limits_unavailable') return local(...parameters);
      throw error;
    }
  };
