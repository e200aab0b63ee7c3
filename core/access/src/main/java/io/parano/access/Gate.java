package io.parano.access;

import io.parano.audit.EventType;
import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The core, wired: what the doors speak to.
///
/// @param arming null where nothing carries the tunnels of enrolled devices
public record Gate(
    Passing passing,
    SigningIn signingIn,
    Enrolling enrolling,
    SettingPassword settingPassword,
    Approving approving,
    Operating operating,
    Commanding commanding,
    Importing importing,
    Validating validating,
    Showing showing,
    Admitting admitting,
    @Nullable Arming arming,
    Confirming confirming,
    Freezing freezing,
    BreakingGlass breakingGlass,
    OldHashes oldHashes,
    Recalling recalling,
    Lever lever,
    Resealing resealing) {

  /// What verifies factors.
  public record Factors(
      Assertions assertions,
      Registrations registrations,
      Passwords passwords,
      PasswordRules rules,
      GuessLimits limits) {}

  /// What the core is given of the world.
  ///
  /// @param carrier null where nothing carries the tunnels of enrolled devices
  public record World(
      Sealer sealer,
      Randomness randomness,
      InstantSource clock,
      LogBook logBook,
      Abreast abreast,
      @Nullable Carrier carrier) {}

  public static Gate of(
      Books books,
      Journal journal,
      Factors factors,
      World world,
      GateSettings settings,
      List<Door> doors) {
    InstantSource clock = world.clock();
    Randomness randomness = world.randomness();
    Portals portals = new Portals(books);
    Ceremonies ceremonies = new Ceremonies(randomness);
    Beginnings beginnings = new Beginnings(world.sealer(), randomness);
    Offers offers = new Offers(books.roster(), new Decoys(books.roster(), world.sealer()));
    Touches touches = new Touches(books, factors.assertions());
    Officers officers = new Officers(books, factors.assertions());
    Granting granting = new Granting(books, settings, randomness);
    SealedPasswords passwords =
        new SealedPasswords(books, officers, factors.passwords(), world.sealer());
    OtpSeeds seeds = new OtpSeeds(world.sealer(), randomness);
    // Of their own: a flood of one-time passwords shuts nobody's password.
    GuessLimits otpLimits = new GuessLimits(GuessLimits.Settings.DEFAULT, randomness);
    VerifyOtp verifyOtp = new VerifyOtp(books, seeds, otpLimits, journal, clock);
    OpenEnrolments enrolments = new OpenEnrolments(books, officers, randomness);
    AskedPassword asked = new AskedPassword(passwords, factors.rules(), factors.limits(), settings);
    GuessLimits freezeLimits = new GuessLimits(FreezeOwn.LIMITS, randomness);
    Leasing leasing = new Leasing(books);
    FirstLevel listed =
        (person, source, now) ->
            Sources.refusal(books, source, person == null ? null : person.id(), now);
    Lever lever = new CutAccess(books, officers, doors, world.abreast(), clock);
    HeldLogins logins = new HeldLogins(randomness);
    return new Gate(
        new PassRequest(books, portals, journal, settings, clock),
        new SignInDesk(
            books,
            portals,
            new BeginSignIn(beginnings, offers, clock),
            new TouchToken(books, beginnings, offers, ceremonies, touches, listed, journal, clock),
            new TypeOtp(books, beginnings, ceremonies, verifyOtp, clock),
            new GivePassword(
                new TouchedPassword(
                    books,
                    ceremonies,
                    passwords,
                    factors.limits(),
                    listed,
                    EventType.SIGN_IN,
                    journal,
                    clock),
                granting),
            new StepUp(books, portals, ceremonies, touches, journal, randomness, clock),
            new HostCodes(books, portals, granting, journal, settings, randomness, clock),
            clock),
        new EnrolToken(
            books,
            ceremonies,
            factors.registrations(),
            enrolments,
            asked,
            journal,
            randomness,
            clock),
        new SetPassword(
            books,
            portals,
            ceremonies,
            touches,
            enrolments,
            officers,
            asked,
            journal,
            randomness,
            clock),
        new OfficersDesk(
            books,
            portals,
            touches,
            officers,
            List.of(factors.limits(), otpLimits, freezeLimits),
            journal,
            world.sealer(),
            randomness,
            clock),
        new OperatorsDesk(books, portals, lever, world.logBook(), clock),
        new CommandSignIn(books, portals, granting, randomness, clock),
        new ImportOtp(
            books,
            portals,
            seeds,
            new ImportStaff(books, portals, passwords, randomness, clock),
            randomness,
            clock),
        new ValidateOtp(books, verifyOtp, world.sealer(), journal, clock),
        new ShowAtTerminal(books, verifyOtp, asked, journal, clock),
        new RadiusDesk(
            new AdmitToVpn(
                books, verifyOtp, asked, leasing, logins, touches, journal, randomness, clock),
            new NoteTunnel(books, leasing, journal, clock)),
        arming(books, journal, factors, world, offers, touches, passwords, leasing),
        new ConfirmVpn(
            books,
            logins,
            ceremonies,
            offers,
            touches,
            // Of their own: who guesses codes shuts nobody's password.
            new GuessLimits(GuessLimits.Settings.DEFAULT, randomness),
            journal,
            randomness,
            clock),
        new FreezeOwn(books, passwords, freezeLimits, lever, journal, clock),
        new BreakGlass(
            books,
            officers,
            passwords,
            new GuessLimits(FreezeOwn.LIMITS, randomness),
            journal,
            randomness,
            clock),
        passwords,
        new RecallTokens(books, officers, journal, clock),
        lever,
        new Resealing(books, officers, world.sealer(), clock));
  }

  /// Its ceremonies are its own: none that began at the sign-in goes on here, or the other way.
  private static @Nullable Arming arming(
      Books books,
      Journal journal,
      Factors factors,
      World world,
      Offers offers,
      Touches touches,
      SealedPasswords passwords,
      Leasing leasing) {
    Carrier carrier = world.carrier();
    if (carrier == null) {
      return null;
    }
    InstantSource clock = world.clock();
    Beginnings beginnings = new Beginnings(world.sealer(), world.randomness());
    Ceremonies ceremonies = new Ceremonies(world.randomness());
    FirstLevel device = ArmDevice.firstLevel(books, carrier.server());
    return new ArmDevice(
        books,
        new BeginSignIn(beginnings, offers, clock),
        new TouchToken(books, beginnings, offers, ceremonies, touches, device, journal, clock),
        new TouchedPassword(
            books,
            ceremonies,
            passwords,
            factors.limits(),
            device,
            EventType.VPN_ADMISSION,
            journal,
            clock),
        ceremonies,
        leasing,
        carrier,
        journal,
        world.randomness(),
        clock);
  }
}
