package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallsTest {
  private static final Rooms ROOMS =
      Rooms.read(Product.text(Product.folder().resolve("ARCHITECTURE.md")));

  @Test
  void rooms_useOnlyWhatArchitectureLists() {
    assertThat(Walls.directions(Product.classes(), ROOMS)).isEmpty();
  }

  @Test
  void rooms_formNoCycle() {
    assertThat(Walls.cycles(Product.classes())).isEmpty();
  }

  @Test
  void core_opensNothing() {
    assertThat(Walls.opened(Product.classes(), ROOMS)).isEmpty();
  }

  @Test
  void names_sayWhatThingsAre() {
    assertThat(Walls.emptyNames(Product.classes())).isEmpty();
  }

  @Test
  void classes_areComposed() {
    assertThat(Walls.inheritance(Product.classes())).isEmpty();
  }

  @Test
  void architecture_listsEveryRoomAndNoOther() {
    assertThat(ROOMS.uses().keySet())
        .containsExactlyInAnyOrderElementsOf(Product.modules().stream().map(Rooms::name).toList());
  }

  @Test
  void judgedClasses_allLiveInARoom() {
    assertThat(Product.classes())
        .allSatisfy(one ->
            assertThat(ROOMS.uses())
                .containsKey(one.getPackageName().replaceFirst("^io\\.parano\\.", "")));
  }
}
