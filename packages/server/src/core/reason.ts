import type { ErrorDetails, ValetkeyError } from '@valetkey/protocol';
import type { ReasonCode } from '@valetkey/protocol/messages';

/** Why a value is invalid: a stable code, and the details that its clause contains. Pages translate it. */
export type Reason = ErrorDetails & { readonly reason: ReasonCode };

/** The error of an invalid item or value, before the setting that it belongs to is known. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
  readonly why: Reason;

  constructor(why: Reason) {
    super(why.reason);
    this.why = why;
  }
}

/** Returns the details of an error whose code always has a reason, such as `setting_invalid`. */
export const reasonOf = ({ details }: ValetkeyError): Reason => details as Reason;
