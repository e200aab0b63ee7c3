package io.parano.web;

import io.parano.access.Passing;
import io.parano.identity.Identity;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Answers by the bearer alone, as scripted, and remembers what it was asked and told.
final class ScriptedPassing implements Passing {
  static final Identity ALICE =
      new Identity("alice", "Alice Éluard", "alice@example.org", List.of("staff", "support"));

  record Disbelieved(IpAddress peer, Reason reason, String detail) {}

  final Map<String, Answer> answers = new ConcurrentHashMap<>();
  final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  final BlockingQueue<Disbelieved> disbelieved = new LinkedBlockingQueue<>();
  Answer onceRecorded = new Answer.Allowed(ALICE, null);

  ScriptedPassing() {
    answers.put("good", new Answer.Allowed(ALICE, null));
  }

  @Override
  public Sought seek(Question question) {
    return new Sought(question, null);
  }

  @Override
  public void fetch(List<Sought> sought) {}

  @Override
  public Answer pass(Sought sought) {
    Question question = sought.question();
    questions.add(question);
    String bearer = question.bearer();
    return bearer == null
        ? new Answer.SignIn(Reason.SESSION_MISSING)
        : answers.getOrDefault(bearer, new Answer.SignIn(Reason.SESSION_UNKNOWN));
  }

  @Override
  public Answer passRecorded(Question question) {
    return onceRecorded;
  }

  @Override
  public void disbelieve(IpAddress peer, Reason reason, String detail) {
    disbelieved.add(new Disbelieved(peer, reason, detail));
  }

  Disbelieved told() throws InterruptedException {
    Disbelieved told = disbelieved.poll(5, TimeUnit.SECONDS);
    if (told == null) {
      throw new AssertionError("nothing was disbelieved");
    }
    return told;
  }

  /// Waits until a message was disbelieved for `reason`; others may have been before it.
  void toldOf(Reason reason) throws InterruptedException {
    while (told().reason() != reason) {}
  }

  Question asked() throws InterruptedException {
    Question asked = questions.poll(5, TimeUnit.SECONDS);
    if (asked == null) {
      throw new AssertionError("nothing was asked");
    }
    return asked;
  }
}
