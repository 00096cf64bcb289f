import { findFreePort, runApp } from './run-app.ts';
import type { RunningApp } from './web-app-promises.ts';

/** Runs the server of an example, with its database in memory. */
export async function runSite(folder: string, args: readonly string[] = ['server.ts']): Promise<RunningApp> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port), BASE_URL: url, DATABASE: ':memory:' };
  return runApp(process.execPath, args, { folder, url, env, isReady: /Serving|Ready in/ });
}
