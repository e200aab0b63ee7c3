package io.parano.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the writer knows of the rows: their sets as of the last durable group, and as the group
/// under way would leave them. Outlives connections: the sums themselves stand nowhere else. Used
/// by the writer's thread alone.
final class RowBook {
  private RowSets durable;
  private RowSets attempted;
  private @Nullable RowTags attemptedUnder;

  /// What binds nothing of this yet and is to be replaced by the first group; null once it was.
  private @Nullable Before before;

  private RowBook(RowSets found, @Nullable Before before) {
    this.durable = found;
    this.attempted = found;
    this.before = before;
  }

  private sealed interface Before {
    /// A head that binds no rows.
    record Nothing() implements Before {}

    /// A head that binds them as they were tagged under an earlier layout.
    record Earlier(Layout layout, Head head) implements Before {}
  }

  /// Of rows that the head binds.
  static RowBook of(RowSets bound) {
    return new RowBook(bound, null);
  }

  /// Of rows that no head binds yet: the first group does.
  static RowBook unbound(RowSets found) {
    return new RowBook(found, new Before.Nothing());
  }

  /// Of rows that were carried over from `layout`, under which `head` still binds them: the first
  /// group binds them anew.
  static RowBook carried(RowSets found, Layout layout, Head head) {
    return new RowBook(found, new Before.Earlier(layout, head));
  }

  /// A copy for the group under way to change.
  RowSets begin() {
    attempted = durable.copy();
    attemptedUnder = null;
    return attempted;
  }

  /// The group under way tags all rows anew, and leaves these under `under`.
  RowSets begin(RowSets retagged, RowTags under) {
    attempted = retagged;
    attemptedUnder = under;
    return attempted;
  }

  /// The group under way is durable.
  void keep(RowTags tags) {
    if (attemptedUnder != null) {
      tags.follow(attemptedUnder);
      attemptedUnder = null;
    }
    durable = attempted;
    before = null;
  }

  /// Goes on from what `head` binds: what the last durable group left, or the one whose answer was
  /// lost. Throws [Unreadable] when it is neither.
  void follow(Head head, RowTags tags) {
    if (isBefore(head, tags)) {
      return;
    }
    if (attemptedUnder != null && attemptedUnder.isGenuine(head)) {
      keep(tags);
    }
    if (!tags.isGenuine(head) || head.sets() == null) {
      throw new Unreadable("the log's head is not what was written");
    }
    if (head.sets().equals(attempted.sealed(tags))) {
      keep(tags);
    } else if (!head.sets().equals(durable.sealed(tags))) {
      throw new Unreadable("the log's head counts other rows than were written");
    }
  }

  private boolean isBefore(Head head, RowTags tags) {
    return switch (before) {
      case null -> false;
      case Before.Nothing _ -> head.tag() == null;
      case Before.Earlier(Layout layout, Head found) ->
          tags.isGenuine(layout, head)
              && head.frontier().size() == found.frontier().size()
              && head.frontier().root().equals(found.frontier().root())
              && Objects.equals(head.sets(), found.sets());
    };
  }
}
