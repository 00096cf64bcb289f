import { createAttemptLimits, ipAddressGroup } from '@valetkey/server';
import { TooManyAttempts } from './forum-error.ts';

/** Enough for a household behind one address, and for a slow typist; not for a list of passwords. */
const WINDOWS = [
  { by: 'ipAddress', max: 60, seconds: 60 },
  { by: 'ipAddress', max: 1_000, seconds: 86_400 },
] as const;
const MAX_ADDRESSES = 10_000;

/** Counts attempts to sign in, by address, whatever becomes of them; the addresses of one IPv6 network are one. */
export interface SignInLimit {
  /** @throws TooManyAttempts with how long to wait */
  count(ipAddress: string, now: number): void;
}

/** The addresses seen longest ago are forgotten first, so that a flood of them cannot fill the memory. */
export function createSignInLimit(): SignInLimit {
  const limits = createAttemptLimits(WINDOWS, MAX_ADDRESSES);
  return {
    count(ipAddress, now) {
      const waitSeconds = limits.count({ ipAddress: ipAddressGroup(ipAddress) }, now);
      if (waitSeconds === 0) return;
      const sentence = `Too many attempts to sign in from here. Wait ${waitSeconds} seconds, then try again.`;
      throw new TooManyAttempts(sentence, waitSeconds);
    },
  };
}
