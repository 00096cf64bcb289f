import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A mail that arrived: the addresses of the envelope, and the whole message. */
export interface ReceivedMail {
  readonly recipients: readonly string[];
  /** Header fields on one line each, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A real SMTP server on a free port. */
export interface SmtpReceiver {
  readonly url: string;
  /** All mails that arrived, oldest first. */
  readonly mails: readonly ReceivedMail[];
}

/** Starts an SMTP server that keeps the mails of a test. It is stopped when the test ends. */
export async function startSmtpReceiver(): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      text(stream).then((message) => {
        mails.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          ...parseMessage(message),
        });
        done();
      }, done);
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`, mails };
}

/** Joins folded header lines (RFC 5322 section 2.2.3) and soft line breaks (RFC 2045 section 6.7). */
function parseMessage(message: string): Pick<ReceivedMail, 'headers' | 'body'> {
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return { headers, body: rest.join('\n\n').replaceAll('=\r\n', '').replaceAll('\r\n', '\n') };
}
