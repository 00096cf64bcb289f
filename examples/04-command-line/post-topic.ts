// Posts a topic to a forum in your name.
//
//   node post-topic.ts https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
import { createConnection, probeSite } from '@valetkey/client';
import { loopbackLogin } from '@valetkey/client/node';

const TEN_MINUTES_MS = 600_000;

/** Asks the person for a key. Nothing but this program can read the answer. */
async function connect(address: string, scopes: readonly string[]) {
  const { site } = await probeSite(address);
  const { key } = await loopbackLogin({
    site,
    applicationName: 'Command line',
    scopes,
    openBrowser: (url) => console.error(`Open this address and approve:\n\n  ${url}\n`),
    signal: AbortSignal.timeout(TEN_MINUTES_MS),
  });
  return createConnection({ site, key });
}

try {
  const [address = '', title = '', raw = ''] = process.argv.slice(2);
  const forum = await connect(address, ['read', 'write']);
  try {
    const { username } = await forum.whoami();
    console.log(`You are ${username}.`);
    const body = new URLSearchParams({ title, raw });
    const answer = await forum.fetch('/posts.json', { method: 'POST', body });
    const { topic_id } = (await answer.json()) as { topic_id: number };
    console.log(`Made a topic: ${forum.site}/t/${topic_id}`);
  } finally {
    // Give the key back, whatever came of it. To keep it, store it where only you can read it.
    await forum.revoke();
  }
} catch (error) {
  // What happened and what to do about it; never the key.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
