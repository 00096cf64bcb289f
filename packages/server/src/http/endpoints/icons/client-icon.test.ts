import { createPng, createPngOfSize, ENCODED, HOSTILE_FILES } from '@valetkey/test-support/icons';
import { refusalOf } from '@valetkey/test-support/responses';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createIconSite, ICONS, iconsOn, PLUM } from './test-support/icon-site.ts';

describe('POST /admin/user-api-key-clients/icon', () => {
  test('gives a registered app an icon by a form without script, replaces and removes it', async () => {
    const { upload, readIcon, post, get, store } = await createIconSite();
    expect(await readIcon()).toContain('This app has no icon.');
    const saved = await upload(createPng());
    expect([saved.status, saved.headers.get('location')]).toEqual([303, PLUM]);
    const [first = ''] = iconsOn(await readIcon());
    expect((await get(first)).status).toBe(200);

    await upload(ENCODED.jpeg);
    const [second = ''] = iconsOn(await readIcon());
    const served = await get(second);
    expect(served.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await served.arrayBuffer()).equals(ENCODED.jpeg)).toBe(true);
    expect((await get(first)).status).toBe(404);

    const removed = await post(`${ICONS}/delete`, { kind: 'app', client_id: 'plum' }, 'admin');
    expect([removed.status, removed.headers.get('location')]).toEqual([303, PLUM]);
    expect(iconsOn(await readIcon())).toEqual([]);
    expect((await get(second)).status).toBe(404);
    const events = await store.listAuditEvents({ beforeId: null, limit: 3 });
    expect(events.map(({ action, actorId, subject }) => [action, actorId, subject])).toEqual([
      ['client_icon_deleted', 'id-admin', 'plum'],
      ['client_icon_saved', 'id-admin', 'plum'],
      ['client_icon_saved', 'id-admin', 'plum'],
    ]);
  });

  test('JSON: returns the path of the icon', async () => {
    const { upload, get } = await createIconSite();
    const json = { accept: 'application/json' };
    const saved = (await (await upload(createPng(), { headers: json })).json()) as { icon: string };
    expect(saved).toEqual({ success: 'OK', icon: expect.stringMatching(/\/icons\/[0-9a-f]{64}$/) });
    const shown = await get(PLUM, { cookie: 'session=admin', ...json });
    expect(await shown.json()).toEqual({ icon: saved.icon });
  });

  test.each(Object.entries(HOSTILE_FILES))(
    'rejects %s under the name and type of a PNG, and keeps the earlier icon',
    async (_name, bytes) => {
      const { upload, readIcon } = await createIconSite();
      await upload(createPng());
      const before = iconsOn(await readIcon());
      const rejected = await upload(bytes);
      const page = await rejected.text();
      expect(rejected.status).toBe(422);
      expect(page).toContain('The file is not a suitable icon: it is not a complete PNG, JPEG or WebP.');
      expect(page).toContain('aria-invalid="true"');
      expect(iconsOn(page)).toEqual(before);
      expect(iconsOn(await readIcon())).toEqual(before);
      const asJson = upload(bytes, { headers: { accept: 'application/json' } });
      expect(await refusalOf(asJson)).toBe('422 icon_invalid');
    },
  );

  test('decides by the bytes, not by the name or the type of the file', async () => {
    const { upload, readIcon, get } = await createIconSite();
    await upload(ENCODED['lossy WebP'], { name: 'icon.svg', type: 'image/svg+xml' });
    const [icon = ''] = iconsOn(await readIcon());
    expect((await get(icon)).headers.get('content-type')).toBe('image/webp');
  });

  test.each([
    [createPngOfSize(65_536), 303],
    [createPngOfSize(65_537), 413],
    [createPngOfSize(400_000), 413],
    [createPng({ width: 1025 }), 422],
    [createPng({ width: 15 }), 422],
    [createPng({ width: 200, height: 100 }), 422],
  ])('accepts 64 KiB and square pictures of 16 to 1024 pixels only: case %#', async (bytes, status) => {
    const { upload, readIcon } = await createIconSite();
    const answer = await upload(bytes);
    expect(answer.status).toBe(status);
    if (status === 413) expect(await answer.text()).toContain('The icon is larger than 65536 bytes.');
    expect(iconsOn(await readIcon())).toHaveLength(status === 303 ? 1 : 0);
  });

  test('rejects a form without a file, and says which field is missing', async () => {
    const { upload, post } = await createIconSite();
    const none = await upload(Buffer.alloc(0), { name: '' });
    expect([none.status, await none.text()]).toEqual([400, expect.stringContaining('icon is missing')]);
    expect((await post(PLUM, { icon: 'text' }, 'admin')).status).toBe(400);
  });

  test('requires an admin’s session and its CSRF token, and accepts no key', async () => {
    const { upload, approve, make, readIcon } = await createIconSite();
    const { key } = await approve({ client_id: 'other', scopes: 'write' }, 'admin');
    const { key: adminKey } = await make();
    const json = { accept: 'application/json' };
    const attempts: [object, string][] = [
      [{ as: null }, '403 login_required'],
      [{ token: null }, '403 csrf_invalid'],
      [{ token: csrfOf('alice') }, '403 csrf_invalid'],
      [{ as: 'alice', token: csrfOf('alice') }, '403 admin_required'],
      [{ headers: { 'user-api-key': key } }, '403 session_required'],
      [{ headers: { 'api-key': adminKey } }, '403 session_required'],
    ];
    for (const [attempt, expected] of attempts) {
      const headers = { ...json, ...(attempt as { headers?: object }).headers };
      expect(await refusalOf(upload(createPng(), { ...attempt, headers }))).toBe(expected);
    }
    expect(iconsOn(await readIcon())).toEqual([]);
  });

  test.each([
    ['kind=app&client_id=other', 'client_not_registered'],
    ['kind=oauth&client_id=plum', 'client_not_registered'],
    ['kind=feed&client_id=plum', 'parameter_invalid'],
    ['kind=app', 'parameter_missing'],
  ])('rejects an unknown client: %s (400)', async (query, code) => {
    const { upload, asUser, post } = await createIconSite();
    const headers = { accept: 'application/json' };
    const path = `${ICONS}?${query}`;
    expect(await refusalOf(upload(createPng(), { path, headers }))).toBe(`400 ${code}`);
    expect(await refusalOf(asUser('admin', 'GET', path))).toBe(`400 ${code}`);
    const values = Object.fromEntries(new URLSearchParams(query));
    expect((await post(`${ICONS}/delete`, values, 'admin')).status).toBe(400);
  });
});

describe('GET /user-api-key/assets/icons/:hash', () => {
  test('serves an icon to everybody, as an image that can do nothing else', async () => {
    const { upload, readIcon, get } = await createIconSite();
    await upload(createPng());
    const [path = ''] = iconsOn(await readIcon());
    for (const own of [path, path.replace('/admin/user-api-key-assets/', '/user-api-key/assets/')]) {
      const { status, headers } = await get(own);
      expect([status, Object.fromEntries(headers)]).toEqual([
        200,
        {
          'content-type': 'image/png',
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        },
      ]);
    }
  });

  test.each(['0'.repeat(64), 'x', '..%2f..', `${'0'.repeat(63)}G`, "' OR 1=1"])(
    'returns 404 for %s',
    async (hash) => {
      const { get, upload } = await createIconSite();
      await upload(createPng());
      expect((await get(`/user-api-key/assets/icons/${hash}`)).status).toBe(404);
    },
  );
});
