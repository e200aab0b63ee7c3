package io.parano.demo;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;

/// What stands between browsers and everything else: it asks Parano about each request for a
/// protected host, and lets pass what Parano lets pass.
interface FrontProxy extends AutoCloseable {
  /// What it is, for the reader: `nginx 1.22.1`.
  String name();

  @Override
  void close();

  /// @param door what the proxy shows to Parano
  /// @param application what the proxy shows to the back office
  record Secrets(Secret door, Secret application) {}

  /// Whether to take the machine's nginx.
  enum Choice {
    OWN,
    NGINX_IF_INSTALLED
  }

  /// Opens the proxy that `choice` and the machine allow; its files go below `folder`.
  static FrontProxy open(Choice choice, Places places, Secrets secrets, Path folder)
      throws IOException {
    return switch (choice) {
      case OWN -> OwnProxy.open(places, secrets);
      case NGINX_IF_INSTALLED ->
          switch (Nginx.find()) {
            case Nginx.Installed nginx -> NginxProxy.open(nginx, places, secrets, folder);
            case Nginx.Missing _ -> OwnProxy.open(places, secrets);
          };
    };
  }
}
