import { invalidParameter } from '../http/forum-error.ts';

/** The longest address of a mailbox (RFC 5321 section 4.5.3.1.3, less the angle brackets). */
const MAX_LENGTH = 254;
/** One address without quoting, comments, names and lists: nothing in it has a meaning in a header. */
const ADDRESS = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i;

/** Returns whether this is a single plain address. */
export const isEmail = (text: string): boolean => text.length <= MAX_LENGTH && ADDRESS.test(text);

/** Returns the address; null for an empty text. @throws ForumError 400 if it is not a single plain address */
export function parseEmail(text: string): string | null {
  const address = text.trim();
  if (address === '') return null;
  if (isEmail(address)) return address;
  throw invalidParameter('The parameter email must be one address, such as alice@mail.example.');
}
