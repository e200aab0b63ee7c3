package io.parano.argon2;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.parano.authn.Argon2Parameters;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The reference library (P-H-C/phc-winner-argon2), found where the system keeps its libraries. A
/// library counts as found once it has given RFC 9106's published tag: what is installed under that
/// name may be something else, or be laid out otherwise.
///
/// It wipes its working memory by itself, and password and key as soon as they are digested (the
/// two flags below); what was copied here is wiped here.
final class Libargon2 implements Engine {
  private static final List<String> NAMES =
      List.of(
          "libargon2.so.1",
          "/opt/homebrew/lib/libargon2.1.dylib",
          "/usr/local/lib/libargon2.1.dylib",
          "libargon2.1.dylib");

  /// `argon2_context` of argon2.h, on every 64-bit platform.
  private static final StructLayout CONTEXT =
      MemoryLayout.structLayout(
          ADDRESS.withName("out"),
          JAVA_INT.withName("outlen"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("pwd"),
          JAVA_INT.withName("pwdlen"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("salt"),
          JAVA_INT.withName("saltlen"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("secret"),
          JAVA_INT.withName("secretlen"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("ad"),
          JAVA_INT.withName("adlen"),
          JAVA_INT.withName("t_cost"),
          JAVA_INT.withName("m_cost"),
          JAVA_INT.withName("lanes"),
          JAVA_INT.withName("threads"),
          JAVA_INT.withName("version"),
          ADDRESS.withName("allocate_cbk"),
          ADDRESS.withName("free_cbk"),
          JAVA_INT.withName("flags"),
          MemoryLayout.paddingLayout(4));

  private static final int ARGON2_ID = 2;
  private static final int VERSION_13 = 0x13;
  private static final int CLEAR_PASSWORD_AND_SECRET = 0b11;

  private final String library;
  private final MethodHandle compute;
  private final MethodHandle explain;

  private Libargon2(String library, MethodHandle compute, MethodHandle explain) {
    this.library = library;
    this.compute = compute;
    this.explain = explain;
  }

  /// The installed library; empty when there is none that works, or when this Java may not call
  /// native code.
  static Optional<Libargon2> find() {
    return NAMES.stream()
        .map(Libargon2::load)
        .flatMap(Optional::stream)
        .filter(Libargon2::givesThePublishedTag)
        .findFirst();
  }

  @Override
  public String name() {
    return library + " (native)";
  }

  @Override
  public Bench open() {
    return new NativeBench();
  }

  /// Restricted, since a wrong signature can crash the process: the signatures below are
  /// argon2.h's.
  @SuppressWarnings("restricted")
  private static Optional<Libargon2> load(String name) {
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
      Linker linker = Linker.nativeLinker();
      MethodHandle compute =
          linker.downcallHandle(
              symbols.findOrThrow("argon2_ctx"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
      MethodHandle explain =
          linker.downcallHandle(
              symbols.findOrThrow("argon2_error_message"),
              FunctionDescriptor.of(
                  ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(256, JAVA_BYTE)), JAVA_INT));
      return Optional.of(new Libargon2(name, compute, explain));
    } catch (IllegalArgumentException
        | NoSuchElementException
        | UnsupportedOperationException
        | IllegalCallerException absent) {
      return Optional.empty();
    }
  }

  /// RFC 9106 section 5.3.
  private boolean givesThePublishedTag() {
    byte[] tag = new byte[32];
    try (Bench bench = open()) {
      bench.compute(
          filled(32, 1),
          filled(16, 2),
          filled(8, 3),
          filled(12, 4),
          new Argon2Parameters(32, 3, 4),
          tag);
    } catch (Argon2Failed broken) {
      return false;
    }
    return HexFormat.of()
        .formatHex(tag)
        .equals("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private final class NativeBench implements Bench {
    @Override
    public void compute(
        byte[] password,
        byte[] salt,
        byte[] key,
        byte[] associated,
        Argon2Parameters parameters,
        byte[] tag) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment out = arena.allocate(tag.length);
        MemorySegment secret = moved(password, arena);
        MemorySegment secretKey = moved(key, arena);
        MemorySegment context = arena.allocate(CONTEXT);
        put(context, "out", out);
        put(context, "pwd", secret);
        put(context, "salt", copied(salt, arena));
        put(context, "secret", secretKey);
        put(context, "ad", copied(associated, arena));
        put(context, "t_cost", parameters.passes());
        put(context, "m_cost", parameters.memoryKib());
        put(context, "lanes", parameters.lanes());
        // One thread computes all lanes: the pool decides how many cores are at work.
        put(context, "threads", 1);
        put(context, "version", VERSION_13);
        put(context, "flags", CLEAR_PASSWORD_AND_SECRET);
        try {
          int code = (int) compute.invokeExact(context, ARGON2_ID);
          if (code != 0) {
            throw new Argon2Failed(message(code));
          }
          MemorySegment.copy(out, JAVA_BYTE, 0, tag, 0, tag.length);
        } catch (Argon2Failed e) {
          throw e;
        } catch (Throwable e) {
          throw new Argon2Failed(e);
        } finally {
          secret.fill((byte) 0);
          secretKey.fill((byte) 0);
          out.fill((byte) 0);
        }
      }
    }

    @Override
    public void close() {}
  }

  private String message(int code) throws Throwable {
    MemorySegment text = (MemorySegment) explain.invokeExact(code);
    return text.getString(0);
  }

  /// Sets a pointer and the length that follows it.
  private static void put(MemorySegment context, String field, MemorySegment bytes) {
    long offset = CONTEXT.byteOffset(MemoryLayout.PathElement.groupElement(field));
    context.set(ADDRESS, offset, bytes.byteSize() == 0 ? MemorySegment.NULL : bytes);
    context.set(JAVA_INT, offset + ADDRESS.byteSize(), (int) bytes.byteSize());
  }

  private static void put(MemorySegment context, String field, int value) {
    context.set(JAVA_INT, CONTEXT.byteOffset(MemoryLayout.PathElement.groupElement(field)), value);
  }

  private static MemorySegment copied(byte[] bytes, Arena arena) {
    return arena.allocateFrom(JAVA_BYTE, bytes);
  }

  private static MemorySegment moved(byte[] bytes, Arena arena) {
    MemorySegment there = copied(bytes, arena);
    Arrays.fill(bytes, (byte) 0);
    return there;
  }
}
