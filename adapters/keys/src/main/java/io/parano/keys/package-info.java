/// The keyset: the keys under which everything else is sealed, in a file that a passphrase opens.
///
/// It promises that a keyset file opens whole and unaltered or not at all, and that what was sealed
/// for one context opens in no other. It refuses to open a file that others may read, and to
/// overwrite a keyset by creating one. It does not know where the passphrase comes from nor what is
/// sealed. Start reading at [io.parano.keys.KeysetFile].
@NullMarked
package io.parano.keys;

import org.jspecify.annotations.NullMarked;
