/** Severity of a finding. Only a `problem` makes a site unhealthy. */
export type Level = 'ok' | 'note' | 'warning' | 'problem';

/** The constant parts of a finding. */
export interface FindingRow {
  readonly level: Level;
  /** How to fix it; empty if there is nothing to do. */
  readonly fix: string;
  /** The site setting, by the name that Discourse uses. */
  readonly setting?: string;
}
