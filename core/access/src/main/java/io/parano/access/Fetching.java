package io.parano.access;

import io.parano.access.Passing.Sought;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.HeldToken;
import io.parano.identity.Known;
import io.parano.identity.Member;
import io.parano.kernel.Digest;
import io.parano.session.LiveSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads ahead what passes are decided by, so that it lies in the processor's caches when they are.
///
/// A pass follows some twenty objects, most of them from one to the next, and with a hundred
/// thousand sessions it waits for memory at each. The processor reads many places at once where no
/// place is known by another: so all that came together are taken one step at a time, the slots of
/// all, then the sessions of all, and so on, and wait together (group prefetching: Chen, Ailamaki,
/// Gibbons, Mowry, Improving Hash Join Performance through Prefetching, ICDE 2004).
///
/// Nothing is decided by what is read here, and nothing of it is kept.
final class Fetching {
  private final LiveSessions sessions;

  /// Of what was read. Nobody asks for it; a compiler leaves out what leads to nothing.
  @SuppressWarnings("UnusedVariable")
  private long traces;

  Fetching(LiveSessions sessions) {
    this.sessions = sessions;
  }

  void fetch(List<Sought> sought) {
    @Nullable LiveSession[] found = found(sought);
    int all = found.length;
    @Nullable Member[] members = new @Nullable Member[all];
    @Nullable HeldToken[] tokens = new @Nullable HeldToken[all];
    @Nullable LiveSession[] parents = new @Nullable LiveSession[all];
    long trace = 0;
    for (int i = 0; i < all; i++) {
      LiveSession live = found[i];
      if (live != null) {
        trace += live.firstPlace() + live.middlePlace();
        members[i] = live.member();
        tokens[i] = live.heldToken();
        parents[i] = live.parent();
      }
    }
    @Nullable Known[] known = new @Nullable Known[all];
    @Nullable Authenticator[] shown = new @Nullable Authenticator[all];
    for (int i = 0; i < all; i++) {
      Member member = members[i];
      HeldToken token = tokens[i];
      LiveSession parent = parents[i];
      if (member != null) {
        known[i] = member.known();
      }
      if (token != null) {
        shown[i] = token.authenticator();
      }
      if (parent != null) {
        trace += parent.firstPlace() + parent.middlePlace() + (parent.parent() == null ? 1 : 0);
      }
    }
    for (int i = 0; i < all; i++) {
      Known one = known[i];
      Authenticator token = shown[i];
      if (one != null) {
        trace += one.person().generation() + System.identityHashCode(one.identity());
      }
      if (token != null) {
        trace += token.state() == AuthenticatorState.ACTIVE ? 1 : 0;
      }
    }
    traces = trace;
  }

  private @Nullable LiveSession[] found(List<Sought> sought) {
    int all = sought.size();
    @Nullable LiveSession[] found = new @Nullable LiveSession[all];
    for (int i = 0; i < all; i++) {
      Digest token = sought.get(i).token();
      if (token != null) {
        found[i] = sessions.likely(token);
      }
    }
    return found;
  }
}
