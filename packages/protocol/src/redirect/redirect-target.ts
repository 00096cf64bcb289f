import type { Redirect } from './redirect.ts';

/**
 * Returns the host to show in the warning before approval, with its port if that is not the default. The JSON response
 * names it `redirect_uri` (PROTOCOL.md#authorize-responses). Returns null without a redirect and for the DiscourseHub
 * app's `discourse://auth_redirect`.
 */
export function redirectWarningHost(redirect: Redirect | null): string | null {
  if (!redirect || (redirect.scheme === 'discourse' && redirect.host === 'auth_redirect')) return null;
  return redirect.port === '' ? redirect.host : `${redirect.host}:${redirect.port}`;
}

/**
 * Appends parameters to a redirect: after its query and before its fragment, encoded so that clients which only call
 * `decodeURIComponent` read them correctly (PROTOCOL.md#payload-delivery).
 *
 * @example addToRedirect('myapp://cb?a=1#top', { payload: 'x+y=' }) // 'myapp://cb?a=1&payload=x%2By%3D#top'
 */
export function addToRedirect(redirect: string, parameters: Readonly<Record<string, string>>): string {
  const fragmentStart = redirect.indexOf('#');
  const [base, fragment] =
    fragmentStart < 0 ? [redirect, ''] : [redirect.slice(0, fragmentStart), redirect.slice(fragmentStart)];
  const added = Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join('='));
  if (added.length === 0) return redirect;
  const separator = base.includes('?') ? (/[?&]$/.test(base) ? '' : '&') : '?';
  return `${base}${separator}${added.join('&')}${fragment}`;
}
