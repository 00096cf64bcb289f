import type { ErrorDetails, ReasonTexts } from '@valetkey/protocol';

/** Why a fetch failed, as details of an error, and the clauses that they need. */
export interface NetworkReason {
  readonly details: ErrorDetails;
  readonly reasons?: ReasonTexts;
}

/** Returns why a fetch failed, if the runtime tells. Returns no details in browsers, which hide the reason. */
export async function findNetworkReason(error: unknown, url: URL): Promise<NetworkReason> {
  if (!(error instanceof Error)) return { details: {} };
  if (error.name === 'TimeoutError') return { details: { reason: 'timed_out' } };
  if (!('code' in error && typeof error.code === 'string')) return findNetworkReason(error.cause, url);
  // Not reached in browsers, so pages never load it.
  const { findReasonOfCode, NETWORK_REASONS } = await import('./network-reasons.ts');
  const details = findReasonOfCode(error.code, url);
  return details ? { details, reasons: NETWORK_REASONS } : findNetworkReason(error.cause, url);
}
