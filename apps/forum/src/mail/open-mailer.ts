import { setTimeout as sleep } from 'node:timers/promises';
import type { Notice } from '@valetkey/server';
import { createTransport } from 'nodemailer';
import type { User } from '../data/users.ts';
import { createMailQueue, type MailFailure } from './mail-queue.ts';
import { noticeMail } from './notice-mail.ts';

/** How the forum sends mails. */
export interface MailOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. STARTTLS is required where a password is sent to another computer. */
  readonly smtpUrl: string;
  /** The address of the sender. @default `noreply@` and the host of the forum */
  readonly from?: string | undefined;
  /** Called for each failed attempt. @default nothing is reported */
  readonly onFailure?: ((failure: MailFailure) => void) | undefined;
  /** Waits before a retry. @default the timers of the system */
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

/** Mails notices to users who gave an address. */
export interface Mailer {
  /** Returns at once; the mail is sent in the background. */
  mailNotice(notice: Notice, user: User): void;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Creates a mailer. It connects when it sends the first mail. */
export function openMailer(options: MailOptions, site: { name: string; baseUrl: string }): Mailer {
  const { smtpUrl, from = `noreply@${new URL(site.baseUrl).hostname}` } = options;
  const transport = createTransport({ ...transportOptions(smtpUrl), ...LIMITS });
  const queue = createMailQueue({
    send: (mail) => transport.sendMail({ ...mail, from: { name: site.name, address: from } }),
    onFailure: options.onFailure ?? (() => {}),
    wait: options.wait ?? ((ms, signal) => sleep(ms, undefined, { signal })),
  });
  return {
    mailNotice(notice, { username, email }) {
      if (email !== null) queue.add(noticeMail(notice, { username, email }, site));
    },
    async close() {
      await queue.close();
      transport.close();
    },
  };
}

const LIMITS = {
  connectionTimeout: TIMEOUT_MS,
  greetingTimeout: TIMEOUT_MS,
  socketTimeout: TIMEOUT_MS,
  // Neither a text nor an attachment can name a file or a URL.
  disableFileAccess: true,
  disableUrlAccess: true,
};

function transportOptions(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === 'smtps:';
  const auth =
    username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: username !== '' && !LOOPBACK.test(hostname),
    ...auth,
  };
}
