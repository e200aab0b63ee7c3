package io.parano.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Both ends around nginx's mail proxy: mail programs that log in, see that it was taken, and
/// leave; and a store behind it that takes whoever comes. Whenever it is its turn it reads a port
/// and for how many milliseconds, and answers with logins a second.
final class ImapLoad {
  private static final int AT_ONCE = 32;
  private static final int SILENCE_MILLIS = 10_000;

  private final List<String> logins;
  private final AtomicInteger next = new AtomicInteger();

  private ImapLoad(List<String> logins) {
    this.logins = logins;
  }

  /// @param arguments port of the store and file of the people
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread.ofVirtual().start(() -> store(Integer.parseInt(arguments[0])));
    List<String> logins = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      String[] both = line.split(" ", -1);
      logins.add("a LOGIN %s %s\r\n".formatted(both[0], both[1]));
    }
    ImapLoad load = new ImapLoad(logins);
    System.out.println("ready");
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
      String[] both = turn.split(" ", -1);
      System.out.println(load.rate(Integer.parseInt(both[0]), Long.parseLong(both[1])));
    }
  }

  private double rate(int port, long millis) throws InterruptedException {
    LongAdder done = new LongAdder();
    long begun = System.nanoTime();
    long end = begun + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Thread> programs = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      programs.add(
          Thread.startVirtualThread(() -> {
            while (System.nanoTime() < end) {
              login(port);
              done.increment();
            }
          }));
    }
    for (Thread program : programs) {
      program.join();
    }
    return done.sum() / ((System.nanoTime() - begun) / 1e9);
  }

  /// A refusal, or a reset, is no login: it ends the measurement.
  private void login(int port) {
    String line = logins.get(Math.floorMod(next.getAndIncrement(), logins.size()));
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      BufferedReader in = lines(socket);
      expect(in, "* OK");
      say(socket, line);
      expect(in, "a OK");
      // The store ends it, so that no port of nginx's is kept waiting.
      say(socket, "b LOGOUT\r\n");
      while (in.readLine() != null) {}
    } catch (IOException e) {
      System.err.println("a login failed: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  private static void store(int port) {
    try (ServerSocket listening = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket socket = listening.accept();
        Thread.startVirtualThread(() -> take(socket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(Socket socket) {
    try (socket) {
      say(socket, "* OK ready\r\n");
      BufferedReader in = lines(socket);
      String tag = "a";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int login = line.indexOf(" LOGIN ");
        if (login > 0) {
          tag = line.substring(0, login);
        }
        if (line.endsWith(" LOGOUT")) {
          return;
        }
        // nginx sends name and password as literals.
        say(socket, line.endsWith("}") ? "+ go on\r\n" : tag + " OK logged in\r\n");
      }
    } catch (IOException e) {
      // The program left.
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static void expect(BufferedReader in, String beginning) throws IOException {
    String line = in.readLine();
    if (line == null || !line.startsWith(beginning)) {
      throw new IOException("expected " + beginning + ", found " + line);
    }
  }
}
