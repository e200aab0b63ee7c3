package io.parano.store;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An act that took something away, whole enough to be recorded and applied later: its event and
/// the writes that its changes come to.
///
/// @param id under which the database knows that it has it
record ReserveRecord(UUID id, Event event, List<Write> writes) {
  ReserveRecord {
    writes = List.copyOf(writes);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(Schema.VERSION);
      writeId(out, id);
      writeEvent(out, event);
      out.writeInt(writes.size());
      for (Write write : writes) {
        writeText(out, write.sql().name());
        out.writeInt(write.values().size());
        for (Object value : write.values()) {
          writeValue(out, value);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ReserveRecord read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != Schema.VERSION) {
        throw new Unreadable(
            "the reserve was written under schema %d, this program has %d: start the program that"
                    .formatted(version, Schema.VERSION)
                + " wrote it once more");
      }
      return new ReserveRecord(readId(in), readEvent(in), readWrites(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreadable("the reserve holds a record that can't be read", e);
    }
  }

  private static void writeEvent(DataOutputStream out, Event event) throws IOException {
    out.writeLong(Columns.micros(event.at()));
    writeText(out, event.type().name());
    writeText(out, event.outcome().name());
    writePerson(out, event.actor());
    writePerson(out, event.about());
    writeText(out, event.door());
    writeText(out, event.resource());
    Reason reason = event.reason();
    writeValue(out, reason == null ? null : reason.name());
    writeMap(out, event.facts());
    writeMap(out, event.personal());
  }

  private static Event readEvent(DataInputStream in) throws IOException {
    Instant at = Columns.instant(in.readLong());
    return new Event(
        at,
        EventType.valueOf(readText(in)),
        Outcome.valueOf(readText(in)),
        readPerson(in),
        readPerson(in),
        readText(in),
        readText(in),
        readValue(in) instanceof String reason ? Reason.valueOf(reason) : null,
        readMap(in),
        readMap(in));
  }

  private static List<Write> readWrites(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Write> writes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Sql sql = Sql.valueOf(readText(in));
      int length = in.readInt();
      List<@Nullable Object> values = new ArrayList<>(length);
      for (int j = 0; j < length; j++) {
        values.add(readValue(in));
      }
      writes.add(new Write(sql, values));
    }
    return writes;
  }

  private static void writeValue(DataOutputStream out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(0);
      case Long number -> {
        out.writeByte(1);
        out.writeLong(number);
      }
      case String text -> {
        out.writeByte(2);
        writeText(out, text);
      }
      case byte[] bytes -> {
        out.writeByte(3);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      default -> throw new IllegalArgumentException("not a column's value: " + value.getClass());
    }
  }

  private static @Nullable Object readValue(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 0 -> null;
      case 1 -> in.readLong();
      case 2 -> readText(in);
      case 3 -> in.readNBytes(in.readInt());
      default -> throw new Unreadable("the reserve holds a value of an unknown kind");
    };
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void writeId(DataOutputStream out, UUID id) throws IOException {
    out.write(Columns.id(id));
  }

  private static UUID readId(DataInputStream in) throws IOException {
    return Columns.uuid(in.readNBytes(16));
  }

  private static void writePerson(DataOutputStream out, @Nullable PersonId person)
      throws IOException {
    writeValue(out, person == null ? null : Columns.id(person.value()));
  }

  private static @Nullable PersonId readPerson(DataInputStream in) throws IOException {
    return readValue(in) instanceof byte[] id ? new PersonId(Columns.uuid(id)) : null;
  }

  private static void writeMap(DataOutputStream out, SortedMap<String, String> map)
      throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> member : map.entrySet()) {
      writeText(out, member.getKey());
      writeText(out, member.getValue());
    }
  }

  private static SortedMap<String, String> readMap(DataInputStream in) throws IOException {
    int size = in.readInt();
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      map.put(readText(in), readText(in));
    }
    return map;
  }
}
