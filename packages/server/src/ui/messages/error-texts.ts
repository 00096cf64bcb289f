import {
  type ClientReasonCode,
  ERROR_CATALOGUE,
  type ErrorDescription,
  type ErrorTexts,
  REASONS,
  type ReasonCode,
} from '@valetkey/protocol/messages';

type Catalogue = typeof ERROR_CATALOGUE;

/** The errors of a site. Only a client detects the others, so no page shows them. */
type PageErrorCode = {
  [Code in keyof Catalogue]: Catalogue[Code]['status'] extends 0 ? never : Code;
}[keyof Catalogue];

/** The sentences of the errors of a site in one language: what happened, and what to do next. */
export type PageErrors = Readonly<Record<PageErrorCode, readonly [sentence: string, advice: string]>>;

/** The clauses of the reasons that a page shows in one language. */
export type PageReasons = Readonly<Record<Exclude<ReasonCode, ClientReasonCode>, string>>;

/** The texts of one language. */
interface PageErrorTexts {
  /** BCP 47 subtag. */
  readonly language: string;
  readonly errors: PageErrors;
  readonly reasons: PageReasons;
  /** Writes one value of a list. @default as it is */
  readonly item?: (value: string) => string;
}

/** Returns the texts of all errors in one language; in English for those that no page shows. */
export function createErrorTexts({ language, errors, reasons, item }: PageErrorTexts): ErrorTexts {
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  const entries = Object.entries(errors).map(([code, [sentence, advice]]): [string, ErrorDescription] => [
    code,
    { sentence, advice },
  ]);
  return {
    errors: { ...ERROR_CATALOGUE, ...Object.fromEntries(entries) },
    reasons: { ...REASONS, ...reasons },
    list: (items) => lists.format(item ? items.map(item) : items),
  };
}
