package io.parano.web;

import io.parano.identity.Identity;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who asks, between authority and door: told in full once on each line, and by its number after
/// that. Both ends count alike. Each end belongs to one line and to its event loop.
final class Identities {
  /// As many as [IdentityHeaders] renders; whoever comes then has both ends begin anew.
  private static final int MOST = IdentityHeaders.MOST;

  private static final int NOBODY = 0;
  private static final int NEW = 1;
  private static final int FIRST = 2;

  private static final int MOST_GROUPS = 1024;

  private Identities() {}

  /// The authority's end. Whoever's identity stands comes with the same object each time, and is
  /// known by it; another one is told anew, even if it is equal.
  static final class Teller {
    private final IdentityHashMap<Identity, Integer> numbers = new IdentityHashMap<>();

    void tell(FrameWriter out, @Nullable Identity identity) {
      if (identity == null) {
        out.four(NOBODY);
        return;
      }
      Integer number = numbers.get(identity);
      if (number != null) {
        out.four(number);
        return;
      }
      if (numbers.size() == MOST) {
        numbers.clear();
      }
      numbers.put(identity, FIRST + numbers.size());
      out.four(NEW).text(identity.user()).text(identity.displayName()).text(identity.email());
      out.two(identity.groups().size());
      identity.groups().forEach(out::text);
    }
  }

  /// The door's end, which has the same object for whoever is told by number.
  static final class Hearer {
    private final List<Identity> told = new ArrayList<>();

    @Nullable Identity hear(FrameReader in) {
      int number = in.four();
      return switch (number) {
        case NOBODY -> null;
        case NEW -> heard(new Identity(in.text(), in.text(), in.text(), groups(in)));
        default -> told.get(in.index(told.size(), number - FIRST));
      };
    }

    private Identity heard(Identity identity) {
      if (told.size() == MOST) {
        told.clear();
      }
      told.add(identity);
      return identity;
    }

    private static List<String> groups(FrameReader in) {
      int count = in.index(MOST_GROUPS);
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        groups.add(in.text());
      }
      return groups;
    }
  }
}
