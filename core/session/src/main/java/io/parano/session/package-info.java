/// What was granted, and every way in which it ends. It knows no protocol. Start reading at
/// [io.parano.session.Session].
package io.parano.session;
