import { startSmtpReceiver } from '@valetkey/test-support/smtp-receiver';
import { expect, test, vi } from 'vitest';

test('the guide for sites: its mail of a notice arrives, and a hostile name adds no header', async () => {
  const smtp = await startSmtpReceiver();
  vi.stubEnv('SMTP_URL', smtp.url);
  const { mailNotice } = await import('../../examples/mail-notices/mail-notice.ts');
  await mailNotice(
    {
      kind: 'key_revoked',
      reason: 'revoked_by_admin',
      userId: '7',
      applicationName: 'Plum\r\n\r\nBcc: mallory@evil.example\u202e',
      at: 0,
    },
    async (userId) => `user-${userId}@mail.example`,
  );
  const [mail] = smtp.mails;
  expect(mail?.recipients).toEqual(['user-7@mail.example']);
  expect(mail?.headers).not.toHaveProperty('bcc');
  expect(mail?.body).toContain('Plum Bcc: mallory@evil.example : was revoked.');
});
