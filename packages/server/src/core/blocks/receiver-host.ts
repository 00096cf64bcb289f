/** Schemes whose URLs have a host that browsers normalize. */
const WEB = /^(?:https?|wss?|ftp):$/;

/**
 * Returns the host of a URL: in lower case, international names as Punycode, without port and trailing dot. An app that
 * a custom scheme opens has no host, so its scheme stands for it: `myapp:`. Null if the text is no URL.
 *
 * @example receiverHost('https://App.EXAMPLE.:8443/cb') // 'app.example'
 */
export function receiverHost(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (!WEB.test(protocol)) return protocol;
  return hostname.replace(/\.+$/, '') || null;
}

/**
 * Parses the host to block: a host in any spelling, also as `*.host` or within a URL, or a custom scheme with its colon.
 * Returns null if it is neither.
 */
export function parseBlockedHost(text: string): string | null {
  const entered = text.trim().replace(/^\*\./, '');
  if (/^[a-z][a-z0-9+.-]*:$/i.test(entered))
    return WEB.test(entered.toLowerCase()) ? null : entered.toLowerCase();
  const host = receiverHost(/^[a-z][a-z0-9+.-]*:\/\//i.test(entered) ? entered : `https://${entered}`);
  return host !== null && /^[a-z0-9._:[\]+-]+$/.test(host) ? host : null;
}
