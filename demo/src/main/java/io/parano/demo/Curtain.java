package io.parano.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/// Falls once, when the play is over or the process is told to end, whichever comes first; then
/// everything that was opened is closed, the last first.
final class Curtain implements AutoCloseable {
  private final Screen screen;
  private final Deque<Act> acts = new ArrayDeque<>();
  private final CountDownLatch fallen = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "curtain");
  private boolean down;

  private Curtain(Screen screen) {
    this.screen = screen;
  }

  @FunctionalInterface
  interface Act {
    void close() throws IOException;
  }

  static Curtain raise(Screen screen) {
    Curtain curtain = new Curtain(screen);
    Runtime.getRuntime().addShutdownHook(curtain.hook);
    return curtain;
  }

  /// What to do at the end. Once the curtain is down it is done at once.
  synchronized void afterwards(Act act) throws IOException {
    if (down) {
      act.close();
      throw new IOException("the process was told to end");
    }
    acts.push(act);
  }

  /// Waits until the process is told to end.
  void await() {
    try {
      fallen.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    fall();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // Then it was the hook that let it fall.
    }
  }

  /// Whoever is in the middle of a scene would stumble over what disappears; nobody needs to hear.
  private void interrupted() {
    screen.silence();
    fall();
  }

  private synchronized void fall() {
    down = true;
    while (!acts.isEmpty()) {
      try {
        acts.pop().close();
      } catch (IOException e) {
        screen.trouble(e.getMessage() == null ? e.toString() : e.getMessage());
      }
    }
    fallen.countDown();
  }
}
