package dev.hikkoshi.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used. The library's own texts are often its name alone. */
public final class Unreadable {

  private Unreadable() {}

  /** The reason, without the file. */
  public static String why(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "it is not there";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "something else is there";
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
