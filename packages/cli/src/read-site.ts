import { parseSite } from '@valetkey/client';
import { EXIT, Failure } from './exit-codes.ts';

/**
 * The site's address as people write it: `forum.example`, with or without `https://`, with the subfolder it lives in.
 * Only this computer itself is taken to speak plain http.
 */
export function readSite(text: string): string {
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(text);
  const address = /^[a-z]+:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`;
  try {
    return parseSite(address);
  } catch {
    throw new Failure(EXIT.usage, `“${text}” is not the address of a site. Write it like: forum.example`);
  }
}
