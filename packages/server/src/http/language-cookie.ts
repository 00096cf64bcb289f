import { hasMessages } from '../ui/messages/languages.ts';
import { PSEUDO_LOCALE } from '../ui/messages/pseudo-messages.ts';

const NAME = 'valetkey_language';
const YEAR_SECONDS = 365 * 86_400;

/** Returns the language that the reader selected in the language switch; null if there is none. */
export function readSelectedLanguage({ headers }: Pick<Request, 'headers'>): string | null {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return value !== undefined && isSelectable(value) ? value : null;
}

/** Returns whether the language switch accepts this tag. */
export const isSelectable = (tag: string): boolean => hasMessages(tag) || tag === PSEUDO_LOCALE;

/** Returns the header `Set-Cookie` that keeps the selected language for a year. It contains nothing about the user. */
export function formatLanguageCookie(
  language: string,
  { basePath, isSecure }: { readonly basePath: string; readonly isSecure: boolean },
): string {
  const secure = isSecure ? '; Secure' : '';
  return `${NAME}=${language}; Path=${basePath || '/'}; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
