import type { createEnglish } from './en.ts';

/**
 * All texts of the pages in one language, by page group. A text is a string, or a function of named parameters that
 * returns a string or HTML. English defines the type, so the compiler finds what another language leaves out.
 */
export type Messages = ReturnType<typeof createEnglish>;
