import { spawnSync } from 'node:child_process';
import { AdminError, EXIT } from './admin-error.ts';

/**
 * Runs `pg_dump` or `pg_restore` on a database. The password is passed in the environment, because other users can read
 * arguments.
 *
 * @throws AdminError `failed` with the message of the program
 */
export function runPostgresProgram(
  program: 'pg_dump' | 'pg_restore',
  url: string,
  parameters: readonly string[],
): void {
  const withoutPassword = new URL(url);
  const { searchParams } = withoutPassword;
  // Of two passwords, PostgreSQL and the driver use that of the query.
  const password = searchParams.get('password') ?? decodeURIComponent(withoutPassword.password);
  withoutPassword.password = '';
  searchParams.delete('password');
  const result = spawnSync(program, [`--dbname=${withoutPassword.href}`, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (result.error)
    throw new AdminError(
      EXIT.failed,
      `${program} cannot be run. Install the client programs of PostgreSQL, in the version of the server or later.`,
    );
  if (result.status !== 0) {
    const [reason = ''] = result.stderr.trim().split('\n');
    throw new AdminError(EXIT.failed, `${program} failed: ${reason}`);
  }
}
