package io.parano.app;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The store says in English why it stays shut; operators read it in their own language. What is
/// not known here stays as it came: better in English than not at all.
final class StoreWords {
  private StoreWords() {}

  /// @param pattern the whole sentence; each group is an argument
  private record Saying(Pattern pattern, String key) {}

  private static final List<Saying> SAYINGS =
      List.of(
          saying("(.+) is not a folder", "store.no-folder"),
          saying(
              "(.+) is open to others \\((.+)\\): close it with chmod 700 .+", "store.open-folder"),
          saying("another server \\(process (.*)\\) works with (.+)", "store.another"),
          saying("another server works with (.+)", "store.another-there"),
          saying("PostgreSQL (\\d+) is too old: expected (\\d+) or later", "store.postgres-old"),
          saying("expected a database in UTF8, found one in (.+)", "store.not-utf8"),
          saying("the server runs with fsync = off: .+", "store.no-fsync"),
          saying("no checkpoint could be signed: (.+)", "store.not-signed"),
          saying("a checkpoint could not be kept outside: (.+)", "store.not-outside"),
          saying(
              "the database has version (\\d+), this program knows (\\d+): .+",
              "store.later-version"),
          saying(
              "the reserve was written under schema (\\d+), this program has (\\d+): .+",
              "store.later-reserve"),
          saying("the database file is damaged: (.+)", "store.damaged"),
          saying("the database can't be used: (.+)", "store.no-database"),
          saying("the log can't be (?:opened|read|written): (.+)", "store.no-log"),
          saying("(.+) can't be used: (.+)", "store.unusable"),
          saying("the log has lost its head", "store.no-head"),
          saying("the head's root does not follow from its peaks", "store.head-wrong"),
          saying("the head can't be read: (.+)", "store.head-unreadable"),
          saying("tiles or entries are missing before entry (\\d+)", "store.tiles-missing"),
          saying("the checkpoint (?:kept outside|in the database): (.+)", "store.checkpoint"),
          saying(
              "the first (\\d+) entries are not the ones over which (.+) was signed",
              "store.first-others"),
          saying("the stored state can't be read: (.+)", "store.state"),
          saying("the reserve holds .+", "store.reserve"),
          saying("the log was moved to (.+): it is served from there", "store.moved"),
          saying("the log is kept there already: (.+)", "store.same"),
          saying("there is no log in (.+)", "store.none"),
          saying("there is a log in (.+) already: expected an empty database", "store.not-empty"),
          saying("this move was begun by an earlier Parano: .+", "store.earlier-move"));

  private static Saying saying(String pattern, String key) {
    return new Saying(Pattern.compile(pattern, Pattern.DOTALL), key);
  }

  static String of(String why) {
    for (Saying saying : SAYINGS) {
      Matcher found = saying.pattern().matcher(why);
      if (found.matches()) {
        String[] arguments = new String[found.groupCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = found.group(i + 1);
        }
        return Texts.say(saying.key(), arguments);
      }
    }
    return why;
  }
}
