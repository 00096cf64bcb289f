import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page that explains which redirects a pattern allows. */
export const redirects = (format: Format): Messages['redirects'] => ({
  title: 'Weiterleitungen',
  meaning: ({ setting }) =>
    html`Eine Weiterleitung ist die URL, die den verschlüsselten Schlüssel einer App erhält. In ${setting} steht, was diese Website erlaubt. Probieren Sie ein Muster hier aus, bevor Sie es hinzufügen oder entfernen.`,
  pattern: 'Muster',
  patternHint: 'Zum Beispiel https://app.example/callback, https://app.example/app/* oder myapp://callback',
  show: 'Erklären',
  allows: 'Was es erlaubt',
  reach: 'Wer Schlüssel erhalten kann',
  reaches: {
    device: 'Apps auf den Geräten der Nutzer. Jede App auf einem Gerät kann dieselben Links beanspruchen.',
    computer: 'Nur Programme auf den Computern der Nutzer.',
    page: 'Eine Seite einer Website: das engste Muster für eine Web-App.',
    path: 'Mehrere Seiten einer Website.',
    site: 'Jede Seite einer Website.',
    subdomains: 'Jede Subdomain einer Domain.',
    everything: 'Alle.',
  },
  matches: 'Es erlaubt',
  refuses: 'Es erlaubt nicht',
  safer: 'Ein sichereres Muster',
  saferByApps: 'Die Apps, die es jetzt verwenden, brauchen nur diese:',
  saferQuery: 'Wenn eine App ihrer Weiterleitung eine Query anhängt, beenden Sie das Muster mit ?*',
  saferNone: 'Kein engeres Muster würde für dieselben Apps genügen.',
  saferUnknown: 'Die genaue URL, die die App verwendet, etwa https://app.example/callback',
  apps: 'Apps, die es jetzt verwenden',
  app: 'App',
  redirect: 'Weiterleitung',
  activeKeys: 'Aktive Schlüssel',
  noApps:
    'Kein aktiver Schlüssel wurde an einer Weiterleitung empfangen, die es erlaubt. Schlüssel, die vor der Speicherung von Weiterleitungen genehmigt wurden, sind nicht mitgezählt.',
  listed: 'Dieses Muster steht in den Einstellungen.',
  removeMeaning: ({ count }) =>
    count === 0
      ? 'Ohne es würde jede Weiterleitung dieser Apps weiter durch ein anderes Muster erlaubt.'
      : format.plural(count, {
          one: 'Ohne es kann # App keine neuen Schlüssel anfordern. Ihre vorhandenen Schlüssel gelten weiter.',
          other:
            'Ohne es können # Apps keine neuen Schlüssel anfordern. Ihre vorhandenen Schlüssel gelten weiter.',
        }),
  change: 'Die Liste in den Einstellungen ändern',
  add: 'Dieses Muster hinzufügen',
  addMeaning: 'Jede App kann dann Schlüssel anfordern, die an diese Weiterleitungen gesendet werden.',
  added: ({ pattern }) => html`In den Einstellungen steht jetzt ${pattern}.`,
  current: 'Muster in den Einstellungen',
  none: 'Keine: Apps zeigen den Schlüssel zum Kopieren an oder verwenden den Geräteablauf.',
  appCount: ({ count }) =>
    count === 0 ? 'keine App' : format.plural(count, { one: '# App', other: '# Apps' }),
  wanted: 'Von registrierten Apps gewünscht',
  wantedMeaning:
    'Die Einstellungen erlauben die Weiterleitungen dieser Apps nicht. Vergewissern Sie sich, dass der Host zur App gehört.',
  allow: 'Erlauben',
  allowOf: ({ redirect, app }) => `${redirect} für ${app} erlauben`,
});
