package dev.hikkoshi.environments.mutants;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a process ever enters: a mutant in another one need not be run to be known to
 * survive it.
 */
public final class Reach implements ClassFileTransformer {

  private static final int MOST = 100_000;
  private static final boolean[] ENTERED = new boolean[MOST];
  private static final List<String> PLACES = new ArrayList<>();
  private static final ClassDesc SELF = ClassDesc.of(Reach.class.getName());
  private static final MethodTypeDesc TAKES_NUMBER =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final String CORE = "dev/hikkoshi/environments/";

  Reach() {}

  /** A method was entered; called by every method of the packages that are looked at. */
  public static void entered(int number) {
    ENTERED[number] = true;
  }

  /** One method of one class. */
  static String place(String type, String method, String descriptor) {
    return type + "." + method + descriptor;
  }

  /** Those entered until now. */
  static List<String> places() {
    synchronized (PLACES) {
      return IntStream.range(0, PLACES.size())
          .filter(number -> ENTERED[number])
          .mapToObj(PLACES::get)
          .toList();
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (Catalogue.PARTS.stream().noneMatch(part -> name.startsWith(CORE + part + "/"))) {
      return null;
    }
    ClassFile file = ClassFile.of();
    String type = name.replace('/', '.');
    ClassTransform counted = (builder, element) -> count(type, builder, element);
    return file.transformClass(file.parse(bytes), counted);
  }

  private static void count(String type, ClassBuilder builder, ClassElement element) {
    if (!(element instanceof MethodModel method) || method.code().isEmpty()) {
      builder.with(element);
      return;
    }
    int number =
        number(place(type, method.methodName().stringValue(), method.methodType().stringValue()));
    builder.transformMethod(method, MethodTransform.transformingCode(entering(number)));
  }

  private static CodeTransform entering(int number) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        code.loadConstant(number).invokestatic(SELF, "entered", TAKES_NUMBER);
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
      }
    };
  }

  private static int number(String place) {
    synchronized (PLACES) {
      PLACES.add(place);
      return PLACES.size() - 1;
    }
  }
}
