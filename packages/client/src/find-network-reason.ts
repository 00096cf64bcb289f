/** Why a fetch failed, as far as the runtime tells; null in browsers, which keep it to themselves. */
export async function findNetworkReason(error: unknown): Promise<string | null> {
  if (!(error instanceof Error)) return null;
  if (error.name === 'TimeoutError') return 'no answer came in time';
  if (!('code' in error && typeof error.code === 'string')) return findNetworkReason(error.cause);
  // Only programs outside of browsers come here, so no page ever loads it.
  const { NETWORK_REASONS } = await import('./network-reasons.ts');
  return NETWORK_REASONS[error.code] ?? findNetworkReason(error.cause);
}
