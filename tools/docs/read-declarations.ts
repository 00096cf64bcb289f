// Why this exists: the API reference shows each export as its author wrote it: signature, types and the comments within, without
// the code. TypeScript 7 has no parser for scripts, and the tools that make such pages want an older one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../source-tree.ts';

/** Something that a file exports. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'type' | 'value';
  /** As in the source, without what it does. */
  readonly signature: string;
  /** The inside of its docstring; null if it has none. */
  readonly comment: string | null;
}

/** What the file declares and exports itself, given relative to the root. */
export function readDeclarations(file: string): Declaration[] {
  return parseDeclarations(file, readFileSync(join(root, file), 'utf8'));
}

/** The same from a module's text. */
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
