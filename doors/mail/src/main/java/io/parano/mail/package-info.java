/// The door for mail servers: nginx's `auth_http`, Dovecot's policy server and its password check.
/// It believes only listed servers that show a secret, turns what they ask into questions of
/// [io.parano.access.MailAdmitting] and the answers into theirs, and has mailboxes closed whose
/// ground is gone. It holds no rules, and tells outsiders no reason. Start reading at
/// [io.parano.mail.MailDoor].
@org.jspecify.annotations.NullMarked
package io.parano.mail;
