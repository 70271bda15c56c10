package dev.hikkoshi.clusters.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.hikkoshi.environments.port.ExpressionName;
import dev.hikkoshi.environments.port.Expressions;

/** Compiles CEL. Thread-safe. */
public final class CelExpressions implements Expressions {

  /** More than any observation has items; nested loops over all of them still end at once. */
  private static final int ITERATIONS = 2_000;

  private static final int DEPTH = 50;
  private static final int POINTS = 2_000;
  private static final int REGEX = 500;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(ITERATIONS)
          .maxParseRecursionDepth(DEPTH)
          .maxExpressionCodePointSize(POINTS)
          .maxRegexProgramSize(REGEX)
          .enableHeterogeneousNumericComparisons(true)
          .enableUnknownTracking(true)
          .build();

  /** Made with the first expression: most definitions have none, and a command line is short. */
  private static final class Tools {

    static final CelCompiler COMPILER = compiler();
    static final CelRuntime RUNTIME =
        CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(SideType.PROVIDER)
            .setResultType(SimpleType.BOOL);
    for (ExpressionName name : ExpressionName.values()) {
      builder.addVar(name.word(), type(name.kind()));
    }
    return builder.build();
  }

  static CelType type(ExpressionName.Kind kind) {
    return switch (kind) {
      case TEXT -> SimpleType.STRING;
      case WHOLE -> SimpleType.INT;
      case WHOLES -> MapType.create(SimpleType.STRING, SimpleType.INT);
      case NUMBERS -> MapType.create(SimpleType.STRING, SimpleType.DOUBLE);
      case TEXTS -> MapType.create(SimpleType.STRING, SimpleType.STRING);
      case SIDE -> SideType.TYPE;
    };
  }

  @Override
  public Compiled compile(String source) {
    CelValidationResult result = Tools.COMPILER.compile(source);
    if (result.hasError()) {
      return bad(result.getErrors().getFirst());
    }
    try {
      CelAbstractSyntaxTree ast = result.getAst();
      return new Compiled.Good(new CelExpression(source, Tools.RUNTIME.createProgram(ast)));
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compiled.Bad(1, 1, "not an expression: " + line(String.valueOf(e.getMessage())));
    }
  }

  private static Compiled bad(CelIssue issue) {
    // CEL counts columns from 0.
    return new Compiled.Bad(
        Math.max(1, issue.getSourceLocation().getLine()),
        Math.max(0, issue.getSourceLocation().getColumn()) + 1,
        explained(line(issue.getMessage())));
  }

  private static String explained(String message) {
    return message.startsWith("undefined field")
        ? message + "; of a side: " + SideType.words()
        : message;
  }

  private static String line(String message) {
    return String.valueOf(message).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
