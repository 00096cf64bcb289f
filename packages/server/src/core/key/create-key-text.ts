import type { Provider } from '../../issue/provider.ts';

/** The text of a new key: 128 random bits (PROTOCOL.md section 3). */
export const createKeyText = ({ randomBytes }: Pick<Provider, 'randomBytes'>): string =>
  Buffer.from(randomBytes(16)).toString('hex');
