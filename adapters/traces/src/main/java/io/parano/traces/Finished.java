package io.parano.traces;

import java.util.List;

/// A span that is over.
///
/// @param parent empty for none
/// @param request whether it is what somebody asked, not a part of it
/// @param start nanoseconds since 1970
/// @param failed whether it ended by a fault, not by an answer
record Finished(
    String trace,
    String span,
    String parent,
    String name,
    boolean request,
    long start,
    long end,
    List<Told> told,
    boolean failed) {
  record Told(String key, String value) {}
}
