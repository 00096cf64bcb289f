import { startForum } from '../start-forum.ts';
import { actAs, type User } from './act-as.ts';
import { answerDevice } from './answer-device.ts';
import { type Approval, approveRequest, declineRequest } from './approve-request.ts';
import { issueKey, type KeyWish } from './issue-key.ts';

/** What a throw-away site begins with. */
export interface TestSiteOptions {
  /** @default 0, any free one */
  readonly port?: number | undefined;
  /** Values by name; what is not named is as on a new site. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** A whole site, in memory, on a free port of this computer, and its strings in your hand. */
export interface TestSite extends AsyncDisposable {
  /** `http://127.0.0.1:43210` */
  readonly url: string;
  /** Opens the address that your app would open in a browser and approves. @throws {TestSiteRefusal} */
  approve(url: string | URL, as?: string): Promise<Approval>;
  /** The same, but declines. Answers where the browser would go; null for a request without a redirect. */
  decline(url: string | URL, as?: string): Promise<string | null>;
  /** Types the code that a device shows, in any form that a person might, and approves. @throws {TestSiteRefusal} */
  approveDevice(code: string, as?: string): Promise<void>;
  /** The same, but declines. */
  declineDevice(code: string, as?: string): Promise<void>;
  /** A key for tests that are not about getting one. @throws {TestSiteRefusal} */
  issueKey(wish: KeyWish): Promise<string>;
  /** Revokes every live key of a person, as they can on their apps page. Answers how many. */
  revokeKeys(username: string): Promise<number>;
  /** Stops a person and all their keys. @throws {TestSiteRefusal} for admins */
  suspend(username: string): Promise<void>;
  unsuspend(username: string): Promise<void>;
  /** Every setting, as text. */
  settings(): Readonly<Record<string, string>>;
  /** Holds for the next request. @throws {ValetkeyError} `setting_unknown`, `setting_invalid` */
  changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** The site's time. */
  now(): Date;
  /** Moves it on and does what the site does by night: keys expire, limits open again, unused keys are revoked. */
  advance(seconds: number): Promise<void>;
  /** Somebody with a browser, for everything else that a person can do on the site. */
  user(username: string): User;
  close(): Promise<void>;
}

/** As little as argon2 takes: these passwords protect nothing. */
const CHEAP = { memoryCost: 8, timeCost: 1 };

/**
 * Starts a throw-away site in this process, with people (`admin`, `mona`, `alice`, `bob`, `sam`) and topics, so that an app
 * is tested against the real protocol. It listens on this computer only and forgets everything when it is closed.
 *
 * @throws Error if the port is taken
 * @throws {ValetkeyError} `setting_unknown`, `setting_invalid`
 * @example
 * ```ts
 * await using site = await startTestSite({ settings: { allowed_user_api_auth_redirects: 'myapp://callback' } });
 * const { redirectUrl } = await site.approve(addressThatMyAppOpens, 'alice');
 * ```
 */
export async function startTestSite(options: TestSiteOptions = {}): Promise<TestSite> {
  let offsetMs = 0;
  const now = () => Date.now() + offsetMs;
  const { port = 0, settings = {} } = options;
  const started = await startForum({ port, host: '127.0.0.1', dataDir: null, now, passwordCost: CHEAP });
  const { url, forum, close } = started;
  const { valetkey } = forum;
  const user = (username: string) => actAs(forum, url, username);

  async function idOf(username: string): Promise<number> {
    const path = `/u/${encodeURIComponent(username)}.json`;
    return ((await user('admin').call('GET', path)) as { user: { id: number } }).user.id;
  }
  async function askAdmin(verb: 'suspend' | 'unsuspend', username: string): Promise<void> {
    const fields = { suspend_until: '2999-01-01', reason: 'A test asked for it.' };
    await user('admin').call('PUT', `/admin/users/${await idOf(username)}/${verb}.json`, fields);
  }
  async function changeSettings(changed: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [name, value] of Object.entries(changed)) await valetkey.settings.set(name, value);
  }

  await changeSettings(settings).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    url,
    user,
    close,
    [Symbol.asyncDispose]: close,
    approve: async (address, as = 'alice') => approveRequest(user(as), address, url),
    decline: async (address, as = 'alice') => declineRequest(user(as), address, url),
    approveDevice: async (code, as = 'alice') => answerDevice(user(as), code, 'authorize'),
    declineDevice: async (code, as = 'alice') => answerDevice(user(as), code, 'deny'),
    issueKey: async (wish) => issueKey(user(wish.as ?? 'alice'), wish, url),
    async revokeKeys(username) {
      const keys = await valetkey.keysOf(String(await idOf(username)));
      for (const { id } of keys)
        await user('admin').call('POST', '/user-api-key/revoke.json', { id: String(id) });
      return keys.length;
    },
    suspend: (username) => askAdmin('suspend', username),
    unsuspend: (username) => askAdmin('unsuspend', username),
    settings: () =>
      Object.fromEntries(valetkey.settings.list().map(({ setting, value }) => [setting, value])),
    changeSettings,
    now: () => new Date(now()),
    async advance(seconds) {
      if (!(seconds >= 0 && seconds <= MAX_SECONDS))
        throw new Error('Time goes on only: give a number of seconds.');
      offsetMs += seconds * 1000;
      await valetkey.runDailyJobs();
    },
  };
}

/** A hundred years: more is a mistake, and JavaScript's dates come to an end. */
const MAX_SECONDS = 3_155_760_000;
