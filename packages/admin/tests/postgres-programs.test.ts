import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { adminJson } from './admin-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valetkey-programs-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test.each([
  'postgres://root:secret-to-find@127.0.0.1:1/site',
  'postgres://root@127.0.0.1:1/site?sslmode=disable&password=secret-to-find',
  'postgres://root:other@127.0.0.1:1/site?%70assword=secret-to-find',
])(
  'backup: passes the password to pg_dump in the environment, so that ps does not show it: %#',
  async (url) => {
    const seen = join(folder, 'seen');
    const script = `#!/bin/sh\n{ echo "$PGPASSWORD"; echo "$*"; } > ${seen}\n`;
    writeFileSync(join(folder, 'pg_dump'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    await adminJson(url, 'backup', join(folder, 'copy'));
    const [password, parameters] = readFileSync(seen, 'utf8').split('\n');
    expect(password).toBe('secret-to-find');
    expect(parameters).toMatch(/^--dbname=postgres:\/\/root@127\.0\.0\.1:1\/site/);
    expect(parameters).not.toMatch(/secret-to-find|other/);
  },
);
