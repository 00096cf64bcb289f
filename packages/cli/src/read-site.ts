import { parseSite } from '@valetkey/client';
import { CliError, EXIT } from './exit-codes.ts';

/**
 * Returns the URL of a site as users type it: with or without `https://`, with its subfolder. Uses plain http only
 * for this computer. @throws CliError 2
 */
export function readSite(text: string): string {
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(text);
  const address = /^[a-z]+:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`;
  const { username = '', password = '' } = URL.canParse(address) ? new URL(address) : {};
  // Not quoted: standard error may be logged.
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
