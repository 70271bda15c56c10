package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Place;

/**
 * Something that one environment only may have.
 *
 * @param what for example {@code record www.example.com in zone example.com}; equal texts collide
 * @param place where the environment says so
 */
public record Claim(String what, Place place) {

  static Claim ofName(String name, Place place) {
    return new Claim("the name " + name, place);
  }
}
