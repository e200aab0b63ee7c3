package io.parano.web;

/// What door and authority say to each other. The numbers are the protocol: a new one raises
/// [Layout#VERSION].
enum FrameKind {
  /// Door: what both must agree on.
  HELLO(1),
  /// Authority: we do.
  WELCOME(2),
  /// Door: may this request pass?
  PASS(3),
  ANSWER(4),
  /// Door: a request for a page or a JSON call.
  CALL(5),
  REPLY(6),
  /// Door: this can't be believed.
  DISBELIEVE(7),
  /// Door: are you there?
  PING(8),
  /// Authority: yes, and how it does.
  PONG(9),
  /// Authority: see off whatever you were told before this.
  CLEAR(10),
  /// Door: it is.
  CLEARED(11);

  private static final FrameKind[] BY_NUMBER = byNumber();

  final int number;

  FrameKind(int number) {
    this.number = number;
  }

  static FrameKind of(int number) {
    if (number < 1 || number >= BY_NUMBER.length) {
      throw new FrameReader.Malformed("expected a kind of frame, found " + number);
    }
    return BY_NUMBER[number];
  }

  /// The first place is empty.
  private static FrameKind[] byNumber() {
    FrameKind[] kinds = new FrameKind[values().length + 1];
    for (FrameKind kind : values()) {
      kinds[kind.number] = kind;
    }
    return kinds;
  }
}
