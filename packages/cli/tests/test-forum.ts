import { type StartedForum, startForum } from '@valetkey/forum';
import { signIn } from '@valetkey/test-support/sign-in';

/** Starts a forum in memory for a test file, with fast password hashing. */
export const startTestForum = (): Promise<StartedForum> =>
  startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: { memoryCost: 8, timeCost: 1 },
  });

/** Approves or declines in a browser. Returns the redirect URL, or the payload on the page. */
export async function approve(username: string, url: URL, action: '' | '/decline' = ''): Promise<string> {
  const person = await signIn(url.origin, username);
  const form = Object.fromEntries(url.searchParams);
  const response = await person.send('POST', `/user-api-key${action}.json`, form);
  const { redirect_url, payload } = (await response.json()) as { redirect_url?: string; payload?: string };
  return redirect_url ?? payload ?? '';
}
