package io.parano.web;

/// Where whoever asks comes in, whichever role this process has.
public sealed interface Front extends AutoCloseable permits WebDoor, AuthorityDoor {
  /// Lets nobody in any more.
  void shut();

  @Override
  void close();
}
