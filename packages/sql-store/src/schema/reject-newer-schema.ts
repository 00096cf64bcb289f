import { migrations } from './migrations.ts';

/** Throws if the database has more migrations than this program. */
export function rejectNewerSchema(applied: number): void {
  if (applied <= migrations.length) return;
  throw new Error(
    'This database was written by a newer version of Valetkey. Update the program, then start again.',
  );
}
