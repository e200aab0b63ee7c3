package io.parano.access;

import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import java.time.InstantSource;
import java.util.List;

/// The core, wired: what the doors speak to.
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
    Admitting admitting,
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
  public record World(Sealer sealer, Randomness randomness, InstantSource clock, LogBook logBook) {}

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
    SealedPasswords passwords = new SealedPasswords(books, factors.passwords(), world.sealer());
    OtpSeeds seeds = new OtpSeeds(world.sealer(), randomness);
    // Of their own: a flood of one-time passwords shuts nobody's password.
    GuessLimits otpLimits = new GuessLimits(GuessLimits.Settings.DEFAULT, randomness);
    VerifyOtp verifyOtp = new VerifyOtp(books, seeds, otpLimits, Devices.NONE, journal, clock);
    OpenEnrolments enrolments = new OpenEnrolments(books, officers, randomness);
    AskedPassword asked = new AskedPassword(passwords, factors.rules(), factors.limits(), settings);
    GuessLimits freezeLimits = new GuessLimits(FreezeOwn.LIMITS, randomness);
    HeldLogins logins = new HeldLogins(randomness);
    Lever lever = new CutAccess(books, officers, doors, clock);
    return new Gate(
        new PassRequest(books, portals, journal, settings, clock),
        new SignInDesk(
            books,
            portals,
            new BeginSignIn(beginnings, offers, clock),
            new TouchToken(books, beginnings, offers, ceremonies, touches, journal, clock),
            new TypeOtp(books, beginnings, ceremonies, verifyOtp, clock),
            new GivePassword(
                books, ceremonies, passwords, factors.limits(), granting, journal, clock),
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
        new RadiusDesk(
            new AdmitToVpn(books, verifyOtp, asked, logins, touches, journal, randomness, clock),
            new NoteTunnel(books, journal, clock)),
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
}
