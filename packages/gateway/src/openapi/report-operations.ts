import type { OpenapiScopes } from './openapi-scopes.ts';
import type { Operation } from './operation.ts';

/** Returns a report for the admin: what each scope opens, and the operations that no scope opens. */
export function reportOperations({
  operations,
  byScope,
}: Pick<OpenapiScopes, 'operations' | 'byScope'>): string {
  const opened = new Set([...byScope.values()].flat());
  const closed = operations.filter((operation) => !opened.has(operation));
  const sections = [...byScope].map(([name, list]) => `${name}\n${list.map(describe).join('\n')}`);
  if (closed.length > 0)
    sections.push(`in no scope, so no key reaches them\n${closed.map(describe).join('\n')}`);
  return `${sections.join('\n\n')}\n`;
}

const describe = ({ id, method, path }: Operation): string => `  ${id}: ${method} ${path}`;

/** Returns a first version of `openapi.scopes`: for each tag one scope that reads and one that changes. */
export function suggestScopes(operations: readonly Operation[]): string {
  const scopes = new Map<string, Operation[]>();
  for (const operation of operations) {
    const kind = operation.method === 'GET' ? 'read' : 'write';
    const tag = (operation.tags[0] ?? 'api')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const name = `${tag || 'api'}_${kind}`;
    scopes.set(name, [...(scopes.get(name) ?? []), operation]);
  }
  const lines = [...scopes].flatMap(([name, list]) => [
    `  ${name}:`,
    `    sentence: ${JSON.stringify(
      list
        .map(({ summary, id }) => summary ?? id)
        .join('; ')
        .slice(0, 200),
    )}`,
    ...(name.endsWith('_write') ? ['    dangerous: true'] : []),
    `    operations: [${list.map(({ id }) => JSON.stringify(id)).join(', ')}]`,
  ]);
  return `scopes:\n${lines.join('\n')}\n`;
}
