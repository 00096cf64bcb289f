import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterAll, expect, test } from 'vitest';
import { admin } from './admin-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-admin-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([[[]], [['--json']]])(
  'keys list %j: a user agent cannot send commands to the terminal',
  async (options) => {
    const path = join(folder, `site${options.length}.sqlite`);
    const site = await createTestSite({ store: createSqliteStore({ path }) });
    const { key } = await site.approve();
    // U+009B and U+009D begin commands, as ESC [ and ESC ] do. A header can contain them.
    const userAgent = 'Plum\u009b31m \u009d0;title\u009c';
    const headers = { 'user-api-key': key, 'user-agent': userAgent };
    const request = new Request('https://forum.example/latest.json', { headers });
    await site.valetkey.authorize(request, { name: 'list#latest' }, { ipAddress: '192.0.2.1' });
    await site.valetkey.close();
    const [line = ''] = (await admin(path, 'keys', 'list', 'id-alice', ...options)).lines;
    expect(line).toContain('Plum');
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    if (options.length > 0) expect(JSON.parse(line)).toMatchObject({ lastUsedUserAgent: userAgent });
  },
);
