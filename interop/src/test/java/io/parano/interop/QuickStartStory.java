package io.parano.interop;

import io.parano.interop.QuickStartDocument.Block;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One quick start, played from its first line to its last as an unprivileged user: every block
/// runs as written, prompts are answered as its transcript says, and what it says about the browser
/// is done in one. A program of its own, since [QuickStartTest] runs it under another user and in a
/// network namespace.
///
/// Two things are not as written, and both are said here. The tokens are Chromium's virtual ones,
/// so their maker is added to the configuration, which a reader with a YubiKey need not do. And
/// `./parano` is a line that starts this build's classes, because the launcher would wait for the
/// build that is running this test.
final class QuickStartStory {
  private static final String PASSPHRASE = "sable orage tilleul horloge brume 47";
  private static final String LEFT_OVER_BLOCKS = "not every block was run";

  private final QuickStartDocument document;
  private final Path clone;
  private final Map<String, String> environment;
  private final Properties prompts = new Properties();
  private final Set<Block> played = new HashSet<>();

  private QuickStartStory(QuickStartDocument document, Path clone) throws IOException {
    this.document = document;
    this.clone = clone;
    this.environment =
        Map.of(
            "LC_ALL",
            "",
            "LC_MESSAGES",
            document.locale().getLanguage() + "_XX.UTF-8",
            "LC_CTYPE",
            "C.UTF-8",
            "HOME",
            clone.toString());
    String messages = "/io/parano/app/messages_" + document.locale().getLanguage() + ".properties";
    try (var in = io.parano.app.Main.class.getResourceAsStream(messages)) {
      prompts.load(
          new java.io.InputStreamReader(
              java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
    }
  }

  /// @param arguments the document, its language, and the folder with `parano` in it
  public static void main(String[] arguments) throws IOException, InterruptedException {
    QuickStartDocument document =
        QuickStartDocument.read(Path.of(arguments[0]), Locale.of(arguments[1]));
    new QuickStartStory(document, Path.of(arguments[2])).play();
    System.out.println("played to the end");
  }

  private void play() throws IOException, InterruptedException {
    Path binary = Chromium.find().orElseThrow();
    try (Chromium chromium = Chromium.start(binary, Files.createDirectory(clone.resolve("web")))) {
      run(1);
      run(2, 0, 1);
      addTheMakerOfVirtualTokens();
      run(2, 1, 2);
      run(3);
      Person ana = Person.arrives(chromium, "ana");
      Person ben = Person.arrives(chromium, "ben");
      bootstrap(ana, ben);
      Person carla;
      try (var _ = serve()) {
        run(5, 1, 2);
        signIn(ana);
        carla = admit(chromium, ana);
        signIn(carla);
        beginSignIn(ben);
        run(8);
      }
      say("power fails");
      try (Pty serving = serve()) {
        greetedAtOnce(ana);
        givePassword(ben);
        check(!ben.told().isEmpty(), "a sign-in that was under way begins anew");
        giveBack(chromium, ana, ben, carla);
        serving.type("\u0003");
        check(serving.exit() == 0, "Ctrl-C ends the server in order:\n" + serving.all());
      }
      run(9);
    }
    long toPlay = document.blocks().stream().filter(block -> !block.how().isEmpty()).count();
    check(played.size() == toPlay, LEFT_OVER_BLOCKS + ": " + played.size() + " of " + toPlay);
  }

  // --- blocks ---

  private void run(int section) throws IOException, InterruptedException {
    run(section, 0, Integer.MAX_VALUE);
  }

  private void run(int section, int from, int to) throws IOException, InterruptedException {
    List<Block> blocks = document.in(section).stream().filter(QuickStartStory::isToPlay).toList();
    for (Block block : blocks.subList(from, Math.min(to, blocks.size()))) {
      check(block.how().equals("run"), "a block to run, in " + section);
      say("runs " + block.text().lines().findFirst().orElse(""));
      Path said = Files.createTempFile(clone, "said", ".txt");
      ProcessBuilder shell =
          new ProcessBuilder("bash", "-eu", script(block).toString())
              .directory(clone.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      shell.environment().putAll(environment);
      Process process = shell.start();
      check(process.waitFor(60, TimeUnit.SECONDS), "it ends: " + block.text());
      check(process.exitValue() == 0, block.text() + "\n" + Files.readString(said));
    }
  }

  private static boolean isToPlay(Block block) {
    return !block.how().isEmpty();
  }

  private Pty terminal(int section) throws IOException {
    Block block =
        document.in(section).stream()
            .filter(known -> known.how().equals("terminal"))
            .findFirst()
            .orElseThrow();
    say("types " + block.text().strip());
    return Pty.open(script(block), clone, environment);
  }

  private Path script(Block block) throws IOException {
    played.add(block);
    return Files.writeString(clone.resolve("block-" + played.size() + ".sh"), block.text());
  }

  /// Answers every prompt of the transcript as the transcript does.
  private void answer(Pty pty) throws IOException {
    Block transcript =
        document.in(4).stream()
            .filter(block -> block.language().equals("text"))
            .findFirst()
            .orElseThrow();
    for (String line : transcript.text().lines().map(String::strip).toList()) {
      for (String key : List.of("bootstrap.name", "bootstrap.display-name", "bootstrap.email")) {
        String prompt = prompts.getProperty(key);
        if (line.startsWith(prompt)) {
          pty.await(prompt + " ");
          pty.type(line.substring(prompt.length()).strip() + "\n");
        }
      }
      for (String key : List.of("passphrase.prompt", "passphrase.again")) {
        if (line.equals(prompts.getProperty(key))) {
          givePassphrase(pty, key);
        }
      }
    }
  }

  private void givePassphrase(Pty pty, String key) throws IOException {
    pty.await(prompts.getProperty(key) + " ");
    pty.type(PASSPHRASE + "\n");
  }

  // --- what differs from the document ---

  private void addTheMakerOfVirtualTokens() throws IOException {
    Path folder = clone.resolve("trial");
    byte[] root = Anchor.certificate(Instant.now()).copy();
    Files.writeString(
        folder.resolve("virtual.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root)
            + "\n-----END CERTIFICATE-----\n");
    Files.writeString(folder.resolve("virtual.txt"), Anchor.MODEL + " Virtual token\n");
    Path file = folder.resolve("parano.yaml");
    String before = Files.readString(file);
    String after =
        before.replaceFirst(
            "(?m)^  yubico: true.*$",
            "  yubico: true\n"
                + "  makers:\n"
                + "    - { name: Virtual, roots: virtual.pem, models: virtual.txt, single-model:"
                + " true }");
    check(!after.equals(before), "the maker finds its place");
    Files.writeString(file, after);
  }

  // --- what is done in the browser ---

  private String link(int section, String path) {
    Matcher links = Pattern.compile("<(http://[a-z.]+:\\d+" + path + ")>").matcher(document.text());
    check(links.find(), "a link to " + path + ", for " + section);
    return links.group(1);
  }

  private Portal portal() {
    String enrol = link(4, "/enrol");
    return path -> URI.create(enrol).resolve(path).toString();
  }

  private void bootstrap(Person ana, Person ben) throws IOException, InterruptedException {
    try (Pty pty = terminal(4)) {
      answer(pty);
      pty.await(portal().at("/enrol"));
      ana.enrol(portal(), code(pty, "ana"));
      ben.enrol(portal(), code(pty, "ben"));
      pty.await(prompts.getProperty("bootstrap.done"));
      check(pty.exit() == 0, "bootstrap ends well");
      check(!pty.all().contains(PASSPHRASE), "the passphrase is not shown");
    }
  }

  private static String code(Pty pty, String officer) {
    Pattern line = Pattern.compile("(?m)^  " + officer + " +(\\S+)\\s*$");
    for (int tries = 0; tries < 200; tries++) {
      Matcher matcher = line.matcher(pty.all());
      if (matcher.find()) {
        return matcher.group(1);
      }
      Pty.pause();
    }
    throw new AssertionError("no code for " + officer + ":\n" + pty.all());
  }

  private Pty serve() throws IOException {
    Pty pty = terminal(5);
    givePassphrase(pty, "passphrase.prompt");
    pty.await(
        prompts
            .getProperty("serve.serving")
            .replace("{0}", portal().at("/").replaceFirst("/$", "")));
    return pty;
  }

  /// From the application to the sign-in and back again.
  private void signIn(Person person) {
    beginSignIn(person);
    givePassword(person);
    greeted(person);
  }

  private void beginSignIn(Person person) {
    say(person.name() + " signs in");
    person.page().open(link(6, "/"));
    person.page().await("location.pathname === '/sign-in'");
    person.give();
    person.page().await("!document.querySelector('form[data-part=password]').hidden");
  }

  private static void givePassword(Person person) {
    person.page().type("form[data-part=password] [name=password]", person.password());
    person.page().press("form[data-part=password] button[type=submit]");
  }

  private static void greeted(Person person) {
    person.page().await("document.body.innerText.includes('Hello " + person.name() + "')");
  }

  /// What was acknowledged before the server was killed holds after it.
  private void greetedAtOnce(Person person) {
    person.page().open(link(6, "/"));
    check(person.page().address().equals(link(6, "/")), "the session of " + person.name());
    greeted(person);
  }

  private Person admit(Chromium chromium, Person ana) {
    propose(
        ana,
        "admit-staff",
        Map.of("newName", "carla", "displayName", "Carla Ruiz", "email", "carla@brume.example"));
    sign(ana);
    propose(ana, "enrol-token", Map.of("person", "carla"));
    Person carla = Person.arrives(chromium, "carla");
    carla.enrol(portal(), sign(ana));
    return carla;
  }

  /// What was cut before the server was killed is cut after it, until two officers give it back.
  private void giveBack(Chromium chromium, Person ana, Person ben, Person carla) {
    carla.page().open(link(6, "/"));
    carla.page().await("location.pathname === '/sign-in'");
    signIn(ben);
    cutToken(ana, "carla");
    propose(ana, "reopen-person", Map.of("person", "carla"));
    sign(ana);
    propose(ana, "replace-token", Map.of("person", "carla"));
    check(sign(ana).isEmpty(), "one officer does not suffice");
    Page window = chromium.page();
    Person again = new Person("carla", carla.password(), window, window.plugIn());
    again.enrol(portal(), sign(ben));
    signIn(again);
    carla.page().open(portal().at("/sign-in"));
    carla.impatient();
    carla.give();
    check(!carla.told().isEmpty(), "the lost token counts no more");
  }

  private void cutToken(Person officer, String whose) {
    say(officer.name() + " cuts the token of " + whose);
    Page page = officer.page();
    page.open(link(7, "/acts"));
    String form = "form[data-do=cut] ";
    choose(page, form, "token");
    page.type(form + "[name=person]", whose);
    page.press(form + "[data-do=find]");
    page.await("document.querySelector('" + form + "[name=token]').value");
    page.type(form + "[name=because]", "lost");
    page.press(form + "button[type=submit]");
    page.press(form + "button.armed");
    page.await("document.querySelector('[data-notice]').textContent");
  }

  private static void choose(Page page, String form, String kind) {
    page.evaluate(
        "{ const kind = document.querySelector('"
            + form
            + "[name=kind]'); kind.value = '"
            + kind
            + "'; kind.dispatchEvent(new Event('change', { bubbles: true })); }");
  }

  private void propose(Person officer, String kind, Map<String, String> fields) {
    say(officer.name() + " proposes " + kind);
    Page page = officer.page();
    page.open(link(7, "/acts"));
    String form = "form[data-do=propose] ";
    choose(page, form, kind);
    fields.forEach((name, value) -> page.type(form + "[name=" + name + "]", value));
    page.evaluate("window.before = true");
    page.press(form + "button[type=submit]");
    page.await("!window.before && document.readyState === 'complete'");
    page.await("document.querySelector('[data-act]')");
  }

  /// Signs what waits; the code that follows, or nothing.
  private String sign(Person officer) {
    Page page = officer.page();
    page.open(link(7, "/acts"));
    page.press("[data-act] [data-do=approve]");
    page.await("document.querySelector('[data-act] [data-outcome]').textContent");
    return page.evaluate("document.querySelector('[data-handover] output')?.textContent ?? ''")
        .asString();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void say(String what) {
    System.out.println(what);
  }
}
