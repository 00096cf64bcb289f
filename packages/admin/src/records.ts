import type { AdminKeyRecord, KeyRecord, OauthGrant } from '@valetkey/server';

type Printed = Readonly<Record<string, unknown>>;

/** Returns a key without its hash. */
export const printedKey = ({ keyHash: _, ...rest }: KeyRecord): Printed => withTimes(rest);

/** Returns an admin key without its hash. */
export const printedAdminKey = ({ keyHash: _, ...rest }: AdminKeyRecord): Printed => withTimes(rest);

export const printedGrant = (grant: OauthGrant): Printed => withTimes({ ...grant });

/** Replaces milliseconds by times in the form of ISO 8601. */
export function withTimes(record: Printed): Printed {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      (name === 'at' || name.endsWith('At')) && typeof value === 'number'
        ? new Date(value).toISOString()
        : value,
    ]),
  );
}
