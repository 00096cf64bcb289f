import { type StartedForum, startForum } from '@valetkey/forum';
import { signIn } from '@valetkey/test-support/sign-in';

/** A forum of its own for a test file, in memory, where signing in costs no time. */
export const startTestForum = (): Promise<StartedForum> =>
  startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: { memoryCost: 8, timeCost: 1 },
  });

/** What a person does in the browser with the address of a login; the answer is where it ends, or the text on the page. */
export async function approve(username: string, url: URL, action: '' | '/decline' = ''): Promise<string> {
  const person = await signIn(url.origin, username);
  const form = Object.fromEntries(url.searchParams);
  const response = await person.send('POST', `/user-api-key${action}.json`, form);
  const { redirect_url, payload } = (await response.json()) as { redirect_url?: string; payload?: string };
  return redirect_url ?? payload ?? '';
}
