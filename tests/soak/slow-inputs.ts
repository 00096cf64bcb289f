import { keyRequest } from '@valetkey/test-support/app-request';
import { send, type Target } from './target.ts';

/** A slow machine answers in a second. An input that takes a regular expression exponential time never answers. */
const MAX_MS = 5_000;
const MAX_LENGTH = 6_000;

/** Parts that make an ambiguous pattern try every split of its input. */
const PARTS = [
  'a',
  ' ',
  '\t',
  '.',
  '-',
  '/',
  '%2',
  '*',
  '**a',
  'a*',
  '(',
  'a.',
  '..',
  '::',
  '[',
  ':0',
  ',',
  '|',
  'é',
  '=',
  ';q=0,',
  '-----BEGIN ',
];
const ENDS = ['', '!', '\u0000', '@', '//'];

const TARGETS: readonly ((input: string) => readonly [path: string, init?: RequestInit])[] = [
  (input) => inQuery('/user-api-key/new', { ...keyRequest(), auth_redirect: `https://a.example/${input}` }),
  (input) => inQuery('/user-api-key/new', { ...keyRequest(), auth_redirect: input }),
  (input) => inQuery('/user-api-key/new', { ...keyRequest(), scopes: input }),
  (input) => inQuery('/user-api-key/new', { ...keyRequest(), application_name: input }),
  (input) => [
    '/user-api-key/device.json',
    { method: 'POST', body: new URLSearchParams({ ...keyRequest(), public_key: input }) },
  ],
  (input) => inQuery('/search', { q: input }),
  (input) => ['/user-api-key/new', { headers: { 'accept-language': encodeURI(input.toWellFormed()) } }],
  (input) => ['/latest.json', { headers: { authorization: `Basic ${encodeURI(input.toWellFormed())}` } }],
  (input) => ['/latest.json', { headers: { cookie: encodeURI(input.toWellFormed()) } }],
];

const inQuery = (path: string, values: Record<string, string>): readonly [string] => [
  `${path}?${new URLSearchParams(values)}`,
];

/** Sends long inputs that repeat one part, to each parser, until the phase is over. */
export async function sendSlowInputs(target: Target): Promise<void> {
  for (const part of PARTS) {
    for (const end of ENDS) {
      for (const build of TARGETS) {
        const [path, init] = build(part.repeat(MAX_LENGTH / part.length) + end);
        const begun = performance.now();
        await send(target, 'slow input', path, init);
        const ms = performance.now() - begun;
        if (ms > MAX_MS)
          target.report.breakPromise(
            `No input takes ${MAX_MS} ms.`,
            `${path.slice(0, 40)}: ${ms.toFixed(0)} ms`,
          );
        if (target.isOver()) return;
      }
    }
  }
}
