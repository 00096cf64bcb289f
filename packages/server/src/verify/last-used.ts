import { redactText } from '../core/redact/redact-text.ts';
import type { KeyLastUsed } from '../ports/key-store.ts';
import {
  type KeyTable,
  PENDING_USE,
  refsAt,
  USED_IP_ADDRESS,
  USED_USER_AGENT,
  wordsAt,
} from './key-table.ts';

/** Last-used is noted in memory and written in batches: a request never waits for it. */
export interface LastUsed {
  /** @param place of the key in the table */
  note(place: number, usedAt: number, ipAddress: string, userAgent: string | null): void;
  /** Another key moves in at this place: what waits there is kept, and written with the next batch. */
  leave(place: number): void;
  /** Writes what is waiting. What cannot be written now waits for the next time. */
  flush(): Promise<void>;
}

interface LastUsedParts {
  readonly table: KeyTable;
  /** The id of the key at this place. */
  readonly idAt: (place: number) => number;
  readonly write: (touches: readonly KeyLastUsed[]) => Promise<void>;
}

/** As many as names and sentences get; the rest of a `User-Agent` of many kilobytes tells nobody anything. */
const MAX_AGENT_CHARACTERS = 255;

/**
 * What is kept of it. Somebody may have put a key there; looked for here and not while judging, which must not wait, and
 * before it is cut, because half a key no longer looks like one. Copied, because a part of a text keeps the whole in memory.
 */
function shortenUserAgent(userAgent: string): string {
  const redacted = redactText(userAgent);
  if (redacted.length <= MAX_AGENT_CHARACTERS) return redacted;
  return Buffer.from(redacted.slice(0, MAX_AGENT_CHARACTERS).toWellFormed(), 'utf8').toString('utf8');
}

export function createLastUsed({ table, idAt, write }: LastUsedParts): LastUsed {
  let waiting: number[] = [];
  /** By id: what has left the table, or could not be written. */
  let kept = new Map<number, KeyLastUsed>();

  /** What waits at this place, and it waits no longer; null for nothing. */
  function take(place: number): KeyLastUsed | null {
    const at = wordsAt(place) + PENDING_USE;
    const moment = table.words[at] as number;
    if (moment === 0) return null;
    table.words[at] = 0;
    const usedAt = table.timeOf(moment);
    const { refs } = table;
    const first = refsAt(place);
    const ipAddress = refs[first + USED_IP_ADDRESS] as string;
    const userAgent = refs[first + USED_USER_AGENT] as string | null;
    refs[first + USED_IP_ADDRESS] = null;
    refs[first + USED_USER_AGENT] = null;
    return {
      id: idAt(place),
      usedAt,
      ipAddress,
      userAgent: userAgent === null ? null : shortenUserAgent(userAgent),
    };
  }

  function keep(touch: KeyLastUsed): void {
    if ((kept.get(touch.id)?.usedAt ?? 0) <= touch.usedAt) kept.set(touch.id, touch);
  }

  return {
    note(place, usedAt, ipAddress, userAgent) {
      table.refs[refsAt(place) + USED_IP_ADDRESS] = ipAddress;
      table.refs[refsAt(place) + USED_USER_AGENT] = userAgent;
      const moment = table.momentOf(usedAt);
      const at = wordsAt(place) + PENDING_USE;
      if (table.words[at] === 0) waiting.push(place);
      table.words[at] = moment;
    },
    leave(place) {
      const touch = take(place);
      if (touch) keep(touch);
    },
    async flush() {
      for (const place of waiting) {
        const touch = take(place);
        if (touch) keep(touch);
      }
      waiting = [];
      if (kept.size === 0) return;
      const batch = kept;
      kept = new Map();
      try {
        await write([...batch.values()]);
      } catch (error) {
        for (const touch of batch.values()) keep(touch);
        throw error;
      }
    },
  };
}
