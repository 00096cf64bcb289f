// Adds a site to the bot. The bot may run without a browser: you approve on any device and paste the result here.
//
//   node connect.ts https://forum.example
import { createInterface } from 'node:readline/promises';
import { createConnection, createLogin, openLogin, probeSite } from '@valetkey/client';
import { readAccounts, saveAccounts } from './accounts.ts';

const terminal = createInterface({ input: process.stdin, output: process.stderr });
try {
  const { site } = await probeSite(process.argv[2] ?? '');
  // As few scopes as possible: an attacker who steals the file can read notifications only.
  const scopes = ['notifications', 'session_info'];
  const login = await createLogin({ site, applicationName: 'Notification bot', scopes });
  const answer = await terminal.question(
    `Open this URL, approve, and paste the text that the site shows:\n\n  ${login.url}\n\n> `,
  );
  const { key } = await openLogin(login, answer);
  const { username } = await createConnection({ site, key }).whoami();
  const others = readAccounts().filter((account) => account.site !== site || account.username !== username);
  saveAccounts([...others, { site, username, key, lastPrintedId: 0 }]);
  console.log(`The bot watches ${site} for ${username}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  terminal.close();
}
