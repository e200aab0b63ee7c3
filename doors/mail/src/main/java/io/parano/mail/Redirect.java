package io.parano.mail;

/// Something by which mail goes on to somewhere else.
///
/// @param to the address, command or file, as it is written
/// @param line where it begins, from 1
/// @param rule what the rule is called, or the alias; empty when it has no name
public record Redirect(Kind kind, String to, int line, String rule) {
  public enum Kind {
    /// A script's `redirect`.
    REDIRECT,
    /// A script's `notify` or `vacation` with an address.
    REPLY,
    /// An address that a script makes up when it runs.
    COMPUTED,
    /// A `.forward` file or an alias.
    FORWARD,
    /// Mail is handed to a program, which does with it what it likes.
    COMMAND,
    /// It lists addresses that stand elsewhere.
    INCLUDE,
    /// It can't be read to its end: nobody knows what it does.
    UNREADABLE
  }
}
