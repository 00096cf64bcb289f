/**
 * Whether a request was sent to this forum by one of its own names. A page of another site can let its own name lead to this
 * computer (DNS rebinding); a browser then takes the forum for a part of that page, and only `Host` tells. Any port will do,
 * because tunnels have their own.
 *
 * @param host what came in `Host`
 */
export function isOwnHost(host: string | null, baseUrl: string): boolean {
  const name = host === null ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name === 'localhost' || name === new URL(baseUrl).hostname;
}
