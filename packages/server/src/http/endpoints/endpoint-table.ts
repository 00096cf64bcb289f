import type { PagePaths } from '../../ports/page-paths.ts';
import { createAdminKey } from './admin-keys/create-admin-key.ts';
import { deleteAdminKey } from './admin-keys/delete-admin-key.ts';
import { listAdminKeys } from './admin-keys/list-admin-keys.ts';
import { listAdminScopes } from './admin-keys/list-admin-scopes.ts';
import { revokeAdminKey } from './admin-keys/revoke-admin-key.ts';
import { showAdminKeyForm } from './admin-keys/show-admin-key-form.ts';
import { undoRevokeAdminKey } from './admin-keys/undo-revoke-admin-key.ts';
import { exportUserKeys } from './all-keys/export-user-keys.ts';
import { listUserKeys } from './all-keys/list-user-keys.ts';
import { revokeUserKeys } from './all-keys/revoke-user-keys.ts';
import { exportAuditEvents } from './audit/export-audit-events.ts';
import { listAuditEvents } from './audit/list-audit-events.ts';
import { approveKey } from './authorize/approve-key.ts';
import { showCapabilities } from './authorize/capabilities.ts';
import { declineKey } from './authorize/decline-key.ts';
import { listScopes } from './authorize/list-scopes.ts';
import { showConsent } from './authorize/show-consent.ts';
import { checkBlock } from './blocks/check-block.ts';
import { createBlock } from './blocks/create-block.ts';
import { deleteBlock } from './blocks/delete-block.ts';
import { listBlocks } from './blocks/list-blocks.ts';
import { allowClientRedirect } from './clients/allow-client-redirect.ts';
import { deleteClient } from './clients/delete-client.ts';
import { findClient } from './clients/find-client.ts';
import { listClients } from './clients/list-clients.ts';
import { registerClient } from './clients/register-client.ts';
import { approveDevice } from './device/approve-device.ts';
import { denyDevice } from './device/deny-device.ts';
import { startDeviceAuthorization } from './device/device-authorization.ts';
import { enterDeviceCode } from './device/enter-device-code.ts';
import { pollDevice } from './device/poll-device.ts';
import { showDeviceVerification } from './device/show-device-verification.ts';
import type { Endpoint } from './endpoint.ts';
import { listFeeds } from './feeds/list-feeds.ts';
import { showFeeds } from './feeds/show-feeds.ts';
import { subscribeToFeeds } from './feeds/subscribe-to-feeds.ts';
import { unsubscribeFromFeeds } from './feeds/unsubscribe-from-feeds.ts';
import { deleteClientIcon } from './icons/delete-client-icon.ts';
import { saveClientIcon } from './icons/save-client-icon.ts';
import { serveIcon } from './icons/serve-icon.ts';
import { showClientIcon } from './icons/show-client-icon.ts';
import { createPersonalKey } from './keys/create-personal-key.ts';
import { listApps } from './keys/list-apps.ts';
import { renameKey } from './keys/rename-key.ts';
import { renewKey } from './keys/renew-key.ts';
import { revokeKey } from './keys/revoke-key.ts';
import { revokeManyKeys } from './keys/revoke-many-keys.ts';
import { rotateKey } from './keys/rotate-key.ts';
import { showApp } from './keys/show-app.ts';
import { showCurrentKey } from './keys/show-current-key.ts';
import { showPersonalKeyForm } from './keys/show-personal-key-form.ts';
import { undoRevokeKey } from './keys/undo-revoke-key.ts';
import { startOauthDeviceAuthorization } from './oauth/device-authorization.ts';
import { oauthMetadata } from './oauth/metadata.ts';
import { OAUTH_PATHS } from './oauth/oauth-paths.ts';
import { oauthToken } from './oauth/token.ts';
import { approveOneTimePassword } from './one-time-password/approve-one-time-password.ts';
import { showOneTimePasswordConsent } from './one-time-password/show-one-time-password-consent.ts';
import { addRedirect } from './redirects/add-redirect.ts';
import { showRedirects } from './redirects/show-redirects.ts';
import { selectLanguage } from './select-language.ts';
import { serveCopyScript, serveSettingsScript, serveStylesheet, serveTimesScript } from './serve-asset.ts';
import { changeSettings } from './settings/change-settings.ts';
import { checkSetting } from './settings/check-setting.ts';
import { showAdminOverview } from './settings/show-admin-overview.ts';
import { showSettings } from './settings/show-settings.ts';

/** Endpoints by path and method. Each exists with and without `.json`; GET includes HEAD unless HEAD is listed. */
export type EndpointTable = Readonly<Record<string, Readonly<Partial<Record<string, Endpoint>>>>>;

