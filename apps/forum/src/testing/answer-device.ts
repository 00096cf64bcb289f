import type { User } from './act-as.ts';

/**
 * Types the code that a device shows, and decides.
 *
 * @param decision the endpoint's own word: `authorize` or `deny`
 * @throws {TestSiteRefusal} whatever the site has against the request
 * @throws Error if no device waits for this person under this code
 */
export async function answerDevice(user: User, code: string, decision: 'authorize' | 'deny'): Promise<void> {
  const asked = await user.call('POST', '/user-api-key/activate.json', { code });
  const { approval_token } = asked as { approval_token?: string };
  if (!approval_token) throw new Error('No device waits under this code: it is wrong, used or over.');
  const decided = await user.call('POST', `/user-api-key/device/${decision}.json`, { approval_token });
  if ((decided as { state?: string }).state !== 'complete') throw new Error('It came too late.');
}
