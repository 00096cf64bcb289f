import { UseLog } from '@valetkey/server';
import { TooManyAttempts } from './forum-error.ts';

/** Enough for a household behind one address, and for a slow typist; not for a list of passwords. */
const LIMITS = { perMinute: 60, perDay: 1_000 };
const MAX_ADDRESSES = 10_000;

/** Counts attempts to sign in, by address, whatever becomes of them. */
export interface SignInLimit {
  /** @throws TooManyAttempts with how long to wait */
  count(address: string, now: number): void;
}

/** The addresses seen longest ago are forgotten first, so that a flood of them cannot fill the memory. */
export function createSignInLimit(): SignInLimit {
  const logs = new Map<string, UseLog>();
  return {
    count(address, now) {
      const log = logs.get(address) ?? new UseLog();
      logs.delete(address);
      logs.set(address, log);
      const [oldest] = logs.keys();
      if (logs.size > MAX_ADDRESSES && oldest !== undefined) logs.delete(oldest);
      const decision = log.use(now, LIMITS);
      if (decision.allowed) return;
      const { waitSeconds } = decision;
      const sentence = `Too many attempts to sign in from here. Wait ${waitSeconds} seconds, then try again.`;
      throw new TooManyAttempts(sentence, waitSeconds);
    },
  };
}
