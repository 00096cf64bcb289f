import { diagnose } from '../src/doctor/diagnose.ts';
import { createKeyFile } from '../src/keys/key-file.ts';
import { createKeyRing } from '../src/keys/key-ring.ts';

/** Returns the findings of the doctor, each with level, code and setting as one text. */
export async function examine(
  keyFile: string,
  site: string,
  about: { origin?: string; redirect?: string; request?: string } = {},
) {
  const [method = '', path = ''] = about.request?.split(' ') ?? [];
  const file = createKeyFile(keyFile);
  const diagnosis = await diagnose(
    {
      asked: site,
      origin: about.origin,
      redirect: about.redirect,
      request: about.request === undefined ? null : { method, path },
      isThroughProxy: false,
      name: undefined,
    },
    {
      ring: createKeyRing({ file, keychain: null }),
      now: Date.now,
      signal: new AbortController().signal,
    },
  );
  const { findings } = diagnosis;
  const words = findings.map(({ level, code, setting }) => `${level} ${code}${setting ? ` ${setting}` : ''}`);
  return {
    site: diagnosis.site,
    words,
    problems: words.filter((word) => word.startsWith('problem')),
    text: JSON.stringify(findings),
  };
}
