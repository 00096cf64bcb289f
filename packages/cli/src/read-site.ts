import { parseSite } from '@valetkey/client';
import { CliError, EXIT } from './exit-codes.ts';

/**
 * The site's address as people write it: `forum.example`, with or without `https://`, with the subfolder it lives in.
 * Only this computer itself is taken to speak plain http.
 */
export function readSite(text: string): string {
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(text);
  const address = /^[a-z]+:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`;
  const { username = '', password = '' } = URL.canParse(address) ? new URL(address) : {};
  // Not repeated: standard error may end in a log.
  if (username || password)
    throw new CliError(
      EXIT.usage,
      'Write the URL without user name and password. If the site requires HTTP basic authentication: VALETKEY_BASIC_AUTH=https://name:password@forum.example',
    );
  try {
    return parseSite(address);
  } catch {
    throw new CliError(EXIT.usage, `“${text}” is not the URL of a site. Example: forum.example`);
  }
}
