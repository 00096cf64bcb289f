import { setTimeout as sleep } from 'node:timers/promises';
import type { Mail } from './notice-mail.ts';

/** A mail that was not sent. It contains neither address nor text. */
export interface MailFailure {
  /** A code of the SMTP client such as `ECONNREFUSED`, or the status of the SMTP server. */
  readonly reason: string;
  readonly willRetry: boolean;
}

interface MailQueueOptions {
  /** Rejects if the SMTP server did not take the mail. */
  readonly send: (mail: Mail) => Promise<unknown>;
  readonly onFailure: (failure: MailFailure) => void;
  /** Resolves after this time; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Mails that wait for the SMTP server, in memory. */
export interface MailQueue {
  /** Sends a mail in the background. Never throws. */
  add(mail: Mail): void;
  /** Drops the mails that wait for a retry. Resolves when no mail is being sent, at the latest after two seconds. */
  close(): Promise<void>;
}

/** The times between the attempts of a mail. */
export const RETRY_DELAYS_MS = [5_000, 60_000, 600_000] as const;
/** The most mails that are kept. A flood of notices must not fill the memory. */
const MAX_MAILS = 200;
/** An SMTP server that does not answer must not prevent the end of the process. */
const CLOSE_MS = 2_000;

/** Creates a queue that tries each mail four times. A mail that the SMTP server rejects for good is not repeated. */
export function createMailQueue({ send, onFailure, wait }: MailQueueOptions): MailQueue {
  const stop = new AbortController();
  const kept = new Set<Promise<void>>();

  async function deliver(mail: Mail): Promise<void> {
    for (const delay of [...RETRY_DELAYS_MS, null]) {
      try {
        await send(mail);
        return;
      } catch (error) {
        const willRetry = delay !== null && !isPermanent(error) && !stop.signal.aborted;
        onFailure({ reason: reasonOf(error), willRetry });
        if (!willRetry) return;
      }
      await wait(delay ?? 0, stop.signal);
    }
  }

  return {
    add(mail) {
      if (kept.size >= MAX_MAILS) return onFailure({ reason: 'too_many_mails', willRetry: false });
      // A wait that was aborted rejects; its mail is dropped.
      const delivery = deliver(mail)
        .catch(() => {})
        .finally(() => kept.delete(delivery));
      kept.add(delivery);
    },
    async close() {
      stop.abort();
      await Promise.race([Promise.all(kept), sleep(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

const statusOf = (error: unknown): number | undefined =>
  (error as { responseCode?: number } | null)?.responseCode;

/** 5xx: a repetition has the same result (RFC 5321 section 4.2.1). */
const isPermanent = (error: unknown): boolean => (statusOf(error) ?? 0) >= 500;

/** The message of an error may contain an address or a password, so only its code is reported. */
function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return String(statusOf(error) ?? (typeof code === 'string' ? code : 'unknown'));
}
