import { deepEqual, equal } from 'node:assert/strict';
import type { AuditFilter } from '@valetkey/server';
import type { StorePromise } from './conformance-fixtures.ts';

/** The promises of `AuditStore`. */
export const auditPromises: readonly StorePromise[] = [
  [
    'listAuditEvents: returns events newest first, page by page, until deleteOldAuditEvents deletes them',
    async (store) => {
      const event = {
        action: 'key_approved',
        actorId: 'alice',
        ownerId: 'alice',
        keyId: 7,
        ipAddress: '192.0.2.7',
      } as const;
      for (const at of [10, 20, 30]) await store.appendAuditEvent({ ...event, at, subject: `at ${at}` });
      const [newest, second] = await store.listAuditEvents({ beforeId: null, limit: 2 });
      deepEqual(newest, { ...event, id: newest?.id, at: 30, subject: 'at 30' });
      const rest = await store.listAuditEvents({ beforeId: second?.id ?? 0, limit: 9 });
      deepEqual(
        rest.map(({ at }) => at),
        [10],
      );
      equal(await store.deleteOldAuditEvents({ before: 30, limit: 1 }), 1);
      deepEqual(
        (await store.listAuditEvents({ beforeId: null, limit: 9 })).map(({ at }) => at),
        [30, 20],
        'the oldest is deleted first',
      );
      equal(await store.deleteOldAuditEvents({ before: 30, limit: 9 }), 1);
    },
  ],
  [
    'listAuditEvents: filters by user, action, subject and period, each alone and together',
    async (store) => {
      const hostile = "' OR 1=1 --";
      const about = { keyId: null, ipAddress: '192.0.2.7' } as const;
      for (const event of [
        { at: 10, action: 'key_approved', actorId: 'alice', ownerId: 'alice', subject: 'a' },
        { at: 20, action: 'key_revoked', actorId: 'admin', ownerId: 'alice', subject: 'b' },
        { at: 30, action: 'client_registered', actorId: null, ownerId: null, subject: 'c' },
        { at: 40, action: 'key_revoked', actorId: hostile, ownerId: 'bob', subject: 'd' },
      ] as const)
        await store.appendAuditEvent({ ...event, ...about });
      const find = async (filter: AuditFilter, beforeId: number | null = null) =>
        (await store.listAuditEvents({ beforeId, limit: 9, ...filter }))
          .map(({ subject }) => subject)
          .join('');
      equal(await find({}), 'dcba');
      equal(await find({ userId: 'alice' }), 'ba');
      equal(await find({ userId: 'admin' }), 'b');
      equal(await find({ userId: hostile }), 'd');
      equal(await find({ userId: 'nobody' }), '');
      equal(await find({ action: 'key_revoked' }), 'db');
      equal(await find({ subject: 'c' }), 'c');
      equal(await find({ subject: 'C' }), '', 'case matters');
      equal(await find({ subject: '%' }), '', 'no character is a wildcard');
      equal(await find({ subject: hostile }), '');
      equal(await find({ subject: 'b', action: 'client_registered' }), '');
      equal(await find({ since: 20 }), 'dcb');
      equal(await find({ until: 30 }), 'ba');
      equal(await find({ since: 20, until: 30, action: 'key_revoked', userId: 'alice' }), 'b');
      const [newest] = await store.listAuditEvents({ beforeId: null, limit: 1, action: 'key_revoked' });
      equal(await find({ action: 'key_revoked' }, newest?.id ?? 0), 'b');
    },
  ],
];
