import type { PageErrors } from '../error-texts.ts';

/** Each error: what happened, and what to do next. */
export const errors: PageErrors = {
  parameter_invalid: [
    'Le paramètre {parameter} n’est pas valide[ : {reason}].',
    'Envoyez {parameter} une fois, en texte brut.',
  ],
  parameter_missing: ['Le paramètre {parameter} est absent ou vide.', 'Envoyez {parameter} comme paramètre.'],
  parameter_too_long: [
    'Le paramètre {parameter} dépasse {max_bytes} octets.',
    'Raccourcissez {parameter} ; les caractères hors ASCII occupent deux à quatre octets.',
  ],
  padding_invalid: [
    'Le paramètre padding n’est ni pkcs1 ni oaep.',
    'Envoyez padding=oaep, ou omettez-le pour pkcs1.',
  ],
  body_unreadable: [
    'Le corps de la requête est illisible.',
    'Envoyez un objet JSON ou un formulaire, avec le Content-Type correspondant.',
  ],
  body_already_read: [
    'Un analyseur de ce site a lu le corps de la requête avant Valetkey.',
    'Si vous gérez ce site, placez app.use(keys.endpoints) avant l’analyseur ou, sans adaptateur, transmettez le corps analysé dans parsedBody.',
  ],
  body_type_not_allowed: [
    'Ce point de terminaison n’accepte que des corps {body_type}.',
    'Envoyez tous les paramètres dans le corps, avec Content-Type: {body_type}.',
  ],
  body_too_large: [
    'Le corps de la requête est trop volumineux[ : {max_bytes} octets au maximum].',
    'Envoyez uniquement les paramètres que le point de terminaison définit.',
  ],
  not_found: [
    'Rien n’a été trouvé à cette URL.',
    'Vérifiez l’URL, ainsi que l’éventuel sous-dossier du site.',
  ],
  method_not_allowed: [
    'Cette URL n’accepte pas la méthode de la requête.',
    'Utilisez l’une des méthodes de l’en-tête Allow[ : {allowed_methods}].',
  ],
  internal_error: [
    'Le site n’a pas pu traiter la requête.',
    'Réessayez plus tard, et signalez-le aux administrateurs du site si le problème persiste.',
  ],
  store_unavailable: [
    'Le site ne peut pas utiliser sa base de données pour le moment.',
    'Renvoyez la requête après le nombre de secondes de l’en-tête Retry-After.',
  ],
  limits_unavailable: [
    'Le site ne peut pas vérifier ses limites pour le moment ; il refuse donc cette requête.',
    'Renvoyez la requête après le nombre de secondes de l’en-tête Retry-After.',
  ],
  revocation_not_stored: [
    'Seul le processus qui a traité cette requête rejette la clé, car le site n’a pas pu enregistrer sa révocation.',
    'Révoquez-la à nouveau plus tard : d’ici là, un redémarrage du site rend la clé de nouveau valable.',
  ],
  user_api_keys_disabled: [
    'Ce site n’émet pas de clés d’API utilisateur.',
    'Un administrateur peut les activer avec le paramètre allow_user_api_keys.',
  ],
  no_scope_granted: [
    'Aucune permission n’est sélectionnée.',
    'Revenez en arrière et sélectionnez au moins une permission, ou refusez la demande.',
  ],
  scope_not_allowed: [
    'Ce site n’accorde pas les scopes demandés[ : {refused_scopes}].',
    'Demandez moins de scopes[ (autorisés : {allowed_scopes})], ou demandez à un administrateur de les ajouter à allow_user_api_key_scopes.',
  ],
  redirect_not_allowed: [
    'Le site n’autorise pas cette redirection (auth_redirect)[ : {reason}].',
    'Un administrateur peut l’ajouter à allowed_user_api_auth_redirects ; sans auth_redirect, le site affiche la charge utile à copier.',
  ],
  redirect_missing_host: [
    'Il manque le schéma ou l’hôte dans auth_redirect.',
    'Envoyez une URL absolue comme https://app.example/callback ou myapp://callback.',
  ],
  redirect_pattern_invalid: [
    'Le motif de redirection {pattern} n’est pas valide[ : {reason}].',
    'Écrivez des motifs comme myapp://callback, https://app.example/cb* ou https://*.example.com/cb, séparés par |.',
  ],
  public_key_unreadable: [
    'La public_key est illisible[ : {reason}].',
    'Envoyez la sortie PEM de "openssl rsa -in private.pem -pubout", en encodant chaque + en %2B.',
  ],
  public_key_is_private: [
    'La public_key est une clé privée, désormais compromise.',
    'Abandonnez cette paire de clés, créez-en une nouvelle et envoyez uniquement sa clé publique ("openssl rsa -in private.pem -pubout").',
  ],
  public_key_is_openssh: [
    'La public_key est au format OpenSSH.',
    'Convertissez une clé RSA en PEM avec "ssh-keygen -e -m PKCS8 -f key.pub", et envoyez le résultat.',
  ],
  public_key_is_certificate: [
    'La public_key est un certificat ou une demande de certificat.',
    'Envoyez uniquement la clé publique qu’il contient ("openssl x509 -in certificate.pem -pubkey -noout").',
  ],
  public_key_not_rsa: [
    'La public_key n’est pas une clé RSA[ ; son algorithme est {algorithm}].',
    'Créez une clé RSA ("openssl genrsa 2048"), car la charge utile est chiffrée avec RSA.',
  ],
  public_key_too_small: [
    'La public_key a {bits} bits ; il en faut au moins {min_bits}.',
    'Créez une clé RSA plus grande ("openssl genrsa {min_bits}").',
  ],
  public_key_too_large: [
    'La public_key a {bits} bits ; {max_bits} au plus sont acceptés.',
    'Créez une clé RSA plus petite ("openssl genrsa 4096").',
  ],
  expiry_invalid: [
    'Le paramètre expires_in_seconds n’est pas un nombre entier de 1 à 9999999999.',
    'Envoyez au plus dix chiffres, comme 86400 pour un jour.',
  ],
  expiry_too_long: [
    'Le paramètre expires_in_seconds dépasse le maximum de {max_days} jours.',
    'Demandez au plus {max_days} jours ; un administrateur peut modifier max_user_api_key_expiry_days.',
  ],
  payload_too_large: [
    'La charge utile est trop volumineuse pour {padding_name} avec cette clé : {bytes} octets, {max_bytes} au plus.',
    'Envoyez un nonce plus court[ ({max_nonce_bytes} octets au plus)], ou utilisez une clé RSA plus grande.',
  ],
  client_public_key_mismatch: [
    'La public_key diffère de celle enregistrée pour ce client.',
    'Omettez public_key, ou envoyez exactement celle qui est enregistrée.',
  ],
  client_redirect_mismatch: [
    'L’auth_redirect diffère de celui enregistré pour ce client.',
    'Envoyez exactement l’auth_redirect enregistré, ou omettez-le pour afficher la charge utile.',
  ],
  client_not_registered: [
    'Aucun client n’est enregistré avec cet ID.',
    'Enregistrez-le d’abord avec POST /user-api-key-client.',
  ],
  client_already_registered: [
    'Un client est déjà enregistré avec cet ID.',
    'Utilisez la clé et la redirection enregistrées, ou enregistrez un autre ID.',
  ],
  one_time_password_needs_redirect: [
    'Une demande d’appareil ne peut pas contenir le scope one_time_password.',
    'Omettez ce scope ; un mot de passe à usage unique nécessite une demande avec auth_redirect.',
  ],
  client_needs_sealed_key: [
    'Ce client est enregistré avec une clé publique et ne reçoit que des clés chiffrées.',
    'Utilisez POST /user-api-key/device.json, ou un client_id non enregistré.',
  ],
  tls_required: [
    'Le site ne renvoie pas de clés non chiffrées, car son URL ne commence pas par https.',
    'Utilisez POST /user-api-key/device.json, qui chiffre la clé, ou servez le site en https.',
  ],
  device_request_outdated: [
    'L’enregistrement de cette application a changé après la demande de l’appareil.',
    'Aucune clé n’a été émise ; recommencez sur l’appareil.',
  ],
  login_required: ['Vous n’êtes pas connecté.', 'Connectez-vous sur le site et réessayez.'],
  session_required: [
    'Cette action nécessite une session de navigateur ; elle est impossible avec une clé.',
    'Ouvrez le site dans un navigateur et faites-le là, sans clé.',
  ],
  csrf_invalid: [
    'Le formulaire a expiré ou n’a pas été envoyé par ce site (CSRF).',
    'Rechargez la page et réessayez ; un script envoie le jeton dans X-CSRF-Token.',
  ],
  group_not_allowed: [
    'Votre compte n’est dans aucun groupe qui peut approuver des clés d’API utilisateur.',
    'Un administrateur peut ajouter un groupe au paramètre user_api_key_allowed_groups.',
  ],
  user_suspended: [
    'Le compte est suspendu.',
    'Contactez les administrateurs du site ; la clé fonctionnera à nouveau à la fin de la suspension.',
  ],
  personal_keys_disabled: [
    'Ce site ne permet pas aux utilisateurs de créer ce type de clé.',
    'Un administrateur peut l’activer : allow_personal_user_api_keys doit valoir {needed}.',
  ],
  too_many_app_keys: [
    'Vous avez {max_keys} clés d’applications actives, le maximum sur ce site.',
    'Révoquez une application dont vous n’avez plus besoin, puis réessayez.',
  ],
  too_many_approvals: [
    'Vous avez approuvé trop d’applications en une heure.',
    'Réessayez dans {wait_seconds} secondes.',
  ],
  too_many_personal_keys: [
    'Vous avez {max_keys} clés personnelles actives, le maximum sur ce site.',
    'Révoquez-en une dont vous n’avez plus besoin, puis réessayez.',
  ],
  address_list_invalid: [
    'L’entrée {entry} de allowed_addresses n’est pas valide : {reason}.',
    'Corrigez l’entrée, ou laissez la liste vide pour autoriser toutes les adresses IP.',
  ],
  key_not_rotatable: [
    'Cette clé ne peut pas être renouvelée[ : {reason}].',
    'Ne renouvelez que vos clés personnelles.',
  ],
  key_not_renewable: [
    'Cette clé ne peut pas être prolongée de cette façon.',
    'Prolongez une clé personnelle active avant son expiration, jusqu’à une date ultérieure ; si elle a expiré, créez-en une autre.',
  ],
  key_was_rotated: [
    'Cette clé a déjà été renouvelée ; une autre clé la remplace.',
    'Renouvelez la nouvelle clé, ou créez-en encore une si vous ne l’avez pas enregistrée.',
  ],
  grace_invalid: [
    'Le paramètre grace_seconds n’est pas un nombre entier de 0 à {max_seconds}.',
    'Envoyez des chiffres, comme 86400 pour un jour ; un administrateur peut modifier max_user_api_key_rotation_grace_days.',
  ],
  feed_unknown: ['Ce flux n’existe pas.', 'Utilisez l’un des flux de ce site[ : {known_feeds}].'],
  feed_not_available: [
    'Aucune URL ne peut être créée pour le flux {feed} : {reason}.',
    'Adressez-vous aux administrateurs du site, qui configurent ses flux.',
  ],
  one_time_password_invalid: [
    'Ce lien de connexion n’est plus valable.',
    'Demandez un nouveau lien à l’application ; chacun fonctionne une fois, pendant dix minutes.',
  ],
  key_unknown: [
    'Cette clé n’est pas une clé de ce site.',
    'Envoyez le champ "key" (32 caractères) de la charge utile déchiffrée dans User-Api-Key, au site qui l’a émise.',
  ],
  key_revoked: [
    'Cette clé a été révoquée[ : {reason}][, et son délai de grâce s’est terminé le {grace_ended_at}].',
    'Utilisez la clé qui l’a remplacée, ou demandez-en une nouvelle à l’utilisateur.',
  ],
  key_expired: ['Cette clé a expiré[ (le {expired_at})].', 'Demandez une nouvelle clé à l’utilisateur.'],
  key_is_encrypted_payload: [
    'Ceci est la charge utile chiffrée, et non la clé qu’elle contient.',
    'Déchiffrez la charge utile avec votre clé privée, analysez le JSON et envoyez son champ "key".',
  ],
  key_is_public_key: [
    'Ceci est une clé RSA ou SSH, et non une clé d’API utilisateur.',
    'Envoyez le champ "key" de la charge utile déchiffrée ; si vous avez envoyé une clé privée, remplacez la paire de clés.',
  ],
  key_not_allowed_in_url: [
    'Cette clé ne peut pas être envoyée dans une URL.',
    'Envoyez-la dans l’en-tête User-Api-Key, ou créez une URL de flux sur la page des flux.',
  ],
  oauth_client_unknown: [
    'Le site ne connaît pas l’application qui vous a envoyé ici, ou ne peut pas charger sa description.',
    'Envoyez le client_id obtenu par un enregistrement sur ce site, ou l’URL https d’un document de métadonnées du client dont le client_id est cette URL.',
  ],
  app_blocked: [
    'Un administrateur de ce site a bloqué cette application[ : {block_reason}].',
    'Adressez-vous aux administrateurs du site ; les clés de l’application fonctionneront à nouveau s’ils lèvent le blocage.',
  ],
  icon_invalid: [
    'Le fichier ne convient pas comme icône[ : {reason}].',
    'Choisissez une image PNG, JPEG ou WebP carrée, sans animation.',
  ],
  icon_too_large: [
    'L’icône dépasse {max_bytes} octets.',
    'Choisissez une image plus petite, par exemple un PNG de 128 pixels sur 128.',
  ],
  block_not_found: [
    'Ce blocage n’existe pas.',
    'Vérifiez la liste des applications bloquées ; un autre administrateur a peut-être levé le blocage.',
  ],
  oauth_client_blocked: [
    'Un administrateur de ce site a bloqué l’application qui vous a envoyé ici.',
    'Demandez la raison aux administrateurs du site.',
  ],
  oauth_redirect_mismatch: [
    'La redirect_uri n’est pas enregistrée pour cette application ; rien n’y est donc envoyé.',
    'Envoyez exactement l’une des URI de redirection enregistrées ; seul le port d’une adresse de bouclage peut différer.',
  ],
  key_for_another_resource: [
    'Cette clé a été émise pour une autre ressource de ce site.',
    'Demandez un jeton dont le paramètre resource est l’URL de cette ressource.',
  ],
  token_missing: [
    'Cette requête n’a pas de jeton Bearer.',
    'Envoyez un jeton d’accès dans Authorization: Bearer. L’en-tête WWW-Authenticate indique les métadonnées de cette ressource.',
  ],
  origin_not_allowed: [
    'Les pages de cette origine ne peuvent pas appeler cette URL.',
    'Un administrateur peut ajouter l’origine au paramètre cors_origins.',
  ],
  address_not_allowed: [
    'Cette clé ne peut pas être utilisée depuis cette adresse IP[ ({address})].',
    'Utilisez-la depuis une adresse IP autorisée, ou demandez à son utilisateur une clé qui autorise la vôtre.',
  ],
  scope_insufficient: [
    'Les scopes de cette clé n’autorisent pas cette requête[ ; la clé a {granted_scopes}].',
    'Demandez à l’utilisateur une clé avec l’un des scopes nécessaires[ : {required_scopes}].',
  ],
  admin_key_in_user_header: [
    'Une clé d’administration a été envoyée dans User-Api-Key.',
    'Envoyez les clés d’administration dans Api-Key, avec Api-Username.',
  ],
  user_key_in_admin_header: [
    'Une clé d’API utilisateur a été envoyée dans Api-Key.',
    'Envoyez-la dans User-Api-Key, sans Api-Username.',
  ],
  key_in_wrong_place: [
    'Une clé d’API utilisateur a été envoyée au mauvais endroit[ : {reason}].',
    'Envoyez-la dans l’en-tête User-Api-Key, ou dans Authorization: Bearer.',
  ],
  admin_key_from_browser: [
    'Une page web d’une autre origine a envoyé une clé d’administration.',
    'Révoquez la clé, et utilisez plutôt une clé d’API utilisateur dans la page.',
  ],
  invalid_api_credentials: [
    'L’Api-Key, ou l’Api-Username envoyé avec elle, n’est pas valide.',
    'Vérifiez sur les pages d’administration que la clé est active et autorise cet utilisateur.',
  ],
  credentials_conflict: [
    'La requête contient plus d’une clé.',
    'Envoyez un seul de ces éléments : User-Api-Key, Authorization: Bearer ou Api-Key.',
  ],
  rate_limited: [
    'Trop de requêtes[ ; attendez {wait_seconds} secondes].',
    'Attendez le nombre de secondes de l’en-tête Retry-After.',
  ],
  key_not_found: [
    'Cette clé n’existe pas ou ne peut pas être modifiée.',
    'Vérifiez la liste des clés sur la page des applications ; elle est peut-être déjà révoquée.',
  ],
  key_of_another_user: [
    'Cette clé appartient à un autre utilisateur.',
    'Connectez-vous dans un navigateur en tant que son propriétaire ; un administrateur peut seulement révoquer et rétablir les clés des autres.',
  ],
  key_was_replaced: [
    'Une clé plus récente a remplacé celle-ci ; sa révocation ne peut donc pas être annulée.',
    'Utilisez la clé plus récente, ou demandez-en une autre.',
  ],
  key_restorable_by_admin: [
    'Un administrateur ou le site lui-même a révoqué cette clé[ : {reason}].',
    'Demandez à un administrateur du site de la rétablir, ou approuvez à nouveau l’application.',
  ],
  key_too_old: [
    'La clé a été approuvée il y a plus de {max_days} jours, l’âge maximal sur ce site.',
    'Approuvez à nouveau l’application pour obtenir une nouvelle clé.',
  ],
  admin_required: [
    'Cette action est réservée aux administrateurs.',
    'Connectez-vous avec un compte d’administrateur.',
  ],
  admin_key_not_found: [
    'Cette clé d’administration n’existe pas ou ne peut pas être modifiée.',
    'Vérifiez la liste des clés d’administration ; un autre administrateur l’a peut-être révoquée, rétablie ou supprimée.',
  ],
  admin_key_is_live: [
    'Cette clé d’administration est active et ne peut pas être supprimée.',
    'Révoquez-la d’abord, et vérifiez que plus rien ne l’utilise.',
  ],
  admin_scopes_invalid: [
    'Les scopes de la clé d’administration ne sont pas valides[ : {reason}].',
    'Aucune clé n’a été créée ; voir /admin/api/keys/scopes.json pour les scopes et leurs paramètres.',
  ],
  user_not_found: [
    'Aucun utilisateur ne porte ce nom.',
    'Aucune clé n’a été créée ; corrigez username, ou omettez-le pour une clé qui agit au nom de n’importe quel utilisateur.',
  ],
  setting_unknown: [
    'Il n’existe aucun paramètre nommé {setting}.',
    'Cherchez son nom dans la liste des paramètres.',
  ],
  setting_invalid: [
    'La valeur du paramètre {setting} n’est pas valide[ : {reason}].',
    'Rien n’a été modifié ; corrigez la valeur et enregistrez à nouveau.',
  ],
  path_ambiguous: [
    'Des programmes peuvent lire l’URL de cette requête de différentes façons[ ({ambiguity})].',
    'Envoyez un seul hôte, et un chemin sans segments vides, segments à points, barres obliques inverses, points-virgules, ni barres obliques ou points échappés.',
  ],
  upstream_unavailable: [
    'Le service derrière ce site est injoignable.',
    'Réessayez plus tard, et signalez-le aux administrateurs du site si le problème persiste.',
  ],
  upstream_timeout: [
    'Le service derrière ce site n’a pas répondu à temps.',
    'Vérifiez si la requête a eu un effet avant de la renvoyer.',
  ],
  verify_misconfigured: [
    'Le proxy de ce site envoie ses demandes de vérification de façon incorrecte[ : {problem}].',
    'Si vous gérez ce site, comparez la configuration du proxy avec le guide sur l’authentification déléguée.',
  ],
  proxy_not_trusted: [
    'Seuls les proxys de ce site peuvent utiliser cette adresse.',
    'Si vous gérez ce site, ajoutez l’adresse du proxy à la liste des proxys de confiance.',
  ],
  accounts_unavailable: [
    'Le site ne peut pas déterminer qui est connecté.',
    'Réessayez plus tard, et signalez-le aux administrateurs du site si le problème persiste.',
  ],
  sign_in_failed: ['La connexion n’a pas abouti.', 'Ouvrez à nouveau la page de ce site et connectez-vous.'],
};
