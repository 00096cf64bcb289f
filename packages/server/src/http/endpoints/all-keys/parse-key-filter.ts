import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { KeyFilter } from '../../../ports/key-store.ts';
import type { Site } from '../../../ports/site.ts';
import { type AskedKeys, FILTER_KINDS } from '../../../ui/admin/user-keys-filter.ts';
import { readShortText } from '../read-body-text.ts';

const DAY_MS = 86_400_000;
const FIELDS = [
  'user',
  'name',
  'client_id',
  'redirect',
  'scope',
  'kind',
  'unused_days',
  'expires_days',
] as const;

/**
 * Parses the filter of the keys of all users. An empty value restricts nothing, because forms send empty fields. A name
 * that is no user is taken as the id of a deleted one.
 *
 * @throws ValetkeyError `parameter_invalid`, `parameter_too_long`
 */
export async function parseKeyFilter(
  parameters: RawParameters,
  now: number,
  { findUserByUsername }: Pick<Site, 'findUserByUsername'>,
): Promise<{ filter: KeyFilter; asked: AskedKeys }> {
  const asked = Object.fromEntries(
    FIELDS.map((name) => [name, readShortText(parameters, name) ?? '']),
  ) as AskedKeys;
  const { user, name, client_id, redirect, scope, unused_days, expires_days } = asked;
  const kind = FILTER_KINDS.find((each) => each === asked.kind) ?? null;
  if (kind === null && asked.kind !== '') throw invalid('kind');
  const before = readShortText(parameters, 'before');
  if (before !== null && !/^[1-9]\d{0,14}$/.test(before)) throw invalid('before');
  const unusedDays = parseDays(unused_days, 'unused_days');
  const expiresDays = parseDays(expires_days, 'expires_days');
  const filter = {
    activeAt: now,
    userId: user === '' ? null : ((await findUserByUsername(user))?.id ?? user),
    name: name || null,
    clientId: client_id || null,
    redirect: redirect || null,
    scope: scope || null,
    kind,
    unusedSince: unusedDays === null ? null : now - unusedDays * DAY_MS,
    expiresBefore: expiresDays === null ? null : now + expiresDays * DAY_MS,
    beforeId: before === null ? null : Number(before),
  };
  return { filter, asked };
}

/** Returns the query of a page with this filter. */
export function keyQuery(asked: AskedKeys, beforeId: number | null): string {
  const values = { ...asked, before: beforeId === null ? '' : String(beforeId) };
  const query = new URLSearchParams(Object.entries(values).filter(([, text]) => text !== ''));
  return query.size === 0 ? '' : `?${query}`;
}

function parseDays(text: string, parameter: string): number | null {
  if (text === '') return null;
  if (!/^\d{1,5}$/.test(text)) throw invalid(parameter);
  return Number(text);
}

const invalid = (parameter: string): ValetkeyError => new ValetkeyError('parameter_invalid', { parameter });
