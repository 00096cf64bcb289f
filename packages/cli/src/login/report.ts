import { toJson } from '../terminal/to-json.ts';

/**
 * Reports the progress of a login: sentences on standard error for users, one JSON object per line on standard output
 * for programs.
 */
export interface Report {
  /** Reports what the user has to do now. */
  ask(words: string, event: Readonly<Record<string, unknown>>): void;
  /** Reports the result. */
  end(words: string, event: Readonly<Record<string, unknown>>): void;
}

/**
 * @param isJson whether a program listens; people may read along all the same
 */
export function createReport(isJson: boolean): Report {
  const tellProgram = (event: unknown) => console.log(toJson(event));
  return {
    ask(words, event) {
      console.error(words);
      if (isJson) tellProgram(event);
    },
    end(words, event) {
      if (isJson) tellProgram(event);
      else console.log(words);
    },
  };
}
