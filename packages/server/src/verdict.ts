import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';
import type { UseLog } from './limits/use-log.ts';
import type { SiteUser } from './site.ts';
import type { KeyRecord } from './store/store.ts';

/** Who a key acts for, and with what. */
export interface Principal {
  readonly user: SiteUser;
  readonly key: Pick<KeyRecord, 'id' | 'clientId' | 'applicationName' | 'scopes'>;
}

/** A refusal as a value: a code of the catalogue and what its sentence needs. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;
}

/** What the judge answers. Only the edge makes HTTP of it. */
export type Verdict =
  | { readonly allowed: true; readonly principal: Principal; readonly uses: UseLog }
  | ({ readonly allowed: false } & Refusal);
