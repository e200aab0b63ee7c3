/// Argon2id by Debian's libargon2 through the foreign-function interface where it is installed,
/// else by Bouncy Castle in pure Java, in a pool that a flood cannot make larger.
///
/// It promises the tags of RFC 9106, version 0x13, whichever library computes them, and to wipe
/// what it computed them in. It refuses to know what a password is, or how strong parameters must
/// be. Start reading at [io.parano.argon2.Argon2Pool].
@NullMarked
package io.parano.argon2;

import org.jspecify.annotations.NullMarked;
