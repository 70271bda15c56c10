# Sourced by evidence/*: runs integration tests of clusters and insists that they ran.
. bin/ground.sh
need_ground
need_maven

# clusters_its TESTS FILE...: runs them; they leave the files in clusters/target/evidence, unless they were skipped.
clusters_its() {
  local tests=$1
  shift
  rm -rf clusters/target/evidence
  maven -q -Dquick -pl clusters -am verify -DskipTests=false -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
    -Dit.test="$tests" -Dfailsafe.failIfNoSpecifiedTests=false >&2
  local file
  for file in "$@"; do
    [ -f "clusters/target/evidence/$file" ] || die "the tests were skipped; see clusters/target/failsafe-reports (./hikkoshi tools build?)"
  done
}
