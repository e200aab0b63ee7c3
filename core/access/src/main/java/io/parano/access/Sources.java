package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.SourceStanding;
import org.jspecify.annotations.Nullable;

/// The first of the three levels, for whatever is granted at the sign-in pages.
final class Sources {
  private Sources() {}

  /// Why nothing may be granted to `source`; null when it is listed and not cut.
  static @Nullable Reason refusal(Books books, IpAddress source) {
    if (books.closures().covers(source)) {
      return Reason.SOURCE_CUT;
    }
    return switch (books.policy().policy().standing(source)) {
      case SourceStanding.Unlisted unlisted -> Reason.SOURCE_UNLISTED;
      case SourceStanding.OnlyLeased leased -> Reason.LEASE_MISSING;
      case SourceStanding.Listed listed -> null;
    };
  }
}
