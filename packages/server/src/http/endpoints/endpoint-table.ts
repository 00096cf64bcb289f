import { createAdminKey } from './admin-keys/create-admin-key.ts';
import { deleteAdminKey } from './admin-keys/delete-admin-key.ts';
import { listAdminKeys } from './admin-keys/list-admin-keys.ts';
import { listAdminScopes } from './admin-keys/list-admin-scopes.ts';
import { revokeAdminKey } from './admin-keys/revoke-admin-key.ts';
import { showAdminKeyForm } from './admin-keys/show-admin-key-form.ts';
import { undoRevokeAdminKey } from './admin-keys/undo-revoke-admin-key.ts';
import { listAuditEvents } from './audit/list-audit-events.ts';
import { approveKey } from './authorize/approve-key.ts';
import { showCapabilities } from './authorize/capabilities.ts';
import { declineKey } from './authorize/decline-key.ts';
import { showConsent } from './authorize/show-consent.ts';
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
import { createPersonalKey } from './keys/create-personal-key.ts';
import { listApps } from './keys/list-apps.ts';
import { revokeKey } from './keys/revoke-key.ts';
import { rotateKey } from './keys/rotate-key.ts';
import { showCurrentKey } from './keys/show-current-key.ts';
import { showPersonalKeyForm } from './keys/show-personal-key-form.ts';
import { undoRevokeKey } from './keys/undo-revoke-key.ts';
import { startOauthDeviceAuthorization } from './oauth/device-authorization.ts';
import { oauthMetadata } from './oauth/metadata.ts';
import { OAUTH_PATHS } from './oauth/oauth-paths.ts';
import { oauthToken } from './oauth/token.ts';
import { approveOneTimePassword } from './one-time-password/approve-one-time-password.ts';
import { showOneTimePasswordConsent } from './one-time-password/show-one-time-password-consent.ts';
import { serveCopyScript, serveSettingsScript, serveStylesheet } from './serve-asset.ts';
import { changeSettings } from './settings/change-settings.ts';
import { checkSetting } from './settings/check-setting.ts';
import { showAdminOverview } from './settings/show-admin-overview.ts';
import { showSettings } from './settings/show-settings.ts';

/** Every path of the protocol and who answers it. Each exists with and without `.json`; HEAD is GET where it is not named. */
// biome-ignore format: a table
export const ENDPOINT_TABLE: Readonly<Record<string, Readonly<Partial<Record<string, Endpoint>>>>> = {
  '/user-api-key/new':                       { HEAD: showCapabilities, GET: showConsent },
  '/user-api-key':                           { POST: approveKey },
  '/user-api-key/decline':                   { POST: declineKey },
  '/user-api-key/revoke':                    { POST: revokeKey },
  '/user-api-key/undo-revoke':               { POST: undoRevokeKey },
  '/user-api-key/rotate':                    { POST: rotateKey },
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
  '/u/:username/preferences/apps':           { GET: listApps },
  '/u/:username/preferences/feeds':          { GET: showFeeds },
  '/u/:username/preferences/api-keys/new':   { GET: showPersonalKeyForm, POST: createPersonalKey },
  '/calendar-subscriptions':                 { GET: listFeeds, POST: subscribeToFeeds, DELETE: unsubscribeFromFeeds },
  '/admin/user-api-keys':                    { GET: showAdminOverview },
  '/admin/user-api-key-settings':            { GET: showSettings, POST: changeSettings },
  '/admin/user-api-key-settings/check':      { POST: checkSetting },
  '/admin/user-api-key-clients':             { GET: listClients },
  '/admin/user-api-key-clients/delete':      { POST: deleteClient },
  '/admin/user-api-key-audit':               { GET: listAuditEvents },
  '/admin/api/keys':                         { GET: listAdminKeys, POST: createAdminKey },
  '/admin/api/keys/new':                     { GET: showAdminKeyForm },
  '/admin/api/keys/scopes':                  { GET: listAdminScopes },
  '/admin/api/keys/:id':                     { DELETE: deleteAdminKey },
  '/admin/api/keys/:id/delete':              { POST: deleteAdminKey },
  '/admin/api/keys/:id/revoke':              { POST: revokeAdminKey },
  '/admin/api/keys/:id/undo-revoke':         { POST: undoRevokeAdminKey },
  '/user-api-key/assets/valetkey.css':       { GET: serveStylesheet },
  '/user-api-key/assets/copy.js':            { GET: serveCopyScript },
  '/user-api-key/assets/settings.js':        { GET: serveSettingsScript },
};
