package io.parano.ssh;

import io.parano.access.Door;
import io.parano.access.Jumping;
import io.parano.access.Swept;
import io.parano.access.Taken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/// Who is logged in at the jump host and where to they are connected on: the door's word to the
/// lever. Made before the core, which wants it, and given to [JumpDoor#open].
public final class JumpConnections implements Door, SessionListener {
  /// Closing a socket takes no peer.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<Session, Connection> open = new ConcurrentHashMap<>();
  private final Swept swept = new Swept();
  private volatile @Nullable Jumping jumping;

  /// One login and what goes through it.
  static final class Connection {
    private final Jumping.Entered entered;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private boolean over;

    private Connection(Jumping.Entered entered) {
      this.entered = entered;
    }

    Jumping.Entered entered() {
      return entered;
    }

    /// Keeps a passage as long as it is open; one that comes too late, or is one too many, is not.
    synchronized boolean take(Passage passage, int most) {
      return !over && passages.size() < most && passages.add(passage);
    }

    void drop(Passage passage) {
      passages.remove(passage);
    }

    private synchronized void end() {
      over = true;
      passages.forEach(Passage::cut);
    }
  }

  void ask(Jumping core) {
    jumping = core;
  }

  void entered(Session session, Jumping.Entered entered) {
    open.put(session, new Connection(entered));
    if (session.isClosing()) {
      sessionClosed(session);
    }
  }

  @Nullable Connection of(Session session) {
    return open.get(session);
  }

  /// How many people's connections there are.
  public int size() {
    return open.size();
  }

  @Override
  public void sessionClosed(Session session) {
    Connection gone = open.remove(session);
    if (gone != null) {
      gone.end();
    }
  }

  @Override
  public String name() {
    return "ssh-jump";
  }

  /// Ends what the core says is over, sockets first: nothing flows any more when this returns.
  @Override
  public int closed(Taken taken) {
    List<CloseFuture> closing = new ArrayList<>();
    int ended = sweep(closing, taken);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (CloseFuture one : closing) {
        if (!one.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          throw new Silent("a connection of the jump host does not close");
        }
      }
    } catch (IOException e) {
      throw new Silent("a connection of the jump host does not close: " + e.getMessage());
    }
    return ended;
  }

  /// How many connections and passages were ended.
  int sweep() {
    return sweep(new ArrayList<>(), Taken.NOTHING);
  }

  private int sweep(List<CloseFuture> closing, Taken taken) {
    Jumping core = jumping;
    if (core == null) {
      return 0;
    }
    Map<Session, Connection> over = new HashMap<>();
    int narrowed = 0;
    for (Map.Entry<Session, Connection> one : open.entrySet()) {
      Connection connection = one.getValue();
      if (core.over(connection.entered) != null) {
        over.put(one.getKey(), connection);
      } else {
        narrowed += narrowed(core, connection);
      }
    }
    int ended =
        swept.count(over.values().stream().map(one -> one.entered.session()).toList(), taken);
    over.forEach((session, connection) -> {
      connection.end();
      closing.add(session.close(true));
    });
    return ended + narrowed;
  }

  /// A policy that reaches less far ends what leads there.
  private static int narrowed(Jumping core, Connection connection) {
    List<Passage> out = new ArrayList<>();
    for (Passage passage : connection.passages) {
      if (core.over(connection.entered, passage.host(), passage.port()) != null) {
        out.add(passage);
      }
    }
    out.forEach(Passage::cut);
    return out.size();
  }

  /// Ends everything.
  void end() {
    open.forEach((session, connection) -> {
      connection.end();
      var _ = session.close(true);
    });
  }
}
