package io.parano.web;

import io.parano.kernel.ActId;
import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Answers JSON calls: shows each to the one who knows, once it is clear whose call it is and that
/// a page of ours, or the command line, made it.
final class JsonDesk {
  private final Cookies cookies;
  private final SignInCalls signIn;
  private final EnrolCalls enrol;
  private final PasswordCalls passwords;
  private final FreezeCalls freeze;
  private final TunnelCalls tunnel;
  private final ConfirmCalls confirm;
  private final GlassCalls glass;
  private final ActCalls acts;
  private final OperateCalls operate;
  private final CommandCalls command;
  private final ImportCalls imports;
  private final SshCalls ssh;
  private final DeviceCalls devices;

  JsonDesk(WebConfig config, WebCore core, SignInCalls signIn) {
    this.cookies = config.cookies();
    this.signIn = signIn;
    this.enrol = new EnrolCalls(core.enrolling(), core.settingPassword(), config);
    this.passwords = new PasswordCalls(core.settingPassword(), signIn);
    this.freeze = new FreezeCalls(core.freezing());
    this.tunnel = new TunnelCalls(core.arming(), signIn);
    this.confirm = new ConfirmCalls(core.confirming(), signIn);
    this.glass = new GlassCalls(core.breakingGlass());
    this.acts = new ActCalls(core.approving(), signIn);
    this.operate = new OperateCalls(core.operating());
    this.command = new CommandCalls(core.commanding(), config.signIn());
    this.imports = new ImportCalls(core.importing());
    this.ssh = new SshCalls(core.certifying(), core.showing());
    this.devices = new DeviceCalls(core.devices(), signIn);
  }

  Response answer(Visit visit) {
    return switch (visit.call().method()) {
      case "GET" -> look(visit);
      case "POST" -> act(visit);
      default ->
          Problem.of(405, "malformed", visit.say(Phrase.TOLD_MALFORMED)).with("Allow", "GET, POST");
    };
  }

  /// Calls that change nothing. No other site can read the answers: none says that it may (CORS).
  private Response look(Visit visit) {
    String path = visit.call().path();
    return forSomebody(
        visit,
        bearer ->
            switch (path) {
              case "/api/who" -> signIn.who(visit, bearer);
              case "/api/acts" -> acts.list(visit, bearer);
              case "/api/staff" -> operate.staff(visit, bearer);
              case "/api/devices" -> devices.list(visit, bearer);
              case "/api/sessions" -> operate.sessions(visit, bearer);
              case "/api/policy" -> operate.policy(visit, bearer);
              default -> missing(visit);
            });
  }

  private Response act(Visit visit) {
    Call call = visit.call();
    Bearer bearer = Bearer.of(call, cookies.portal());
    if (bearer instanceof Bearer.Refused(Reason reason)) {
      return Problem.of(visit, reason);
    }
    Reason refusal = foreign(call, bearer);
    if (refusal == null) {
      refusal = SameOrigin.notJson(call);
    }
    if (refusal != null) {
      return Problem.of(visit, refusal);
    }
    JsonBody body = JsonBody.read(call.body());
    Response open = open(visit, body);
    return open != null ? open : forSomebody(visit, known -> act(visit, known, body));
  }

  /// Whether another site's page may have made the call; only what carries a secret in a header, or
  /// comes from no browser and presumes nothing, needs no proof of that.
  private static @Nullable Reason foreign(Call call, Bearer bearer) {
    boolean fromBrowser = call.fetchSite() != null || call.origin() != null;
    boolean commandLine =
        bearer instanceof Bearer.InHeader
            || (bearer instanceof Bearer.None && call.path().startsWith("/api/command/"));
    return commandLine && !fromBrowser ? null : SameOrigin.refusal(call);
  }

