import fc from 'fast-check';

/** Texts of any UTF-16 code units: controls, letters of every script, and halves of characters. */
export const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
