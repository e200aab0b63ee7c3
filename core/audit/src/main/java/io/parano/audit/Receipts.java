package io.parano.audit;

/// Where receipts come from. A receipt is proof that an entry is durable, so that only the code
/// that writes the log calls this, and only after the commit that holds the entry returned.
public final class Receipts {
  private Receipts() {}

  /// The receipt for the entry at `index`, which is on the disk.
  public static Receipt committed(long index) {
    return new Recorded(index);
  }
}
