import { AdminError, EXIT } from '../admin-error.ts';
import type { Command } from '../command.ts';
import { eachRecord } from '../each-page.ts';
import { auditAs } from '../operator.ts';
import { printedGrant, printedKey, withTimes } from '../records.ts';

/** @throws AdminError if it is not a time */
function parseTime(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new AdminError(EXIT.usage, `--${name} must be a time, such as 2026-01-31 or 2026-01-31T12:00Z.`);
  return at;
}

export const userCommands: Readonly<Record<string, Command>> = {
  'users export': {
    operands: ['USER'],
    summary: 'Print what is stored about a user: keys, OAuth grants, audit events',
    uses: 'read',
    async run({ store, operands: [user = ''], now, print }) {
      const keys = eachRecord(
        (beforeId: number | null, limit) => store.listKeys(user, { beforeId, limit }),
        ({ id }) => id,
      );
      for await (const key of keys) print({ record: 'key', ...printedKey(key) });
      const grants = eachRecord(
        (beforeId: number | null, limit) => store.listOauthGrants(user, now(), { beforeId, limit }),
        ({ id }) => id,
      );
      for await (const grant of grants) print({ record: 'oauth_grant', ...printedGrant(grant) });
      const events = eachRecord(
        (beforeId: number | null, limit) => store.listAuditEvents({ beforeId, limit, userId: user }),
        ({ id }) => id,
      );
      for await (const event of events) print({ record: 'audit_event', ...withTimes({ ...event }) });
    },
  },
  'users erase': {
    operands: ['USER'],
    summary: 'Delete the keys, grants and queued pushes of a user; audit events lose the id and IP address',
    destroys: 'All apps of the user lose access. This cannot be undone.',
    uses: 'change',
    async run({ store, operands: [user = ''], now, print }) {
      // The event must not contain the id that is erased.
      const audit = auditAs<number>('user_erased', now, (count) => ({ subject: `${count} keys` }));
      print({ erased_keys: await store.eraseUser(user, audit) });
    },
  },
  'audit export': {
    operands: [],
    summary: 'Print audit events, newest first',
    options: { since: 'from this time on', until: 'before this time', user: 'of this user only' },
    uses: 'read',
    async run({ store, options, print }) {
      const filter = {
        since: parseTime('since', options.since),
        until: parseTime('until', options.until),
        userId: options.user ?? null,
      };
      const events = eachRecord(
        (beforeId: number | null, limit) => store.listAuditEvents({ beforeId, limit, ...filter }),
        ({ id }) => id,
      );
      for await (const event of events) print(withTimes({ ...event }));
    },
  },
};
