import { randomBytes } from 'node:crypto';
import type { Browser, Fetch } from '@valetkey/test-support/browser';
import { expect } from 'vitest';
import { json } from '../test-forum.ts';
import type { SecretKindName } from './secret-kinds.ts';
import type { SecretLedger } from './secret-ledger.ts';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

interface DeviceParts {
  readonly fetch: Fetch;
  readonly ledger: SecretLedger;
  readonly alice: Browser;
  ask(changes?: Record<string, string>): Record<string, string>;
  open(payload: string, kind: SecretKindName): Promise<string>;
}

/** Runs both device flows to the end, and leaves a third request pending. */
export function createDevices({ fetch, ledger, alice, ask, open }: DeviceParts) {
  const form = (path: string, values: Record<string, string>) =>
    json(fetch(path, { method: 'POST', body: new URLSearchParams(values) }));
  const send = (path: string, body: unknown) =>
    json(
      fetch(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    );
  function note({ device_code, user_code }: { device_code: string; user_code: string }) {
    ledger.note('user code', user_code);
    return { userCode: user_code, deviceCode: ledger.note('device code', device_code) };
  }
  const start = async () => {
    const nonce = ledger.note('nonce of a device', randomBytes(24).toString('base64url'));
    return note(await send('/user-api-key/device.json', ask({ nonce })));
  };

  /** Acts as alice, who has the code. */
  async function type(code: string): Promise<string> {
    const { approval_token } = await json(alice.send('POST', '/user-api-key/activate.json', { code }));
    return ledger.note('approval token', approval_token);
  }

  async function approve(code: string): Promise<void> {
    const approval_token = await type(code);
    const answer = alice.send('POST', '/user-api-key/device/authorize.json', { approval_token });
    expect(await json(answer)).toMatchObject({ state: 'complete', denied: false });
  }

  return {
    async connect() {
      const { deviceCode: device_code, userCode } = await start();
      await approve(userCode);
      const { payload } = await send('/user-api-key/device/poll.json', { device_code });
      return open(payload, 'payload for a device');
    },
    async connectByOauth() {
      const app = { client_id: 'tv', scope: 'read', application_name: 'TV' };
      const { deviceCode: device_code, userCode } = note(await form('/oauth/device_authorization', app));
      await approve(userCode);
      const question = { grant_type: GRANT_TYPE, device_code, client_id: 'tv' };
      return ledger.note('bearer key', (await form('/oauth/token', question)).access_token);
    },
    /** Gives an OAuth client a grant, and leaves its tokens live. */
    async connectOauthClient(client: Record<string, string>) {
      const asked = { ...client, scope: 'read' };
      const { deviceCode: device_code, userCode } = note(await form('/oauth/device_authorization', asked));
      await approve(userCode);
      const tokens = await form('/oauth/token', { ...client, grant_type: GRANT_TYPE, device_code });
      ledger.note('access token', tokens.access_token);
      ledger.note('refresh token', tokens.refresh_token);
    },
    /** A pending request without a user, and one that alice has opened. */
    async leaveWaiting() {
      const [untyped, typed] = [await start(), await start()];
      return { ...untyped, approvalToken: await type(typed.userCode) };
    },
  };
}
