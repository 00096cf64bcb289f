import type { Notice } from '@valetkey/server';

const CREATED = {
  app: 'You allowed an app to use your account',
  oauth: 'You allowed an app to use your account',
  personal: 'A personal key was created in your account',
  feed: 'A feed was created in your account',
} as const;

const REVOKED: Readonly<Record<string, string>> = {
  revoked_by_admin: 'An admin revoked the access of an app or key',
  unused: 'The access of an app or key ended, because it was not used for a long time',
  too_old: 'The access of an app or key ended, because of its age',
  replayed: 'The access of an app ended, because one of its tokens was used twice and may be stolen',
};

/** Line breaks, and characters that change the direction of the text around them. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Returns a name on one line, without control characters, for text that is no HTML. */
export const cleanName = (name: string): string => name.replaceAll(HIDDEN, ' ').trim();

/**
 * Returns a notice as one sentence, without the name of the app or key, which the caller sets apart.
 *
 * @param revealsIpAddress false for an app: it must not learn from where the user acts
 */
export function noticeSentence(notice: Notice, { revealsIpAddress }: { revealsIpAddress: boolean }): string {
  if (notice.kind === 'key_created') {
    const from = revealsIpAddress ? `, from the IP address ${notice.ipAddress}` : '';
    return `${CREATED[notice.keyKind]}${from}.`;
  }
  if (notice.kind === 'key_revoked') return `${REVOKED[notice.reason] ?? REVOKED.revoked_by_admin}.`;
  const { daysLeft } = notice;
  return `A personal key expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}.`;
}
