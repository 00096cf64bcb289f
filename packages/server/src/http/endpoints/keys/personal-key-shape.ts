import type { CreatedPersonalKey } from '../../../issue/personal/create-personal-key.ts';

/** Returns a personal key as JSON, with its text; this is the only response that contains it. */
export const personalKeyShape = ({ key, record }: CreatedPersonalKey) => ({
  key: {
    id: record.id,
    key,
    application_name: record.applicationName,
    scopes: record.scopes,
    created_at: new Date(record.createdAt).toISOString(),
    expires_at: record.expiresAt === null ? null : new Date(record.expiresAt).toISOString(),
    allowed_addresses: record.allowedIpAddresses,
    for_agents: record.resources !== undefined,
  },
});
