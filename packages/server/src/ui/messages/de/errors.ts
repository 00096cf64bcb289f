import type { PageErrors } from '../error-texts.ts';

/** Each error: what happened, and what to do next. */
export const errors: PageErrors = {
  parameter_invalid: [
    'Der Parameter {parameter} ist ungültig[: {reason}].',
    'Senden Sie {parameter} einmal, als reinen Text.',
  ],
  parameter_missing: [
    'Der Parameter {parameter} fehlt oder ist leer.',
    'Senden Sie {parameter} als Parameter.',
  ],
  parameter_too_long: [
    'Der Parameter {parameter} ist länger als {max_bytes} Byte.',
    'Kürzen Sie {parameter}; Zeichen außerhalb von ASCII belegen zwei bis vier Byte.',
  ],
  padding_invalid: [
    'Der Parameter padding ist weder pkcs1 noch oaep.',
    'Senden Sie padding=oaep, oder lassen Sie den Parameter für pkcs1 weg.',
  ],
  body_unreadable: [
    'Der Body der Anfrage ist nicht lesbar.',
    'Senden Sie ein JSON-Objekt oder ein Formular mit passendem Content-Type.',
  ],
  body_already_read: [
    'Ein Body-Parser dieser Website hat den Body der Anfrage vor Valetkey gelesen.',
    'Wenn Sie diese Website betreiben, setzen Sie app.use(keys.endpoints) vor den Body-Parser oder übergeben Sie ohne Adapter den gelesenen Body als parsedBody.',
  ],
  body_type_not_allowed: [
    'Dieser Endpunkt akzeptiert nur Bodys vom Typ {body_type}.',
    'Senden Sie alle Parameter im Body, mit Content-Type: {body_type}.',
  ],
  body_too_large: [
    'Der Body der Anfrage ist zu groß[: Höchstens {max_bytes} Byte sind erlaubt].',
    'Senden Sie nur die Parameter, die der Endpunkt definiert.',
  ],
  not_found: [
    'Unter dieser URL wurde nichts gefunden.',
    'Prüfen Sie die URL und ob die Website in einem Unterordner liegt.',
  ],
  method_not_allowed: [
    'Diese URL akzeptiert die Methode der Anfrage nicht.',
    'Verwenden Sie eine der Methoden im Header Allow[: {allowed_methods}].',
  ],
  internal_error: [
    'Die Website konnte die Anfrage nicht bearbeiten.',
    'Versuchen Sie es später erneut und wenden Sie sich an die Admins der Website, wenn das Problem weiter besteht.',
  ],
  store_unavailable: [
    'Die Website kann ihre Datenbank gerade nicht verwenden.',
    'Senden Sie die Anfrage erneut, wenn die im Header Retry-After genannten Sekunden vergangen sind.',
  ],
  limits_unavailable: [
    'Die Website kann ihre Limits gerade nicht prüfen und lehnt diese Anfrage daher ab.',
    'Senden Sie die Anfrage erneut, wenn die im Header Retry-After genannten Sekunden vergangen sind.',
  ],
  revocation_not_stored: [
    'Nur der Prozess, der diese Anfrage beantwortet hat, lehnt den Schlüssel ab, weil die Website den Widerruf nicht speichern konnte.',
    'Widerrufen Sie ihn später erneut: Bis das gelingt, macht ein Neustart der Website den Schlüssel wieder gültig.',
  ],
  user_api_keys_disabled: [
    'Diese Website stellt keine Nutzer-API-Schlüssel aus.',
    'Ein Admin kann sie mit der Einstellung allow_user_api_keys einschalten.',
  ],
  no_scope_granted: [
    'Keine Berechtigung ist ausgewählt.',
    'Gehen Sie zurück und wählen Sie mindestens eine Berechtigung, oder lehnen Sie die Anfrage ab.',
  ],
  scope_not_allowed: [
    'Diese Website gewährt die angeforderten Scopes nicht[: {refused_scopes}].',
    'Fordern Sie weniger Scopes an[ (erlaubt: {allowed_scopes})], oder bitten Sie einen Admin, sie in allow_user_api_key_scopes aufzunehmen.',
  ],
  redirect_not_allowed: [
    'Die Website erlaubt diese Weiterleitung (auth_redirect) nicht[: {reason}].',
    'Ein Admin kann sie in allowed_user_api_auth_redirects aufnehmen; ohne auth_redirect zeigt die Website den Payload zum Kopieren an.',
  ],
  redirect_missing_host: [
    'In auth_redirect fehlt das Schema oder der Host.',
    'Senden Sie eine absolute URL wie https://app.example/callback oder myapp://callback.',
  ],
  redirect_pattern_invalid: [
    'Das Weiterleitungsmuster {pattern} ist ungültig[: {reason}].',
    'Schreiben Sie Muster wie myapp://callback, https://app.example/cb* oder https://*.example.com/cb, durch | getrennt.',
  ],
  public_key_unreadable: [
    'Der public_key ist nicht lesbar[: {reason}].',
    'Senden Sie die PEM-Ausgabe von "openssl rsa -in private.pem -pubout" und kodieren Sie jedes + als %2B.',
  ],
  public_key_is_private: [
    'Der public_key ist ein privater Schlüssel, der nun kompromittiert ist.',
    'Verwerfen Sie dieses Schlüsselpaar, erstellen Sie ein neues und senden Sie nur dessen öffentlichen Schlüssel ("openssl rsa -in private.pem -pubout").',
  ],
  public_key_is_openssh: [
    'Der public_key ist im OpenSSH-Format.',
    'Wandeln Sie einen RSA-Schlüssel mit "ssh-keygen -e -m PKCS8 -f key.pub" in PEM um und senden Sie das Ergebnis.',
  ],
  public_key_is_certificate: [
    'Der public_key ist ein Zertifikat oder eine Zertifikatsanforderung.',
    'Senden Sie nur den öffentlichen Schlüssel daraus ("openssl x509 -in certificate.pem -pubkey -noout").',
  ],
  public_key_not_rsa: [
    'Der public_key ist kein RSA-Schlüssel[; sein Algorithmus ist {algorithm}].',
    'Erstellen Sie einen RSA-Schlüssel ("openssl genrsa 2048"), denn der Payload wird mit RSA verschlüsselt.',
  ],
  public_key_too_small: [
    'Der public_key hat {bits} Bit; mindestens {min_bits} sind nötig.',
    'Erstellen Sie einen größeren RSA-Schlüssel ("openssl genrsa {min_bits}").',
  ],
  public_key_too_large: [
    'Der public_key hat {bits} Bit; höchstens {max_bits} sind erlaubt.',
    'Erstellen Sie einen kleineren RSA-Schlüssel ("openssl genrsa 4096").',
  ],
  expiry_invalid: [
    'Der Parameter expires_in_seconds ist keine ganze Zahl von 1 bis 9999999999.',
    'Senden Sie höchstens zehn Dezimalziffern, etwa 86400 für einen Tag.',
  ],
  expiry_too_long: [
    'Der Parameter expires_in_seconds überschreitet das Maximum von {max_days} Tagen.',
    'Fordern Sie höchstens {max_days} Tage an; ein Admin kann max_user_api_key_expiry_days ändern.',
  ],
  payload_too_large: [
    'Der Payload ist zu groß für {padding_name} mit diesem Schlüssel: {bytes} Byte, höchstens {max_bytes}.',
    'Senden Sie eine kürzere Nonce[ (höchstens {max_nonce_bytes} Byte)], oder verwenden Sie einen größeren RSA-Schlüssel.',
  ],
  client_public_key_mismatch: [
    'Der public_key ist nicht der, der für diesen Client registriert ist.',
    'Lassen Sie public_key weg, oder senden Sie genau den registrierten.',
  ],
  client_redirect_mismatch: [
    'Der auth_redirect ist nicht der, der für diesen Client registriert ist.',
    'Senden Sie genau den registrierten auth_redirect, oder lassen Sie ihn weg, um den Payload anzeigen zu lassen.',
  ],
  client_not_registered: [
    'Kein Client mit dieser ID ist registriert.',
    'Registrieren Sie ihn zuerst mit POST /user-api-key-client.',
  ],
  client_already_registered: [
    'Ein Client mit dieser ID ist schon registriert.',
    'Verwenden Sie den registrierten Schlüssel und die registrierte Weiterleitung, oder registrieren Sie eine andere ID.',
  ],
  one_time_password_needs_redirect: [
    'Eine Geräteanfrage kann den Scope one_time_password nicht enthalten.',
    'Lassen Sie den Scope weg; ein Einmalpasswort erfordert eine Anfrage mit auth_redirect.',
  ],
  client_needs_sealed_key: [
    'Dieser Client ist mit einem öffentlichen Schlüssel registriert und erhält nur verschlüsselte Schlüssel.',
    'Verwenden Sie POST /user-api-key/device.json oder eine client_id, die nicht registriert ist.',
  ],
  tls_required: [
    'Die Website gibt keine unverschlüsselten Schlüssel aus, da ihre URL nicht mit https beginnt.',
    'Verwenden Sie POST /user-api-key/device.json, das den Schlüssel verschlüsselt, oder stellen Sie die Website über https bereit.',
  ],
  device_request_outdated: [
    'Die Registrierung dieser App hat sich geändert, nachdem das Gerät seine Anfrage gestellt hat.',
    'Es wurde kein Schlüssel ausgestellt; beginnen Sie auf dem Gerät von vorn.',
  ],
  login_required: [
    'Sie sind nicht angemeldet.',
    'Melden Sie sich auf der Website an und versuchen Sie es erneut.',
  ],
  session_required: [
    'Diese Aktion erfordert eine Browser-Sitzung; mit einem Schlüssel ist sie nicht möglich.',
    'Öffnen Sie die Website in einem Browser und führen Sie die Aktion dort ohne Schlüssel aus.',
  ],
  csrf_invalid: [
    'Das Formular ist abgelaufen oder wurde nicht von dieser Website gesendet (CSRF).',
    'Laden Sie die Seite neu und versuchen Sie es erneut; ein Skript sendet das Token als X-CSRF-Token.',
  ],
  group_not_allowed: [
    'Ihr Konto ist in keiner Gruppe, die Nutzer-API-Schlüssel genehmigen darf.',
    'Ein Admin kann eine Gruppe in die Einstellung user_api_key_allowed_groups aufnehmen.',
  ],
  user_suspended: [
    'Das Konto ist gesperrt.',
    'Wenden Sie sich an die Admins der Website; der Schlüssel gilt wieder, wenn die Sperre endet.',
  ],
  personal_keys_disabled: [
    'Auf dieser Website können Nutzer diese Art von Schlüssel nicht erstellen.',
    'Ein Admin kann es erlauben: allow_personal_user_api_keys muss {needed} sein.',
  ],
  too_many_app_keys: [
    'Sie haben {max_keys} aktive Schlüssel von Apps, das Maximum auf dieser Website.',
    'Widerrufen Sie eine App, die Sie nicht mehr brauchen, und versuchen Sie es erneut.',
  ],
  too_many_approvals: [
    'Sie haben innerhalb einer Stunde zu viele Apps genehmigt.',
    'Versuchen Sie es in {wait_seconds} Sekunden erneut.',
  ],
  too_many_personal_keys: [
    'Sie haben {max_keys} aktive persönliche Schlüssel, das Maximum auf dieser Website.',
    'Widerrufen Sie einen, den Sie nicht mehr brauchen, und versuchen Sie es erneut.',
  ],
  address_list_invalid: [
    'Der Eintrag {entry} in allowed_addresses ist ungültig: {reason}.',
    'Korrigieren Sie den Eintrag, oder lassen Sie die Liste leer, um jede IP-Adresse zu erlauben.',
  ],
  key_not_rotatable: [
    'Dieser Schlüssel kann nicht rotiert werden[: {reason}].',
    'Rotieren Sie nur Ihre persönlichen Schlüssel.',
  ],
  key_not_renewable: [
    'Dieser Schlüssel kann so nicht verlängert werden.',
    'Verlängern Sie einen aktiven persönlichen Schlüssel vor seinem Ablauf auf einen späteren Zeitpunkt, oder erstellen Sie einen neuen, wenn er abgelaufen ist.',
  ],
  key_was_rotated: [
    'Dieser Schlüssel wurde schon rotiert und hat einen Nachfolger.',
    'Rotieren Sie den Nachfolger, oder erstellen Sie einen weiteren Schlüssel, wenn Sie ihn nicht gespeichert haben.',
  ],
  grace_invalid: [
    'Der Parameter grace_seconds ist keine ganze Zahl von 0 bis {max_seconds}.',
    'Senden Sie Dezimalziffern, etwa 86400 für einen Tag; ein Admin kann max_user_api_key_rotation_grace_days ändern.',
  ],
  feed_unknown: [
    'Diesen Feed gibt es nicht.',
    'Verwenden Sie einen der Feeds dieser Website[: {known_feeds}].',
  ],
  feed_not_available: [
    'Für den Feed {feed} kann keine URL erstellt werden: {reason}.',
    'Fragen Sie die Admins der Website, die ihre Feeds einrichten.',
  ],
  one_time_password_invalid: [
    'Dieser Anmeldelink ist nicht mehr gültig.',
    'Fordern Sie in der App einen neuen Link an; jeder funktioniert nur einmal, zehn Minuten lang.',
  ],
  key_unknown: [
    'Dieser Schlüssel ist kein Schlüssel dieser Website.',
    'Senden Sie das Feld "key" (32 Zeichen) des entschlüsselten Payloads als User-Api-Key an die Website, die ihn ausgestellt hat.',
  ],
  key_revoked: [
    'Dieser Schlüssel wurde widerrufen[: {reason}][; seine Übergangsfrist endete am {grace_ended_at}].',
    'Verwenden Sie den Schlüssel, der ihn ersetzt hat, oder bitten Sie den Nutzer um einen neuen.',
  ],
  key_expired: [
    'Dieser Schlüssel ist abgelaufen[ (am {expired_at})].',
    'Bitten Sie den Nutzer um einen neuen Schlüssel.',
  ],
  key_is_encrypted_payload: [
    'Dies ist der verschlüsselte Payload, nicht der Schlüssel darin.',
    'Entschlüsseln Sie den Payload mit Ihrem privaten Schlüssel, lesen Sie das JSON und senden Sie dessen Feld "key".',
  ],
  key_is_public_key: [
    'Dies ist ein RSA- oder SSH-Schlüssel, kein Nutzer-API-Schlüssel.',
    'Senden Sie das Feld "key" des entschlüsselten Payloads; wenn Sie einen privaten Schlüssel gesendet haben, ersetzen Sie das Schlüsselpaar.',
  ],
  key_not_allowed_in_url: [
    'Dieser Schlüssel darf nicht in einer URL gesendet werden.',
    'Senden Sie ihn im Header User-Api-Key, oder erstellen Sie auf der Feed-Seite eine Feed-URL.',
  ],
  oauth_client_unknown: [
    'Die Website kennt die App nicht, die Sie hierher geschickt hat, oder kann deren Beschreibung nicht laden.',
    'Senden Sie die client_id aus einer Registrierung bei dieser Website oder die https-URL eines Dokuments mit Client-Metadaten, dessen client_id diese URL ist.',
  ],
  app_blocked: [
    'Ein Admin dieser Website hat diese App gesperrt[: {block_reason}].',
    'Fragen Sie die Admins der Website; die Schlüssel der App gelten wieder, wenn sie die Sperre aufheben.',
  ],
  icon_invalid: [
    'Die Datei ist als Symbol nicht geeignet[: {reason}].',
    'Wählen Sie ein quadratisches PNG, JPEG oder WebP ohne Animation.',
  ],
  icon_too_large: [
    'Das Symbol ist größer als {max_bytes} Byte.',
    'Wählen Sie ein kleineres Bild, zum Beispiel ein PNG mit 128 mal 128 Pixeln.',
  ],
  block_not_found: [
    'Eine solche Sperre gibt es nicht.',
    'Prüfen Sie die Liste der gesperrten Apps; vielleicht hat ein anderer Admin die Sperre aufgehoben.',
  ],
  oauth_client_blocked: [
    'Ein Admin dieser Website hat die App gesperrt, die Sie hierher geschickt hat.',
    'Fragen Sie die Admins der Website nach dem Grund.',
  ],
  oauth_redirect_mismatch: [
    'Die redirect_uri ist keine, die diese App registriert hat; deshalb wird nichts dorthin gesendet.',
    'Senden Sie genau eine der registrierten Redirect-URIs; nur der Port einer Loopback-Adresse darf abweichen.',
  ],
  key_for_another_resource: [
    'Dieser Schlüssel wurde für eine andere Ressource dieser Website ausgestellt.',
    'Fordern Sie ein Token an, dessen Parameter resource die URL dieser Ressource ist.',
  ],
  token_missing: [
    'Diese Anfrage hat kein Bearer-Token.',
    'Senden Sie ein Zugriffstoken als Authorization: Bearer. Der Header WWW-Authenticate nennt die Metadaten dieser Ressource.',
  ],
  origin_not_allowed: [
    'Seiten dieses Origins dürfen diese URL nicht aufrufen.',
    'Ein Admin kann den Origin in die Einstellung cors_origins aufnehmen.',
  ],
  address_not_allowed: [
    'Dieser Schlüssel darf von dieser IP-Adresse nicht verwendet werden[ ({address})].',
    'Verwenden Sie ihn von einer erlaubten IP-Adresse, oder bitten Sie seinen Nutzer um einen Schlüssel, der Ihre erlaubt.',
  ],
  scope_insufficient: [
    'Die Scopes dieses Schlüssels erlauben diese Anfrage nicht[; der Schlüssel hat {granted_scopes}].',
    'Bitten Sie den Nutzer um einen Schlüssel mit einem der nötigen Scopes[: {required_scopes}].',
  ],
  admin_key_in_user_header: [
    'Ein Admin-Schlüssel wurde als User-Api-Key gesendet.',
    'Senden Sie Admin-Schlüssel als Api-Key zusammen mit Api-Username.',
  ],
  user_key_in_admin_header: [
    'Ein Nutzer-API-Schlüssel wurde als Api-Key gesendet.',
    'Senden Sie ihn als User-Api-Key, ohne Api-Username.',
  ],
  key_in_wrong_place: [
    'Ein Nutzer-API-Schlüssel wurde an der falschen Stelle gesendet[: {reason}].',
    'Senden Sie ihn im Header User-Api-Key oder als Authorization: Bearer.',
  ],
  admin_key_from_browser: [
    'Eine Webseite eines anderen Origins hat einen Admin-Schlüssel gesendet.',
    'Widerrufen Sie den Schlüssel, und verwenden Sie in der Seite stattdessen einen Nutzer-API-Schlüssel.',
  ],
  invalid_api_credentials: [
    'Der Api-Key oder der mitgesendete Api-Username ist ungültig.',
    'Prüfen Sie auf den Admin-Seiten, ob der Schlüssel aktiv ist und diesen Nutzer erlaubt.',
  ],
  credentials_conflict: [
    'Die Anfrage enthält mehr als einen Schlüssel.',
    'Senden Sie nur eines davon: User-Api-Key, Authorization: Bearer oder Api-Key.',
  ],
  rate_limited: [
    'Zu viele Anfragen[; warten Sie {wait_seconds} Sekunden].',
    'Warten Sie so viele Sekunden, wie der Header Retry-After angibt.',
  ],
  key_not_found: [
    'Diesen Schlüssel gibt es nicht, oder er kann nicht geändert werden.',
    'Prüfen Sie die Liste der Schlüssel auf der Apps-Seite; vielleicht ist er schon widerrufen.',
  ],
  key_of_another_user: [
    'Dieser Schlüssel gehört einem anderen Nutzer.',
    'Melden Sie sich im Browser als sein Besitzer an; ein Admin kann fremde Schlüssel nur widerrufen und wiederherstellen.',
  ],
  key_was_replaced: [
    'Ein neuerer Schlüssel hat diesen ersetzt, daher lässt sich der Widerruf nicht rückgängig machen.',
    'Verwenden Sie den neueren Schlüssel, oder fordern Sie einen weiteren an.',
  ],
  key_restorable_by_admin: [
    'Ein Admin oder die Website selbst hat diesen Schlüssel widerrufen[: {reason}].',
    'Bitten Sie einen Admin der Website, ihn wiederherzustellen, oder genehmigen Sie die App erneut.',
  ],
  key_too_old: [
    'Der Schlüssel wurde vor mehr als {max_days} Tagen genehmigt, dem Höchstalter auf dieser Website.',
    'Genehmigen Sie die App erneut, um einen neuen Schlüssel zu erhalten.',
  ],
  admin_required: ['Diese Aktion ist Admins vorbehalten.', 'Melden Sie sich mit einem Admin-Konto an.'],
  admin_key_not_found: [
    'Diesen Admin-Schlüssel gibt es nicht, oder er kann nicht geändert werden.',
    'Prüfen Sie die Liste der Admin-Schlüssel; vielleicht hat ein anderer Admin ihn widerrufen, wiederhergestellt oder gelöscht.',
  ],
  admin_key_is_live: [
    'Dieser Admin-Schlüssel ist aktiv und kann nicht gelöscht werden.',
    'Widerrufen Sie ihn zuerst, und vergewissern Sie sich, dass nichts ihn mehr verwendet.',
  ],
  admin_scopes_invalid: [
    'Die Scopes des Admin-Schlüssels sind ungültig[: {reason}].',
    'Es wurde kein Schlüssel erstellt; die Scopes und ihre Parameter stehen unter /admin/api/keys/scopes.json.',
  ],
  user_not_found: [
    'Kein Nutzer hat diesen Namen.',
    'Es wurde kein Schlüssel erstellt; korrigieren Sie username, oder lassen Sie es weg für einen Schlüssel, der als beliebiger Nutzer handeln kann.',
  ],
  setting_unknown: [
    'Es gibt keine Einstellung namens {setting}.',
    'Sehen Sie in der Liste der Einstellungen nach dem Namen.',
  ],
  setting_invalid: [
    'Der Wert für die Einstellung {setting} ist ungültig[: {reason}].',
    'Nichts wurde geändert; korrigieren Sie den Wert und speichern Sie erneut.',
  ],
  path_ambiguous: [
    'Programme können die URL dieser Anfrage unterschiedlich auslegen[ ({ambiguity})].',
    'Senden Sie einen Host und einen Pfad ohne leere Segmente, Punkt-Segmente, Backslashes, Semikolons und maskierte Schrägstriche oder Punkte.',
  ],
  upstream_unavailable: [
    'Der Dienst hinter dieser Website ist nicht erreichbar.',
    'Versuchen Sie es später erneut und wenden Sie sich an die Admins der Website, wenn das Problem weiter besteht.',
  ],
  upstream_timeout: [
    'Der Dienst hinter dieser Website hat nicht rechtzeitig geantwortet.',
    'Prüfen Sie, ob die Anfrage trotzdem ausgeführt wurde, bevor Sie sie erneut senden.',
  ],
  verify_misconfigured: [
    'Der Proxy dieser Website stellt seine Prüfanfragen auf ungültige Weise[: {problem}].',
    'Wenn Sie diese Website betreiben, vergleichen Sie die Konfiguration des Proxys mit der Anleitung zur Forward-Authentifizierung.',
  ],
  proxy_not_trusted: [
    'Nur die Proxys dieser Website dürfen diese Adresse verwenden.',
    'Wenn Sie diese Website betreiben, nehmen Sie die Adresse des Proxys in die Liste der vertrauenswürdigen auf.',
  ],
  accounts_unavailable: [
    'Die Website kann nicht feststellen, wer angemeldet ist.',
    'Versuchen Sie es später erneut und wenden Sie sich an die Admins der Website, wenn das Problem weiter besteht.',
  ],
  sign_in_failed: [
    'Die Anmeldung wurde nicht abgeschlossen.',
    'Öffnen Sie die Seite dieser Website erneut und melden Sie sich an.',
  ],
};
