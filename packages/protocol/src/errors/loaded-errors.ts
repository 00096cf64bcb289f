import { CLIENT_ERRORS } from './client-errors.ts';
import type { ErrorEntry } from './error-entry.ts';

let loaded: Readonly<Record<string, ErrorEntry>> = {};

/** Makes the catalogue known to errors, when it is loaded. A bundle that leaves it out has the client's rows only. */
export function loadErrorEntries(catalogue: Readonly<Record<string, ErrorEntry>>): void {
  loaded = catalogue;
}

/** The row of a code; where it is not loaded, one that names the code. */
export function getErrorEntry(code: string): ErrorEntry {
  const entry = loaded[code] ?? (CLIENT_ERRORS as Readonly<Record<string, ErrorEntry>>)[code];
  return entry ?? { status: 0, errorType: 'client_error', sentence: `${code}.`, advice: '' };
}
