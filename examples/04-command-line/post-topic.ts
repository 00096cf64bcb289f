// Posts a topic to a forum in your name.
//
//   node post-topic.ts https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
import { createConnection, probeSite } from '@valetkey/client';
import { loopbackLogin } from '@valetkey/client/node';

const TEN_MINUTES_MS = 600_000;

/** Text of a site without control characters, which could change the terminal. */
const printable = (text: unknown): string => String(text).replaceAll(/\p{C}+/gu, ' ');

/** Requests a key. Only this program can decrypt the response. */
async function connect(address: string, scopes: readonly string[]) {
  const { site } = await probeSite(address);
  const { key } = await loopbackLogin({
    site,
    applicationName: 'Command line',
    scopes,
    openBrowser: (url) => console.error(`Open this URL and approve:\n\n  ${url}\n`),
    signal: AbortSignal.timeout(TEN_MINUTES_MS),
  });
  return createConnection({ site, key });
}

try {
  const [address = '', title = '', raw = ''] = process.argv.slice(2);
  const forum = await connect(address, ['read', 'write']);
  try {
    const { username } = await forum.whoami();
    console.log(`You are ${printable(username)}.`);
    const body = new URLSearchParams({ title, raw });
    const answer = await forum.fetch('/posts.json', { method: 'POST', body });
    const { topic_id } = (await answer.json()) as { topic_id: number };
    console.log(`Made a topic: ${forum.site}/t/${printable(topic_id)}`);
  } finally {
    // Always revoke the key. To store it instead, use a place that only you can read.
    await forum.revoke();
  }
} catch (error) {
  // The message says what happened and what to do. It never contains the key.
  console.error(printable(error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
