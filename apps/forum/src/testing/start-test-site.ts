import { startForum } from '../start-forum.ts';
import { actAs, type TestUser } from './act-as.ts';
import { answerDevice } from './answer-device.ts';
import { type Approval, approveRequest, declineRequest } from './approve-request.ts';
import { issueKey, type KeyOptions } from './issue-key.ts';

/** The options of a test site. */
export interface TestSiteOptions {
  /** @default 0, any free port */
  readonly port?: number | undefined;
  /** Initial values by name; other settings have their defaults. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** A site in memory, on a loopback port, that a test controls. `as` is a username, `alice` by default. */
export interface TestSite extends AsyncDisposable {
  /** `http://127.0.0.1:43210` */
  readonly url: string;
  /** Approves the request of the URL that your app opens. @throws {TestSiteError} */
  approve(url: string | URL, as?: string): Promise<Approval>;
  /** Declines it. Returns the app's redirect; null for a request without one. @throws {TestSiteError} */
  decline(url: string | URL, as?: string): Promise<string | null>;
  /** Enters the code that a device shows, and approves. @throws {TestSiteError} */
  approveDevice(code: string, as?: string): Promise<void>;
  /** Enters the code that a device shows, and declines. @throws {TestSiteError} */
  declineDevice(code: string, as?: string): Promise<void>;
  /** Issues a key directly. @throws {TestSiteError} */
  issueKey(key: KeyOptions): Promise<string>;
  /** Revokes every active key of a user. Returns how many. */
  revokeKeys(username: string): Promise<number>;
  /** Suspends a user, whose keys are then rejected. @throws {TestSiteError} for admins */
  suspend(username: string): Promise<void>;
  unsuspend(username: string): Promise<void>;
  /** Returns every setting, as text. */
  settings(): Readonly<Record<string, string>>;
  /** Changes settings from the next request on. @throws {ValetkeyError} `setting_unknown`, `setting_invalid` */
  changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Returns the site's time. */
  now(): Date;
  /** Advances the site's clock and runs the daily jobs: keys expire, limits reset, unused keys are revoked. */
  advance(seconds: number): Promise<void>;
  /** Returns a signed-in user, for every other request. */
  user(username: string): TestUser;
  close(): Promise<void>;
}

/** The lowest cost of passwords that argon2 accepts, for tests only: it protects no password. */
export const CHEAP_PASSWORDS = { memoryCost: 8, timeCost: 1 };

/**
 * Starts a temporary site in this process, with the users `admin`, `mona`, `alice`, `bob` and `sam` and some topics, to test
 * an app against the real protocol. It listens on a loopback port and keeps nothing after it is closed.
 *
 * @throws Error if the port is taken
 * @throws {ValetkeyError} `setting_unknown`, `setting_invalid`
 * @example
 * ```ts
 * await using site = await startTestSite({ settings: { allowed_user_api_auth_redirects: 'myapp://callback' } });
 * const { redirectUrl } = await site.approve(urlThatMyAppOpens, 'alice');
 * ```
 */
export async function startTestSite(options: TestSiteOptions = {}): Promise<TestSite> {
  let offsetMs = 0;
  const now = () => Date.now() + offsetMs;
  const { port = 0, settings = {} } = options;
  const started = await startForum({
    port,
    host: '127.0.0.1',
    dataDir: null,
    now,
    passwordCost: CHEAP_PASSWORDS,
  });
  const { url, forum, close } = started;
  const { valetkey } = forum;
  const user = (username: string) => actAs(forum, url, username);

  async function idOf(username: string): Promise<number> {
    const path = `/u/${encodeURIComponent(username)}.json`;
    return ((await user('admin').call('GET', path)) as { user: { id: number } }).user.id;
  }
  async function suspendAsAdmin(verb: 'suspend' | 'unsuspend', username: string): Promise<void> {
    const fields = { suspend_until: '2999-01-01', reason: 'Suspended by a test.' };
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
    approve: async (requestUrl, as = 'alice') => approveRequest(user(as), requestUrl, url),
    decline: async (requestUrl, as = 'alice') => declineRequest(user(as), requestUrl, url),
    approveDevice: async (code, as = 'alice') => answerDevice(user(as), code, 'authorize'),
    declineDevice: async (code, as = 'alice') => answerDevice(user(as), code, 'deny'),
    issueKey: async (key) => issueKey(user(key.as ?? 'alice'), key, url),
    async revokeKeys(username) {
      const keys = await valetkey.keysOf(String(await idOf(username)));
      for (const { id } of keys)
        await user('admin').call('POST', '/user-api-key/revoke.json', { id: String(id) });
      return keys.length;
    },
    suspend: (username) => suspendAsAdmin('suspend', username),
    unsuspend: (username) => suspendAsAdmin('unsuspend', username),
    settings: () =>
      Object.fromEntries(valetkey.settings.list().map(({ setting, value }) => [setting, value])),
    changeSettings,
    now: () => new Date(now()),
    async advance(seconds) {
      if (!(seconds >= 0 && seconds <= MAX_SECONDS)) throw new Error('seconds must be zero or positive.');
      offsetMs += seconds * 1000;
      await valetkey.runDailyJobs();
    },
  };
}

/** A hundred years, well within the range of JavaScript's dates. */
const MAX_SECONDS = 3_155_760_000;
