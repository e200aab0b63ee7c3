package io.parano.app;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server tells whoever started it: sentences for somebody at a terminal, lines of the
/// structured log for everything else, so that a collector never meets a line of another form.
///
/// @param terminal null where nobody sits at one
record OperatorLines(@Nullable PrintWriter terminal) {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorLines.class);

  static OperatorLines to(PrintWriter err) {
    return new OperatorLines(Terminal.console().isPresent() ? err : null);
  }

  void warn(String sentence) {
    if (terminal == null) {
      LOG.warn("{}", sentence);
    } else {
      terminal.println(sentence);
      terminal.flush();
    }
  }

  void tell(String sentence) {
    if (terminal == null) {
      LOG.info("{}", sentence);
    } else {
      terminal.println(sentence);
      terminal.flush();
    }
  }
}
