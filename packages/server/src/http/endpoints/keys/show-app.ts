import { ValetkeyError } from '@valetkey/protocol';
import { isActive } from '../../../core/key/key-state.ts';
import { appPage } from '../../../ui/pages/app-page.ts';
import { loadIcons } from '../../load-icons.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from './find-own-key.ts';
import { loadUses } from './load-uses.ts';
import { openOwnPage } from './open-own-page.ts';

/**
 * `GET /u/:username/preferences/apps/:id`: shows one active key of the user (PROTOCOL.md#apps-page). A key of another
 * user looks like one that does not exist. Rejects keys.
 */
export const showApp: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (page) => {
    const { keys, scopes, feeds, settings, appBlocks } = provider;
    const key = await keys.find(parseKeyId(request.pathParameters.id));
    const isShown = key?.userId === page.session.user.id && isActive(key, page.now);
    if (!key || !isShown) throw new ValetkeyError('key_not_found');
    const [uses] = (await loadUses([key], provider)).values();
    if (!uses) throw new Error('The uses of a key are missing.');
    const icon = (await loadIcons([key], provider))(key);
    const state = { settings: settings.current(), blocks: appBlocks.current() };
    return appPage({ key, uses, scopes, feeds, icon, ...state }, page);
  });
