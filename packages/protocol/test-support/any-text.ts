import fc from 'fast-check';

/** Texts of any UTF-16 code units: control characters, letters of every script, lone surrogates. */
export const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
