import { ForumError } from '../http/forum-error.ts';
import { type Body, readText } from '../http/read-body.ts';
import type { TestSite } from './start-test-site.ts';

/** A command: returns the JSON of its response. */
export type Control = (site: TestSite, fields: Body) => Promise<unknown>;

/** The commands of the control URL: the methods of `TestSite`, for test suites in other languages. */
export const CONTROL_TABLE: Readonly<Record<string, Control>> = {
  async approve(site, fields) {
    const { redirectUrl, payload } = await site.approve(required(fields, 'url'), userOf(fields));
    return { redirect_url: redirectUrl, payload };
  },
  decline: async (site, fields) => ({
    redirect_url: await site.decline(required(fields, 'url'), userOf(fields)),
  }),
  'approve-device': (site, fields) => site.approveDevice(required(fields, 'code'), userOf(fields)),
  'decline-device': (site, fields) => site.declineDevice(required(fields, 'code'), userOf(fields)),
  async 'issue-key'(site, fields) {
    const scopes = required(fields, 'scopes').split(',');
    const expiresInSeconds = readNumber(fields, 'expires_in_seconds') ?? undefined;
    return { key: await site.issueKey({ as: userOf(fields), scopes, expiresInSeconds }) };
  },
  'revoke-keys': async (site, fields) => ({ revoked: await site.revokeKeys(required(fields, 'username')) }),
  suspend: (site, fields) => site.suspend(required(fields, 'username')),
  unsuspend: (site, fields) => site.unsuspend(required(fields, 'username')),
  async settings(site, fields) {
    await site.changeSettings(fields);
    return site.settings();
  },
  async advance(site, fields) {
    await site.advance(Number(required(fields, 'seconds')));
    return { now: site.now().toISOString() };
  },
};

const userOf = (fields: Body): string => readText(fields, 'as') || 'alice';

function required(fields: Body, name: string): string {
  const text = readText(fields, name);
  if (text === '') throw new ForumError(400, [`The parameter ${name} is missing.`], 'invalid_parameters');
  return text;
}

function readNumber(fields: Body, name: string): number | null {
  const text = readText(fields, name);
  return text === '' ? null : Number(text);
}
