package io.parano.web;

import io.parano.kernel.Digest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Style, script and fonts, kept in memory under names that carry a digest of the content: browsers
/// may keep each for ever, and never mix two versions.
final class Assets {
  private static final List<String> FONTS =
      List.of("plex-sans.woff2", "plex-sans-semibold.woff2", "plex-mono.woff2");

  private final Map<String, String> named = new HashMap<>();
  private final Map<String, Response> kept = new HashMap<>();
  private final @Nullable String extension;

  Assets(@Nullable Extension extension) {
    for (String font : FONTS) {
      keep(font, "font/woff2", load(font));
    }
    keep("mark.svg", "image/svg+xml", load("mark.svg"));
    keep("door.js", "text/javascript; charset=utf-8", load("door.js"));
    String style = new String(load("door.css"), StandardCharsets.UTF_8);
    for (String font : FONTS) {
      style = style.replace("\"" + font + "\"", "\"" + name(font) + "\"");
    }
    keep("door.css", "text/css; charset=utf-8", style.getBytes(StandardCharsets.UTF_8));
    if (extension == null) {
      this.extension = null;
    } else {
      keep(
          "extension.js",
          "text/javascript; charset=utf-8",
          extension.script().getBytes(StandardCharsets.UTF_8));
      this.extension = name("extension.js");
    }
  }

  /// Under which name the asset is asked for.
  String name(String plain) {
    String name = named.get(plain);
    if (name == null) {
      throw new IllegalStateException("there is no asset " + plain);
    }
    return name;
  }

  /// The name of the extension's script; null without extension.
  @Nullable String extension() {
    return extension;
  }

  /// The asset of that name; null when there is none.
  @Nullable Response answer(String name) {
    return kept.get(name);
  }

  private void keep(String plain, String type, byte[] content) {
    int dot = plain.lastIndexOf('.');
    String name =
        plain.substring(0, dot)
            + "-"
            + Digest.of(content).hex().substring(0, 12)
            + plain.substring(dot);
    named.put(plain, name);
    kept.put(
        name,
        new Response(
            200,
            type,
            Buffer.buffer(content),
            List.of(new Response.Field("Cache-Control", "public, max-age=31536000, immutable"))));
  }

  private static byte[] load(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the asset " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
