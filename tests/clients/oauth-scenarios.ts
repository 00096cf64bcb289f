import { CALLBACK, type Client, createBrowser, createPkce, type Subject } from './oauth-subject.ts';

type Values = Record<string, string>;

/** A client of one server: sends requests, and describes each answer in a few words. */
function createClient(subject: Subject, client: Client = subject.publicClient) {
  const browser = createBrowser(subject);
  const { issuer, metadata } = subject;
  const ask = (changes: Values = {}): Values => {
    const { code_challenge } = createPkce();
    const asked: Values = {
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid offline_access',
      prompt: 'consent',
      state: 'the state',
      nonce: 'the nonce',
      code_challenge,
      code_challenge_method: 'S256',
      ...changes,
    };
    return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  };
  async function post(endpoint: string, values: Values, headers: HeadersInit = {}) {
    const secret = client.client_secret === '' ? {} : { client_secret: client.client_secret };
    const body = new URLSearchParams({ client_id: client.client_id, ...secret, ...values });
    const response = await fetch(metadata[endpoint] ?? '', { method: 'POST', body, headers });
    const text = await response.text();
    return { status: response.status, ...(JSON.parse(text === '' ? '{}' : text) as Values) } as Values & {
      status: number;
    };
  }
  const token = (values: Values) => post('token_endpoint', values);
  return {
    browser,
    ask,
    post,
    token,
    /** Describes what the client gets: `code`, an error, or a page. Adds what is missing of state and iss. */
    async authorize(changes: Values = {}, agent = browser): Promise<string> {
      const answer = await agent.open(ask(changes));
      if (typeof answer === 'string') return answer;
      const missing = [
        ...(answer.state === 'the state' ? [] : ['without state']),
        ...(answer.iss === issuer ? [] : ['without iss']),
      ];
      return [answer.code ? 'code' : (answer.error ?? 'nothing'), ...missing].join(' ');
    },
    async getCode(changes: Values = {}): Promise<Values> {
      const { code_verifier, code_challenge } = createPkce();
      const answer = await browser.open(ask({ code_challenge, ...changes }));
      if (typeof answer === 'string' || !answer.code) throw new Error(`No code: ${JSON.stringify(answer)}`);
      return { grant_type: 'authorization_code', code: answer.code, code_verifier, redirect_uri: CALLBACK };
    },
    refresh: (refresh_token: string | undefined, values: Values = {}) =>
      token({ grant_type: 'refresh_token', refresh_token: refresh_token ?? '', ...values }),
  };
}

const describe = ({ status, error }: { status: number; error?: string }): string =>
  error ? `${status} ${error}` : String(status);

/** Redeems a code after a change of the request. */
const redeem = (changes: Values) => async (subject: Subject) => {
  const { getCode, token } = createClient(subject);
  return describe(await token({ ...(await getCode()), ...changes }));
};
const authorize = (changes: Values) => (subject: Subject) => createClient(subject).authorize(changes);
/** Asks again in the browser of a user who is signed in and has approved. */
const authorizeAgain = (changes: Values) => async (subject: Subject) => {
  const { getCode, authorize: again } = createClient(subject);
  await getCode();
  return again(changes);
};

async function useToken(subject: Subject, token: string | undefined): Promise<string> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(subject.metadata.userinfo_endpoint ?? '', { headers });
  const challenge = response.headers.get('www-authenticate') ?? '';
  const [, error] = /\berror="(\w+)"/.exec(challenge) ?? [];
  return describe({ status: response.status, ...(error !== undefined && { error }) });
}

