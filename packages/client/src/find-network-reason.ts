/** Returns why a fetch failed, if the runtime tells. Returns null in browsers, which hide the reason. */
export async function findNetworkReason(error: unknown, url: URL): Promise<string | null> {
  if (!(error instanceof Error)) return null;
  if (error.name === 'TimeoutError') return 'the request timed out';
  if (!('code' in error && typeof error.code === 'string')) return findNetworkReason(error.cause, url);
  // Not reached in browsers, so pages never load it.
  const { describeNetworkError } = await import('./network-reasons.ts');
  return describeNetworkError(error.code, url) ?? findNetworkReason(error.cause, url);
}
