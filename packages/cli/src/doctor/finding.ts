import type { Level } from './finding-row.ts';
import { FINDING_TABLE, type FindingCode } from './finding-table.ts';

/** One observation about a site. */
export interface Finding {
  readonly level: Level;
  readonly code: FindingCode;
  /** One sentence about the observation. It may contain text of the site. */
  readonly seen: string;
  /** How to fix it; null if there is nothing to do. */
  readonly fix: string | null;
  /** The site setting that decides it, by the name that Discourse uses. */
  readonly setting: string | null;
}

/** Creates a finding of the table with an observation. */
export function finding(code: FindingCode, seen: string): Finding {
  const row: { level: Level; fix: string; setting?: string } = FINDING_TABLE[code];
  return { level: row.level, code, seen, fix: row.fix || null, setting: row.setting ?? null };
}

/** Whether there is no problem. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every(({ level }) => level !== 'problem');
