package io.parano.authn;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of Yubico's one-time passwords as somebody typed it: the token's public id, then one
/// encrypted block (Yubico, "Yubico OTP"). Until it is used it opens something, so that it never
/// prints.
public final class OtpText {
  private static final Pattern FORM =
      Pattern.compile("([" + Modhex.LETTERS + "]{0,16})([" + Modhex.LETTERS + "]{32})");
  private static final int MOST_CHARACTERS = 48;

  private final String publicId;
  private final byte[] block;

  private OtpText(String publicId, byte[] block) {
    this.publicId = publicId;
    this.block = block;
  }

  public sealed interface Reading {
    record Malformed() implements Reading {}

    record Read(OtpText otp) implements Reading {}
  }

  /// Takes capitals and the Dvorak layout for what they are; nothing else is forgiven.
  public static Reading read(String typed) {
    if (typed.length() > MOST_CHARACTERS) {
      return new Reading.Malformed();
    }
    Matcher form = FORM.matcher(Modhex.retyped(typed));
    return form.matches()
        ? new Reading.Read(new OtpText(form.group(1), Modhex.read(form.group(2))))
        : new Reading.Malformed();
  }

  /// Up to 16 letters of Modhex in lower case; empty when the token was set up to say none.
  public String publicId() {
    return publicId;
  }

  byte[] block() {
    return Arrays.copyOf(block, block.length);
  }

  /// The public id alone.
  @Override
  public String toString() {
    return "OtpText[" + publicId + "…]";
  }
}
