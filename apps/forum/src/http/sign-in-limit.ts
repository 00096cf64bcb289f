import { type CreateAttemptLimiter, createInProcessAttemptLimiter, ipAddressGroup } from '@valetkey/server';
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
  count(ipAddress: string, now: number): Promise<void>;
}

/**
 * Creates a limit. In the memory of a process it is bounded: the least recently seen IP addresses are dropped first.
 *
 * @param createLimiter counts for all forums of a site
 */
export function createSignInLimit(
  createLimiter: CreateAttemptLimiter = (_name, windows) =>
    createInProcessAttemptLimiter(windows, MAX_IP_ADDRESSES),
): SignInLimit {
  const limiter = createLimiter('forum-sign-in', WINDOWS);
  return {
    async count(ipAddress, now) {
      const waitSeconds = await limiter.count({ ipAddress: ipAddressGroup(ipAddress) }, now);
      if (waitSeconds === 0) return;
      const sentence = `Too many sign-in attempts from this network. Wait ${waitSeconds} seconds, then try again.`;
      throw new TooManyAttempts(sentence, waitSeconds);
    },
  };
}
