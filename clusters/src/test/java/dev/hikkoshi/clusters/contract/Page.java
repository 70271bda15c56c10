package dev.hikkoshi.clusters.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The page of AWS's documentation that a row of a contract rests on. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
@interface Page {

  /** Title or file name of the page, and what it says in our words. */
  String value();
}
