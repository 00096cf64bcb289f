const NAME = '_forum_session';

export function readSessionCookie(request: Request): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === NAME && value) return value.trim();
  }
  return null;
}

/** As a browser sends it. */
export const cookiePair = (value: string): string => `${NAME}=${value}`;

/** HttpOnly and Lax: no script reads it, and no other site's form sends it along. */
export function sessionCookie(value: string, isHttps: boolean): string {
  const lifetime = value === '' ? '; Max-Age=0' : '; Max-Age=5184000';
  return `${cookiePair(value)}; Path=/; HttpOnly; SameSite=Lax${lifetime}${isHttps ? '; Secure' : ''}`;
}
