package io.parano.checks;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Rules about source text, read by the compiler's own parser. Every method answers with
/// complaints.
final class Sources {
  /// Nine files in ten of well-regarded Java projects stay under 300 lines; this is where we stop.
  private static final int MOST_LINES = 400;

  private static final Pattern SENTENCE = Pattern.compile("[a-z`)\\]]\\.(\\s|$)");

  private final List<Path> files;

  Sources(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /// The main sources of every module.
  static Sources ofProduct() {
    List<Path> files = new ArrayList<>();
    for (String module : Product.modules()) {
      files.addAll(
          Product.files(Product.folder().resolve(module).resolve("src/main/java"), ".java"));
    }
    return new Sources(files);
  }

  List<String> tooLong() {
    return files.stream()
        .filter(file -> Product.text(file).lines().count() > MOST_LINES)
        .map(file -> file.getFileName() + " has more than " + MOST_LINES + " lines")
        .toList();
  }

  /// Packages without a `package-info` that says something in at least two sentences.
  List<String> unexplained() {
    List<String> complaints = new ArrayList<>();
    Set<Path> packages = new HashSet<>();
    files.stream()
        .filter(file -> !file.endsWith("module-info.java"))
        .forEach(file -> packages.add(file.getParent()));
    for (Path folder : packages) {
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info)) {
        complaints.add(folder + " has no package-info");
      } else if (SENTENCE.matcher(Product.text(info)).results().count() < 2) {
        complaints.add(info + " says next to nothing");
      }
    }
    return complaints;
  }

  /// Switches over our sealed types or enums that have a `default`: a new outcome would slip
  /// through. Which type a switch is over is read from its labels.
  List<String> defaults() {
    Kinds kinds = new Kinds();
    Switches switches = new Switches(kinds);
    for (CompilationUnitTree unit : parsed()) {
      kinds.scan(unit, null);
    }
    for (CompilationUnitTree unit : parsed()) {
      switches.file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
      switches.scan(unit, null);
    }
    return switches.complaints;
  }

  private Iterable<? extends CompilationUnitTree> parsed() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                manager,
                null,
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjectsFromPaths(files));
    try {
      return task.parse();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The names of our sealed types' members and of our enums' constants.
  private static final class Kinds extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Set<String> members = new HashSet<>();
    private final List<Set<String>> constants = new ArrayList<>();
    private @Nullable ClassTree sealed;

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (type.getKind() == Tree.Kind.ENUM) {
        Set<String> names = new HashSet<>();
        for (Tree member : type.getMembers()) {
          if (member instanceof VariableTree field
              && field.getType() instanceof IdentifierTree of
              && of.getName().equals(type.getSimpleName())) {
            names.add(field.getName().toString());
          }
        }
        constants.add(names);
      }
      boolean isSealed = type.getModifiers().getFlags().contains(Modifier.SEALED);
      if (sealed != null
          && type.getImplementsClause().stream()
              .map(Tree::toString)
              .anyMatch(nameOf(sealed)::equals)) {
        members.add(nameOf(sealed) + "." + type.getSimpleName());
      }
      if (isSealed) {
        type.getPermitsClause().forEach(member -> members.add(member.toString()));
      }
      ClassTree outer = sealed;
      sealed = isSealed ? type : sealed;
      super.visitClass(type, null);
      sealed = outer;
      return null;
    }

    private static String nameOf(ClassTree type) {
      return type.getSimpleName().toString();
    }

    boolean isMember(String pattern) {
      return members.contains(pattern)
          || members.stream().anyMatch(member -> pattern.endsWith("." + member));
    }

    boolean areConstants(Set<String> labels) {
      return constants.stream().anyMatch(names -> names.containsAll(labels));
    }
  }

  private static final class Switches extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Kinds kinds;
    private final List<String> complaints = new ArrayList<>();
    private String file = "";

    Switches(Kinds kinds) {
      this.kinds = kinds;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
      judge(tree.getExpression(), tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
      judge(tree.getExpression(), tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void judge(ExpressionTree over, List<? extends CaseTree> cases) {
      boolean catchesAll = false;
      boolean ours = false;
      Set<String> names = new HashSet<>();
      for (CaseTree one : cases) {
        for (Tree label : one.getLabels()) {
          switch (label) {
            case DefaultCaseLabelTree _ -> catchesAll = true;
            case PatternCaseLabelTree pattern -> ours |= kinds.isMember(type(pattern.getPattern()));
            case ConstantCaseLabelTree constant ->
                names.add(constant.getConstantExpression().toString());
            default -> {}
          }
        }
      }
      if (catchesAll && (ours || (!names.isEmpty() && kinds.areConstants(names)))) {
        complaints.add(file + ": the switch over " + over + " has a default");
      }
    }

    private static String type(PatternTree pattern) {
      return switch (pattern) {
        case BindingPatternTree binding -> String.valueOf(binding.getVariable().getType());
        case DeconstructionPatternTree record -> record.getDeconstructor().toString();
        default -> "";
      };
    }
  }
}
