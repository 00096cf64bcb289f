import {
  type AttemptLimiter,
  type CreateAttemptLimiter,
  createInProcessAttemptLimiter,
  createInProcessUseLimiter,
  type UseLimiter,
} from '@valetkey/server';

/** The limits of keys and of attempts. */
export interface Limiters {
  readonly useLimiter: UseLimiter;
  readonly attemptLimiter: CreateAttemptLimiter;
  close(): Promise<void>;
}

/**
 * Opens the limiters: in Valkey, which several gateways share, or in this process.
 *
 * @param url of Valkey; null to count in this process
 */
export async function openLimiters(url: string | null): Promise<Limiters> {
  if (url === null) {
    return {
      useLimiter: createInProcessUseLimiter(),
      attemptLimiter: shareLimiters((_, windows) => createInProcessAttemptLimiter(windows)),
      close: async () => {},
    };
  }
  const { openValkey } = await import('@valetkey/valkey');
  const valkey = openValkey({ url });
  return { ...valkey, attemptLimiter: shareLimiters(valkey.attemptLimiter) };
}

/** Returns the same limiter for the same name, so that a reload does not reset its counts. */
function shareLimiters(
  create: (...limiter: Parameters<CreateAttemptLimiter>) => AttemptLimiter,
): CreateAttemptLimiter {
  const limiters = new Map<string, AttemptLimiter>();
  return (name, windows) => {
    const limiter = limiters.get(name) ?? create(name, windows);
    limiters.set(name, limiter);
    return limiter;
  };
}
