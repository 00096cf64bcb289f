import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device: Messages['device'] = {
  title: 'Conectar un dispositivo',
  code: 'Código',
  codeHint: '8 letras y cifras. Da igual usar mayúsculas o minúsculas, espacios o el guion.',
  continue: 'Continuar',
  codeWarning:
    'Introduce solo un código que tu propio dispositivo muestre ahora. Si alguien te ha enviado el código, esa persona intenta acceder a tu cuenta. En la página siguiente puedes revisar la solicitud.',
  problems: {
    invalid_code: 'Este código no es correcto. Compáralo con el de tu dispositivo e introdúcelo de nuevo.',
    expired_code:
      'Esta solicitud ha caducado o ya se aprobó o se rechazó. Empieza de nuevo en el dispositivo.',
    no_trust_level: 'Tu cuenta no puede aprobar aplicaciones en este sitio.',
  },
  linkWarning: ({ app }) =>
    html`Aprueba solo si acabas de abrir <bdi>${app}</bdi> en tu propio dispositivo. Si alguien te ha enviado este enlace,
      su dispositivo obtendría acceso a tu cuenta.`,
  enteredCodeWarning: ({ app }) =>
    html`Aprueba solo si acabas de abrir <bdi>${app}</bdi> en tu propio dispositivo. Si alguien te ha enviado el código,
      su dispositivo obtendría acceso a tu cuenta.`,
  requestedFrom: 'Solicitado desde',
  sameIpAddress: ({ ipAddress }) => html`<bdi>${ipAddress}</bdi>, la misma dirección IP que la tuya`,
  requested: 'Solicitado',
  toDecline: 'Para rechazar, cierra esta página. Sin el código, la solicitud caduca.',
  done: {
    title: 'Dispositivo conectado',
    heading: 'Tu dispositivo está conectado',
    meaning: ({ app }) => html`<bdi>${app}</bdi> continuará en unos segundos. Puedes cerrar esta página.`,
  },
};
