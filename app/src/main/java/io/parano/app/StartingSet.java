package io.parano.app;

import io.parano.config.Configuration;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files with which an installation starts: the commented samples, with the operator's own
/// names in them. Nothing that exists is overwritten.
record StartingSet(String company, Site signIn, Site application, String office) {
  static final String COMPANY = "Example Hosting";
  static final String SIGN_IN = "https://auth.example.com";
  static final String APPLICATION = "https://intranet.example.com";
  static final String OFFICE = "192.0.2.0/24";
  static final String CONFIGURATION = "parano.yaml";

  StartingSet {
    if (company.isBlank() || company.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("expected a company's name, found \"" + company + "\"");
    }
    office = IpPrefix.parse(office).toString();
  }

  /// Writes all of them and returns which; throws [IOException] when one is there already.
  List<Path> write(Path folder, Secret secret) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(CONFIGURATION, configuration());
    files.put("policy.yaml", policy());
    byte[] bytes = secret.copy();
    String shared = HexFormat.of().formatHex(bytes);
    Arrays.fill(bytes, (byte) 0);
    files.put("front.secret", shared + "\n");
    files.put("nginx.conf", nginx(shared));
    Files.createDirectories(folder);
    for (String name : files.keySet()) {
      if (Files.exists(folder.resolve(name))) {
        throw new IOException(Texts.say("init.there", folder.resolve(name).toString()));
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    return files.keySet().stream().map(folder::resolve).toList();
  }

  String configuration() {
    return Configuration.sample()
        .replace("company: " + COMPANY, "company: " + quoted(company))
        .replace("origin: " + SIGN_IN, "origin: " + quoted(signIn.toString()))
        .replace(
            "origin: " + APPLICATION + ", title: Intranet",
            "origin: " + quoted(application.toString()) + ", title: " + quoted(application.host()));
  }

  String policy() {
    return """
    # Who may pass where: the first rule that matches decides, what no rule speaks of is refused.
    # What else can be said here: docs/policy.sample.yaml. Try before you apply:
    #   parano policy check policy.yaml
    version: 1

    # The first of the three levels. Nobody signs in from outside all zones.
    zones:
      office: ["%s"]

    rules:
      - name: everything
        hosts: ["%s"]
        zones: [office]
    """
        .formatted(office, application.host());
  }

  private String nginx(String secret) throws IOException {
    try (InputStream in = StartingSet.class.getResourceAsStream("nginx.sample.conf")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks nginx.sample.conf");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("SIGN-IN", listening(signIn))
          .replace("APPLICATION", listening(application))
          .replace(
              "CHANGE",
              signIn.scheme().equals("https") ? "Change the certificates, and " : "Change ")
          .replace("SECRET", secret);
    }
  }

  /// Without TLS the origin is a loopback name (see [Site]), and nobody else's business.
  private static String listening(Site site) {
    return site.scheme().equals("https")
        ? """
        listen %1$d ssl;
        server_name %2$s;
        ssl_certificate     /etc/ssl/certs/%2$s.pem;
        ssl_certificate_key /etc/ssl/private/%2$s.key;\
        """
            .formatted(site.port(), site.host())
            .indent(2)
            .stripTrailing()
        : "  listen 127.0.0.1:%d;%n  server_name %s;".formatted(site.port(), site.host());
  }

  /// Owner-only, all of them: two hold the secret, and the others say where it is.
  private static void write(Path file, String text) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(Texts.say("init.there", file.toString()), e);
    }
    Files.writeString(file, text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
