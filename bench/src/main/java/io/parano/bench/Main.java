package io.parano.bench;

/// `./parano bench`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("no bench yet");
  }
}
