import type { PageErrors } from '../error-texts.ts';

/** Each error: what happened, and what to do next. */
export const errors: PageErrors = {
  parameter_invalid: [
    'El parámetro {parameter} no es válido[: {reason}].',
    'Envía {parameter} una vez, como texto sin formato.',
  ],
  parameter_missing: ['Falta el parámetro {parameter} o está vacío.', 'Envía {parameter} como parámetro.'],
  parameter_too_long: [
    'El parámetro {parameter} supera los {max_bytes} bytes.',
    'Acorta {parameter}; los caracteres fuera de ASCII ocupan de dos a cuatro bytes.',
  ],
  padding_invalid: [
    'El parámetro padding no es pkcs1 ni oaep.',
    'Envía padding=oaep, u omítelo para usar pkcs1.',
  ],
  body_unreadable: [
    'El cuerpo de la petición no se puede leer.',
    'Envía un objeto JSON o un formulario, con el Content-Type correspondiente.',
  ],
  body_already_read: [
    'Un analizador de este sitio leyó el cuerpo de la petición antes que Valetkey.',
    'Si gestionas este sitio, coloca app.use(keys.endpoints) antes del analizador o, sin adaptador, pasa el cuerpo leído en parsedBody.',
  ],
  body_type_not_allowed: [
    'Este punto de acceso solo acepta cuerpos {body_type}.',
    'Envía todos los parámetros en el cuerpo, con Content-Type: {body_type}.',
  ],
  body_too_large: [
    'El cuerpo de la petición es demasiado grande[: se aceptan {max_bytes} bytes como máximo].',
    'Envía solo los parámetros que define el punto de acceso.',
  ],
  not_found: [
    'No se ha encontrado nada en esta URL.',
    'Comprueba la URL y si el sitio está en una subcarpeta.',
  ],
  method_not_allowed: [
    'Esta URL no acepta el método de la petición.',
    'Usa uno de los métodos de la cabecera Allow[: {allowed_methods}].',
  ],
  internal_error: [
    'El sitio no ha podido procesar la petición.',
    'Inténtalo de nuevo más tarde y, si el problema persiste, avisa a los administradores del sitio.',
  ],
  store_unavailable: [
    'El sitio no puede usar su base de datos en este momento.',
    'Envía la petición de nuevo tras los segundos que indica la cabecera Retry-After.',
  ],
  limits_unavailable: [
    'El sitio no puede comprobar sus límites en este momento, así que rechaza esta petición.',
    'Envía la petición de nuevo tras los segundos que indica la cabecera Retry-After.',
  ],
  revocation_not_stored: [
    'Solo el proceso que atendió esta petición rechaza la clave, porque el sitio no ha podido guardar su revocación.',
    'Revócala de nuevo más tarde: hasta entonces, un reinicio del sitio vuelve a hacer válida la clave.',
  ],
  user_api_keys_disabled: [
    'Este sitio no emite claves de API de usuario.',
    'Un administrador puede activarlas con el ajuste allow_user_api_keys.',
  ],
  no_scope_granted: [
    'No hay ningún permiso seleccionado.',
    'Vuelve atrás y selecciona al menos un permiso, o rechaza la solicitud.',
  ],
  scope_not_allowed: [
    'Este sitio no concede los ámbitos solicitados[: {refused_scopes}].',
    'Solicita menos ámbitos[ (permitidos: {allowed_scopes})], o pide a un administrador que los añada a allow_user_api_key_scopes.',
  ],
  redirect_not_allowed: [
    'El sitio no permite esta redirección (auth_redirect)[: {reason}].',
    'Un administrador puede añadirla a allowed_user_api_auth_redirects; sin auth_redirect, el sitio muestra la carga útil para copiarla.',
  ],
  redirect_missing_host: [
    'A auth_redirect le falta el esquema o el host.',
    'Envía una URL absoluta, como https://app.example/callback o myapp://callback.',
  ],
  redirect_pattern_invalid: [
    'El patrón de redirección {pattern} no es válido[: {reason}].',
    'Escribe patrones como myapp://callback, https://app.example/cb* o https://*.example.com/cb, separados por |.',
  ],
  public_key_unreadable: [
    'La public_key no se puede leer[: {reason}].',
    'Envía la salida PEM de "openssl rsa -in private.pem -pubout", con cada + codificado como %2B.',
  ],
  public_key_is_private: [
    'La public_key es una clave privada, que ahora está comprometida.',
    'Desecha este par de claves, crea otro y envía solo su clave pública ("openssl rsa -in private.pem -pubout").',
  ],
  public_key_is_openssh: [
    'La public_key está en formato OpenSSH.',
    'Convierte una clave RSA a PEM con "ssh-keygen -e -m PKCS8 -f key.pub" y envía el resultado.',
  ],
  public_key_is_certificate: [
    'La public_key es un certificado o una solicitud de certificado.',
    'Envía solo la clave pública que contiene ("openssl x509 -in certificate.pem -pubkey -noout").',
  ],
  public_key_not_rsa: [
    'La public_key no es una clave RSA[; su algoritmo es {algorithm}].',
    'Crea una clave RSA ("openssl genrsa 2048"), porque la carga útil se cifra con RSA.',
  ],
  public_key_too_small: [
    'La public_key tiene {bits} bits; se necesitan al menos {min_bits}.',
    'Crea una clave RSA más grande ("openssl genrsa {min_bits}").',
  ],
  public_key_too_large: [
    'La public_key tiene {bits} bits; se aceptan {max_bits} como máximo.',
    'Crea una clave RSA más pequeña ("openssl genrsa 4096").',
  ],
  expiry_invalid: [
    'El parámetro expires_in_seconds no es un número entero del 1 al 9999999999.',
    'Envía como máximo diez dígitos, como 86400 para un día.',
  ],
  expiry_too_long: [
    'El parámetro expires_in_seconds supera el máximo de {max_days} días.',
    'Solicita {max_days} días como máximo; un administrador puede cambiar max_user_api_key_expiry_days.',
  ],
  payload_too_large: [
    'La carga útil es demasiado grande para {padding_name} con esta clave: {bytes} bytes, {max_bytes} como máximo.',
    'Envía un nonce más corto[ ({max_nonce_bytes} bytes como máximo)], o usa una clave RSA más grande.',
  ],
  client_public_key_mismatch: [
    'La public_key no es la registrada para este cliente.',
    'Omite public_key, o envía exactamente la registrada.',
  ],
  client_redirect_mismatch: [
    'El auth_redirect no es el registrado para este cliente.',
    'Envía exactamente el auth_redirect registrado, u omítelo para que se muestre la carga útil.',
  ],
  client_not_registered: [
    'No hay ningún cliente registrado con este ID.',
    'Regístralo antes con POST /user-api-key-client.',
  ],
  client_already_registered: [
    'Ya hay un cliente registrado con este ID.',
    'Usa la clave y la redirección registradas, o registra otro ID.',
  ],
  one_time_password_needs_redirect: [
    'Una solicitud de dispositivo no puede incluir el ámbito one_time_password.',
    'Omite el ámbito; una contraseña de un solo uso necesita una solicitud con auth_redirect.',
  ],
  client_needs_sealed_key: [
    'Este cliente está registrado con una clave pública y solo recibe claves cifradas.',
    'Usa POST /user-api-key/device.json, o un client_id que no esté registrado.',
  ],
  tls_required: [
    'El sitio no devuelve claves sin cifrar, porque su URL no empieza por https.',
    'Usa POST /user-api-key/device.json, que cifra la clave, o sirve el sitio por https.',
  ],
  device_request_outdated: [
    'El registro de esta aplicación cambió después de que el dispositivo hiciera su solicitud.',
    'No se ha emitido ninguna clave; empieza de nuevo en el dispositivo.',
  ],
  login_required: ['No has iniciado sesión.', 'Inicia sesión en el sitio e inténtalo de nuevo.'],
  session_required: [
    'Esta acción necesita una sesión del navegador; no se puede hacer con una clave.',
    'Abre el sitio en un navegador y hazlo allí, sin clave.',
  ],
  csrf_invalid: [
    'El formulario ha caducado o no lo envió este sitio (CSRF).',
    'Recarga la página e inténtalo de nuevo; un script envía el token como X-CSRF-Token.',
  ],
  group_not_allowed: [
    'Tu cuenta no está en ningún grupo que pueda aprobar claves de API de usuario.',
    'Un administrador puede añadir un grupo al ajuste user_api_key_allowed_groups.',
  ],
  user_suspended: [
    'La cuenta está suspendida.',
    'Contacta con los administradores del sitio; la clave volverá a funcionar cuando termine la suspensión.',
  ],
  personal_keys_disabled: [
    'Este sitio no permite que los usuarios creen este tipo de clave.',
    'Un administrador puede permitirlo: allow_personal_user_api_keys debe ser {needed}.',
  ],
  too_many_app_keys: [
    'Tienes {max_keys} claves de aplicaciones activas, el máximo en este sitio.',
    'Revoca una aplicación que ya no necesites e inténtalo de nuevo.',
  ],
  too_many_approvals: [
    'Has aprobado demasiadas aplicaciones en una hora.',
    'Inténtalo de nuevo dentro de {wait_seconds} segundos.',
  ],
  too_many_personal_keys: [
    'Tienes {max_keys} claves personales activas, el máximo en este sitio.',
    'Revoca una que ya no necesites e inténtalo de nuevo.',
  ],
  address_list_invalid: [
    'La entrada {entry} de allowed_addresses no es válida: {reason}.',
    'Corrige la entrada, o deja la lista vacía para permitir cualquier dirección IP.',
  ],
  key_not_rotatable: ['Esta clave no se puede rotar[: {reason}].', 'Rota solo tus claves personales.'],
  key_not_renewable: [
    'Esta clave no se puede prorrogar de esta forma.',
    'Prorroga una clave personal activa antes de que caduque, hasta una fecha posterior; si ha caducado, crea otra.',
  ],
  key_was_rotated: [
    'Esta clave ya se rotó y tiene una sucesora.',
    'Rota la sucesora, o crea otra clave si no la guardaste.',
  ],
  grace_invalid: [
    'El parámetro grace_seconds no es un número entero de 0 a {max_seconds}.',
    'Envía solo dígitos, como 86400 para un día; un administrador puede cambiar max_user_api_key_rotation_grace_days.',
  ],
  feed_unknown: ['Este feed no existe.', 'Usa uno de los feeds de este sitio[: {known_feeds}].'],
  feed_not_available: [
    'No se puede crear una URL para el feed {feed}: {reason}.',
    'Pregunta a los administradores del sitio, que configuran sus feeds.',
  ],
  one_time_password_invalid: [
    'Este enlace de inicio de sesión ya no es válido.',
    'Pide a la aplicación un enlace nuevo; cada uno funciona una vez, durante diez minutos.',
  ],
  key_unknown: [
    'Esta clave no es una clave de este sitio.',
    'Envía el campo "key" (32 caracteres) de la carga útil descifrada como User-Api-Key, al sitio que la emitió.',
  ],
  key_revoked: [
    'Esta clave se revocó[: {reason}][, y su periodo de gracia terminó el {grace_ended_at}].',
    'Usa la clave que la sustituyó, o pide una nueva al usuario.',
  ],
  key_expired: ['Esta clave ha caducado[ (el {expired_at})].', 'Pide una clave nueva al usuario.'],
  key_is_encrypted_payload: [
    'Esto es la carga útil cifrada, no la clave que contiene.',
    'Descifra la carga útil con tu clave privada, lee el JSON y envía su campo "key".',
  ],
  key_is_public_key: [
    'Esto es una clave RSA o SSH, no una clave de API de usuario.',
    'Envía el campo "key" de la carga útil descifrada; si enviaste una clave privada, sustituye el par de claves.',
  ],
  key_not_allowed_in_url: [
    'Esta clave no se puede enviar en una URL.',
    'Envíala en la cabecera User-Api-Key, o crea la URL de un feed en la página de feeds.',
  ],
  oauth_client_unknown: [
    'El sitio no conoce la aplicación que te ha enviado aquí, o no puede cargar su descripción.',
    'Envía el client_id obtenido al registrar la aplicación en este sitio, o la URL https de un documento de metadatos del cliente cuyo client_id sea esa URL.',
  ],
  app_blocked: [
    'Un administrador de este sitio ha bloqueado esta aplicación[: {block_reason}].',
    'Pregunta a los administradores del sitio; las claves de la aplicación volverán a funcionar cuando quiten el bloqueo.',
  ],
  icon_invalid: [
    'El archivo no sirve como icono[: {reason}].',
    'Elige una imagen PNG, JPEG o WebP cuadrada y sin animación.',
  ],
  icon_too_large: [
    'El icono ocupa más de {max_bytes} bytes.',
    'Elige una imagen más pequeña, por ejemplo un PNG de 128 por 128 píxeles.',
  ],
  block_not_found: [
    'Este bloqueo no existe.',
    'Comprueba la lista de aplicaciones bloqueadas; quizá otro administrador haya quitado el bloqueo.',
  ],
  oauth_client_blocked: [
    'Un administrador de este sitio ha bloqueado la aplicación que te ha enviado aquí.',
    'Pregunta el motivo a los administradores del sitio.',
  ],
  oauth_redirect_mismatch: [
    'Esta aplicación no ha registrado esta redirect_uri, así que no se envía nada allí.',
    'Envía exactamente una de las URI de redirección registradas; solo puede cambiar el puerto de una dirección de bucle invertido (loopback).',
  ],
  key_for_another_resource: [
    'Esta clave se emitió para otro recurso de este sitio.',
    'Solicita un token cuyo parámetro resource sea la URL de este recurso.',
  ],
  token_missing: [
    'Esta petición no tiene un token Bearer.',
    'Envía un token de acceso como Authorization: Bearer. La cabecera WWW-Authenticate indica los metadatos de este recurso.',
  ],
  origin_not_allowed: [
    'Las páginas de este origen no pueden llamar a esta URL.',
    'Un administrador puede añadir el origen al ajuste cors_origins.',
  ],
  address_not_allowed: [
    'Esta clave no se puede usar desde esta dirección IP[ ({address})].',
    'Úsala desde una dirección IP permitida, o pide a su usuario una clave que permita la tuya.',
  ],
  scope_insufficient: [
    'Los ámbitos de esta clave no permiten esta petición[; la clave tiene {granted_scopes}].',
    'Pide al usuario una clave con uno de los ámbitos necesarios[: {required_scopes}].',
  ],
  admin_key_in_user_header: [
    'Se envió una clave de administración como User-Api-Key.',
    'Envía las claves de administración como Api-Key junto con Api-Username.',
  ],
  user_key_in_admin_header: [
    'Se envió una clave de API de usuario como Api-Key.',
    'Envíala como User-Api-Key, sin Api-Username.',
  ],
  key_in_wrong_place: [
    'Se envió una clave de API de usuario en el lugar equivocado[: {reason}].',
    'Envíala en la cabecera User-Api-Key, o como Authorization: Bearer.',
  ],
  admin_key_from_browser: [
    'Una página web de otro origen envió una clave de administración.',
    'Revoca la clave y usa en la página una clave de API de usuario.',
  ],
  invalid_api_credentials: [
    'La Api-Key o el Api-Username enviado con ella no son válidos.',
    'Comprueba en las páginas de administración que la clave está activa y permite ese usuario.',
  ],
  credentials_conflict: [
    'La petición contiene más de una clave.',
    'Envía solo una de estas: User-Api-Key, Authorization: Bearer o Api-Key.',
  ],
  rate_limited: [
    'Demasiadas peticiones[; espera {wait_seconds} segundos].',
    'Espera los segundos que indica la cabecera Retry-After.',
  ],
  key_not_found: [
    'Esta clave no existe o no se puede cambiar.',
    'Comprueba la lista de claves en la página de aplicaciones; quizá ya esté revocada.',
  ],
  key_of_another_user: [
    'Esta clave es de otro usuario.',
    'Inicia sesión en un navegador como su propietario; un administrador solo puede revocar y restaurar las claves de otros.',
  ],
  key_was_replaced: [
    'Una clave más reciente sustituyó a esta, así que su revocación no se puede deshacer.',
    'Usa la clave más reciente, o solicita otra.',
  ],
  key_restorable_by_admin: [
    'Un administrador o el propio sitio revocó esta clave[: {reason}].',
    'Pide a un administrador del sitio que la restaure, o aprueba de nuevo la aplicación.',
  ],
  key_too_old: [
    'La clave se aprobó hace más de {max_days} días, la antigüedad máxima en este sitio.',
    'Aprueba de nuevo la aplicación para obtener una clave nueva.',
  ],
  admin_required: [
    'Esta acción es solo para administradores.',
    'Inicia sesión con una cuenta de administrador.',
  ],
  admin_key_not_found: [
    'Esta clave de administración no existe o no se puede cambiar.',
    'Comprueba la lista de claves de administración; quizá otro administrador la haya revocado, restaurado o eliminado.',
  ],
  admin_key_is_live: [
    'Esta clave de administración está activa y no se puede eliminar.',
    'Revócala antes y comprueba que nada la siga usando.',
  ],
  admin_scopes_invalid: [
    'Los ámbitos de la clave de administración no son válidos[: {reason}].',
    'No se ha creado ninguna clave; los ámbitos y sus parámetros están en /admin/api/keys/scopes.json.',
  ],
  user_not_found: [
    'Ningún usuario tiene este nombre.',
    'No se ha creado ninguna clave; corrige username, u omítelo para una clave que actúe como cualquier usuario.',
  ],
  setting_unknown: ['No hay ningún ajuste llamado {setting}.', 'Busca su nombre en la lista de ajustes.'],
  setting_invalid: [
    'El valor del ajuste {setting} no es válido[: {reason}].',
    'No se ha cambiado nada; corrige el valor y guarda de nuevo.',
  ],
  path_ambiguous: [
    'Los programas pueden leer la URL de esta petición de distintas maneras[ ({ambiguity})].',
    'Envía un solo host y una ruta sin segmentos vacíos, segmentos de puntos, barras invertidas, puntos y comas, ni barras o puntos escapados.',
  ],
  upstream_unavailable: [
    'No se puede acceder al servicio que hay detrás de este sitio.',
    'Inténtalo de nuevo más tarde y, si el problema persiste, avisa a los administradores del sitio.',
  ],
  upstream_timeout: [
    'El servicio que hay detrás de este sitio no respondió a tiempo.',
    'Comprueba si la petición tuvo efecto antes de enviarla de nuevo.',
  ],
  verify_misconfigured: [
    'El proxy de este sitio envía sus consultas de verificación de forma incorrecta[: {problem}].',
    'Si gestionas este sitio, compara la configuración del proxy con la guía de autenticación delegada.',
  ],
  proxy_not_trusted: [
    'Solo los proxies de este sitio pueden usar esta dirección.',
    'Si gestionas este sitio, añade la dirección del proxy a la lista de los de confianza.',
  ],
  accounts_unavailable: [
    'El sitio no puede determinar quién ha iniciado sesión.',
    'Inténtalo de nuevo más tarde y, si el problema persiste, avisa a los administradores del sitio.',
  ],
  sign_in_failed: [
    'El inicio de sesión no se completó.',
    'Abre de nuevo la página de este sitio e inicia sesión.',
  ],
};
