/// `main`, configuration, wiring and the command line: the only module that knows every other one.
///
/// It promises that a configuration with any mistake is refused with the place and the nearest
/// right word, and that users meet sentences and exit codes, not stack traces. It refuses to hold
/// rules: what may pass is decided in the core. Start reading at [io.parano.app.Main].
@NullMarked
package io.parano.app;

import org.jspecify.annotations.NullMarked;
