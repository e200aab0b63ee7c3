package io.parano.probe;

import java.util.List;
import java.util.Set;

/// What an officer can see of the deployment that is to be probed.
///
/// @param policy the document in force
public record Deployment(List<Account> staff, String policy) {
  public Deployment {
    staff = List.copyOf(staff);
  }

  public record Account(String name, Set<String> groups, boolean officer) {
    public Account {
      groups = Set.copyOf(groups);
    }
  }
}
