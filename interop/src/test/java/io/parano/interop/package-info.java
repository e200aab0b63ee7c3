/// The product against the real programs that people put before and around it: nginx and Chromium.
/// A missing program is counted aloud, never passed over in silence.
@NullMarked
package io.parano.interop;

import org.jspecify.annotations.NullMarked;
