import { spawn } from 'node:child_process';
import { startTestSite } from '@valetkey/forum/testing';
import { approveAuthorization } from '@valetkey/test-support/connect-agent';
import { expect, onTestFinished, test } from 'vitest';

const REPLY = 'Written by an agent that had the address only.';

/** Runs the agent. Its user approves each URL that it prints, unless `approves` returns false. */
async function runAgent(settings: Record<string, unknown> = {}, withAnswer = (answer: URL) => answer) {
  const site = await startTestSite({
    settings: { allow_oauth_client_registration: true, max_user_api_reqs_per_minute: 1_000, ...settings },
  });
  const child = spawn(process.execPath, ['agent.ts', site.url, 'silver leaf', REPLY], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await site.close();
  });
  let output = '';
  const asked: (string | null)[] = [];
  const read = (chunk: Buffer) => {
    output += chunk;
    for (const [, address = ''] of [...output.matchAll(/^ {2}(http\S+\/oauth\/authorize\?\S+)\n/gm)].slice(
      asked.length,
    )) {
      asked.push(new URL(address).searchParams.get('scope'));
      approveAuthorization(address, site.user('alice').call).then((answer) => fetch(withAnswer(answer)));
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { site, output, asked, exitCode };
}

test('agent.ts: has only the address; reads, is stopped at writing with the scope to ask for, asks, writes', async () => {
  const { site, output, asked, exitCode } = await runAgent();
  expect(output).toMatch(/^Tools: .*discourse_create_post.*discourse_search/m);
  expect(output).toContain('Read: When do you prune an old Victoria plum? (3 posts)');
  expect(output).toContain('Stopped: replying requires the scopes read write.');
  expect(output).toContain('Wrote post 4 as alice.');
  expect([exitCode, asked]).toEqual([0, ['read', 'read write']]);
  expect(JSON.stringify(await site.user('bob').call('GET', '/posts.json'))).toContain(REPLY);
  // Neither a token nor a code.
  expect(output).not.toMatch(/access_token|code=(?!_)/);
});

test('agent.ts: stops with a sentence at an answer that it did not ask for', async () => {
  const { output, exitCode } = await runAgent({}, (answer) => {
    answer.searchParams.set('state', 'of-an-attacker');
    return answer;
  });
  expect(output).toContain('This answer belongs to another request.');
  expect(exitCode).toBe(1);
});
