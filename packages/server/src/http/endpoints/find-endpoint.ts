import type { Endpoint } from './endpoint.ts';
import { ENDPOINT_TABLE } from './endpoint-table.ts';

/** Who answers a path, by method, and what its `:name` parts were. */
export interface FoundEndpoint {
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const patterns = Object.entries(ENDPOINT_TABLE).map(([path, methods]) => ({
  parts: path.split('/'),
  methods,
}));

/** @param path below the site's base, without `.json` */
export function findEndpoint(path: string): FoundEndpoint | null {
  const given = path.split('/');
  for (const { parts, methods } of patterns) {
    const isMatch =
      parts.length === given.length &&
      parts.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
    if (isMatch) return { methods, pathParameters: readPathParameters(parts, given) };
  }
  return null;
}

function readPathParameters(parts: readonly string[], given: readonly string[]): Record<string, string> {
  const named = parts.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), decode(given[index] ?? '')] as const] : [],
  );
  return Object.fromEntries(named);
}

/** Decoded once; what cannot be decoded stays as it is, and then matches nobody. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