/** The endpoints whose paths PROTOCOL.md defines, below the site’s base path. */
// biome-ignore format: a table
const PROTOCOL_ENDPOINTS: EndpointTable = {
  '/user-api-key/new':                       { HEAD: showCapabilities, GET: showConsent },
  '/user-api-key':                           { POST: approveKey },
  '/user-api-key/scopes':                    { GET: listScopes },
  '/user-api-key/decline':                   { POST: declineKey },
  '/user-api-key/revoke':                    { POST: revokeKey },
  '/user-api-key/revoke-many':               { POST: revokeManyKeys },
  '/user-api-key/rename':                    { POST: renameKey },
  '/user-api-key/undo-revoke':               { POST: undoRevokeKey },
  '/user-api-key/rotate':                    { POST: rotateKey },
  '/user-api-key/renew':                     { POST: renewKey },
  '/user-api-key-client':                    { GET: findClient, POST: registerClient },
  '/user-api-key/otp':                       { GET: showOneTimePasswordConsent, POST: approveOneTimePassword },
  '/user-api-key/device':                    { POST: startDeviceAuthorization },
  '/user-api-key/device/poll':               { POST: pollDevice },
  '/user-api-key/activate':                  { GET: showDeviceVerification, POST: enterDeviceCode },
  '/user-api-key/device/authorize':          { POST: approveDevice },
  '/user-api-key/device/deny':               { POST: denyDevice },
  [OAUTH_PATHS.metadata]:                    { GET: oauthMetadata },
  [OAUTH_PATHS.deviceAuthorization]:         { POST: startOauthDeviceAuthorization },
  [OAUTH_PATHS.token]:                       { POST: oauthToken },
  '/user-api-key/current':                   { GET: showCurrentKey },
  '/calendar-subscriptions':                 { GET: listFeeds, POST: subscribeToFeeds, DELETE: unsubscribeFromFeeds },
  '/user-api-key/assets/valetkey.css':       { GET: serveStylesheet },
  '/user-api-key/assets/copy.js':            { GET: serveCopyScript },
  '/user-api-key/assets/times.js':           { GET: serveTimesScript },
  '/user-api-key/assets/icons/:hash':        { GET: serveIcon },
  '/user-api-key/assets/language':           { POST: selectLanguage },
};

/** The pages on which users list and create keys, below their prefix. */
// biome-ignore format: a table
const USER_PAGES: EndpointTable = {
  '/apps':           { GET: listApps },
  '/apps/:id':       { GET: showApp },
  '/feeds':          { GET: showFeeds },
  '/api-keys/new':   { GET: showPersonalKeyForm, POST: createPersonalKey },
};

/** The pages for admins and their assets, below their prefix. */
// biome-ignore format: a table
const ADMIN_PAGES: EndpointTable = {
  '/user-api-keys':                    { GET: showAdminOverview },
  '/user-api-key-settings':            { GET: showSettings, POST: changeSettings },
  '/user-api-key-settings/check':      { POST: checkSetting },
  '/user-api-key-clients':             { GET: listClients },
  '/user-api-key-clients/allow-redirect': { POST: allowClientRedirect },
  '/user-api-key-clients/delete':      { POST: deleteClient },
  '/user-api-key-clients/icon':        { GET: showClientIcon, POST: saveClientIcon },
  '/user-api-key-clients/icon/delete': { POST: deleteClientIcon },
  '/user-api-key-redirects':           { GET: showRedirects, POST: addRedirect },
  '/user-api-key-blocks':              { GET: listBlocks, POST: createBlock },
  '/user-api-key-blocks/check':        { POST: checkBlock },
  '/user-api-key-blocks/delete':       { POST: deleteBlock },
  '/user-api-key-list':                { GET: listUserKeys },
  '/user-api-key-list/export':         { GET: exportUserKeys },
  '/user-api-key-list/revoke':         { POST: revokeUserKeys },
  '/user-api-key-audit':               { GET: listAuditEvents },
  '/user-api-key-audit/export':        { GET: exportAuditEvents },
  '/api/keys':                         { GET: listAdminKeys, POST: createAdminKey },
  '/api/keys/new':                     { GET: showAdminKeyForm },
  '/api/keys/scopes':                  { GET: listAdminScopes },
  '/api/keys/:id':                     { DELETE: deleteAdminKey },
  '/api/keys/:id/delete':              { POST: deleteAdminKey },
  '/api/keys/:id/revoke':              { POST: revokeAdminKey },
  '/api/keys/:id/undo-revoke':         { POST: undoRevokeAdminKey },
  '/user-api-key-assets/valetkey.css':  { GET: serveStylesheet },
  '/user-api-key-assets/copy.js':       { GET: serveCopyScript },
  '/user-api-key-assets/times.js':      { GET: serveTimesScript },
  '/user-api-key-assets/settings.js':   { GET: serveSettingsScript },
  '/user-api-key-assets/icons/:hash':   { GET: serveIcon },
  '/user-api-key-assets/language':      { POST: selectLanguage },
};

/** The endpoints that an extension adds: below the base path, and below the prefix of the pages for admins. */
export interface ExtraEndpoints {
  readonly endpoints?: EndpointTable;
  readonly adminPages?: EndpointTable;
}

/**
 * Returns all endpoints by their path below the site’s base path, with the pages at their prefixes. An endpoint of an
 * extension takes precedence.
 */
export function createEndpointTable(
  { user, admin }: PagePaths,
  extensions: readonly ExtraEndpoints[] = [],
): EndpointTable {
  const added = extensions.map(({ endpoints, adminPages = {} }) => ({
    ...endpoints,
    ...below(admin, adminPages),
  }));
  return Object.assign({}, PROTOCOL_ENDPOINTS, below(user, USER_PAGES), below(admin, ADMIN_PAGES), ...added);
}

function below(prefix: string | null, table: EndpointTable): EndpointTable {
  if (prefix === null) return {};
  return Object.fromEntries(Object.entries(table).map(([path, methods]) => [prefix + path, methods]));
}
