import { toJson } from '../terminal/to-json.ts';

/** Tells what happens in a login: people in words, on standard error; programs by one JSON object a line, on standard output. */
export interface Report {
  /** What the person has to do now, and what a program needs to tell them so. */
  ask(words: string, event: Readonly<Record<string, unknown>>): void;
  /** What came of it. */
  end(words: string, event: Readonly<Record<string, unknown>>): void;
}

/** @param isJson whether a program listens; people may read along all the same */
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
