import type { SettingName } from '../../../core/settings/setting-table.ts';

/** What each setting does. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = {
  allow_user_api_keys:
    'Ob Apps Nutzer-API-Schlüssel anfordern dürfen. Ausgestellte Schlüssel gelten weiter, bis sie widerrufen werden.',
  allow_user_api_key_scopes: 'Die Scopes, die Apps anfordern dürfen.',
  user_api_key_allowed_groups:
    'Mitglieder dieser Gruppen dürfen Apps genehmigen; everyone steht für alle Nutzer. Das Team (standardmäßig die Admins) darf es immer.',
  allowed_user_api_auth_redirects:
    'Erlaubte Weiterleitungen, die nach der Genehmigung den verschlüsselten Schlüssel erhalten. In Pfad, Query und Fragment steht * für beliebige Zeichen. http://127.0.0.1/* erlaubt Programme auf dem Computer des Nutzers.',
  allow_user_api_key_client_scopes:
    'Die Scopes, die eine registrierte App haben darf. Wenn die Liste leer ist, kann sich keine App registrieren.',
  user_api_key_clients_create_per_day:
    'Wie viele Apps eine IP-Adresse in 24 Stunden höchstens registrieren darf.',
  create_user_api_key_client_ip_rate_limit_override_ips:
    'IP-Adressen, die beliebig viele Apps registrieren dürfen.',
  allowed_user_api_push_urls:
    'Erlaubte Push-URLs, genau verglichen. Sie müssen https und eine öffentliche IP-Adresse verwenden.',
  push_api_secret_key:
    'Das Geheimnis in jedem Push, an dem der Empfänger diese Website erkennt. Wird beim ersten Start erstellt. Geben Sie es nur Empfängern.',
  max_user_api_key_expiry_days: 'Die längste Gültigkeit in Tagen, die eine App anfordern darf.',
  allow_personal_user_api_keys:
    'Was Nutzer für sich selbst erstellen dürfen: nichts (none), Feed-URLs (feeds) oder Feed-URLs und persönliche Schlüssel (all).',
  max_personal_user_api_keys: 'Wie viele aktive persönliche Schlüssel ein Nutzer höchstens haben darf.',
  max_app_user_api_keys: 'Wie viele aktive Schlüssel von Apps ein Nutzer höchstens haben darf.',
  max_user_api_key_approvals_per_hour:
    'Wie viele Schlüssel von Apps ein Nutzer pro Stunde höchstens genehmigen darf.',
  max_user_api_key_rotation_grace_days:
    'Wie viele Tage der alte Schlüssel höchstens gültig bleibt, nachdem ein Nutzer einen persönlichen Schlüssel rotiert; 0 widerruft ihn sofort.',
  cors_origins:
    'Origins, deren Seiten diese Website aus einem Browser mit einem Schlüssel aufrufen dürfen, etwa https://app.example.',
  cors_allow_admin_api_keys:
    'Ob Seiten der cors_origins einen Api-Key senden dürfen. Jeder Besucher einer solchen Seite kann den Schlüssel lesen: Lassen Sie dies aus.',
  revoke_user_api_keys_unused_days:
    'Schlüssel, die so viele Tage nicht verwendet wurden, werden widerrufen; 0 schaltet dies ab.',
  revoke_user_api_keys_maxlife_days:
    'Schlüssel werden widerrufen, wenn ihre Genehmigung länger als diese Zahl von Tagen zurückliegt; 0 schaltet dies ab.',
  audit_retention_days:
    'Wie viele Tage Audit-Ereignisse, abgelaufene und widerrufene Schlüssel aufbewahrt werden. Schlüssel werden mindestens 30 Tage aufbewahrt.',
  max_user_api_reqs_per_minute:
    'Wie viele Anfragen mit einem Schlüssel in 60 Sekunden höchstens erlaubt sind.',
  max_user_api_reqs_per_day: 'Wie viele Anfragen mit einem Schlüssel in 24 Stunden höchstens erlaubt sind.',
  max_admin_api_reqs_per_minute:
    'Wie viele Anfragen mit einem Admin-Schlüssel in 60 Sekunden höchstens erlaubt sind.',
  revoke_api_keys_unused_days:
    'Admin-Schlüssel, die so viele Tage nicht verwendet wurden, werden widerrufen; 0 schaltet dies ab.',
  oauth_default_scopes: 'Die Scopes, die ein OAuth-Client erhält, wenn er keine anfordert.',
  oauth_access_token_lifetime_minutes:
    'Wie viele Minuten ein OAuth-Zugriffstoken gilt. Der Client erneuert es ohne den Nutzer.',
  oauth_refresh_grace_seconds:
    'Wie viele Sekunden ein verwendetes Aktualisierungstoken noch ein weiteres liefert, für verlorene Antworten und gleichzeitige Anfragen. Eine spätere Verwendung widerruft den Zugriff.',
  allow_oauth_client_documents: 'Ob die ID eines OAuth-Clients die https-URL seiner Metadaten sein darf.',
  oauth_client_document_domains:
    'Die erlaubten Domains von Metadaten-URLs, die als Client-ID dienen, samt ihren Subdomains, etwa client.example. Wenn die Liste leer ist, sind alle Domains erlaubt.',
  allow_oauth_client_registration:
    'Ob OAuth-Clients sich selbst registrieren dürfen. Clients, die Metadaten-URLs unterstützen, brauchen dies nicht.',
  oauth_client_registrations_per_day:
    'Wie viele OAuth-Clients eine IP-Adresse in 24 Stunden höchstens registrieren darf.',
  allow_mcp: 'Ob Agenten diese Website über MCP verwenden dürfen, wenn sie Tools für sie hat.',
  mcp_disabled_tools:
    'Die Namen der Tools, die Agenten weder sehen noch aufrufen können, etwa discourse_create_post.',
  mcp_list_askable_tools:
    'Ob Agenten auch die Tools sehen, die ihr Zugriff nicht erlaubt. Ein Agent, der eines aufruft, wird gebeten, den fehlenden Scope anzufordern.',
  min_user_api_public_key_bits:
    'Die Mindestgröße in Bit der öffentlichen RSA-Schlüssel, mit denen Payloads verschlüsselt werden.',
};
