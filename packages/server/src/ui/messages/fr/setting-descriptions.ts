import type { SettingName } from '../../../core/settings/setting-table.ts';

/** What each setting does. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = {
  allow_user_api_keys:
    'Autorise les applications à demander des clés d’API utilisateur. Les clés émises fonctionnent jusqu’à leur révocation.',
  allow_user_api_key_scopes: 'Les scopes que les applications peuvent demander.',
  user_api_key_allowed_groups:
    'Les membres de ces groupes peuvent approuver des applications ; everyone désigne tous les utilisateurs. L’équipe (par défaut, les administrateurs) le peut toujours.',
  allowed_user_api_auth_redirects:
    'Redirections autorisées, qui reçoivent la clé chiffrée après l’approbation. Dans le chemin, la chaîne de requête et le fragment, * correspond à des caractères quelconques. http://127.0.0.1/* autorise les programmes sur l’ordinateur de l’utilisateur.',
  allow_user_api_key_client_scopes:
    'Les scopes qu’une application enregistrée peut avoir. Si la liste est vide, aucune application ne peut s’enregistrer.',
  user_api_key_clients_create_per_day:
    'Le nombre maximal d’applications qu’une adresse IP peut enregistrer en 24 heures.',
  create_user_api_key_client_ip_rate_limit_override_ips:
    'Adresses IP qui peuvent enregistrer un nombre quelconque d’applications.',
  allowed_user_api_push_urls:
    'URL de push autorisées, comparées exactement. Elles doivent utiliser https et une adresse IP publique.',
  push_api_secret_key:
    'Le secret de chaque push, auquel le récepteur reconnaît ce site. Créé au premier démarrage. Ne le communiquez qu’aux récepteurs.',
  max_user_api_key_expiry_days: 'La plus longue durée, en jours, qu’une application peut demander.',
  allow_personal_user_api_keys:
    'Ce que les utilisateurs peuvent créer pour eux-mêmes : rien (none), des URL de flux (feeds), ou des URL de flux et des clés personnelles (all).',
  max_personal_user_api_keys: 'Le nombre maximal de clés personnelles actives d’un utilisateur.',
  max_app_user_api_keys: 'Le nombre maximal de clés d’applications actives d’un utilisateur.',
  max_user_api_key_approvals_per_hour:
    'Le nombre maximal de clés d’applications qu’un utilisateur peut approuver en une heure.',
  max_user_api_key_rotation_grace_days:
    'Le nombre maximal de jours pendant lesquels l’ancienne clé reste valable après le renouvellement d’une clé personnelle ; 0 la révoque immédiatement.',
  cors_origins:
    'Origines dont les pages peuvent appeler ce site depuis un navigateur avec une clé, comme https://app.example.',
  cors_allow_admin_api_keys:
    'Autorise les pages des cors_origins à envoyer une Api-Key. Tout visiteur d’une telle page peut lire la clé : laissez ce paramètre désactivé.',
  revoke_user_api_keys_unused_days:
    'Les clés non utilisées pendant ce nombre de jours sont révoquées ; 0 désactive cette règle.',
  revoke_user_api_keys_maxlife_days:
    'Les clés approuvées il y a plus de ce nombre de jours sont révoquées ; 0 désactive cette règle.',
  audit_retention_days:
    'Nombre de jours de conservation des événements d’audit et des clés expirées ou révoquées. Les clés sont conservées au moins 30 jours.',
  max_user_api_reqs_per_minute: 'Le nombre maximal de requêtes avec une clé par période de 60 secondes.',
  max_user_api_reqs_per_day: 'Le nombre maximal de requêtes avec une clé par période de 24 heures.',
  max_admin_api_reqs_per_minute:
    'Le nombre maximal de requêtes avec une clé d’administration par période de 60 secondes.',
  revoke_api_keys_unused_days:
    'Les clés d’administration non utilisées pendant ce nombre de jours sont révoquées ; 0 désactive cette règle.',
  oauth_default_scopes: 'Les scopes qu’un client OAuth obtient s’il n’en demande aucun.',
  oauth_access_token_lifetime_minutes:
    'Durée de validité, en minutes, d’un jeton d’accès OAuth. Le client l’actualise sans l’utilisateur.',
  oauth_refresh_grace_seconds:
    'Nombre de secondes pendant lesquelles un jeton d’actualisation déjà utilisé en fournit encore un, pour les réponses perdues et les requêtes simultanées. Une utilisation plus tardive révoque l’accès.',
  allow_oauth_client_documents:
    'Autorise un client OAuth à utiliser comme ID l’URL https de ses métadonnées.',
  oauth_client_document_domains:
    'Les domaines autorisés des URL de métadonnées qui servent d’ID de client, avec leurs sous-domaines, comme client.example. Si la liste est vide, tous les domaines sont autorisés.',
  allow_oauth_client_registration:
    'Autorise les clients OAuth à s’enregistrer eux-mêmes. Les clients qui prennent en charge les URL de métadonnées n’en ont pas besoin.',
  oauth_client_registrations_per_day:
    'Le nombre maximal de clients OAuth qu’une adresse IP peut enregistrer en 24 heures.',
  allow_mcp: 'Autorise les agents à utiliser ce site par MCP, s’il a des outils pour eux.',
  mcp_disabled_tools:
    'Les noms des outils que les agents ne peuvent ni voir ni appeler, comme discourse_create_post.',
  mcp_list_askable_tools:
    'Montre aussi aux agents les outils que leur accès ne permet pas. Un agent qui en appelle un est invité à demander le scope manquant.',
  min_user_api_public_key_bits:
    'La taille minimale, en bits, des clés publiques RSA avec lesquelles les charges utiles sont chiffrées.',
};
