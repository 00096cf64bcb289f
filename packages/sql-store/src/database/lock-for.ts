import { type Query, statement } from './statement.ts';

// Without `pg_catalog`, PostgreSQL would prefer a function of another user of the database with a better matching type.
const lock = statement('SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(:name, 0))', {
  runsOnSqlite: false,
});

/**
 * Locks a name until the transaction ends. Yield it first in work that counts or reads and then writes: at READ
 * COMMITTED, two transactions otherwise read the same rows.
 *
 * @param kind the kind of thing that the name identifies: each kind has its own locks
 */
export const lockFor = (kind: string, name: string): Query => lock({ name: `valetkey ${kind} ${name}` });
