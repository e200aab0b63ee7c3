package io.parano.identity;

import java.util.List;

/// What the application behind the proxy is told of somebody.
public record Identity(String user, String displayName, String email, List<String> groups) {
  public Identity {
    groups = List.copyOf(groups);
  }
}