/** What a client does, and returns in a few words what it observed. Each runs at every server. */
export const SCENARIOS: Readonly<Record<string, (subject: Subject) => Promise<string>>> = {
  'the whole flow': async (subject) => {
    const { getCode, token } = createClient(subject);
    const tokens = await token(await getCode());
    const members = ['access_token', 'refresh_token', 'id_token', 'expires_in', 'scope'].filter(
      (name) => tokens[name] === undefined,
    );
    return `${tokens.status} ${tokens.token_type}, userinfo ${await useToken(subject, tokens.access_token)}${members.map((name) => `, without ${name}`).join('')}`;
  },
  'the whole flow of a client with a secret': async (subject) => {
    const { getCode, token } = createClient(subject, subject.confidentialClient);
    return describe(await token(await getCode()));
  },
  'redeem with another verifier': redeem({ code_verifier: createPkce().code_verifier }),
  'redeem without a verifier': redeem({ code_verifier: '' }),
  'redeem with another redirect': redeem({ redirect_uri: `${CALLBACK}/other` }),
  'redeem without a redirect': redeem({ redirect_uri: '' }),
  'redeem an unknown code': redeem({ code: 'x'.repeat(43) }),
  'redeem without a code': redeem({ code: '' }),
  'redeem twice': async (subject) => {
    const { getCode, token } = createClient(subject);
    const code = await getCode();
    const first = await token(code);
    const second = await token(code);
    return `${describe(second)}, the first token ${await useToken(subject, first.access_token)}`;
  },
  'redeem the code of another client, then by its own': async (subject) => {
    const [own, other] = [createClient(subject), createClient(subject, subject.otherClient)];
    const code = await own.getCode();
    return `${describe(await other.token(code))}, then ${describe(await own.token(code))}`;
  },
  'redeem after a wrong verifier': async (subject) => {
    const { getCode, token } = createClient(subject);
    const code = await getCode();
    await token({ ...code, code_verifier: createPkce().code_verifier });
    return describe(await token(code));
  },
  'a wrong secret': async (subject) => {
    const { client_id } = subject.confidentialClient;
    const client = createClient(subject, { client_id, client_secret: 'wrong' });
    return describe(await client.refresh('x'));
  },
  'an unknown client at the token endpoint': async (subject) =>
    describe(await createClient(subject, { client_id: 'nobody', client_secret: '' }).refresh('x')),
  'an unknown grant type': async (subject) =>
    describe(await createClient(subject).token({ grant_type: 'password' })),
  'no grant type': async (subject) => describe(await createClient(subject).token({})),
  'refresh with fewer scopes': async (subject) => {
    const { getCode, token, refresh } = createClient(subject);
    const { refresh_token } = await token(await getCode());
    return describe(await refresh(refresh_token, { scope: 'openid' }));
  },
  'refresh with more scopes': async (subject) => {
    const { getCode, token, refresh } = createClient(subject);
    const { refresh_token } = await token(await getCode());
    return describe(await refresh(refresh_token, { scope: 'openid read' }));
  },
  'refresh with the token of another client': async (subject) => {
    const [own, other] = [createClient(subject), createClient(subject, subject.otherClient)];
    const { refresh_token } = await own.token(await own.getCode());
    return describe(await other.refresh(refresh_token));
  },
  'refresh twice with one token': async (subject) => {
    const { getCode, token, refresh } = createClient(subject);
    const { refresh_token } = await token(await getCode());
    const next = await refresh(refresh_token);
    return `${describe(await refresh(refresh_token))}, then the next token ${describe(await refresh(next.refresh_token))}`;
  },
  'revoke the refresh token': async (subject) => {
    const { getCode, token, refresh, post } = createClient(subject);
    const { refresh_token = '', access_token } = await token(await getCode());
    const answer = await post('revocation_endpoint', { token: refresh_token });
    return `${answer.status}, refresh ${describe(await refresh(refresh_token))}, the access token ${await useToken(subject, access_token)}`;
  },
  'revoke an unknown token': async (subject) =>
    describe(await createClient(subject).post('revocation_endpoint', { token: 'x' })),
  'introspect an unknown token': async (subject) => {
    const client = createClient(subject, subject.confidentialClient);
    const answer = await client.post('introspection_endpoint', { token: 'x' });
    return `${answer.status} active: ${answer.active}`;
  },
  'userinfo without a token': (subject) => useToken(subject, undefined),
  'userinfo with an unknown token': (subject) => useToken(subject, 'f'.repeat(32)),
  'an unknown client': authorize({ client_id: 'nobody' }),
  'a redirect that is not registered': authorize({ redirect_uri: 'https://evil.example/' }),
  'a redirect with more query': authorize({ redirect_uri: `${CALLBACK}?a=1` }),
  'no response type': authorize({ response_type: '' }),
  'an implicit flow': authorize({ response_type: 'token' }),
  'no challenge': authorize({ code_challenge: '', code_challenge_method: '' }),
  'a plain challenge': authorize({ code_challenge_method: 'plain' }),
  'a challenge that is too short': authorize({ code_challenge: 'short' }),
  'only unknown scopes': authorize({ scope: 'unknown' }),
  'an unknown scope beside known ones': authorize({ scope: 'openid unknown' }),
  'a request object': authorize({ request: 'a.b.c' }),
  'prompt=none without a session': authorize({ prompt: 'none' }),
  'prompt=none with a session': authorizeAgain({ prompt: 'none', scope: 'openid email' }),
  'prompt=none with another prompt': authorize({ prompt: 'none login' }),
  'an unknown prompt': authorize({ prompt: 'unknown' }),
  'max_age that is no number': authorize({ max_age: '-1' }),
  'id_token_hint that is no ID token': authorizeAgain({ id_token_hint: 'a.b.c' }),
  'an unknown parameter': authorize({ unknown: 'x' }),
  'no state': async (subject) => {
    const client = createClient(subject);
    const answer = await client.browser.open(client.ask({ state: '' }));
    return typeof answer === 'string' ? answer : Object.keys(answer).sort().join(' ');
  },
  'sign out to a URL that is not registered': async (subject) => {
    const url = new URL(subject.metadata.end_session_endpoint ?? '');
    const values = { client_id: subject.publicClient.client_id, post_logout_redirect_uri: CALLBACK };
    url.search = String(new URLSearchParams(values));
    return String((await fetch(url, { redirect: 'manual' })).status);
  },
};
