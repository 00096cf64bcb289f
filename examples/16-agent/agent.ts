// An agent that has only the address of a forum. It finds the tools, reads a topic, asks for more access, and replies.
//
//   node agent.ts https://forum.example 'plum tree' 'The reply, in a sentence.'
import {
  Client,
  InsufficientScopeError,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { createSession } from './session.ts';

/** Text of a site without control characters, which could change the terminal. */
const printable = (text: unknown): string => String(text).replaceAll(/\p{C}+/gu, ' ');

const [address = '', words = '', reply = ''] = process.argv.slice(2);
const client = new Client({ name: 'recipe-agent', version: '1' }, { versionNegotiation: { mode: 'auto' } });
const session = await createSession((url) => {
  const scope = printable(url.searchParams.get('scope'));
  console.error(`Open this URL and approve (${scope}):\n\n  ${printable(url)}\n`);
});

/** Runs a step with a new connection. If the user must approve first, runs it again afterwards. */
async function withAccess<Result>(onInsufficientScope: 'throw' | 'reauthorize', step: () => Promise<Result>) {
  const authProvider: OAuthClientProvider = session.provider;
  const connectAndRun = async () => {
    const transport = new StreamableHTTPClientTransport(new URL('/mcp', address), {
      authProvider,
      onInsufficientScope,
    });
    try {
      await client.connect(transport);
      return { result: await step() };
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      await transport.finishAuth(await session.nextAnswer());
      return null;
    } finally {
      await client.close();
    }
  };
  const done = (await connectAndRun()) ?? (await connectAndRun());
  if (!done) throw new Error('The site refuses what the user has approved.');
  return done.result;
}

// biome-ignore lint/suspicious/noExplicitAny: each tool has a result of its own
async function call(name: string, input: Record<string, unknown>): Promise<any> {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [first] = content;
  const text = first?.type === 'text' ? first.text : '';
  if (isError) throw new Error(text);
  return JSON.parse(text);
}

try {
  const topic = await withAccess('throw', async () => {
    const { tools } = await client.listTools();
    console.log(`Tools: ${printable(tools.map(({ name }) => name).join(', '))}`);
    const { results } = await call('discourse_search', { query: words, max_results: 1 });
    return call('discourse_read_topic', { topic_id: results[0]?.id, post_limit: 3 });
  });
  console.log(`Read: ${printable(topic.title)} (${printable(topic.posts_count)} posts)`);

  const write = () => call('discourse_create_post', { topic_id: topic.id, raw: reply });
  const post = await withAccess('throw', write).catch((error: unknown) => {
    if (!(error instanceof InsufficientScopeError)) throw error;
    // An agent would ask its user here, before it opens the consent page.
    console.log(`Stopped: replying requires the scopes ${printable(error.requiredScope)}.`);
    return withAccess('reauthorize', write);
  });
  console.log(`Wrote post ${printable(post.post_number)} as ${printable(post.username)}.`);
} catch (error) {
  // The message says what happened and what to do. It never contains a token.
  console.error(printable(error instanceof Error ? error.message : error));
  process.exitCode = 1;
} finally {
  session.close();
}
