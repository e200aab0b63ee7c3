package io.parano.access;

import java.time.Instant;
import java.util.List;

/// A cut that not every door has acknowledged, durable since the cut is: whoever starts again tells
/// them again.
///
/// @param ended what may still be open outside this process
public record Untold(long number, Instant at, List<Taken.Ended> ended) {
  public Untold {
    ended = List.copyOf(ended);
  }
}
