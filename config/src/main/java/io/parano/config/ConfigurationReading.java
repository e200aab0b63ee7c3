package io.parano.config;

import io.parano.document.Mistake;
import java.nio.file.Path;
import java.util.List;

/// What became of reading a configuration.
public sealed interface ConfigurationReading {
  /// @param mistakes everything wrong with it, in the order of the document; never empty
  record Mistaken(List<Mistake> mistakes) implements ConfigurationReading {
    public Mistaken {
      mistakes = List.copyOf(mistakes);
    }
  }

  /// @param weaknesses what the operator should know about it
  /// @param mentions the files that must be there, for whoever can look
  record Read(Configuration configuration, List<Weakness> weaknesses, List<Mention> mentions)
      implements ConfigurationReading {
    public Read {
      weaknesses = List.copyOf(weaknesses);
      mentions = List.copyOf(mentions);
    }
  }

  /// A file that the document names, and where. Lines and columns count from one.
  record Mention(Path file, Wanted wanted, Holder holder, int line, int column) {}

  /// Whose a mentioned file is, where door and authority run apart.
  enum Holder {
    DOOR,
    AUTHORITY
  }

  /// What a mentioned file must be.
  enum Wanted {
    /// Readable by its owner alone.
    SECRET,
    /// Readable.
    PUBLIC
  }
}
