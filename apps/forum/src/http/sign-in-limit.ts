import { createInProcessAttemptLimiter, ipAddressGroup } from '@valetkey/server';
import { TooManyAttempts } from './forum-error.ts';

/** Enough for several people behind one IP address, but not for trying a list of passwords. */
const WINDOWS = [
  { by: 'ipAddress', max: 60, seconds: 60 },
  { by: 'ipAddress', max: 1_000, seconds: 86_400 },
] as const;
const MAX_IP_ADDRESSES = 10_000;

/** Counts sign-in attempts by IP address, successful or not. All addresses of one IPv6 network count as one. */
export interface SignInLimit {
  /** @throws TooManyAttempts with the seconds to wait */
  count(ipAddress: string, now: number): void;
}

/** Creates a limit with bounded memory: the least recently seen IP addresses are dropped first. */
export function createSignInLimit(): SignInLimit {
  const limits = createInProcessAttemptLimiter(WINDOWS, MAX_IP_ADDRESSES);
  return {
    count(ipAddress, now) {
      const waitSeconds = limits.count({ ipAddress: ipAddressGroup(ipAddress) }, now);
      if (waitSeconds === 0) return;
      const sentence = `Too many sign-in attempts from this network. Wait ${waitSeconds} seconds, then try again.`;
      throw new TooManyAttempts(sentence, waitSeconds);
    },
  };
}
