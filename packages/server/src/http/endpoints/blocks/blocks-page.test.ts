import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { admin, HOST, LIST, openSite } from './test-support/block-site.ts';

describe('the page of blocked apps', () => {
  test('names how many keys a block stops, blocks after a confirmation, and removes the block', async () => {
    const site = await openSite();
    for (const as of ['alice', 'bob']) await site.approveFor({}, as);
    const form = readForm(await (await site.get(LIST, admin)).text(), `${LIST}/check`);
    expect(form).toEqual({ authenticity_token: csrfOf('admin'), kind: 'host', value: '', reason: '' });
    const checked = await (await site.post(`${LIST}/check`, { ...form, ...HOST }, 'admin')).text();
    expect(checked).toContain('2 active keys and connections stop working at once.');
    expect(checked).toContain('<bdi>Plum Reader</bdi>: 2 keys');
    expect(await site.store.listAppBlocks()).toEqual([]);
    const confirmed = await site.post(LIST, readForm(checked, LIST), 'admin');
    expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, LIST]);
    const page = await (await site.get(LIST, admin)).text();
    expect(page).toContain('<bdi>evil.example</bdi>');
    expect(page).toContain('by <bdi>admin</bdi>');
    expect(await site.asUser('admin', 'GET', LIST).then((answer) => answer.json())).toEqual({
      blocks: [
        {
          kind: 'host',
          value: 'evil.example',
          reason: HOST.reason,
          created_at: '2026-11-23T12:00:00.000Z',
          created_by: 'id-admin',
        },
      ],
    });
    await site.post(`${LIST}/delete`, readForm(page, `${LIST}/delete`), 'admin');
    expect(await site.store.listAppBlocks()).toEqual([]);
    const events = await site.store.listAuditEvents({ beforeId: null, limit: 2 });
    expect(events).toMatchObject([
      { action: 'app_unblocked', actorId: 'id-admin', subject: 'evil.example' },
      { action: 'app_blocked', actorId: 'id-admin', subject: 'evil.example' },
    ]);
  });

  test('counts the keys of a client id', async () => {
    const site = await openSite();
    await site.approve({ client_id: 'plum' });
    const checked = site.post(`${LIST}/check.json`, { ...HOST, kind: 'client_id', value: 'plum' }, 'admin');
    expect(await (await checked).json()).toMatchObject({ kind: 'client_id', value: 'plum', active_keys: 1 });
  });

  test('a client id with spaces around it in the form names the same app as without', async () => {
    const site = await openSite();
    await site.approve({ client_id: 'plum' });
    const spaced = { ...HOST, kind: 'client_id', value: ' \tplum\n ' };
    const checked = await site.post(`${LIST}/check.json`, spaced, 'admin');
    expect(await checked.json()).toMatchObject({ value: 'plum', active_keys: 1 });
    expect(await (await site.block(spaced)).json()).toMatchObject({ value: 'plum' });
    expect(await site.store.listAppBlocks()).toMatchObject([{ kind: 'client_id', value: 'plum' }]);
    const removed = await site.post(`${LIST}/delete.json`, spaced, 'admin');
    expect([removed.status, await site.store.listAppBlocks()]).toEqual([200, []]);
  });

  test('a space within a client id is a part of it', async () => {
    const site = await openSite();
    await site.approve({ client_id: 'plum reader' });
    const checked = site.post(
      `${LIST}/check.json`,
      { ...HOST, kind: 'client_id', value: 'plumreader' },
      'admin',
    );
    expect(await (await checked).json()).toMatchObject({ active_keys: 0 });
  });

  test('shows a rejected form as it was entered, and rejects what names no app', async () => {
    const site = await openSite();
    const entered = { kind: 'host', value: `${HOSTILE} `, reason: HOSTILE };
    const rejected = await site.post(`${LIST}/check`, entered, 'admin');
    const text = await rejected.text();
    expect([rejected.status, hasHostileMarkup(text)]).toEqual([422, false]);
    expect(readForm(text, `${LIST}/check`)).toMatchObject({ kind: 'host', value: HOSTILE, reason: HOSTILE });
    for (const [values, code] of [
      [{ ...HOST, reason: ' ' }, 'parameter_missing'],
      [{ ...HOST, reason: 'x'.repeat(201) }, 'parameter_too_long'],
      [{ ...HOST, kind: 'name' }, 'parameter_invalid'],
      [{ ...HOST, value: 'https:' }, 'parameter_invalid'],
    ] as const)
      expect(await (await site.block(values)).json()).toMatchObject({ code });
  });

  test('is for admins with a session and a CSRF token', async () => {
    const site = await openSite();
    const key = await site.approveFor({}, 'admin');
    for (const path of [LIST, `${LIST}/check`, `${LIST}/delete`]) {
      expect((await site.post(`${path}.json`, HOST, 'bob')).status).toBe(403);
      expect((await site.post(`${path}.json`, HOST, null, admin)).status).toBe(403);
      expect((await site.post(`${path}.json`, HOST, null, { 'User-Api-Key': key })).status).toBe(403);
    }
    expect(await site.store.listAppBlocks()).toEqual([]);
  });
});
