package io.parano.store;

import org.jspecify.annotations.Nullable;

/// What the writer knows of the rows: their sets as of the last durable group, and as the group
/// under way would leave them. Outlives connections: the sums themselves stand nowhere else. Used
/// by the writer's thread alone.
final class RowBook {
  private RowSets durable;
  private RowSets attempted;
  private @Nullable RowTags attemptedUnder;
  private boolean sealed;

  private RowBook(RowSets found, boolean sealed) {
    this.durable = found;
    this.attempted = found;
    this.sealed = sealed;
  }

  /// Of rows that the head binds.
  static RowBook of(RowSets bound) {
    return new RowBook(bound, true);
  }

  /// Of rows that no head binds yet: the first group does.
  static RowBook unbound(RowSets found) {
    return new RowBook(found, false);
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
    sealed = true;
  }

  /// Goes on from what `head` binds: what the last durable group left, or the one whose answer was
  /// lost. Throws [Unreadable] when it is neither.
  void follow(Head head, RowTags tags) {
    if (head.tag() == null && !sealed) {
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
}
