import type { TestUser } from './act-as.ts';

/**
 * Enters the code that a device shows, and approves or denies.
 *
 * @throws {TestSiteError} if the site rejects the request
 * @throws Error if the code is unknown, used or expired
 */
export async function answerDevice(
  user: TestUser,
  code: string,
  decision: 'authorize' | 'deny',
): Promise<void> {
  const asked = await user.call('POST', '/user-api-key/activate.json', { code });
  const { approval_token } = asked as { approval_token?: string };
  if (!approval_token) throw new Error('This code is unknown, used or expired.');
  const decided = await user.call('POST', `/user-api-key/device/${decision}.json`, { approval_token });
  if ((decided as { state?: string }).state !== 'complete')
    throw new Error('The request expired before it was decided.');
}
