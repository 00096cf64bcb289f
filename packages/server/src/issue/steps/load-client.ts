import { readPublicKey } from './check-public-key.ts';
import type { Step } from './key-request.ts';

/** Finds the registered client with this id, if any (PROTOCOL.md#registered-clients). */
export const loadClient: Step = async ({ parameters }, { findClient }) => ({
  client: await findClient(parameters.clientId),
});

/**
 * Finds the registered client with this public key, if any; it may only use its own redirect
 * (PROTOCOL.md#one-time-passwords).
 */
export const loadClientByKey: Step = async ({ parameters }, { settings, findClientByPublicKey }) => ({
  client: await findClientByPublicKey(readPublicKey(parameters.publicKey ?? '', settings).spkiPem),
});
