import { createServer } from 'node:net';
import { startSmtpReceiver } from '@valetkey/test-support/smtp-receiver';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listenAt } from '../src/listen-at.ts';
import { openMailer } from '../src/mail/open-mailer.ts';
import { asApp, createTestForum, json } from './test-forum.ts';

const site = { name: 'Plum Forum', baseUrl: 'https://forum.example' };

async function createMailingForum() {
  const smtp = await startSmtpReceiver();
  const forum = await createTestForum({ mail: { smtpUrl: smtp.url } });
  const alice = await forum.signedIn('alice');
  const saveEmail = (email: string) => alice.submit('/u/alice/preferences/email', { email });
  return { smtp, forum, alice, saveEmail };
}

test('mail: a user who gave an address gets a mail about a new key, without the key', async () => {
  const { smtp, forum, saveEmail } = await createMailingForum();
  await forum.issueKey('alice', 'read');
  expect((await saveEmail('alice@mail.example')).headers.get('location')).toBe('/u/alice');
  await forum.issueKey('bob', 'read');
  const key = await forum.issueKey('alice', 'read', { clientId: 'second' });
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1));
  const [mail] = smtp.mails;
  expect(mail?.recipients).toEqual(['alice@mail.example']);
  expect(mail?.headers).toMatchObject({
    from: 'Plum Forum <noreply@forum.example>',
    to: 'alice@mail.example',
    subject: 'Plum Forum: You allowed an app to use your account, from the IP address 127.0.0.1',
    'content-type': 'text/plain; charset=utf-8',
  });
  expect(mail?.body).toContain('Its name is: Plum Reader\nTime: 2026-11-23 12:00 UTC\n');
  expect(mail?.body).toContain('http://forum.example/u/alice/preferences/apps');
  expect(JSON.stringify(mail)).not.toContain(key);
});

test('mail: a name with line breaks and bidi controls adds no header, recipient or line', async () => {
  const smtp = await startSmtpReceiver();
  const mailer = openMailer({ smtpUrl: smtp.url }, site);
  mailer.mailNotice(
    {
      kind: 'key_created',
      keyKind: 'app',
      ipAddress: '192.0.2.1\r\nBcc: mallory@evil.example',
      userId: '1',
      applicationName: 'Evil\r\n.\r\nRCPT TO:<mallory@evil.example>\r\n\u202e\u2028Bcc: x',
      at: 0,
    },
    { username: 'alice', email: 'alice@mail.example' } as Parameters<typeof mailer.mailNotice>[1],
  );
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1));
  const [mail] = smtp.mails;
  expect(mail?.recipients).toEqual(['alice@mail.example']);
  expect(mail?.headers).not.toHaveProperty('bcc');
  expect(mail?.headers.subject).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(mail?.body).toContain('Its name is: Evil . RCPT TO:<mallory@evil.example> Bcc: x\n');
  await mailer.close();
});

test('mail: an SMTP server that does not answer blocks no approval', async () => {
  const silent = createServer((socket) => void onTestFinished(() => void socket.destroy()));
  const url = await listenAt(silent, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => void silent.close());
  const forum = await createTestForum({ mail: { smtpUrl: url.replace('http', 'smtp') } });
  const alice = await forum.signedIn('alice');
  await alice.submit('/u/alice/preferences/email', { email: 'alice@mail.example' });
  const key = await forum.issueKey('alice', 'read');
  expect((await forum.fetch('/latest.json', asApp(key))).status).toBe(200);
});

test('mail: a failure is reported without address and password', async () => {
  const failures: unknown[] = [];
  const wait = () => Promise.reject(new Error('stopped'));
  const smtpUrl = 'smtp://forum:s3cret@127.0.0.1:1';
  const mailer = openMailer({ smtpUrl, wait, onFailure: (failure) => failures.push(failure) }, site);
  mailer.mailNotice(
    { kind: 'key_revoked', reason: 'unused', userId: '1', applicationName: 'Reader', at: 0 },
    { username: 'alice', email: 'alice@mail.example' } as Parameters<typeof mailer.mailNotice>[1],
  );
  await vi.waitFor(() => expect(failures).toEqual([{ reason: 'ESOCKET', willRetry: true }]));
});

test.each([
  'alice@mail.example, mallory@evil.example',
  'Alice <alice@mail.example>',
  'alice@mail.example\r\nBcc: mallory@evil.example',
  '"alice"@mail.example',
  'alice',
  `${'a'.repeat(250)}@mail.example`,
])('POST /u/alice/preferences/email: rejects %j (400)', async (email) => {
  const { saveEmail, alice } = await createMailingForum();
  expect((await saveEmail(email)).status).toBe(400);
  expect(await (await alice.get('/u/alice')).text()).toContain('name="email" value=""');
});

test('POST /u/alice/preferences/email: only alice in a session, with a CSRF token, can change and see it', async () => {
  const { forum, alice, saveEmail } = await createMailingForum();
  await saveEmail('alice@mail.example');
  expect(await (await alice.get('/u/alice')).text()).toContain('value="alice@mail.example"');
  const path = '/u/alice/preferences/email';
  const admin = await forum.signedIn('admin');
  expect((await admin.submit(path, { email: 'x@evil.example' })).status).toBe(403);
  const cookie = alice.cookieHeader();
  const form = {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ email: 'x@evil.example' }),
  };
  expect((await forum.fetch(path, form)).status).toBe(403);
  const key = await forum.issueKey('alice', 'read,write');
  const init = asApp(key, { method: 'POST', body: JSON.stringify({ email: 'x@evil.example' }) });
  expect((await forum.fetch(path, init)).status).toBe(403);
  for (const response of [
    forum.fetch('/u/alice', asApp(key)),
    admin.get('/u/alice'),
    forum.fetch('/u/alice.json'),
  ])
    expect(await (await response).text()).not.toContain('mail.example');
  expect((await json(alice.get('/u/alice.json'))).user).not.toHaveProperty('email');
  await saveEmail('');
  expect(await (await alice.get('/u/alice')).text()).toContain('name="email" value=""');
});
