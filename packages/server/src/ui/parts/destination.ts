import { type Redirect, redirectWarningHost } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** Where the answer goes, in words that a person can judge. */
export function destination(redirect: Redirect | null, applicationName: string): Html {
  if (!redirect) return html`this page: you copy a text from here into <bdi>${applicationName}</bdi>`;
  const isWeb = redirect.scheme === 'http' || redirect.scheme === 'https';
  const isThisComputer = redirect.host === '127.0.0.1' || redirect.host === '[::1]';
  if (isThisComputer) return html`a program on this computer (<code>${redirect.host}</code>)`;
  if (isWeb) return html`<code class="host">${redirectWarningHost(redirect)}</code>`;
  return html`an app on this device that opens <code>${redirect.scheme}:</code> links`;
}
