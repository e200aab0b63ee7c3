package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;

/// Has somebody decide whether a request may pass. One per event loop, and asked on it.
interface Gate {
  void ask(Question question, Asker asker);

  /// Whoever is owed the answer: told on the event loop that asked, and a second time, that nothing
  /// is available, only when it failed to pass the first on.
  interface Asker {
    void told(Answer answer);
  }
}
