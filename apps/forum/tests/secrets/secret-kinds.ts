/** A place where a secret is allowed, and why. */
interface Legitimate {
  readonly where: RegExp;
  readonly why: string;
}

interface SecretKind {
  /** Responses, as `METHOD /path part`, where part is `body`, `location`, `set-cookie` or `headers`. */
  readonly shownBy: readonly Legitimate[];
  /** Files of the data folder. */
  readonly storedIn: readonly Legitimate[];
}

const shownOnce = (where: RegExp): Pick<SecretKind, 'shownBy' | 'storedIn'> => ({
  shownBy: [{ where, why: 'shown once, to the person who made it' }],
  storedIn: [],
});
const issuedToClient: SecretKind = {
  shownBy: [{ where: /^POST \/oauth\/token body$/, why: 'for the client' }],
  storedIn: [],
};
const nowhere: SecretKind = { shownBy: [], storedIn: [] };

/**
 * Every kind of secret of a forum, with the places where it is allowed; a secret in any other place, or in a log, is a fault.
 * A new kind is a row here and a line in `busy-site.ts` that uses it.
 */
export const SECRET_KINDS = {
  // Only returned encrypted.
  'user API key': nowhere,
  payload: {
    shownBy: [
      { where: /^POST \/user-api-key(\.json)? body$/, why: 'sealed for the app, to copy or in JSON' },
      { where: /^POST \/user-api-key location$/, why: 'sealed for the app, by the redirect' },
    ],
    storedIn: [],
  },
  nonce: {
    shownBy: [
      { where: /^GET \/user-api-key\/new(\.json)? body$/, why: 'the consent form sends it back' },
      { where: /^GET \/user-api-key\/new location$/, why: 'the way back from signing in' },
      { where: /^(GET|POST) \/login (body|location)$/, why: 'the way back from signing in' },
    ],
    storedIn: [],
  },
  'one-time password': {
    shownBy: [{ where: /^GET \/session\/otp\/\[redacted\] body$/, why: 'the form that uses it up' }],
    storedIn: [],
  },
  'sealed one-time password': {
    shownBy: [{ where: /^POST \/user-api-key(\/otp)?(\.json)? (body|location)$/, why: 'sealed for the app' }],
    storedIn: [],
  },
  'feed key': shownOnce(/^POST \/calendar-subscriptions(\.json)? body$/),
  'personal key': shownOnce(
    /^POST \/(u\/alice\/preferences\/api-keys\/new|user-api-key\/rotate)(\.json)? body$/,
  ),
  'admin key': shownOnce(/^POST \/admin\/api\/keys(\.json)? body$/),
  'push secret': {
    shownBy: [
      { where: /^GET \/admin\/user-api-key-settings(\.json)? body$/, why: 'shown to an admin who asks' },
      { where: /^GET \/admin\/site_settings\.json body$/, why: 'shown to an admin who asks' },
    ],
    storedIn: [{ where: /^valetkey\.sqlite/, why: 'sent as it is, so kept as it is; opens nothing here' }],
  },
  'session cookie': {
    shownBy: [{ where: / set-cookie$/, why: 'that is how a browser gets it' }],
    storedIn: [],
  },
  'CSRF token': {
    shownBy: [{ where: / body$/, why: 'every form of the session carries it' }],
    storedIn: [],
  },
  'payload for a device': {
    shownBy: [{ where: /^POST \/user-api-key\/device\/poll\.json body$/, why: 'sealed for the device' }],
    storedIn: [{ where: /^valetkey\.sqlite/, why: 'encrypted, until 60 seconds after it was fetched' }],
  },
  'nonce of a device': {
    shownBy: [],
    storedIn: [{ where: /^valetkey\.sqlite/, why: 'inside a pending grant, for its ten minutes' }],
  },
  'device code': {
    shownBy: [
      {
        where: /^POST \/(user-api-key\/device\.json|oauth\/device_authorization) body$/,
        why: 'for the device',
      },
    ],
    storedIn: [],
  },
  'user code': {
    shownBy: [
      {
        where: /^POST \/(user-api-key\/device\.json|oauth\/device_authorization) body$/,
        why: 'for the device',
      },
    ],
    storedIn: [],
  },
  'approval token': {
    shownBy: [{ where: /^POST \/user-api-key\/activate\.json body$/, why: 'for who typed the code' }],
    storedIn: [],
  },
  'bearer key': {
    shownBy: [{ where: /^POST \/oauth\/token body$/, why: 'for the device, which has no key pair' }],
    storedIn: [],
  },
  'client secret': shownOnce(/^POST \/admin\/oauth-clients(\.json)? body$/),
  'authorization code': {
    shownBy: [{ where: /^POST \/oauth\/consent location$/, why: 'for the client, by the redirect' }],
    storedIn: [],
  },
  // Only the client sends it.
  'code verifier': nowhere,
  'access token': issuedToClient,
  'refresh token': issuedToClient,
  'ID token': {
    shownBy: [
      ...issuedToClient.shownBy,
      {
        where: /^GET \/oauth\/logout body$/,
        why: 'the form that confirms repeats the parameters of the link',
      },
    ],
    storedIn: [],
  },
  'mistyped password': nowhere,
  'private key': nowhere,
} as const satisfies Readonly<Record<string, SecretKind>>;

/** Allowed for every kind. */
const ANYWHERE: readonly Legitimate[] = [
  {
    where: /^GET \/(\[redacted\]|u\/\[redacted\]) location$/,
    why: 'the return path after sign-in is the requested path',
  },
];

export type SecretKindName = keyof typeof SECRET_KINDS;

/** Whether a response may contain a secret of this kind. */
export const mayShow = (kind: SecretKindName, where: string): boolean =>
  [...ANYWHERE, ...SECRET_KINDS[kind].shownBy].some((legitimate) => legitimate.where.test(where));

/** Whether a file of the data folder may contain one. */
export const mayStore = (kind: SecretKindName, file: string): boolean =>
  SECRET_KINDS[kind].storedIn.some((legitimate) => legitimate.where.test(file));
