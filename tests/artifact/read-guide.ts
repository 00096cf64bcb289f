/** One thing that a guide tells its reader to do, or to expect. */
export type GuideStep =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string; readonly isInSecondTerminal: boolean }
  /** What the command before is said to print. */
  | { readonly kind: 'output'; readonly text: string };

/** Reads the blocks of a guide in their order: commands one by one, files by the name beside the language. */
export function readGuide(markdown: string): GuideStep[] {
  return [...markdown.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, label = '', text = '']): GuideStep[] => {
      if (language === 'ts') return [{ kind: 'file', name: label, text }];
      if (language === 'text') return [{ kind: 'output', text }];
      const isInSecondTerminal = label === 'second-terminal';
      return text
        .trim()
        .split('\n')
        .map((command) => ({ kind: 'command', text: command, isInSecondTerminal }));
    },
  );
}
