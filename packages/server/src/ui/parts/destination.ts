import { type Redirect, redirectWarningHost } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** Returns where the browser will send the answer, in words that help a user to detect a wrong receiver. */
export function destination(redirect: Redirect | null, app: string, { t }: PageContext): Html {
  const words = t.common.destination;
  if (!redirect) return words.thisPage({ app });
  const { scheme, host } = redirect;
  if (host === '127.0.0.1' || host === '[::1]') return words.thisComputer({ host });
  if (scheme === 'http' || scheme === 'https') {
    return html`<code class="host">${redirectWarningHost(redirect)}</code>`;
  }
  return words.appLink({ scheme });
}
