package io.parano.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process that works whenever it is its turn: it reads what to do from its standard input, a
/// line each, and answers each with a line of what came of it.
final class Turns implements AutoCloseable {
  private final Children children;
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  Turns(Children children, List<String> command) throws IOException {
    this.children = children;
    process =
        children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
  }

  String take(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    return answer();
  }

  String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the process ended before its answer: " + process.info());
    }
    return line;
  }

  @Override
  public void close() {
    children.end(process);
  }
}
