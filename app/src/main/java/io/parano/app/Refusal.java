package io.parano.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What the system refuses, as a sentence: the JDK's own exceptions of the file system often hold
/// the bare path.
final class Refusal {
  private Refusal() {}

  static String why(UncheckedIOException e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : why(e.getCause());
  }

  static String why(IOException e) {
    if (!(e instanceof FileSystemException refused)) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    String file = String.valueOf(refused.getFile());
    return switch (refused) {
      case AccessDeniedException _ ->
          Texts.say("file.denied", file, System.getProperty("user.name"));
      case NoSuchFileException _ -> Texts.say("file.missing", file);
      case FileAlreadyExistsException _ -> Texts.say("file.there", file);
      case NotDirectoryException _ -> Texts.say("file.no-folder", file);
      case DirectoryNotEmptyException _ -> Texts.say("file.full-folder", file);
      default ->
          refused.getReason() == null
              ? Texts.say("file.unusable", file)
              : Texts.say("file.fails", file, refused.getReason());
    };
  }
}
