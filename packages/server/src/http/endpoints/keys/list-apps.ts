import type { KeyRecord } from '../../../core/key/key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import { appsPage } from '../../../ui/pages/apps-page.ts';
import { findUndoableKeys, undoableSince } from '../../../ui/pages/find-undoable-keys.ts';
import type { Endpoint } from '../endpoint.ts';
import { OAUTH_PATHS } from '../oauth/oauth-paths.ts';
import { parseKeyId } from './find-own-key.ts';
import { openOwnPage } from './open-own-page.ts';

const PAGE = 50;

/** `GET /u/:username/preferences/apps?before=`: lists the user’s keys, newest first, page by page (PROTOCOL.md#apps-page). Rejects keys. */
export const listApps: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (page) => {
    const { scopes, feeds, settings } = provider;
    const { before } = request.parameters;
    const beforeId = before === undefined ? null : parseKeyId(before, 'before');
    const revokedSince = undoableSince(page.now);
    const found = await provider.keys.listPage(page.session.user.id, {
      revokedSince,
      beforeId,
      limit: PAGE + 1,
    });
    const keys = found.slice(0, PAGE);
    const more = found.length > PAGE ? `?before=${keys.at(-1)?.id}` : null;
    const undoable = await withoutSuccessor(findUndoableKeys(keys, page.now), provider);
    const grants = beforeId === null ? await provider.oauthGrants.list(page.session.user.id) : [];
    const revokePath = provider.basePath + OAUTH_PATHS.revokeGrant;
    return appsPage(
      { keys, undoable, grants, revokePath, more, scopes, feeds, settings: settings.current() },
      page,
    );
  });

/** Leaves out keys whose client has a newer key. It may be on an earlier page. */
async function withoutSuccessor(revoked: readonly KeyRecord[], { keys }: Provider): Promise<KeyRecord[]> {
  const newer = await Promise.all(
    revoked.map(({ userId, kind, clientId }) => keys.findUnrevoked(userId, kind, clientId)),
  );
  return revoked.filter((_, index) => newer[index] === null);
}
