import { parseSync } from 'oxc-parser';

/** A node of the syntax tree, as far as this check reads it. */
type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;

/** Stands for an inserted value in the text of a template. */
const VALUE = '\u0000';
const LETTER = /\p{L}/u;
/** A template that contains only attributes, for the inside of a tag. */
const ONLY_ATTRIBUTES = /^\s*(?:[\w-]+="[^"]*"\s*)+$/;
const TAG = /<(?:"[^"]*"|'[^']*'|[^<>"'])*>/g;
/** Attributes that users read or hear. */
const READ_ATTRIBUTE = /\s(aria-label|title|alt|placeholder)="([^"]*)"/g;
const BUTTON_VALUE = /^<(?:button|input)\b[^>]*\svalue="([^"]*)"/;

/**
 * Returns one problem for each `html` template that contains letters as text or in a readable attribute, and for each
 * literal text that it inserts. Pages take their texts from the messages of the reader's language.
 */
export function findPageText(file: string, source: string): string[] {
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  return findTemplates(parseSync(file, source).program).flatMap((template) =>
    textsIn(template).map(
      (text) => `${file}:${lineAt(template.start)}: "${text}": move this text into ui/messages`,
    ),
  );
}

function findTemplates(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(findTemplates);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const below = Object.values(node).flatMap(findTemplates);
  const isHtml = node.type === 'TaggedTemplateExpression' && (node.tag as Node).name === 'html';
  return isHtml ? [node.quasi as Node, ...below] : below;
}

function textsIn(template: Node): string[] {
  const quasis = template.quasis as { value: { raw: string } }[];
  const text = quasis.map(({ value }) => value.raw).join(VALUE);
  if (ONLY_ATTRIBUTES.test(text)) return [];
  const tags = text.match(TAG) ?? [];
  const between = text.replace(TAG, '\n').replaceAll(/&[a-z]+;/g, '');
  const texts = [
    ...between.split('\n'),
    ...tags.flatMap((tag) => [...tag.matchAll(READ_ATTRIBUTE)].map(([, , value = '']) => value)),
    ...tags.filter(isButton).flatMap((tag) => BUTTON_VALUE.exec(tag)?.[1] ?? []),
    ...insertedBetweenTags(text, template.expressions as Node[]).flatMap(literalsOf),
  ];
  return texts.map((each) => each.replaceAll(VALUE, '…').trim()).filter((each) => LETTER.test(each));
}

/** A button's own value, and that of an input that looks like one. */
const isButton = (tag: string): boolean =>
  tag.startsWith('<button') || /^<input\b[^>]*\stype="(?:submit|button|reset)"/.test(tag);

/** Returns the inserted expressions that are not inside a tag. */
function insertedBetweenTags(text: string, expressions: readonly Node[]): Node[] {
  const inTag = new Set<number>();
  let index = 0;
  for (const [part] of text.matchAll(new RegExp(`${TAG.source}|${VALUE}`, 'g'))) {
    const count = part.split(VALUE).length - 1;
    if (part !== VALUE) for (let value = index; value < index + count; value += 1) inTag.add(value);
    index += count;
  }
  return expressions.filter((_, position) => !inTag.has(position));
}

/** Returns the literal texts that an expression can become. */
function literalsOf(node: Node): string[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node.type === 'ConditionalExpression') {
    return [node.consequent as Node, node.alternate as Node].flatMap(literalsOf);
  }
  if (node.type === 'LogicalExpression') return literalsOf(node.right as Node);
  if (node.type !== 'TemplateLiteral') return [];
  return (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
}
