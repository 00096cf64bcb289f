// Each page of docs/errors has a generated and a hand-written part. This renders the page and keeps the hand-written
// part.

/** The fields of the catalogue that a page shows. */
export interface CatalogueRow {
  readonly status: number;
  /** If it differs for a request with a bearer token. */
  readonly bearerStatus?: number;
  readonly errorType: string;
  readonly sentence: string;
  readonly advice: string;
}

const REASON_HEADING = '## Why it happens\n';
const ADVICE_HEADING = '## What to do\n';

/** Renders the page of a code. @param reason hand-written Markdown */
export function renderErrorPage(code: string, row: CatalogueRow, reason: string): string {
  const ofBearer = row.bearerStatus === undefined ? '' : ` (${row.bearerStatus} for a bearer token)`;
  const wire =
    row.status === 0
      ? 'Raised by the client library.'
      : `Status ${row.status}${ofBearer}, \`error_type\` \`${row.errorType}\`.`;
  return `# ${code}

${wire}

> ${showPlaceholders(row.sentence)}

${REASON_HEADING}
${reason}${reason && '\n\n'}${ADVICE_HEADING}
${showPlaceholders(row.advice)}
`;
}

/** Returns the hand-written text under "Why it happens"; empty if there is none. */
export function findHandWritten(page: string): string {
  const start = page.indexOf(REASON_HEADING);
  const end = page.lastIndexOf(ADVICE_HEADING);
  return start === -1 || end < start ? '' : page.slice(start + REASON_HEADING.length, end).trim();
}

/** `{parameter}` becomes `` `{parameter}` ``, a detail of the response. Brackets of optional parts are removed. */
function showPlaceholders(text: string): string {
  return text.replaceAll(/[[\]]/g, '').replaceAll(/\{[a-z_]+\}/g, '`$&`');
}
