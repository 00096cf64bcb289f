/**
 * Returns whether a page with this origin may send messages: one of this site or of `cors_origins`. Programs send no
 * origin. This stops pages that let their own name resolve to the computer of the site (DNS rebinding): the browser
 * still sends the origin of the page.
 */
export function isOwnOrigin(origin: string | null, baseUrl: string, listed: readonly string[]): boolean {
  return (
    origin === null || origin === new URL(baseUrl).origin || (origin !== 'null' && listed.includes(origin))
  );
}
