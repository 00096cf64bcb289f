import { FINDING_TABLE, type FindingCode, type Level } from './finding-table.ts';

/** One thing that was found out about a site. */
export interface Finding {
  readonly level: Level;
  readonly code: FindingCode;
  /** What was seen: one sentence. It may hold the site's own words. */
  readonly seen: string;
  /** What mends it; null if nothing has to be done. */
  readonly fix: string | null;
  /** The site setting that decides it, by Discourse's name. */
  readonly setting: string | null;
}

/** A finding of the table, with what was seen this time. */
export function finding(code: FindingCode, seen: string): Finding {
  const row: { level: Level; fix: string; setting?: string } = FINDING_TABLE[code];
  return { level: row.level, code, seen, fix: row.fix || null, setting: row.setting ?? null };
}

/** Whether nothing has to be mended. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every(({ level }) => level !== 'problem');
