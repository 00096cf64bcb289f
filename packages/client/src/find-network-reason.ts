/** Returns why a fetch failed, if the runtime tells. Returns null in browsers, which hide the reason. */
export async function findNetworkReason(error: unknown): Promise<string | null> {
  if (!(error instanceof Error)) return null;
  if (error.name === 'TimeoutError') return 'the request timed out';
  if (!('code' in error && typeof error.code === 'string')) return findNetworkReason(error.cause);
  // Not reached in browsers, so pages never load it.
  const { NETWORK_REASONS } = await import('./network-reasons.ts');
  return NETWORK_REASONS[error.code] ?? findNetworkReason(error.cause);
}
