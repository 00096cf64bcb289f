import { createInterface } from 'node:readline';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAgentProcess } from './agent-process.ts';
import { type ApprovingPerson, startApprovingPerson } from './approving-person.ts';
import { describeWhenInstalled, importPackage } from './installed.ts';

const INSPECTOR = '@modelcontextprotocol/inspector/clients/launcher/build/index.js';

describeWhenInstalled(
  'unmodified clients for MCP, with a person who approves in Chromium',
  { timeout: 60_000 },
  () => {
    let person: ApprovingPerson;
    let mcp = '';
    beforeAll(async () => {
      person = await startApprovingPerson();
      mcp = `${person.forum.url}/mcp`;
      const settings = {
        allow_oauth_client_registration: 'true',
        max_user_api_reqs_per_minute: '1000',
        max_user_api_key_approvals_per_hour: '100',
      };
      for (const [name, value] of Object.entries(settings)) await setSetting(name, value);
    }, 120_000);
    afterAll(() => person?.stop());

    async function setSetting(name: string, value: string): Promise<void> {
      const response = await person.admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
      if (!response.ok) throw new Error(await response.text());
    }

    /** The memory of a client, as both generations of the official package expect it. */
    function createProvider() {
      // biome-ignore lint/suspicious/noExplicitAny: each value is returned as it was stored
      const kept = new Map<string, any>();
      const asked: URL[] = [];
      const redirectUrl = `${person.appUrl}/callback`;
      const provider = {
        redirectUrl,
        clientMetadata: {
          client_name: 'A test of agents',
          redirect_uris: [redirectUrl],
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
        clientInformation: () => kept.get('client'),
        saveClientInformation: (client: unknown) => void kept.set('client', client),
        tokens: () => kept.get('tokens'),
        saveTokens: (tokens: unknown) => void kept.set('tokens', tokens),
        codeVerifier: () => kept.get('verifier'),
        saveCodeVerifier: (verifier: string) => void kept.set('verifier', verifier),
        redirectToAuthorization: (url: URL) => void asked.push(url),
      };
      return { provider, asked, kept };
    }

    const scopeOf = (url: URL | undefined) => url?.searchParams.get('scope');

    test.each(['auto', 'legacy'] as const)(
      '@modelcontextprotocol/client (%s): reads, steps up, writes, refreshes',
      async (mode) => {
        const { provider, asked, kept } = createProvider();
        const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
        async function withAccess<Result>(step: () => Promise<Result>): Promise<Result> {
          const transport = new StreamableHTTPClientTransport(new URL(mcp), { authProvider: provider });
          try {
            await client.connect(transport);
            return await step();
          } catch (error) {
            if (!(error instanceof UnauthorizedError)) throw error;
            const answer = await person.approve(asked.at(-1) ?? '');
            await transport.finishAuth(answer.searchParams);
          } finally {
            await client.close();
          }
          return withAccess(step);
        }
        const { tools } = await withAccess(() => client.listTools());
        expect(tools.map(({ name }) => name)).toContain('discourse_create_post');
        expect(asked.map(scopeOf)).toEqual(['read offline_access']);
        expect(asked[0]?.searchParams.get('resource')).toBe(mcp);
        const post = { topic_id: 2, raw: `Written by the official client (${mode}).` };
        const written = await withAccess(() =>
          client.callTool({ name: 'discourse_create_post', arguments: post }),
        );
        expect(JSON.stringify(written.content)).toContain('alice');
        expect(scopeOf(asked[1])?.split(' ')).toEqual(expect.arrayContaining(['read', 'write']));
        // An access token that ends is replaced without the user.
        kept.set('tokens', { ...kept.get('tokens'), access_token: 'f'.repeat(32) });
        await withAccess(() => client.listTools());
        expect(asked).toHaveLength(2);
      },
    );

    test('@modelcontextprotocol/sdk (before 2026): initialize, list, read, write', async () => {
      const { Client: OldClient } = await importPackage('@modelcontextprotocol/sdk/client/index.js');
      const { StreamableHTTPClientTransport: OldTransport } = await importPackage(
        '@modelcontextprotocol/sdk/client/streamableHttp.js',
      );
      async function connect() {
        const { provider, asked } = createProvider();
        const start = async () => {
          const transport = new OldTransport(new URL(mcp), { authProvider: provider });
          const client = new OldClient({ name: 'test', version: '1' });
          return { client, transport, connected: client.connect(transport) };
        };
        const first = await start();
        await expect(first.connected).rejects.toThrow('Unauthorized');
        const answer = await person.approve(asked[0] ?? '');
        await first.transport.finishAuth(answer.searchParams.get('code'));
        const { client, connected } = await start();
        await connected;
        return client;
      }
      const reader = await connect();
      expect(reader.getServerVersion()).toMatchObject({ name: 'Plum Forum' });
      expect((await reader.listTools()).tools.length).toBeGreaterThan(10);
      const topic = await reader.callTool({ name: 'discourse_read_topic', arguments: { topic_id: 2 } });
      expect(topic.content[0].text).toContain('plum');
      const post = { topic_id: 2, raw: 'Written by the older client.' };
      const write = { name: 'discourse_create_post', arguments: post };
      // This client (1.32.2, typescript-sdk issue 2255) refreshes its token, which adds no scope, instead of asking the user.
      await expect(reader.callTool(write)).rejects.toThrow('403 after trying upscoping');
      await reader.close();
      // So it writes only where the site offers that at first.
      await setSetting('oauth_default_scopes', 'read|write');
      const client = await connect();
      await setSetting('oauth_default_scopes', 'read');
      expect((await client.callTool(write)).content[0].text).toContain('alice');
      await client.close();
    });

    test('mcp-remote: brings the tools to a program that knows local servers only', async () => {
      const { child, output, ended, approved } = startAgentProcess(
        'mcp-remote/dist/proxy.js',
        [mcp],
        person.approve,
      );
      const waiting = new Map<number, (line: string) => void>();
      createInterface({ input: child.stdout }).on('line', (line) => waiting.get(JSON.parse(line).id)?.(line));
      const stopped = ended.then(() => Promise.reject(new Error(output())));
      const send = (id: number, method: string, params: object): Promise<string> => {
        child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
        const answered = new Promise<string>((resolve) => void waiting.set(id, resolve));
        return Promise.race([answered, stopped]);
      };
      const clientInfo = { name: 'test', version: '1' };
      const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
      expect(await send(1, 'initialize', params)).toContain('Plum Forum');
      const called = { name: 'discourse_search', arguments: { query: 'silver leaf' } };
      const found = await send(2, 'tools/call', called);
      expect(found).toContain('When do you prune an old Victoria plum?');
      expect(approved.size).toBe(1);
    });

    test.each(['legacy', 'modern', 'auto'])(
      'the inspector’s command line (%s): lists the tools, and finds no fault in their schemas',
      async (era) => {
        const { output, ended } = startAgentProcess(
          INSPECTOR,
          ['--cli', mcp, '--protocol-era', era, '--method', 'tools/list', '--strict'],
          person.approve,
        );
        expect(await ended, output()).toBe(0);
        expect(output()).toContain('discourse_read_topic');
      },
    );
  },
);
