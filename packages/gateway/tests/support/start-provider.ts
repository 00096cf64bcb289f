import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { vi } from 'vitest';

/** An OpenID Connect provider, which signs people in without asking. */
export interface TestProvider {
  readonly issuer: string;
  /** The next person to sign in. */
  person: { name: string; groups: readonly string[] };
  close(): Promise<void>;
}

/** Starts oidc-provider with the client `wiki`, whose secret is `provider-secret-of-the-wiki`. */
export async function startProvider(callback: string): Promise<TestProvider> {
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // It warns about its defaults, which are right for a test.
  const quiet = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')].map((spy) => spy.mockReturnValue());
  const started: TestProvider = {
    issuer,
    person: { name: 'alice', groups: [] },
    async close() {
      for (const spy of quiet) spy.mockRestore();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'wiki', client_secret: 'provider-secret-of-the-wiki', redirect_uris: [callback] }],
    claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    cookies: { keys: ['a key of this test'] },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: started.person.name, groups: started.person.groups }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile groups');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const handle: typeof answer = async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    const login = { accountId: `sub-${started.person.name}` };
    return provider.interactionFinished(request, response, { login });
  };
  return started;
}
