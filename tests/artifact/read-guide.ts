/** One step of a guide: a command, a file, or expected output. */
export type GuideStep =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string; readonly isInSecondTerminal: boolean }
  /** The output of the previous command. */
  | { readonly kind: 'output'; readonly text: string };

/** Reads the code blocks of a guide in order: commands one by one, files with the name beside the language. */
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
