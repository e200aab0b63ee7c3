package io.parano.mail;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether mail that goes on stays in the company.
public final class CompanyDomains {
  private final Set<String> domains;

  /// @param domains each by itself: what is below one may be somebody else's
  public CompanyDomains(Set<String> domains) {
    this.domains =
        domains.stream().map(CompanyDomains::plain).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether it leaves the company, or nobody can know that it does not.
  public boolean leaves(Redirect redirect) {
    return switch (redirect.kind()) {
      case COMPUTED, COMMAND, INCLUDE, UNREADABLE -> true;
      case REDIRECT, REPLY, FORWARD -> leaves(redirect.to());
    };
  }

  /// One without a domain is somebody of the same machine.
  private boolean leaves(String address) {
    String bare = address.strip();
    int open = bare.lastIndexOf('<');
    int close = bare.lastIndexOf('>');
    if (open >= 0 && close > open) {
      bare = bare.substring(open + 1, close);
    }
    int at = bare.lastIndexOf('@');
    return at >= 0 && !domains.contains(plain(bare.substring(at + 1)));
  }

  private static String plain(String domain) {
    String bare = domain.strip().toLowerCase(Locale.ROOT);
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
