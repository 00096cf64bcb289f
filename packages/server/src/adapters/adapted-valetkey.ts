import type { MaybePromise } from '../core/maybe-promise.ts';
import type { Refusal } from '../core/refusal.ts';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { AuthorizeResult } from '../http/authorize.ts';
import type { RequestHead } from '../http/request-head.ts';
import type { RequestContext, SiteUser } from '../ports/site.ts';

/**
 * The members of `Valetkey` that adapters use.
 *
 * @typeParam Native the framework's own request, which `Site.findSession` receives as `context.native`
 * @typeParam User the site's own user type
 */
export interface AdaptedValetkey<Native = unknown, User extends SiteUser = SiteUser> {
  fetch(request: Request, context: RequestContext<Native>): Promise<Response> | null;
  serves(request: RequestHead): boolean;
  authorize(
    request: RequestHead,
    route: MatchedRoute,
    context: Pick<RequestContext, 'ipAddress'>,
  ): MaybePromise<AuthorizeResult<User>>;
  renderRefusal(refusal: Refusal, format: string | undefined, request: RequestHead): Promise<Response>;
  corsHeaders(request: Pick<RequestHead, 'headers'>): Record<string, string>;
  withCors(request: RequestHead, response: Response): Response;
  watchKey(request: RequestHead, route: MatchedRoute, onEnd: (why: Refusal) => void): () => void;
}
