import { createHash } from 'node:crypto';
import { networkOf, parsePeerIpAddress } from '../core/ip/ip-address.ts';
import type { KeyNetwork } from '../ports/key-use-store.ts';
import { dayOf } from './key-use-counts.ts';

/** The networks of further keys are not counted on this day. */
const MAX_KEYS = 20_000;
/** Far above the number from which a key is unusual. */
const MAX_NETWORKS = 100;
/** Further networks are noted at a later request, after the next flush. */
const MAX_PENDING = 20_000;
/** A key that two servers use in turn costs no hash per request. */
const MAX_RECENT = 16;

/** Arrays with one entry, because most keys have one network, and a set takes 200 bytes. */
interface NetworksOfKey {
  /** IP addresses whose network is known. */
  readonly recent: string[];
  readonly networks: number[];
}

/**
 * Remembers from which networks each key was used today, and stores each network once. No request waits for it or fails because of
 * it. All numbers are bounded.
 */
export interface KeyNetworks {
  /** @param at milliseconds since 1970 */
  note(keyId: number, at: number, ipAddress: string): void;
  /** Stores new networks. If that fails, they are kept for the next flush. */
  flush(): Promise<void>;
}

export function createKeyNetworks(write: (networks: readonly KeyNetwork[]) => Promise<void>): KeyNetworks {
  let today = 0;
  let keys = new Map<number, NetworksOfKey>();
  let pending: KeyNetwork[] = [];

  return {
    note(keyId, at, ipAddress) {
      const day = dayOf(at);
      if (day !== today) {
        today = day;
        keys = new Map();
      }
      if (pending.length >= MAX_PENDING) return;
      const key = keys.get(keyId);
      const isFull = key ? key.networks.length >= MAX_NETWORKS : keys.size >= MAX_KEYS;
      if (isFull || key?.recent.includes(ipAddress)) return;
      const network = describeNetwork(keyId, day, ipAddress);
      if (network === null) return;
      if (!key) keys.set(keyId, { recent: [ipAddress], networks: [network] });
      else {
        if (key.recent.length >= MAX_RECENT) key.recent.length = 0;
        key.recent.push(ipAddress);
        if (key.networks.includes(network)) return;
        key.networks.push(network);
      }
      pending.push({ keyId, day, network });
    },
    async flush() {
      if (pending.length === 0) return;
      const taken = pending;
      pending = [];
      try {
        await write(taken);
      } catch (error) {
        pending = [...taken, ...pending];
        throw error;
      }
    },
  };
}

/**
 * Returns a number for the /24 network of an IPv4 address, or the /48 network of an IPv6 address. Only 16 bits of a hash, so that at
 * least 256 networks have the same number. With key and day, so that nobody can follow a network from one to the next.
 */
function describeNetwork(keyId: number, day: number, ipAddress: string): number | null {
  const ip = parsePeerIpAddress(ipAddress);
  if (!ip) return null;
  const { text } = networkOf(ip, ip.family === 'ipv4' ? 24 : 48);
  return createHash('sha256').update(`${keyId} ${day} ${text}`).digest().readUInt16BE();
}
