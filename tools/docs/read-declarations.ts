// The API reference shows each export with signature, types and inner comments, without the implementation.
// TypeScript 7 has no parser API, and existing generators require an older version.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../source-tree.ts';

/** An export that a file declares. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'type' | 'value';
  /** As in the source, without the implementation. */
  readonly signature: string;
  /** The content of its docstring; null if it has none. */
  readonly comment: string | null;
}

/** Returns the exports that a file declares itself. @param file relative to the root */
export function readDeclarations(file: string): Declaration[] {
  return parseDeclarations(file, readFileSync(join(root, file), 'utf8'));
}

/** Returns the same from the text of a module. */
export function parseDeclarations(file: string, text: string): Declaration[] {
  const { program, comments } = parseSync(file, text);
  const commentBefore = (start: number): string | null =>
    comments.find(
      ({ value, end }) => value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
    )?.value ?? null;
  const cut = (start: number, end: number) => text.slice(start, end).trim();

  return program.body.flatMap((statement): Declaration[] => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return [];
    const node = statement.declaration;
    const comment = commentBefore(statement.start);
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        return [
          {
            name: node.id?.name ?? '',
            kind: 'value',
            signature: cut(node.start, node.body?.start ?? node.end).replace(/^async /, ''),
            comment,
          },
        ];
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return [{ name: node.id.name, kind: 'type', signature: cut(node.start, node.end), comment }];
      case 'ClassDeclaration': {
        const isPublic = (member: object) =>
          !('accessibility' in member && member.accessibility === 'private');
        const members = node.body.body.filter(isPublic).map((member) => {
          const doc = commentBefore(member.start);
          const end = member.type === 'MethodDefinition' ? member.value.body?.start : undefined;
          return `${doc === null ? '' : `  /*${doc}*/\n`}  ${cut(member.start, end ?? member.end)}`;
        });
        const signature = `${cut(node.start, node.body.start)} {\n${members.join('\n')}\n}`;
        return [{ name: node.id?.name ?? '', kind: 'value', signature, comment }];
      }
      case 'VariableDeclaration':
        return node.declarations.map(({ id, init }) => {
          const name = id.type === 'Identifier' ? id.name : '';
          const isBareFunction = init?.type === 'ArrowFunctionExpression' && cut(id.start, id.end) === name;
          const end = isBareFunction ? init.body.start : id.end;
          const signature = `${node.kind} ${cut(id.start, end).replace(/\s*=>$/, '')}`;
          return { name, kind: 'value', signature, comment };
        });
      default:
        return [];
    }
  });
}
