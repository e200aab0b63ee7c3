package io.parano.authn;

/// A token as its personalization tool wrote it down: what it says aloud, and what it shares with
/// us.
public final class OtpRecord implements AutoCloseable {
  private final String publicId;
  private final OtpSeed seed;

  OtpRecord(String publicId, OtpSeed seed) {
    this.publicId = publicId;
    this.seed = seed;
  }

  public String publicId() {
    return publicId;
  }

  public OtpSeed seed() {
    return seed;
  }

  @Override
  public void close() {
    seed.close();
  }

  /// The public id alone.
  @Override
  public String toString() {
    return "OtpRecord[" + publicId + "]";
  }
}
