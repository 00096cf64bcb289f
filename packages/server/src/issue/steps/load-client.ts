import type { Step } from './key-request.ts';

/** The registered client of this id, if there is one (PROTOCOL.md section 9). */
export const loadClient: Step = async ({ parameters }, { findClient }) => ({
  client: await findClient(parameters.clientId),
});
