/** Returns a redirect without query and fragment, which may contain secrets of its app. */
export const withoutQuery = (redirect: string): string => redirect.replace(/[?#].*$/s, '');
