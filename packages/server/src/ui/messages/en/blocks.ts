import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format) => ({
  title: 'Blocked apps',
  meaning:
    'A blocked app gets no new keys, and its existing keys stop working at once. They work again when you remove the block.',
  none: 'No app is blocked.',
  kinds: { client_id: 'Client id', host: 'Host of the redirect or push URL' },
  since: ({ at, by }: { at: Html; by: Html }) => html`${at}, by ${by}`,
  blockedSince: 'Blocked',
  reason: 'Reason',
  remove: 'Remove the block',
  removeOf: ({ value }: { value: string }) => `Remove the block on ${value}`,
  form: {
    heading: 'Block an app',
    kind: 'Which apps',
    hostHint:
      'A host covers its subdomains and all ports. For apps with a custom URL scheme, enter the scheme with its colon, such as “myapp:”.',
    value: 'Client id or host',
    reason: 'Reason, shown to the users of the app',
    next: 'Continue',
    invalid: 'This is neither a host nor a scheme such as myapp:',
    missing: 'Enter what to block, and the reason.',
  },
  confirm: {
    title: ({ value }: { value: Html }) => html`Block ${value}?`,
    keys: ({ count }: { count: number }) =>
      count === 0
        ? 'No active key or connection is affected.'
        : format.plural(count, {
            one: '# active key or connection stops working at once.',
            other: '# active keys and connections stop working at once.',
          }),
    apps: 'Affected apps',
    perApp: ({ count }: { count: number }) => format.plural(count, { one: '# key', other: '# keys' }),
    more: ({ count }: { count: number }) =>
      format.plural(count, { one: 'and # more app', other: 'and # more apps' }),
    shown: ({ reason }: { reason: string }) => html`Its users see the reason: “<bdi>${reason}</bdi>”`,
    block: 'Block',
    back: 'Back',
  },
});
