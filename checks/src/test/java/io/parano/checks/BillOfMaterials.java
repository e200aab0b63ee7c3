package io.parano.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What ships, as the build wrote it down (CycloneDX): every library with its licences, and who
/// wants it.
final class BillOfMaterials {
  /// Those with which one may do what Apache-2.0 allows. Logback's LGPL stands beside EPL-2.0, and
  /// one licence of several is enough.
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-2.0",
          "CC0-1.0",
          "Bouncy Castle Licence");

  private static final String OURS = "pkg:maven/io.parano/";

  private final JsonNode bill;

  BillOfMaterials(String json) {
    this.bill = new ObjectMapper().readTree(json);
  }

  int size() {
    return bill.path("components").size();
  }

  /// Libraries of which no licence is on the list.
  List<String> licences() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      List<String> licences = new ArrayList<>();
      for (JsonNode choice : component.path("licenses")) {
        JsonNode licence = choice.path("license");
        licences.add(
            licence
                .path("id")
                .asString(licence.path("name").asString(choice.path("expression").asString(""))));
      }
      if (licences.stream().noneMatch(ALLOWED::contains)) {
        complaints.add(component.path("name").asString() + " comes under " + licences);
      }
    }
    return complaints;
  }

  /// Libraries that a module of ours asks for, and of which no decision record speaks.
  List<String> undecided(Path records) {
    Set<String> wanted = new HashSet<>();
    for (JsonNode dependency : bill.path("dependencies")) {
      if (dependency.path("ref").asString().startsWith(OURS)) {
        for (JsonNode on : dependency.path("dependsOn")) {
          wanted.add(on.asString());
        }
      }
    }
    StringBuilder told = new StringBuilder();
    Product.files(records, ".md").forEach(file -> told.append(Product.text(file)));
    return wanted.stream()
        .filter(reference -> !reference.startsWith(OURS))
        .map(reference -> reference.replaceFirst("pkg:maven/[^/]+/([^@]+)@.*", "$1"))
        .filter(name -> told.indexOf(name) < 0)
        .sorted()
        .map(name -> "no decision record speaks of " + name)
        .toList();
  }
}
