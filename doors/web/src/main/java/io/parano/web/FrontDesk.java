package io.parano.web;

import io.parano.access.Approving.Listed;
import io.parano.access.DeviceKeeping;
import io.parano.access.Ledger;
import io.parano.access.Operating.SessionRow;
import io.parano.access.Operating.StaffRow;
import io.parano.access.Reply;
import io.parano.access.SigningIn.Who;
import io.parano.identity.PersonState;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.web.Tally.Kind;
import io.parano.web.WebConfig.ProtectedHost;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers every call for a page or for JSON: sends it to the one who knows, and turns faults and
/// bugs into answers that say nothing. Runs on virtual threads, as plain blocking code.
final class FrontDesk implements Intake.Counter {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDesk.class);
  private static final Logger ACCESS = LoggerFactory.getLogger("io.parano.web.access");

  private final WebConfig config;
  private final WebCore core;
  private final Tally tally;
  private final Assets assets;
  private final SecurityHeaders headers;
  private final EntrancePages entrance;
  private final PasswordPages passwords;
  private final FreezePage freeze;
  private final TunnelPage tunnel;
  private final ConfirmPage confirm;
  private final GlassPage glass;
  private final PortalPage portal;
  private final ActsPage acts;
  private final CommandPage command;
  private final DevicesPage devices;
  private final PlainPages plain;
  private final HostDesk hosts;
  private final JsonDesk json;
  private final SignInCalls signIn;
  private final ValidationCalls validation;
  private final SshCalls ssh;

  FrontDesk(WebConfig config, WebCore core, @Nullable Extension extension, Tally tally) {
    this.config = config;
    this.core = core;
    this.tally = tally;
    this.assets = new Assets(extension);
    this.headers = new SecurityHeaders(extension);
    Frame frame = new Frame(config, assets);
    this.entrance =
        new EntrancePages(
            frame,
            core.settingPassword(),
            core.arming() == null ? EntrancePages.Tunnels.NONE : EntrancePages.Tunnels.OPENED);
    this.passwords = new PasswordPages(entrance, core.settingPassword());
    this.glass = new GlassPage(entrance);
    this.confirm = new ConfirmPage(entrance);
    this.freeze = new FreezePage(entrance);
    this.tunnel = new TunnelPage(entrance);
    this.portal = new PortalPage(frame, config.hosts(), core.devices() != null);
    this.acts = new ActsPage(frame);
    this.command = new CommandPage(frame);
    this.devices = new DevicesPage(frame);
    this.plain = new PlainPages(frame);
    this.hosts = new HostDesk(core.signingIn(), config.cookies(), plain);
    this.signIn = new SignInCalls(core.signingIn(), config);
    this.json = new JsonDesk(config, core, signIn);
    this.validation = new ValidationCalls(core.validating());
    this.ssh = new SshCalls(core.certifying(), core.showing());
  }

  @Override
  public Response answer(Call call) {
    long start = System.nanoTime();
    Visit visit = new Visit(call, Words.of(Tongue.of(call)));
    Response response = remembering(visit, answered(visit));
    ACCESS.info(
        "{}",
        JsonText.object()
            .put("event", "web")
            .put("method", call.method())
            .put("host", call.place().site().host())
            .put("path", call.path())
            .put("status", response.status())
            .put("source", call.source().toString())
            .put("micros", (System.nanoTime() - start) / 1000)
            .text());
    return response;
  }

  @Override
  public Response refusal(int status) {
    return Response.text(status, "");
  }

  @Override
  public void dress(HttpServerResponse response, boolean secure) {
    headers.on(response, secure);
  }

  private Response answered(Visit visit) {
    try {
      return route(visit);
    } catch (JsonBody.Malformed e) {
      return failed(visit, 400, Outsider.MALFORMED);
    } catch (Ledger.Unavailable e) {
      tally.count(Kind.FAULTS);
      LOG.error("{\"event\":\"log-unavailable\"}", e);
      return json(visit)
          ? Problem.of(503, "unavailable", visit.say(Phrase.ERROR_FAULT_TEXT))
          : plain.error(visit, 500);
    } catch (RuntimeException e) {
      tally.count(Kind.BUGS);
      LOG.error("{\"event\":\"web-crashed\"}", e);
      return json(visit)
          ? Problem.of(500, "fault", visit.say(Phrase.ERROR_FAULT_TITLE))
          : plain.error(visit, 500);
    }
  }

  private Response failed(Visit visit, int status, Outsider told) {
    return json(visit) ? Problem.of(visit, told) : plain.error(visit, status);
  }

  private static boolean json(Visit visit) {
    return visit.call().path().startsWith("/api/");
  }

  private Response route(Visit visit) {
    Call call = visit.call();
    Response asset = asset(call);
    if (asset != null) {
      return asset;
    }
    return switch (call.place()) {
      case Place.Application(ProtectedHost host) -> hosts.answer(visit, host);
      case Place.SignIn here when call.path().startsWith("/api/") -> json.answer(visit);
      case Place.SignIn here when call.path().equals(ValidationCalls.PATH) ->
          validation.answer(call);
      case Place.SignIn here when SshCalls.asks(call) -> ssh.answer(call);
      case Place.SignIn here -> page(visit);
    };
  }

  private @Nullable Response asset(Call call) {
    String folder =
        switch (call.place()) {
          case Place.SignIn here -> "/assets/";
          case Place.Application there -> "/.parano/assets/";
        };
    boolean asked = call.method().equals("GET") && call.path().startsWith(folder);
    return asked ? assets.answer(call.path().substring(folder.length())) : null;
  }

  private Response page(Visit visit) {
    Call call = visit.call();
    boolean looks = call.method().equals("GET") || call.method().equals("HEAD");
    return switch (call.path()) {
      case String path when !looks -> plain.error(visit, 405).with("Allow", "GET, HEAD");
      case "/sign-in" -> signInPage(visit, destination(visit));
      case "/step-up" -> entrance.stepUp(visit, destination(visit));
      case "/enrol" -> entrance.enrol(visit);
      case "/reset" -> passwords.reset(visit);
      case "/freeze" -> freeze.page(visit);
      case "/vpn" -> core.arming() == null ? plain.error(visit, 404) : tunnel.page(visit);
      case "/vpn/confirm" -> confirm.page(visit);
      case "/break-glass" -> glass.page(visit);
      case "/signed-out" -> entrance.signedOut(visit);
      case "/robots.txt" -> Response.text(200, "User-agent: *\nDisallow: /\n");
      case "/" -> known(visit, this::portal);
      case "/acts" -> known(visit, this::acts);
      case "/devices" -> known(visit, this::devices);
      case "/password" -> known(visit, (same, bearer, somebody) -> passwords.change(same));
      case "/command" -> known(visit, (same, bearer, somebody) -> command.page(same));
      default -> plain.error(visit, 404);
    };
  }

  private Response signInPage(Visit visit, Destination destination) {
    return entrance.signIn(visit, destination, signIn.otpOffer(visit, destination));
  }

  private Destination destination(Visit visit) {
    return Destination.of(visit.call().query().get("rd"), signIn.hosts());
  }

  private interface ForSomebody {
    Response page(Visit visit, String bearer, Who.Somebody somebody);
  }

  /// A page for whoever is signed in; the others go and sign in. A link from elsewhere brings no
  /// cookie either; the sign-in page finds the session and comes back.
  private Response known(Visit visit, ForSomebody page) {
    String bearer =
        switch (Bearer.of(visit.call(), config.cookies().portal())) {
          case Bearer.InCookie(String value) -> value;
          case Bearer.InHeader(String value) -> value;
          case Bearer.None none -> null;
          case Bearer.Refused refused -> null;
        };
    if (bearer != null
        && core.signingIn().who(bearer, visit.call().source()) instanceof Who.Somebody somebody) {
      return page.page(speaking(visit, somebody.language()), bearer, somebody);
    }
    Call call = visit.call();
    String code = call.query().get("code");
    String back = call.path() + (code == null ? "" : "?code=" + Percent.encode(code));
    return Response.seeOther("/sign-in?rd=" + Percent.encode(back));
  }

  /// The person's own language, unless another was chosen or remembered.
  private static Visit speaking(Visit visit, Language own) {
    boolean chosen =
        Tongue.chosen(visit.call()) != null
            || CookieHeader.find(visit.call().cookie(), Tongue.COOKIE) instanceof CookieHeader.One;
    return chosen ? visit : new Visit(visit.call(), Words.of(own));
  }

  private Response portal(Visit visit, String bearer, Who.Somebody somebody) {
    List<SessionRow> sessions =
        switch (core.operating().sessions(bearer, visit.call().source())) {
          case Reply.Refused<List<SessionRow>> refused -> List.of();
          case Reply.Done<List<SessionRow>>(List<SessionRow> rows) -> rows;
        };
    int waiting =
        switch (core.approving().open(bearer, visit.call().source())) {
          case Listed.Refused refused -> 0;
          case Listed.Acts(var pending) -> pending.size();
        };
    List<String> frozen =
        switch (core.operating().staff(bearer, visit.call().source())) {
          case Reply.Refused<List<StaffRow>> refused -> List.of();
          case Reply.Done<List<StaffRow>>(List<StaffRow> rows) ->
              rows.stream()
                  .filter(row -> row.state() == PersonState.FROZEN)
                  .map(StaffRow::name)
                  .toList();
        };
    return portal.page(visit, somebody, sessions, waiting, frozen);
  }

  private Response acts(Visit visit, String bearer, Who.Somebody somebody) {
    List<StaffRow> staff =
        switch (core.operating().staff(bearer, visit.call().source())) {
          case Reply.Refused<List<StaffRow>> refused -> List.of();
          case Reply.Done<List<StaffRow>>(List<StaffRow> rows) -> rows;
        };
    return switch (core.approving().open(bearer, visit.call().source())) {
      case Listed.Refused(Reason reason) -> plain.error(visit, 403);
      case Listed.Acts(var pending) -> acts.page(visit, pending, staff);
    };
  }

  private Response devices(Visit visit, String bearer, Who.Somebody somebody) {
    DeviceKeeping keeping = core.devices();
    if (keeping == null) {
      return plain.error(visit, 404);
    }
    return switch (keeping.list(bearer, visit.call().source())) {
      case Reply.Refused<List<DeviceKeeping.Row>> refused -> plain.error(visit, 403);
      case Reply.Done<List<DeviceKeeping.Row>>(List<DeviceKeeping.Row> rows) ->
          devices.page(
              visit,
              rows.stream().filter(row -> row.person().equals(somebody.name())).toList(),
              keeping.life().toDays());
    };
  }

  private static Response remembering(Visit visit, Response response) {
    Language chosen = Tongue.chosen(visit.call());
    return chosen == null ? response : response.with("Set-Cookie", Tongue.remember(chosen));
  }
}
