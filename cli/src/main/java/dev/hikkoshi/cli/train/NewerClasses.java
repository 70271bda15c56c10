package dev.hikkoshi.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar again with class files of a newer version: the same code, with the stack maps that
 * the newer version needs. picocli's are of Java 5; such classes stay out of an AOT cache once they
 * are linked, and are verified the old, slow way at every start.
 */
public final class NewerClasses {

  /** Java 8: the first version whose classes are verified by their stack maps alone. */
  private static final int VERSION = ClassFile.JAVA_8_VERSION;

  private static final ClassFile NEWER =
      ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);

  private NewerClasses() {}

  /** Two arguments: the jar to read, which is on the class path, and the jar to write. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  /**
   * Writes the newer jar; one that is there is written over.
   *
   * @throws IOException when one of them cannot be read or written
   */
  static void write(Path from, Path to) throws IOException {
    try (ZipFile older = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream newer = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(older.entries())) {
        try (InputStream in = older.getInputStream(entry)) {
          byte[] content = in.readAllBytes();
          newer.putNextEntry(new ZipEntry(entry.getName()));
          newer.write(entry.getName().endsWith(".class") ? newer(content) : content);
        }
      }
    }
  }

  private static byte[] newer(byte[] content) {
    ClassModel model = NEWER.parse(content);
    if (model.majorVersion() >= VERSION) {
      return content;
    }
    return NEWER.transformClass(model, NewerClasses::newer);
  }

  private static void newer(ClassBuilder builder, ClassElement element) {
    switch (element) {
      case ClassFileVersion _ -> builder.withVersion(VERSION, 0);
      // Code that is passed on whole keeps the attributes it has; taken apart it gets stack maps.
      case MethodModel method ->
          builder.transformMethod(
              method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
      default -> builder.with(element);
    }
  }
}
