import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The page that explains which redirects a pattern allows. */
export const redirects = (format: Format) => ({
  title: 'Redirects',
  meaning: ({ setting }: { setting: Html }) =>
    html`A redirect is the URL that receives the encrypted key of an app. ${setting} lists what this site allows. Try a pattern here before you add it or remove it.`,
  pattern: 'Pattern',
  patternHint: 'Such as https://app.example/callback, https://app.example/app/* or myapp://callback',
  show: 'Explain',
  allows: 'What it allows',
  reach: 'Who can receive keys',
  reaches: {
    device: 'Apps on the devices of users. Any app on a device can claim the same links.',
    computer: 'Programs on the computers of users only.',
    page: 'One page of one site: the narrowest pattern for a web app.',
    path: 'Several pages of one site.',
    site: 'Every page of one site.',
    subdomains: 'Every subdomain of a domain.',
    everything: 'Everybody.',
  },
  matches: 'It allows',
  refuses: 'It does not allow',
  safer: 'A safer pattern',
  saferByApps: 'The apps that use it now need only these:',
  saferQuery: 'If an app adds a query to its redirect, end the pattern with ?*',
  saferUnknown: 'The exact URL that the app uses, such as https://app.example/callback',
  saferNone: 'No narrower pattern allows all these apps.',
  apps: 'Apps that use it now',
  app: 'App',
  redirect: 'Redirect',
  activeKeys: 'Active keys',
  noApps: 'No active key was sent to a matching redirect. Keys without a stored redirect are not counted.',
  listed: 'This pattern is in the settings.',
  removeMeaning: ({ count }: { count: number }) =>
    count === 0
      ? 'Without it, every redirect of these apps would still be allowed by another pattern.'
      : format.plural(count, {
          one: 'Without it, # app cannot request new keys. Its existing keys keep working.',
          other: 'Without it, # apps cannot request new keys. Their existing keys keep working.',
        }),
  change: 'Change the list in the settings',
  add: 'Add this pattern',
  addMeaning: 'Any app may then request keys that are sent to these redirects.',
  added: ({ pattern }: { pattern: Html }) => html`The settings now have ${pattern}.`,
  current: 'Patterns in the settings',
  none: 'None: apps show the key for copying, or use the device flow.',
  appCount: ({ count }: { count: number }) =>
    count === 0 ? 'no app' : format.plural(count, { one: '# app', other: '# apps' }),
  wanted: 'Redirects of registered apps that are not allowed yet',
  wantedMeaning:
    'The settings do not allow the redirects of these apps. Check that the host belongs to the app.',
  allow: 'Allow',
  allowOf: ({ redirect, app }: { redirect: string; app: string }) => `Allow ${redirect} for ${app}`,
});
