/// What the configuration file says, as values: where Parano listens, whom it believes, which
/// tokens it takes, where it keeps things, and what is weak about all that.
///
/// It promises that unknown keys and unreadable values are refused, every mistake at once and at
/// its place, and that nothing unset means anything weaker than what is documented as the default.
/// It opens no file: those that the configuration mentions are listed for whoever does. Start
/// reading at [io.parano.config.Configuration].
@NullMarked
package io.parano.config;

import org.jspecify.annotations.NullMarked;
