import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device: Messages['device'] = {
  title: 'Gerät verbinden',
  code: 'Code',
  codeHint: '8 Buchstaben und Ziffern. Großschreibung, Leerzeichen und Bindestrich spielen keine Rolle.',
  continue: 'Weiter',
  codeWarning:
    'Geben Sie nur einen Code ein, den Ihr eigenes Gerät jetzt anzeigt. Wer Ihnen einen Code geschickt hat, versucht, auf Ihr Konto zuzugreifen. Auf der nächsten Seite können Sie die Anfrage prüfen.',
  problems: {
    invalid_code:
      'Dieser Code ist falsch. Vergleichen Sie ihn mit dem Code auf Ihrem Gerät und geben Sie ihn erneut ein.',
    expired_code:
      'Diese Anfrage ist abgelaufen oder wurde schon genehmigt oder abgelehnt. Beginnen Sie auf dem Gerät von vorn.',
    no_trust_level: 'Ihr Konto darf auf dieser Website keine Apps genehmigen.',
  },
  linkWarning: ({ app }) =>
    html`Genehmigen Sie nur, wenn Sie <bdi>${app}</bdi> gerade auf Ihrem eigenen Gerät gestartet haben. Wenn Ihnen jemand
      diesen Link geschickt hat, bekäme dessen Gerät Zugriff auf Ihr Konto.`,
  enteredCodeWarning: ({ app }) =>
    html`Genehmigen Sie nur, wenn Sie <bdi>${app}</bdi> gerade auf Ihrem eigenen Gerät gestartet haben. Wenn Ihnen jemand
      den Code geschickt hat, bekäme dessen Gerät Zugriff auf Ihr Konto.`,
  requestedFrom: 'Herkunft der Anfrage',
  sameIpAddress: ({ ipAddress }) => html`<bdi>${ipAddress}</bdi>, dieselbe IP-Adresse wie Ihre`,
  requested: 'Angefordert',
  toDecline: 'Um abzulehnen, schließen Sie diese Seite. Ohne den Code läuft die Anfrage ab.',
  done: {
    title: 'Gerät verbunden',
    heading: 'Ihr Gerät ist verbunden',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> fährt in wenigen Sekunden fort. Sie können diese Seite schließen.`,
  },
};
