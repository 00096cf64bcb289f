import { randomUUID } from 'node:crypto';

/** The header that names a request, in its response and towards the service. */
export const REQUEST_ID = 'X-Request-Id';

/** Bounded, and without characters that could forge a line of a log. */
const FORM = /^[\w.=-]{1,128}$/;

/**
 * Returns the id of a request: the one that it has, if a trusted proxy sent it in the usual form, otherwise a new one. A
 * client must not choose the id, because it could repeat that of another request.
 *
 * @param sent the value of `X-Request-Id`; repeated headers joined with a comma
 * @param isTrustedPeer whether the sender is a proxy of the site
 * @param createId returns a new id; random by default
 */
export function chooseRequestId(
  sent: string | null | undefined,
  isTrustedPeer: () => boolean,
  createId: () => string = randomUUID,
): string {
  return sent != null && FORM.test(sent) && isTrustedPeer() ? sent : createId();
}
