package io.parano.app;

/// Where every command begins.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("Parano");
  }
}
