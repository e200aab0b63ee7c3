package io.parano.verifier;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// `java -jar parano-verify.jar FOLDER --checkpoint FILE --key VKEY`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Verification verification =
        new Verification(System.getenv(), utf8(FileDescriptor.out), utf8(FileDescriptor.err));
    System.exit(verification.run(arguments));
  }

  // French has letters that the C locale cannot write.
  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
