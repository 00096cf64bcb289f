import { readPublicKey } from './check-public-key.ts';
import type { Step } from './key-request.ts';

/** The registered client that this public key belongs to, if any: it may use its own redirect only (PROTOCOL.md section 7). */
export const loadClientByKey: Step = async ({ parameters }, { settings, findClientByPublicKey }) => ({
  client: await findClientByPublicKey(readPublicKey(parameters.publicKey ?? '', settings).spkiPem),
});
