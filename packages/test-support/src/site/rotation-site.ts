import { expect } from 'vitest';
import { createTestSite } from './test-site.ts';

const NEW = '/u/alice/preferences/api-keys/new.json';
export const APPS = '/u/alice/preferences/apps';
export const alice = { cookie: 'session=alice' };
const latest = { name: 'list#latest' };
export const HOUR_MS = 3_600_000;

interface Made {
  readonly key: { id: number; key: string; scopes: string[]; expires_at: string | null };
  readonly replaces?: { id: number; works_until: string };
}

/** Creates a site where alice has a personal key that was used, so that it is cached. */
export async function createRotationSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const site = await createTestSite(options);
  await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
  const wanted = { application_name: 'Backup script', scopes: 'read', expires_in_seconds: '2592000' };
  const { key: old } = (await (await site.post(NEW, wanted, 'alice')).json()) as Made;
  const verifyKey = async (key: string) => {
    const outcome = await site.authorize(key, latest);
    return outcome.kind === 'refused' ? await (await outcome.response()).json() : outcome.kind;
  };
  expect(await verifyKey(old.key)).toBe('key');
  const rotate = (values: Record<string, string> = {}, as: string | null = 'alice', headers = {}) =>
    site.post('/user-api-key/rotate.json', { id: String(old.id), ...values }, as, headers);
  return {
    ...site,
    old,
    verifyKey,
    rotate,
    async rotated(values: Record<string, string> = {}) {
      return (await (await rotate(values)).json()) as Required<Made>;
    },
    revoke: (id: number) => site.post('/user-api-key/revoke.json', { id: String(id) }, 'alice'),
    undo: (id: number) => site.post('/user-api-key/undo-revoke.json', { id: String(id) }, 'alice'),
  };
}
