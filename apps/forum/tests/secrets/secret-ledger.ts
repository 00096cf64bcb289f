import { redactUrl } from '@valetkey/server';
import type { Fetch } from '@valetkey/test-support/browser';
import { mayShow, mayStore, type SecretKindName } from './secret-kinds.ts';
import { spellingsOf } from './spellings.ts';

/** Records every secret and every response. Its findings never contain the secret. */
export function createSecretLedger() {
  const secrets = new Map<string, SecretKindName>();
  const parts: { stage: string; where: string; text: string }[] = [];
  let stage = 'use';

  function findIn(where: string, text: string, isLegitimate: (kind: SecretKindName) => boolean): string[] {
    return [...secrets].flatMap(([secret, kind]) => {
      if (isLegitimate(kind)) return [];
      const spelling = [...spellingsOf(secret)].find(([, spelled]) => text.includes(spelled));
      return spelling ? [`${kind} (${spelling[0]}) in ${where}`] : [];
    });
  }

  return {
    /** Names the current stage in findings. */
    at(name: string) {
      stage = name;
    },
    /** Records a secret and returns it. */
    note(kind: SecretKindName, secret: string): string {
      if (secret.length < 9) throw new Error(`A ${kind} of ${secret.length} letters cannot be looked for.`);
      secrets.set(secret, kind);
      return secret;
    },
    /** Groups the recorded secrets by kind. */
    count: () => Map.groupBy(secrets.values(), (kind) => kind),
    ofKind: (wanted: SecretKindName) =>
      [...secrets].filter(([, kind]) => kind === wanted).map(([text]) => text),
    /** Records every response, to be searched when all secrets are known. */
    witness(fetch: Fetch): Fetch {
      return async (path, init) => {
        const response = await fetch(path, init);
        const [shown] = redactUrl(path).split('?');
        const where = `${init?.method ?? 'GET'} ${shown}`;
        const { 'set-cookie': _, location = '', ...headers } = Object.fromEntries(response.headers);
        for (const line of response.headers.getSetCookie()) {
          const value = /^[^=]+=([^;]+)/.exec(line)?.[1];
          if (value) secrets.set(value, 'session cookie');
          parts.push({ stage, where: `${where} set-cookie`, text: line });
        }
        parts.push({ stage, where: `${where} location`, text: location });
        parts.push({ stage, where: `${where} headers`, text: JSON.stringify(headers) });
        const body = await response.clone().text();
        const token = /name="authenticity_token" value="([^"]+)"|^\{"csrf":"([^"]+)"/.exec(body);
        if (token) secrets.set(token[1] ?? token[2] ?? '', 'CSRF token');
        parts.push({ stage, where: `${where} body`, text: body });
        return response;
      };
    },
    /** Returns secrets in responses that must not contain them. */
    leaksInAnswers: () => [
      ...new Set(
        parts.flatMap(({ stage, where, text }) =>
          findIn(`${where} (${stage})`, text, (kind) => mayShow(kind, where)),
        ),
      ),
    ],
    /** Returns secrets in a file of the data folder, which should contain only hashes. */
    leaksInFile: (name: string, bytes: Buffer) =>
      findIn(name, bytes.toString('latin1'), (kind) => mayStore(kind, name)),
    /** Returns secrets in the output, which must contain none. */
    leaksInLog: (log: string) => findIn('the log', log, () => false),
  };
}

export type SecretLedger = ReturnType<typeof createSecretLedger>;
