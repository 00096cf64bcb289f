/** The request as a site reads it that knows no `padding`: it seals with PKCS#1 v1.5. */
export function asToOldSite(address: string | URL): URL {
  const url = new URL(address);
  if (!url.searchParams.has('padding')) throw new Error('No padding was asked for.');
  url.searchParams.delete('padding');
  return url;
}
