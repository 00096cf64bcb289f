import type { SettingName } from '../../../core/settings/setting-table.ts';

/** What each setting does. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = {
  allow_user_api_keys:
    'Permite que las aplicaciones soliciten claves de API de usuario. Las claves emitidas funcionan hasta que se revoquen.',
  allow_user_api_key_scopes: 'Los ámbitos que las aplicaciones pueden solicitar.',
  user_api_key_allowed_groups:
    'Los miembros de estos grupos pueden aprobar aplicaciones; everyone representa a todos los usuarios. El personal del sitio (por defecto, los administradores) siempre puede.',
  allowed_user_api_auth_redirects:
    'Redirecciones permitidas, que reciben la clave cifrada tras la aprobación. En la ruta, la cadena de consulta y el fragmento, * representa cualquier secuencia de caracteres. http://127.0.0.1/* permite programas del propio equipo del usuario.',
  allow_user_api_key_client_scopes:
    'Los ámbitos que puede tener una aplicación registrada. Si está vacío, ninguna aplicación puede registrarse.',
  user_api_key_clients_create_per_day:
    'El número máximo de aplicaciones que una dirección IP puede registrar en 24 horas.',
  create_user_api_key_client_ip_rate_limit_override_ips:
    'Direcciones IP que pueden registrar cualquier número de aplicaciones.',
  allowed_user_api_push_urls:
    'URL de push permitidas, comparadas exactamente. Deben usar https y una dirección IP pública.',
  push_api_secret_key:
    'El secreto de cada push, con el que el receptor reconoce este sitio. Se crea en el primer arranque. Compártelo solo con receptores.',
  max_user_api_key_expiry_days: 'La caducidad más larga, en días, que una aplicación puede solicitar.',
  allow_personal_user_api_keys:
    'Qué pueden crear los usuarios para sí mismos: nada (none), URL de feeds (feeds), o URL de feeds y claves personales (all).',
  max_personal_user_api_keys: 'El número máximo de claves personales activas de un usuario.',
  max_app_user_api_keys: 'El número máximo de claves de aplicaciones activas de un usuario.',
  max_user_api_key_approvals_per_hour:
    'El número máximo de claves de aplicaciones que un usuario puede aprobar en una hora.',
  max_user_api_key_rotation_grace_days:
    'El número máximo de días que la clave antigua sigue siendo válida después de que un usuario rote una clave personal; 0 la revoca de inmediato.',
  cors_origins:
    'Orígenes cuyas páginas pueden llamar a este sitio desde un navegador con una clave, como https://app.example.',
  cors_allow_admin_api_keys:
    'Permite que las páginas de cors_origins envíen una Api-Key. Cualquier visitante de esas páginas puede leer la clave: déjalo desactivado.',
  revoke_user_api_keys_unused_days:
    'Las claves que no se han usado durante este número de días se revocan; 0 lo desactiva.',
  revoke_user_api_keys_maxlife_days:
    'Las claves aprobadas hace más de este número de días se revocan; 0 lo desactiva.',
  audit_retention_days:
    'Cuántos días se conservan los eventos de auditoría y las claves caducadas y revocadas. Las claves se conservan al menos 30 días.',
  max_user_api_reqs_per_minute: 'El número máximo de peticiones con una clave en 60 segundos.',
  max_user_api_reqs_per_day: 'El número máximo de peticiones con una clave en 24 horas.',
  max_admin_api_reqs_per_minute:
    'El número máximo de peticiones con una clave de administración en 60 segundos.',
  revoke_api_keys_unused_days:
    'Las claves de administración que no se han usado durante este número de días se revocan; 0 lo desactiva.',
  oauth_default_scopes: 'Los ámbitos que recibe un cliente OAuth si no solicita ninguno.',
  oauth_access_token_lifetime_minutes:
    'Cuántos minutos es válido un token de acceso OAuth. El cliente lo renueva sin el usuario.',
  oauth_refresh_grace_seconds:
    'Durante cuántos segundos un token de renovación ya usado entrega otro más, para respuestas perdidas y peticiones simultáneas. Un uso posterior revoca el acceso.',
  allow_oauth_client_documents: 'Permite que el ID de un cliente OAuth sea la URL https de sus metadatos.',
  oauth_client_document_domains:
    'Los dominios permitidos de las URL de metadatos que sirven de ID de cliente, con sus subdominios, como client.example. Si está vacío, se permiten todos los dominios.',
  allow_oauth_client_registration:
    'Permite que los clientes OAuth se registren por sí mismos. Los clientes que admiten URL de metadatos no lo necesitan.',
  oauth_client_registrations_per_day:
    'El número máximo de clientes OAuth que una dirección IP puede registrar en 24 horas.',
  allow_mcp: 'Permite que los agentes usen este sitio por MCP, si tiene herramientas para ellos.',
  mcp_disabled_tools:
    'Los nombres de las herramientas que los agentes no pueden ver ni llamar, como discourse_create_post.',
  mcp_list_askable_tools:
    'Muestra a los agentes también las herramientas que su acceso no permite. A un agente que llama a una se le pide que solicite el ámbito que falta.',
  min_user_api_public_key_bits:
    'El tamaño mínimo, en bits, de las claves públicas RSA con las que se cifran las cargas útiles.',
};
