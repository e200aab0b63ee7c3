package io.parano.bench;

import java.io.IOException;
import java.util.List;

/// One measurement, each in its own processes and held to its own cores, so that it does not matter
/// which others ran before.
interface Bench {
  String name();

  List<Figure> run(Setting setting) throws IOException, InterruptedException;
}
