package io.parano.web;

import io.parano.web.WebConfig.ProtectedHost;

/// Which of the sites that we answer for a request is meant for.
sealed interface Place {
  Site site();

  record SignIn(Site site) implements Place {}

  /// A protected host, whose `/.parano/` the proxy hands to us.
  record Application(ProtectedHost host) implements Place {
    @Override
    public Site site() {
      return host.site();
    }
  }
}
