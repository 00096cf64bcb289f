import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestSite } from '@valetkey/forum/testing';
import { connectAgent } from '@valetkey/test-support/connect-agent';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';
import { startBearerProxy } from './bearer-proxy.ts';
import { describeWhenInstalled, fileOf } from './installed.ts';

const program = fileOf('@modelcontextprotocol/conformance/dist/index.js');
const UNLIMITED = { max_user_api_reqs_per_minute: 100_000, max_user_api_reqs_per_day: 1_000_000 };

/** Runs the scenarios of a revision against a forum, by an agent that may write. Returns `scenario: passed/failed`. */
async function runConformance(revision: string): Promise<string[]> {
  const site = await startTestSite({ settings: UNLIMITED });
  const [admin, user] = [site.user('admin').call, site.user('alice').call];
  const agent = await connectAgent(site.url, { admin, user, scope: 'write' });
  const proxy = await startBearerProxy(site.url, () => agent.accessToken);
  onTestFinished(async () => {
    proxy.stop();
    await site.close();
  });
  // The program sends the origin of the server that it tests, which is the proxy.
  await site.changeSettings({ cors_origins: `${proxy.url}|${proxy.url.replace('127.0.0.1', 'localhost')}` });
  const args = [program, 'server', '--url', `${proxy.url}/mcp`, '--requirements', revision];
  // It exits with 1 if a scenario fails.
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 }).catch(
    (error) => error,
  );
  const rows = String(stdout).matchAll(/^[✓✗] (\S+): (\d+) passed, (\d+) failed/gm);
  return [...rows].map(([, name, passed, failed]) => `${name}: ${passed}/${failed}`);
}

/** Returns the rows of a revision in docs/mcp-conformance.md. */
function documented(revision: string) {
  const page = readFileSync(join(root, 'docs/mcp-conformance.md'), 'utf8');
  const section = page.split(`## ${revision}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.matchAll(/^\| `(\S+)` \| (\d+) \| (\d+) \| (.*) \|$/gm);
  return [...rows].map(([, name, passed, failed, why = '']) => ({
    result: `${name}: ${passed}/${failed}`,
    failed,
    why,
  }));
}

describeWhenInstalled('@modelcontextprotocol/conformance', { timeout: 60_000 }, () => {
  test.each(['2026-07-28', '2025-11-25'])(
    '%s: each scenario has the result that the page explains',
    async (revision) => {
      const rows = documented(revision);
      expect(await runConformance(revision)).toEqual(rows.map(({ result }) => result));
      expect(rows.filter(({ failed, why }) => failed !== '0' && why === '')).toEqual([]);
    },
  );
});
