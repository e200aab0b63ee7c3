package io.parano.vpn;

import java.util.Arrays;

/// What Jazzer throws bytes at: whatever comes, reading ends in an outcome, and what was read is
/// written as it stood.
public final class VpnFuzz {
  private VpnFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    told(UapiAnswer.read(bytes));
    told(WgDump.read(bytes));
    switch (OrderText.read(bytes)) {
      case OrderReading.Malformed _ -> {}
      case OrderReading.Read(var order) -> same(bytes, OrderText.write(order), 1);
    }
    Answer answer = AnswerText.read(bytes);
    if (answer != null) {
      same(bytes, AnswerText.write(answer), 0);
    }
  }

  private static void told(InterfaceReading reading) {
    switch (reading) {
      case InterfaceReading.Malformed _, InterfaceReading.Failed _ -> {}
      case InterfaceReading.Read(var peers) -> peers.forEach(Sample.NETWORKS::only);
    }
  }

  /// There is one way to say a thing.
  private static void same(byte[] read, byte[] written, int end) {
    if (!Arrays.equals(read, 0, read.length, written, 0, written.length - end)) {
      throw new IllegalStateException("read in another way than it is written");
    }
  }
}
