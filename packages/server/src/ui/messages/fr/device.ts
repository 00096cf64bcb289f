import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device: Messages['device'] = {
  title: 'Connecter un appareil',
  code: 'Code',
  codeHint: '8 lettres et chiffres. La casse, les espaces et le tiret n’ont pas d’importance.',
  continue: 'Continuer',
  codeWarning:
    'Ne saisissez qu’un code affiché en ce moment par votre propre appareil. Si quelqu’un vous a envoyé le code, cette personne tente d’accéder à votre compte. Vous pourrez vérifier la demande à la page suivante.',
  problems: {
    invalid_code:
      'Ce code est incorrect. Comparez-le au code affiché sur votre appareil et saisissez-le à nouveau.',
    expired_code: 'Cette demande a expiré, ou a déjà été approuvée ou refusée. Recommencez sur l’appareil.',
    no_trust_level: 'Votre compte ne peut pas approuver d’applications sur ce site.',
  },
  linkWarning: ({ app }) =>
    html`N’approuvez que si vous venez de lancer <bdi>${app}</bdi> sur votre propre appareil. Si quelqu’un vous a envoyé
      ce lien, son appareil obtiendrait l’accès à votre compte.`,
  enteredCodeWarning: ({ app }) =>
    html`N’approuvez que si vous venez de lancer <bdi>${app}</bdi> sur votre propre appareil. Si quelqu’un vous a envoyé
      le code, son appareil obtiendrait l’accès à votre compte.`,
  requestedFrom: 'Demandé depuis',
  sameIpAddress: ({ ipAddress }) => html`<bdi>${ipAddress}</bdi>, la même adresse IP que la vôtre`,
  requested: 'Demandé',
  toDecline: 'Pour refuser, fermez cette page. Sans le code, la demande expire.',
  done: {
    title: 'Appareil connecté',
    heading: 'Votre appareil est connecté',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> continuera dans quelques secondes. Vous pouvez fermer cette page.`,
  },
};
