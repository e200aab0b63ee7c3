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

  /// @param cut whether the lever was pulled on it, and no officer has reopened it since
  public record Account(String name, Set<String> groups, boolean officer, boolean cut) {
    public Account {
      groups = Set.copyOf(groups);
    }
  }
}
