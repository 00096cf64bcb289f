import { serveCopyScript, serveSettingsScript, serveStylesheet } from '../assets/serve-asset.ts';
import { OAUTH_PATHS } from '../oauth/oauth-paths.ts';
import { activateDevice } from './activate-device/activate-device.ts';
import { approveKey } from './approve-key/approve-key.ts';
import { approveOneTimePassword } from './approve-one-time-password/approve-one-time-password.ts';
import { askForAdminKey } from './ask-for-admin-key/ask-for-admin-key.ts';
import { askForKey } from './ask-for-key/ask-for-key.ts';
import { askForOneTimePassword } from './ask-for-one-time-password/ask-for-one-time-password.ts';
import { askForPersonalKey } from './ask-for-personal-key/ask-for-personal-key.ts';
import { askFromDevice } from './ask-from-device/ask-from-device.ts';
import { authorizeDevice } from './authorize-device/authorize-device.ts';
import { changeSettings } from './change-settings/change-settings.ts';
import { checkSetting } from './check-setting/check-setting.ts';
import { createAdminKey } from './create-admin-key/create-admin-key.ts';
import { declineKey } from './decline-key/decline-key.ts';
import { deleteAdminKey } from './delete-admin-key/delete-admin-key.ts';
import { deleteClient } from './delete-client/delete-client.ts';
import { denyDevice } from './deny-device/deny-device.ts';
import type { Endpoint } from './endpoint.ts';
import { findClient } from './find-client/find-client.ts';
import { listAdminKeys } from './list-admin-keys/list-admin-keys.ts';
import { listAdminScopes } from './list-admin-scopes/list-admin-scopes.ts';
import { listApps } from './list-apps/list-apps.ts';
import { listAuditEvents } from './list-audit-events/list-audit-events.ts';
import { listClients } from './list-clients/list-clients.ts';
import { listFeeds } from './list-feeds/list-feeds.ts';
import { makePersonalKey } from './make-personal-key/make-personal-key.ts';
import { oauthAskFromDevice } from './oauth-ask-from-device/oauth-ask-from-device.ts';
import { oauthMetadata } from './oauth-metadata/oauth-metadata.ts';
import { oauthToken } from './oauth-token/oauth-token.ts';
import { pollDevice } from './poll-device/poll-device.ts';
import { probe } from './probe/probe.ts';
import { registerClient } from './register-client/register-client.ts';
import { revokeAdminKey } from './revoke-admin-key/revoke-admin-key.ts';
import { revokeKey } from './revoke-key/revoke-key.ts';
import { rotateKey } from './rotate-key/rotate-key.ts';
import { showActivation } from './show-activation/show-activation.ts';
import { showAdminOverview } from './show-admin-overview/show-admin-overview.ts';
import { showCurrentKey } from './show-current-key/show-current-key.ts';
import { showFeeds } from './show-feeds/show-feeds.ts';
import { showSettings } from './show-settings/show-settings.ts';
import { subscribeToFeeds } from './subscribe-to-feeds/subscribe-to-feeds.ts';
import { undoRevokeAdminKey } from './undo-revoke-admin-key/undo-revoke-admin-key.ts';
import { undoRevokeKey } from './undo-revoke-key/undo-revoke-key.ts';
import { unsubscribeFromFeeds } from './unsubscribe-from-feeds/unsubscribe-from-feeds.ts';

/** Every path of the protocol and who answers it. Each exists with and without `.json`; HEAD is GET where it is not named. */
// biome-ignore format: a table
export const ENDPOINT_TABLE: Readonly<Record<string, Readonly<Partial<Record<string, Endpoint>>>>> = {
  '/user-api-key/new':                       { HEAD: probe, GET: askForKey },
  '/user-api-key':                           { POST: approveKey },
  '/user-api-key/decline':                   { POST: declineKey },
  '/user-api-key/revoke':                    { POST: revokeKey },
  '/user-api-key/undo-revoke':               { POST: undoRevokeKey },
  '/user-api-key/rotate':                    { POST: rotateKey },
  '/user-api-key-client':                    { GET: findClient, POST: registerClient },
  '/user-api-key/otp':                       { GET: askForOneTimePassword, POST: approveOneTimePassword },
  '/user-api-key/device':                    { POST: askFromDevice },
  '/user-api-key/device/poll':               { POST: pollDevice },
  '/user-api-key/activate':                  { GET: showActivation, POST: activateDevice },
  '/user-api-key/device/authorize':          { POST: authorizeDevice },
  '/user-api-key/device/deny':               { POST: denyDevice },
  [OAUTH_PATHS.metadata]:                    { GET: oauthMetadata },
  [OAUTH_PATHS.deviceAuthorization]:         { POST: oauthAskFromDevice },
  [OAUTH_PATHS.token]:                       { POST: oauthToken },
  '/user-api-key/current':                   { GET: showCurrentKey },
  '/u/:username/preferences/apps':           { GET: listApps },
  '/u/:username/preferences/feeds':          { GET: showFeeds },
  '/u/:username/preferences/api-keys/new':   { GET: askForPersonalKey, POST: makePersonalKey },
  '/calendar-subscriptions':                 { GET: listFeeds, POST: subscribeToFeeds, DELETE: unsubscribeFromFeeds },
  '/admin/user-api-keys':                    { GET: showAdminOverview },
  '/admin/user-api-key-settings':            { GET: showSettings, POST: changeSettings },
  '/admin/user-api-key-settings/check':      { POST: checkSetting },
  '/admin/user-api-key-clients':             { GET: listClients },
  '/admin/user-api-key-clients/delete':      { POST: deleteClient },
  '/admin/user-api-key-audit':               { GET: listAuditEvents },
  '/admin/api/keys':                         { GET: listAdminKeys, POST: createAdminKey },
  '/admin/api/keys/new':                     { GET: askForAdminKey },
  '/admin/api/keys/scopes':                  { GET: listAdminScopes },
  '/admin/api/keys/:id':                     { DELETE: deleteAdminKey },
  '/admin/api/keys/:id/delete':              { POST: deleteAdminKey },
  '/admin/api/keys/:id/revoke':              { POST: revokeAdminKey },
  '/admin/api/keys/:id/undo-revoke':         { POST: undoRevokeAdminKey },
  '/user-api-key/assets/valetkey.css':       { GET: serveStylesheet },
  '/user-api-key/assets/copy.js':            { GET: serveCopyScript },
  '/user-api-key/assets/settings.js':        { GET: serveSettingsScript },
};
