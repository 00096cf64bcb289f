import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApprovingPerson, startApprovingPerson } from './approving-person.ts';
import { describeWhenInstalled, importPackage } from './installed.ts';

describeWhenInstalled('sign-in on a device, with a person who approves in Chromium', () => {
  let person: ApprovingPerson;
  beforeAll(async () => {
    person = await startApprovingPerson();
  }, 120_000);
  afterAll(() => person?.stop());

  test('openid-client: gets an ID token by the device flow, verifies it, and reads the userinfo', async () => {
    const { forum, page, confidentialClient, usernameOf } = person;
    const openid = await importPackage('openid-client');
    const { client_id, client_secret } = confidentialClient;
    const config = await openid.discovery(new URL(forum.url), client_id, client_secret, undefined, {
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
    });
    const scope = 'openid profile read session_info';
    const device = await openid.initiateDeviceAuthorization(config, { scope });
    await page.goto(device.verification_uri);
    await page.getByLabel('Code').fill(device.user_code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('your user id on this site').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Your device is connected').waitFor();

    const tokens = await openid.pollDeviceAuthorizationGrant(config, device);
    const { sub, aud, nonce, preferred_username } = tokens.claims();
    expect({ aud, nonce, preferred_username }).toEqual({
      aud: client_id,
      nonce: undefined,
      preferred_username: 'alice',
    });
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub });
    expect(await usernameOf(tokens.access_token)).toBe('alice');
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
    expect(await usernameOf(next.access_token)).toBe('alice');
  });
});
