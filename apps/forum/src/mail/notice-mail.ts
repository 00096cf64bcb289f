import type { Notice } from '@valetkey/server';
import { cleanName, noticeSentence } from '../shapes/notice-text.ts';

/** A mail in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

interface MailAddressee {
  readonly username: string;
  readonly email: string;
}

/** The site that sends a mail. */
interface MailSender {
  readonly name: string;
  readonly baseUrl: string;
}

const WHAT_TO_DO: Readonly<Record<Notice['kind'], string>> = {
  key_created: 'If this was not you, revoke the access here',
  key_revoked: 'Your apps and keys are here',
  key_expires: 'Renew or rotate the key here',
};

/**
 * Returns the mail about a notice, in English. The name, which the app chose, is only in the text, on a line of its own: the
 * subject and the sentences are the site's.
 */
export function noticeMail(notice: Notice, { username, email }: MailAddressee, site: MailSender): Mail {
  const sentence = noticeSentence(notice, { revealsIpAddress: true });
  const appsUrl = `${site.baseUrl}/u/${encodeURIComponent(username)}/preferences/apps`;
  const time = new Date(notice.at).toISOString().slice(0, 16).replace('T', ' ');
  return {
    to: email,
    subject: cleanName(`${site.name}: ${sentence.slice(0, -1)}`),
    text: [
      `Hello ${username},`,
      '',
      sentence,
      `Its name is: ${cleanName(notice.applicationName)}`,
      `Time: ${time} UTC`,
      '',
      `${WHAT_TO_DO[notice.kind]}: ${appsUrl}`,
      '',
    ].join('\n'),
  };
}
