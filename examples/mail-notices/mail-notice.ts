import type { Notice } from '@valetkey/server';
import { createTransport } from 'nodemailer';

const mailer = createTransport({
  url: process.env.SMTP_URL,
  disableFileAccess: true,
  disableUrlAccess: true,
});
const WHAT = { key_created: 'can use your account', key_revoked: 'was revoked', key_expires: 'expires soon' };

/** Mails a notice. If the promise rejects, Valetkey calls the option `onJobFailure` of `createValetkey`. */
export async function mailNotice(notice: Notice, findAddress: (userId: string) => Promise<string>) {
  // The app chose the name: no line breaks, and nothing that changes the direction of the text.
  const name = notice.applicationName.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  const text = `${name}: ${WHAT[notice.kind]}. See your apps: https://site.example/account/apps`;
  const to = await findAddress(notice.userId);
  await mailer.sendMail({ from: 'keys@site.example', to, subject: 'Keys of your account', text });
}
