import type { PublishedEntry } from '../build/published-symbols.ts';
import { exampleCode, parseDocstring } from './docstring.ts';
import type { Declaration } from './read-declarations.ts';

const TITLES: Readonly<Record<string, string>> = {
  param: 'Parameter',
  returns: 'Answers',
  throws: 'Throws',
  see: 'See',
  default: 'If left out',
};

/** Renders the page of a package in Markdown. */
export function renderApiPage(name: string, entries: readonly PublishedEntry[]): string {
  const head = `# ${name}: API\n\nMade from the docstrings by \`npm run api\`: change them, not this page.\n`;
  return `${[head, ...entries.flatMap(renderEntry)].join('\n')}`;
}

function renderEntry({ specifier, symbols }: PublishedEntry): string[] {
  const links = symbols.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`);
  return [`## ${specifier}\n`, `${links.join(' · ')}\n`, ...symbols.map(renderSymbol)];
}

function renderSymbol({ name, signature, comment }: Declaration): string {
  const { text, tags } = parseDocstring(comment ?? '');
  const blocks = [`### ${name}`, text, `\`\`\`ts\n${signature}\n\`\`\``];
  const lines = tags.filter((tag) => tag.name !== 'example').map(renderTag);
  if (lines.length > 0) blocks.push(lines.join('\n'));
  for (const tag of tags.filter((t) => t.name === 'example'))
    blocks.push(`For example:`, `\`\`\`ts\n${exampleCode(tag.text)}\n\`\`\``);
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Braces contain a type, which the signature shows already, except for errors. */
function renderTag({ name, text }: { name: string; text: string }): string {
  const plain = text.replace(/^\{(\w+)\}/, '`$1`').replaceAll(/\s*\n\s*/g, ' ');
  return `- **${TITLES[name]}** ${name === 'param' ? plain.replace(/^([\w.]+)/, '`$1`:') : plain}`;
}
