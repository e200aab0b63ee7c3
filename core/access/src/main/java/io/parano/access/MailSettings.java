package io.parano.access;

import java.time.Duration;

/// What the use cases must know of mail.
///
/// @param life how long a device's password lives
/// @param mailbox what mail servers call a mailbox
public record MailSettings(Duration life, Mailbox mailbox) {
  /// A quarter: long enough for a device, and short enough that what nobody uses is gone.
  public static final Duration LIFE = Duration.ofDays(90);

  public enum Mailbox {
    NAME,
    ADDRESS
  }
}
