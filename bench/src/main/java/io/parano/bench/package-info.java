/// Measurements, each beside a peer in the same run. Start reading at [io.parano.bench.Main].
@NullMarked
package io.parano.bench;

import org.jspecify.annotations.NullMarked;
