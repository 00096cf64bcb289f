import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format) => ({
  form: {
    title: 'New key',
    heading: 'Create a personal key',
    meaning:
      'For your own script or program. Anyone who has the key can act as you, within the permissions you select.',
    name: 'Name',
    scopes: 'Permissions',
    dangerousScope: 'High risk: keep this key as safe as your password.',
    expiry: 'Expires after',
    days: ({ days }: { days: number }) => format.duration(days * 86_400),
    noExpiry: 'No expiration',
    forAgents: 'Also for agents: a program that a language model controls may use this key over MCP.',
    ipAddresses: 'Allowed IP addresses (optional)',
    ipAddressesHint: ({ ipAddress }: { ipAddress: string }) =>
      html`IP addresses and networks, such as 203.0.113.7 or 2001:db8::/32, separated by spaces. Yours is
        <bdi>${ipAddress}</bdi>. If empty, the key works from any IP address.`,
    create: 'Create key',
  },
  created: {
    title: 'Your new key',
    rotatedTitle: 'Key rotated',
    heading: ({ name }: { name: string }) => html`Your key for <bdi>${name}</bdi>`,
    environment: 'For .env and the command valetkey',
    copyEnvironment: 'Copy the lines for .env',
    onlyNow: 'The key is shown only once. Copy it now, and do not share it.',
    oldKeyWorksUntil: ({ until }: { until: Html }) =>
      html`The old key works until ${until}. Replace it everywhere before then.`,
    oldKeyStopped: 'The old key no longer works. Replace it everywhere.',
    expires: ({ at }: { at: Html }) => html`This key expires on ${at}.`,
    neverExpires: 'This key does not expire.',
    revoke: ({ link }: { link: (text: string) => Html }) => html`You can revoke it in ${link('your apps')}.`,
  },
});
