package io.parano.authn;

import java.util.Locale;

/// What became of a metadata BLOB. From the more refusing to the more allowing.
public sealed interface MetadataOutcome {
  /// What was wrong first, in the order in which it is looked at.
  enum Flaw {
    /// Not three parts of base64url, or too long.
    FORM,
    /// Its header says less than is needed, or something that is not understood here.
    HEADER,
    /// No chain leads from its first certificate to a root that is believed, on this day.
    CHAIN,
    /// The chain holds, but its certificate is not the metadata service's.
    SIGNER,
    SIGNATURE,
    /// It is signed, and can't be read.
    PAYLOAD;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param detail what was expected
  record Refused(Flaw flaw, String detail) implements MetadataOutcome {}

  record Read(VerifiedMetadata metadata) implements MetadataOutcome {}
}
