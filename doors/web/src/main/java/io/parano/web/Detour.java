package io.parano.web;

/// Where a browser is led to sign in or to touch its token, and from there back.
final class Detour {
  /// Longer than this the address to come back to is cut to the application's front page: proxies
  /// keep little room for the headers of an answer (nginx: 4 KiB).
  private static final int LONGEST_RETURN = 1024;

  private final String signInPage;
  private final String stepUpPage;

  Detour(Site signIn) {
    this.signInPage = signIn + "/sign-in?rd=";
    this.stepUpPage = signIn + "/step-up?rd=";
  }

  String signIn(Asked.About about) {
    return signInPage + back(about.url());
  }

  String stepUp(Asked.About about) {
    return stepUpPage + back(about.url());
  }

  private static String back(String url) {
    return Percent.encode(
        url.length() <= LONGEST_RETURN ? url : url.substring(0, url.indexOf('/', 8) + 1));
  }
}
