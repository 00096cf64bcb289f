import { type Redirect, redirectWarningHost } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** An app that asks for access. */
export interface UnknownApp {
  readonly app: string;
  /** Null without a redirect, as for a device. */
  readonly redirect: Redirect | null;
  /** Whether the page lists permissions that the user can compare with the purpose. */
  readonly hasScopes: boolean;
}

/** Returns the warning about an app that is not registered, with what the user can check. */
export function unknownApp({ app, redirect, hasScopes }: UnknownApp, { t }: PageContext): Html {
  const { unknown } = t.consent;
  const isWebsite = redirect !== null && /^https?$/.test(redirect.scheme) && !isLoopback(redirect);
  const host = redirectWarningHost(redirect) ?? '';
  return html`<div class="note">
    <p><strong>${t.consent.unverifiedApp}</strong> ${unknown.check}</p>
    <ul>
      <li>${unknown.started({ app })}</li>
      ${isWebsite ? html`<li>${unknown.host({ app, host })}</li>` : ''}
      ${hasScopes ? html`<li>${unknown.needs}</li>` : ''}
    </ul>
  </div>`;
}

const isLoopback = ({ host }: Redirect): boolean => host === '127.0.0.1' || host === '[::1]';
