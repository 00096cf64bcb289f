import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { grantAsKey } from '../../../core/key/grant-as-key.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import { isActive } from '../../../core/key/key-state.ts';
import type { PageContext } from '../../../ui/page-context.ts';
import { APP_SORTS, type AppsQuery } from '../../../ui/pages/apps-filter.ts';
import { appsPage } from '../../../ui/pages/apps-page.ts';
import { findUndoableKeys, undoableSince } from '../../../ui/pages/find-undoable-keys.ts';
import { keyName } from '../../../ui/parts/key-name.ts';
import { countedGrantId } from '../../../verify/user-key-last-used.ts';
import { loadIcons } from '../../load-icons.ts';
import type { Endpoint } from '../endpoint.ts';
import { OAUTH_PATHS } from '../oauth/oauth-paths.ts';
import { readShortText } from '../read-body-text.ts';
import { loadUses } from './load-uses.ts';
import { openOwnPage } from './open-own-page.ts';
import { isUnused, UNUSED_DAYS } from './revoke-many-keys.ts';

/** More would exceed 50 kB. */
const PAGE = 15;

/**
 * `GET /u/:username/preferences/apps?search=&sort=&page=`: lists what acts for the user, page by page
 * (PROTOCOL.md#apps-page). Rejects keys.
 */
export const listApps: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (page) => {
    const { scopes, feeds, settings, keys, now } = provider;
    const { number, ...query } = parseQuery(request.parameters);
    const all = await keys.list(page.session.user.id, undoableSince(page.now));
    const active = all.filter((key) => isActive(key, page.now));
    const nameOf = (key: KeyRecord) => keyName(key, feeds, page);
    const found = active
      .filter((key) => matches(key, nameOf(key), query))
      .toSorted(order(query, nameOf, page));
    const shown = found.slice((number - 1) * PAGE, number * PAGE);
    const linkTo = (other: number) =>
      other < 1 || (other - 1) * PAGE >= found.length
        ? null
        : `?${new URLSearchParams({ ...query, page: String(other) })}`;
    const grants = await provider.oauthGrants.list(page.session.user.id);
    const listed = number === 1 ? grants.filter((grant) => matches(grant, grant.clientName, query)) : [];
    const counted = listed.map(({ id }) => ({ id: countedGrantId(id) }));
    const unused = [...active, ...grants].filter((used) => isUnused(used, UNUSED_DAYS, now()));
    return appsPage(
      {
        keys: shown,
        grants: listed,
        revokePath: provider.basePath + OAUTH_PATHS.revokeGrant,
        total: active.length + grants.length,
        unused: { days: UNUSED_DAYS, count: unused.length },
        undoable: findUndoableKeys(all, page.now),
        uses: await loadUses([...shown, ...counted], provider),
        query,
        previous: linkTo(number - 1),
        next: linkTo(number + 1),
        scopes,
        feeds,
        settings: settings.current(),
        blocks: provider.appBlocks.current(),
        findIcon: await loadIcons([...shown, ...listed.map(grantAsKey)], provider),
      },
      page,
    );
  });

type UsedKey = Pick<KeyRecord, 'scopes' | 'lastUsedIpAddress' | 'lastUsedUserAgent'>;

/** @throws ValetkeyError `parameter_invalid`, `parameter_too_long` */
function parseQuery(parameters: RawParameters): AppsQuery & { number: number } {
  const sort = readShortText(parameters, 'sort') ?? APP_SORTS[0];
  const known = APP_SORTS.find((each) => each === sort);
  if (known === undefined) throw new ValetkeyError('parameter_invalid', { parameter: 'sort' });
  const number = readShortText(parameters, 'page') ?? '1';
  if (!/^[1-9]\d{0,3}$/.test(number)) throw new ValetkeyError('parameter_invalid', { parameter: 'page' });
  return { search: readShortText(parameters, 'search') ?? '', sort: known, number: Number(number) };
}

function matches(key: UsedKey, name: string, { search }: AppsQuery): boolean {
  const texts = [name, ...key.scopes, key.lastUsedIpAddress ?? '', key.lastUsedUserAgent ?? ''];
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

function order({ sort }: AppsQuery, nameOf: (key: KeyRecord) => string, { locale }: PageContext) {
  const collator = new Intl.Collator(locale, { numeric: true });
  return (one: KeyRecord, other: KeyRecord): number => {
    if (sort === 'name') return collator.compare(nameOf(one), nameOf(other));
    if (sort === 'used') return (other.lastUsedAt ?? 0) - (one.lastUsedAt ?? 0);
    return other.id - one.id;
  };
}
