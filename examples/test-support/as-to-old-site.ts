/** Returns the request as an old site reads it, which ignores `padding` and encrypts with PKCS#1 v1.5. */
export function asToOldSite(address: string | URL): URL {
  const url = new URL(address);
  if (!url.searchParams.has('padding')) throw new Error('The request has no padding.');
  url.searchParams.delete('padding');
  return url;
}
