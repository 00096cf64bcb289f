import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { AUDIT_ACTIONS } from '../../../core/audit/audit-event.ts';
import type { AuditFilter } from '../../../ports/audit-store.ts';

const DAY_MS = 86_400_000;

/** A field of the filter, as the page and its links name it. */
export type AuditField = 'person' | 'action' | 'subject' | 'from' | 'until';

/** A query of the audit log, with the user as named in the request. */
export interface AuditQuery extends Required<Pick<AuditFilter, 'action' | 'subject' | 'since' | 'until'>> {
  readonly beforeId: number | null;
  readonly person: string | null;
  /** The filter as received; empty strings for omitted fields. */
  readonly asked: Readonly<Record<AuditField, string>>;
}

/**
 * Parses `before` (an id), `person`, `action`, `subject` (a part of it), `from` and `until` (days in UTC, inclusive). Treats an empty value as
 * omitted, because forms send empty fields.
 *
 * @throws ValetkeyError `parameter_invalid`
 */
export function parseAuditQuery(parameters: RawParameters): AuditQuery {
  const readExact = (name: string): string => {
    const value = parameters[name] ?? '';
    if (typeof value !== 'string') throw invalid(name);
    return value;
  };
  const read = (name: string): string => readExact(name).trim();
  const asked = {
    person: read('person'),
    action: read('action'),
    // A space at an end is a part of the text: it ends a name.
    subject: readExact('subject'),
    from: read('from'),
    until: read('until'),
  };
  const before = read('before');
  if (before !== '' && !/^[1-9]\d{0,14}$/.test(before)) throw invalid('before');
  const action = AUDIT_ACTIONS.find((known) => known === asked.action) ?? null;
  if (action === null && asked.action !== '') throw invalid('action');
  const until = parseDay(asked.until, 'until');
  return {
    beforeId: before === '' ? null : Number(before),
    person: asked.person === '' ? null : asked.person,
    action,
    subject: asked.subject === '' ? null : asked.subject,
    since: parseDay(asked.from, 'from'),
    until: until === null ? null : until + DAY_MS,
    asked,
  };
}

function parseDay(text: string, name: string): number | null {
  if (text === '') return null;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some engines parse 31 June as 1 July.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) throw invalid(name);
  return time;
}

const invalid = (parameter: string): ValetkeyError => new ValetkeyError('parameter_invalid', { parameter });
