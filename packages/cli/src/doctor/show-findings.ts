import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Finding } from './finding.ts';
import type { Level } from './finding-row.ts';

/** Returns the findings as text: level and observation, below it the fix; a summary at the end. */
export function showFindings(findings: readonly Finding[], style: Style, columns: number): string {
  const paint: Readonly<Record<Level, (text: string) => string>> = {
    ok: style.green,
    note: style.dim,
    warning: style.yellow,
    problem: style.red,
  };
  const lines = findings.map(({ level, seen, fix, setting }) => {
    const text = wrap(printable(seen).replace(/\s+/g, ' '), columns, INDENT);
    const fixes = [fix, setting && `Setting: ${setting}`].filter((line) => line !== null);
    const below = fixes
      .map((line) => `\n${INDENT}${style.dim('→')} ${wrap(line, columns, `${INDENT}  `)}`)
      .join('');
    return `${paint[level](level.padEnd(INDENT.length - 2))}  ${text}${below}`;
  });
  return `${lines.join('\n')}\n\n${style.bold(sum(findings))}`;
}

const INDENT = ' '.repeat('problem'.length + 2);

function sum(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((each) => each.level === level).length;
  const say = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const [problems, warnings] = [count('problem'), count('warning')];
  const also = warnings === 0 ? '' : `, ${say(warnings, 'warning')}`;
  return problems === 0 ? `No problems${also}.` : `${say(problems, 'problem')}${also}.`;
}
