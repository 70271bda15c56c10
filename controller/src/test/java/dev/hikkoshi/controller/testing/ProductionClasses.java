package dev.hikkoshi.controller.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * What is shipped, as byte code, read once for every test that asks about it: reading takes long.
 */
public final class ProductionClasses {

  /** Every class of ours that is no test. */
  public static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The test-jars of other modules are tests too, once they are packaged.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.hikkoshi");

  private ProductionClasses() {}
}
