# Sourced by evidence/simulate and evidence/museum, from the project's root: compiles the core with its tests and sets
# CORE_PATH, on which the simulator runs.
. bin/ground.sh
need_ground
need_maven
maven -q -Dquick -pl environments -am test-compile >&2
libraries=$(mktemp)
maven -q -pl environments dependency:build-classpath -Dmdep.outputFile="$libraries" -Dmdep.includeScope=test >&2
CORE_PATH="environments/target/classes:environments/target/test-classes:$(cat "$libraries")"
rm "$libraries"