  /// Calls for which nobody has to be signed in; null for the others.
  private @Nullable Response open(Visit visit, JsonBody body) {
    return switch (visit.call().path()) {
      case "/api/sign-in/begin" -> signIn.begin(visit, body);
      case "/api/sign-in/touch" -> signIn.touch(visit, body);
      case "/api/sign-in/otp" -> signIn.otp(visit, body);
      case "/api/sign-in/password" -> signIn.password(visit, body);
      case "/api/enrol/begin" -> enrol.begin(visit, body);
      case "/api/enrol/finish" -> enrol.finish(visit, body);
      case "/api/break-glass" -> glass.breakGlass(visit, body);
      case "/api/freeze" -> freeze.freeze(visit, body);
      case "/api/confirm/begin" -> confirm.begin(visit, body);
      case "/api/confirm/finish" -> confirm.finish(visit, body);
      case "/api/password/reset" -> passwords.beginReset(visit, body);
      case "/api/password/touch" -> passwords.touch(visit, body);
      case "/api/password/choose" -> passwords.choose(visit, body);
      case "/api/command/begin" -> command.begin(visit, body);
      case "/api/command/poll" -> command.poll(visit, body);
      case SshCalls.AT_TERMINAL -> ssh.certificateAtTerminal(visit, body);
      default -> tunnel.answer(visit, body);
    };
  }

  private Response act(Visit visit, String bearer, JsonBody body) {
    String path = visit.call().path();
    return switch (path) {
      case "/api/sign-out" -> signIn.signOut(visit, bearer, body);
      case "/api/password/begin" -> passwords.beginChange(visit, bearer, body);
      case "/api/step-up/begin" -> signIn.beginStepUp(visit, bearer, body);
      case "/api/step-up/finish" -> signIn.stepUp(visit, bearer, body);
      case "/api/devices/begin" -> devices.begin(visit, bearer, body);
      case "/api/devices/make" -> devices.make(visit, bearer, body);
      case "/api/host-code" -> signIn.hostCode(visit, bearer, body);
      case "/api/people/find" -> acts.find(visit, bearer, body);
      case "/api/acts" -> acts.propose(visit, bearer, body);
      case "/api/staff/import" -> imports.staff(visit, bearer, body);
      case "/api/otp-tokens" -> imports.otpTokens(visit, bearer, body);
      case SshCalls.CERTIFICATE -> ssh.certificate(visit, bearer, body);
      case "/api/cut" -> operate.cut(visit, bearer, body);
      case "/api/explain" -> operate.explain(visit, bearer, body);
      case "/api/log" -> operate.log(visit, bearer, body);
      case "/api/log/after" -> operate.follow(visit, bearer, body);
      case "/api/log/checkpoint" -> operate.exportable(visit, bearer, body);
      case "/api/log/entries" -> operate.export(visit, bearer, body);
      case "/api/command/look" -> command.look(visit, bearer, body);
      case "/api/command/confirm" -> command.confirm(visit, bearer, body);
      default -> aboutAct(visit, bearer, body);
    };
  }

  private Response aboutAct(Visit visit, String bearer, JsonBody body) {
    String[] parts = visit.call().path().split("/", -1);
    boolean act = parts.length == 5 && parts[2].equals("acts");
    ActId id = act ? id(parts[3]) : null;
    if (id == null) {
      return missing(visit);
    }
    return switch (parts[4]) {
      case "begin" -> acts.begin(visit, bearer, id, body);
      case "approve" -> acts.approve(visit, bearer, id, body);
      case "reject" -> acts.reject(visit, bearer, id, body);
      default -> missing(visit);
    };
  }

  private static @Nullable ActId id(String text) {
    try {
      return ActId.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private interface Known {
    Response answer(String bearer);
  }

  private Response forSomebody(Visit visit, Known known) {
    return switch (Bearer.of(visit.call(), cookies.portal())) {
      case Bearer.Refused(Reason reason) -> Problem.of(visit, reason);
      case Bearer.None none -> Problem.of(visit, Outsider.SIGN_IN);
      case Bearer.InCookie(String bearer) -> known.answer(bearer);
      case Bearer.InHeader(String bearer) -> known.answer(bearer);
    };
  }

  static Response missing(Visit visit) {
    return Problem.of(404, "missing", visit.say(Phrase.ERROR_MISSING_TEXT));
  }
}
